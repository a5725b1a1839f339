"""Where the process starts: `vpcp` and `python -m vpcp_cli`."""

import gc
import os
import sys
from contextlib import suppress


def main() -> int:
    """Run the command line of this process; the exit code. A short-lived process needs no garbage collector."""
    gc.disable()
    _read_utf8()
    if sys.argv[1:] == ["--version"]:
        from vpcp_cli import version_line

        with suppress(OSError):  # then it is said below why not
            print(version_line(), flush=True)
            return 0
    from vpcp_cli import cli
    from vpcp_cli.errors import OutputError
    from vpcp_cli.render import streams

    streams.prepare()
    code = cli.main(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, OutputError):  # `cli.main` has said so, if anybody can be told
            stream.flush()
    os._exit(code)  # memory is given back at once, not piece by piece


def _read_utf8() -> None:
    """Begin anew in Python's UTF-8 mode where the locale takes what is typed, and names of files, for anything else."""
    if sys.executable and sys.getfilesystemencoding().lower() not in ("utf-8", "utf8"):
        with suppress(OSError):
            os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606  this very program


if __name__ == "__main__":
    sys.exit(main())
