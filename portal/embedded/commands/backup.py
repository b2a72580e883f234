"""`./run backup FOLDER`: everything that the portal keeps, in one folder."""

from pathlib import Path

from portal.embedded import backup
from portal.embedded.environment import surroundings
from portal.embedded.places import Places
from portal.embedded.trouble import Trouble


def main(arguments: list[str]) -> int:
    """Write a backup while the portal runs or rests. Raises Trouble."""
    if len(arguments) != 1:
        raise Trouble("Say where to: ./run backup FOLDER, a folder that is not there yet.")
    folder = Path(arguments[0]).absolute()
    with surroundings(Places.from_environment()) as around:
        size = backup.take(folder, around.environment)
    print(f"Backed up to {folder} ({size / 1e6:.1f} MB).\n{KEY}")  # noqa: T201
    return 0


KEY = "Not in it: SECRET_KEY. Keep that too, in another place; without it letters stay sealed."
