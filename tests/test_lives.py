"""Branches on which tasks live merge through git; `tests/torture/merges.py lives` runs five hundred of them."""

from pathlib import Path

from lives import Figures, Lives
from vpcp_cli.storage.git.driver import set_up


def test_nothing_is_lost_or_doubled_and_no_closed_task_opens_without_a_word(tmp_path: Path) -> None:
    figures, lives = Figures(), Lives(tmp_path, set_up)
    for seed in range(8, 20):
        lives.merge(seed, figures)
    assert figures.troubles == []
    assert min(figures.clean, figures.conflicts, figures.alone, figures.wide, figures.carried) > 0
