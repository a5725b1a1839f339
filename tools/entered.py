"""Count what a command goes through: files of the package that are entered, modules and lines loaded, functions called.

`python tools/entered.py list --year 2022` runs the command in this folder, in this process, and prints the counts on
standard error. Run it twice: the first run may have to read what later ones know.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from types import CodeType, FrameType

from vpcp_cli import cli

PACKAGE = str(Path(__file__).resolve().parent.parent / "src" / "vpcp_cli")


def counted(run: Callable[[], object]) -> set[CodeType]:
    """The functions of the package that a call goes through; a module's own code is none."""
    seen: set[CodeType] = set()

    def look(frame: FrameType, event: str, _argument: object) -> None:
        code = frame.f_code
        if event == "call" and code.co_filename.startswith(PACKAGE) and code.co_name != "<module>":
            seen.add(code)

    sys.setprofile(look)
    try:
        run()
    except SystemExit:
        pass
    finally:
        sys.setprofile(None)
    return seen


def main(argv: list[str]) -> None:
    """Run a command and print the counts."""
    seen = counted(lambda: cli.main(argv))
    files = {code.co_filename for code in seen}
    modules = [one for name, one in sys.modules.items() if name.partition(".")[0] == "vpcp_cli"]
    sources = [Path(one.__file__) for one in modules if one.__file__]
    lines = sum(len(one.read_text(encoding="utf-8").splitlines()) for one in sources)
    figures = {"files entered": len(files), "functions": len(seen), "modules": len(modules), "lines": lines}
    print(" · ".join(f"{name} {number}" for name, number in figures.items()), file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
