"""`./run pictures`: the pictures of the README and the guides, taken anew."""

from portal.embedded import foreground, stack
from portal.embedded.commands.bench import AS_IN_PRODUCTION
from portal.embedded.environment import surroundings
from portal.embedded.places import Places
from portal.embedded.trouble import Trouble


def main(arguments: list[str]) -> int:
    """Write docs/pictures/ from the demo as it is today. Raises Trouble."""
    if arguments:
        raise Trouble(f"./run pictures takes no arguments; it was given {' '.join(arguments)}.")
    with surroundings(Places.from_environment("pictures")) as around:
        command = [stack.PYTHON, "-m", "tests.pictures"]
        return foreground.run(command, around.environment | AS_IN_PRODUCTION, around.holds)
