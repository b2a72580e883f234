"""Run as a script: tie a command to the life of whoever started it, then become that command.

    python -I -S tether.py SIGNAL PARENT AS COMMAND...

SIGNAL  number of the signal the command gets when its parent dies, however it dies
PARENT  process id of that parent
AS      self: unchanged
        namespace: as `nobody` inside a user namespace, still the same user outside
        nobody: as `nobody`, keeping the right to pass through folders

Between fork and exec of a process with threads hardly anything is safe to call: that is why this
is a program of its own and not a preexec_fn. Linux only; elsewhere it just runs the command.

PostgreSQL refuses to run as root. In a user namespace it believes itself to be `nobody` while its
files stay ours: no user is added, no file changes hands. Containers often forbid namespaces; there
it becomes `nobody` in earnest, and keeps CAP_DAC_OVERRIDE since the checkout may lie in a folder
(such as /root) that nobody else may pass through.
"""

import ctypes
import os
import struct
import sys
from pathlib import Path

NOBODY = 65534

PR_SET_PDEATHSIG = 1
PR_SET_KEEPCAPS = 8
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
CLONE_NEWUSER = 0x10000000
CAP_DAC_OVERRIDE = 1
CAPABILITY_VERSION_3 = 0x20080522


def _call(name: str, *arguments: object) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if getattr(libc, name)(*arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), name)


def enter_namespace() -> None:
    """Become `nobody` in a user namespace where that number stands for who we are outside."""
    uid, gid = os.geteuid(), os.getegid()
    _call("unshare", CLONE_NEWUSER)
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{NOBODY} {uid} 1"),
        ("gid_map", f"{NOBODY} {gid} 1"),
    ):
        Path("/proc/self", name).write_text(text)


def become_nobody() -> None:
    """Become `nobody`, with the one capability that lets it reach our folders."""
    _call("prctl", PR_SET_KEEPCAPS, 1, 0, 0, 0)
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
    header = struct.pack("Ii", CAPABILITY_VERSION_3, 0)
    bit = 1 << CAP_DAC_OVERRIDE
    _call("capset", header, struct.pack("6I", bit, bit, bit, 0, 0, 0))
    _call("prctl", PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_DAC_OVERRIDE, 0, 0)


def main(arguments: list[str]) -> None:
    sign, parent, way, *command = arguments
    if sys.platform == "linux":
        if way == "namespace":
            enter_namespace()
        elif way == "nobody":
            become_nobody()
        # After the change of user: that change would clear it.
        _call("prctl", PR_SET_PDEATHSIG, int(sign), 0, 0, 0)
        if os.getppid() != int(parent):  # it died before we could ask
            sys.exit(1)
    os.execv(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:])
