"""How the system locks an open file for one process; the lock goes when the process does."""

import errno
import os
import sys
from contextlib import suppress

if sys.platform == "win32":
    import msvcrt
    import time

    _PAUSE = 0.05
    _BYTE = 1 << 30
    """Far behind what stands in the file, for whoever is locked out can't read the byte either."""

    def take(lock: int, *, wait: bool) -> None:
        """Lock a byte of a file, at which the system does not let one wait; BlockingIOError where another holds it."""
        while True:
            os.lseek(lock, _BYTE, os.SEEK_SET)
            try:
                return msvcrt.locking(lock, msvcrt.LK_NBLCK, 1)
            except OSError as error:
                if error.errno != errno.EACCES:
                    raise
                if not wait:
                    raise BlockingIOError from error
            time.sleep(_PAUSE)

    def close(lock: int) -> None:
        """Let the next one in, at once; the system itself takes its time."""
        with suppress(OSError):  # on a drive without locks
            os.lseek(lock, _BYTE, os.SEEK_SET)
            msvcrt.locking(lock, msvcrt.LK_UNLCK, 1)
        os.close(lock)

else:
    import fcntl

    def take(lock: int, *, wait: bool) -> None:
        """Lock a file; BlockingIOError where another holds it."""
        fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)

    def close(lock: int) -> None:
        """Let the next one in."""
        os.close(lock)
