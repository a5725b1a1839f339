"""A bar for each group of a breakdown: as long as the group is large, in parts that differ by sign and by colour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from vpcp_cli.counts import Count
from vpcp_cli.dataclass import dataclass
from vpcp_cli.language import _
from vpcp_cli.render.console import Screen, Style
from vpcp_cli.render.table import Words
from vpcp_cli.vocabulary import Timeliness

WIDEST: Final = 40
_SIGNS: Final = (("█", "#", Style.GREEN), ("▓", "!", Style.BOLD_RED), ("▒", "~", Style.MAGENTA), ("░", ".", Style.DIM))


def parts(count: Count) -> tuple[int, int, int, int]:
    """Return what a bar is made of: done, overdue, due soon, all other counted tasks."""
    overdue, soon = count.cell(Timeliness.OVERDUE), count.cell(Timeliness.DUE_SOON)
    return count.done, overdue, soon, count.total - count.done - overdue - soon


@dataclass(frozen=True, slots=True)
class Bar(Words):
    """A bar that takes the width of its column; the largest group fills it."""

    parts: tuple[int, ...] = ()
    largest: int = 1

    def lines(self, width: int, screen: Screen) -> list[tuple[str, int]]:
        """Return the bar, one line."""
        lengths = segments(self.parts, width, self.largest)
        painted = (
            screen.paint((sign if screen.symbols else ascii_sign) * length, style)
            for (sign, ascii_sign, style), length in zip(_SIGNS, lengths, strict=True)
        )
        return [("".join(painted), sum(lengths))]


def bar(count: Count, largest: int, width: int = WIDEST) -> Bar:
    """Return the bar of a group beside one of at most so many tasks, which is `width` cells long."""
    return Bar(" " * width, parts=parts(count), largest=largest)


def segments(parts: Sequence[int], width: int, largest: int) -> list[int]:
    """Share cells among the parts: no part that is there vanishes, and the sum is in proportion to the largest."""
    total = sum(parts)
    if not total:
        return [0] * len(parts)
    length = max((2 * total * width + largest) // (2 * largest), sum(part > 0 for part in parts))
    shares = [max(part * length // total, part > 0) for part in parts]
    while sum(shares) > length:
        shares[shares.index(max(shares))] -= 1
    while sum(shares) < length:
        owed = [part * length - share * total for part, share in zip(parts, shares, strict=True)]
        shares[owed.index(max(owed))] += 1
    return shares


def legend(screen: Screen) -> str:
    """Say what the signs of the bars mean."""
    words = (_("done"), _("overdue"), _("due soon"), _("other"))
    return "   ".join(
        f"{screen.paint(sign if screen.symbols else ascii_sign, style)} {word}"
        for (sign, ascii_sign, style), word in zip(_SIGNS, words, strict=True)
    )
