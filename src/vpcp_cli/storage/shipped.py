"""The programmes that come with the package: read-only, and there for a first look."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]


def shipped_folder() -> Path:
    """Where they are: inside an installed package, beside `src` in a checkout."""
    inside = PACKAGE / "programmes"
    return inside if inside.is_dir() else PACKAGE.parents[1] / "programmes"
