"""Behind `./run`: hands over to the command that was asked for, and tells trouble in words.

.venv/bin/python -m portal.embedded.launcher COMMAND ARGUMENTS
"""

import sys
from collections.abc import Callable
from importlib import import_module

from portal.embedded.trouble import Trouble, from_os_error

COMMANDS = (
    "start",
    "test",
    "check",
    "audit",
    "bench",
    "words",
    "pictures",
    "manage",
    "backup",
    "restore",
)


def main(arguments: list[str]) -> int:
    """Run the command; the answer is the exit code."""
    name, *rest = arguments or ["start"]
    if name not in COMMANDS:
        sys.stderr.write(f"There is no ./run {name}. What there is: ./run --help\n")
        return 2
    command: Callable[[list[str]], int] = import_module(f"portal.embedded.commands.{name}").main
    try:
        return command(rest)
    except Trouble as trouble:
        sys.stderr.write(f"\n{trouble}\n")
        return 1
    except OSError as error:
        sys.stderr.write(f"\n{from_os_error(error, f'carry out ./run {name}')}\n")
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
