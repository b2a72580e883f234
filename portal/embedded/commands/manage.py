"""`./run manage`: Django's manage.py with the database and the queue running."""

from portal.embedded import foreground, stack
from portal.embedded.environment import surroundings
from portal.embedded.places import Places


def main(arguments: list[str]) -> int:
    """Run manage.py; the servers are started for it, or shared with a portal that runs."""
    with surroundings(Places.from_environment()) as around:
        command = [stack.PYTHON, "manage.py", *arguments]
        return foreground.run(command, around.environment, around.holds)
