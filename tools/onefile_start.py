"""What a file of `tools/onefile.py` runs before `vpcp`: say at once which Python it lacks. Older ones read this too."""

import sys
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

# shiv gives its folder to whoever it runs here
BESIDE = Path(globals()["site_packages"], "pydantic_core")

if not any((BESIDE / ("_pydantic_core" + suffix)).exists() for suffix in EXTENSION_SUFFIXES):
    found = sorted({one.name.split(".")[1] for one in BESIDE.glob("_pydantic_core.*")} - {"pyi"})
    sys.stderr.write(
        "error: This file of vpcp does not run on this Python ({} on {}).\n"
        "hint: It is made for {}. For others there is: pip install vpcp-cli\n".format(
            sys.version.split()[0], sys.platform, ", ".join(found)
        )
    )
    sys.exit(3)
