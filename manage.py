#!/usr/bin/env python
"""Django's command line for Trellis. `./run manage ...` calls it with the servers up."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    from django.core.management import execute_from_command_line  # after the settings are named

    from portal.environment import CannotStart

    try:
        execute_from_command_line(sys.argv)
    except CannotStart as problems:  # in words alone: a traceback means a fault of ours
        sys.exit(str(problems))


if __name__ == "__main__":
    main()
