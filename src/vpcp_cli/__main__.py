"""Where the process starts: `vpcp` and `python -m vpcp_cli`."""

import gc
import sys


def main() -> int:
    """Run the command line of this process; the exit code. A short-lived process needs no garbage collector."""
    gc.disable()
    if sys.argv[1:] == ["--version"]:
        from vpcp_cli import version_line

        print(version_line())
        return 0
    from vpcp_cli import cli

    gc.freeze()
    return cli.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
