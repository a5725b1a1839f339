"""Figures with a unit, as people type and read them: 65 %, 82,5 km."""

from __future__ import annotations

from typing import Final

from vpcp_cli.errors import BadFigureError
from vpcp_cli.language import current
from vpcp_cli.pattern import pattern

NUMBER: Final = r"-?[0-9]{1,12}(\.[0-9]{1,6})?"
_TYPED: Final = pattern(r"(-?[0-9]{1,12}(?:[.,][0-9]{1,6})?)\s*([^\s0-9.,].*)?")


_EITHER: Final = pattern(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}")


def figure_typed(typed: str) -> tuple[float, str | None]:
    """Read a figure and what stands behind it; a comma or a point comes before decimals. Raise `BadFigureError`.

    One before just three digits may part thousands, and is refused: 1.500 is 1 500 in Vietnamese.
    """
    found = _TYPED.fullmatch(typed.strip())
    if not found or _EITHER.fullmatch(found[1]):
        raise BadFigureError(typed)
    return float(found[1].replace(",", ".")), found[2]


def short(figure: float) -> float | int:
    """Return a whole figure as a whole number."""
    return int(figure) if figure == int(figure) else figure


def figure_words(figure: float, unit: str | None = None) -> str:
    """Say a figure in the reader's language, with its unit."""
    text = str(short(figure))
    if current() == "vi":
        text = text.replace(".", ",")
    if not unit:
        return text
    return f"{text}{unit}" if unit == "%" else f"{text} {unit}"
