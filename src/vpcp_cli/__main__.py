"""Where the process starts: `vpcp` and `python -m vpcp_cli`."""

import gc
import os
import sys
from contextlib import suppress


def main() -> int:
    """Run the command line of this process; the exit code. A short-lived process needs no garbage collector."""
    gc.disable()
    if sys.argv[1:] == ["--version"]:
        from vpcp_cli import version_line

        with suppress(OSError):  # then it is said below why not
            print(version_line(), flush=True)
            return 0
    from vpcp_cli import cli

    code = cli.main(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # `cli.main` has said so, if anybody can be told
            stream.flush()
    os._exit(code)  # memory is given back at once, not piece by piece


if __name__ == "__main__":
    sys.exit(main())
