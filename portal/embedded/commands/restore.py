"""`./run restore FOLDER`: a backup put back into an empty database."""

from pathlib import Path

from portal.embedded import backup
from portal.embedded.environment import surroundings
from portal.embedded.places import Places
from portal.embedded.trouble import Trouble


def main(arguments: list[str]) -> int:
    """Fill the database and the files from a backup. Raises Trouble."""
    if len(arguments) != 1:
        raise Trouble("Say where from: ./run restore FOLDER, what ./run backup wrote.")
    with surroundings(Places.from_environment()) as around:
        made = backup.put_back(Path(arguments[0]).absolute(), around.environment)
    print(f"Put back as it was at {made}. ./run brings it up to date and starts it.")  # noqa: T201
    return 0
