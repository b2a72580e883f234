"""Locks that the kernel lets go of when their holder dies, however it dies (flock(2))."""

import fcntl
import os
from pathlib import Path


def take(path: Path, *, shared: bool = False, wait: bool = True) -> int | None:
    """Take a lock and return its file descriptor, to be closed; None when another holds it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    if change(descriptor, shared=shared, wait=wait):
        return descriptor
    os.close(descriptor)
    return None


def change(descriptor: int, *, shared: bool = False, wait: bool = True) -> bool:
    """Make a lock shared or exclusive; False when another's hold on it forbids that.

    Not atomic: what is held is let go of first, also when the answer is False.
    """
    how = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    try:
        fcntl.flock(descriptor, how if wait else how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
