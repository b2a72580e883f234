"""Bad surroundings, told in words."""

import errno


class Trouble(Exception):
    """Something around the portal is wrong. The text says what, and what to do about it.

    Shown as it is, without a traceback: a traceback means a fault of ours.
    """


def from_os_error(error: OSError, doing: str) -> Trouble:
    """Turn what the system refused into words; `doing` completes "could not ..."."""
    where = f" ({error.filename})" if error.filename else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return Trouble(
            f"The disk is full: could not {doing}{where}.\n"
            "Free some space (an empty portal needs about 150 MB), then start again."
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return Trouble(
            f"Not allowed to {doing}{where}.\n"
            "Start as the user who owns this folder, or give yourself the right to write in it."
        )
    return Trouble(f"Could not {doing}{where}: {error.strerror or error}.")
