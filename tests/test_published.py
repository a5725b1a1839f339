"""Figures that were published on a day come out again, byte for byte, whatever is written later by which command."""

import re
from collections import Counter
from collections.abc import Sequence
from random import Random

from terminal import REPOSITORY, Terminal

DAY = "2023-06-20"
REPORTS = tuple(
    tuple(line.split())
    for line in ("status -f json", "status -f table", "status --by lead -f json", "summary -f json", "summary -f md",
                 "status --parts -f json", "directives -f json")
)  # fmt: skip
LATER: tuple[tuple[str, ...], ...] = (
    ("correct", "ID", "1", "--on", "2022-05-05", "--note", "gõ nhầm ngày"),
    ("correct", "ID", "2", "--void", "--note", "ghi nhầm"),
    ("void", "ID", "--note", "nhập hai lần"),
    ("set", "ID", "--deadline", "2022-11-30"),
    ("set", "ID", "--lead", "Trung tâm Chuyển đổi số"),
    ("set", "ID", "--category", "digital", "--note", "xếp nhầm"),
    ("done", "ID", "--on", "2023-02-02", "--evidence", "99/BC"),
    ("start", "ID", "--on", "2023-03-03"),
    ("update", "ID", "--lead", "PHONG_TONG_HOP", "--on", "2023-04-04"),
    ("assign", "ID", "--responsible", "Vũ Giả Thử", "--on", "2023-05-05"),
    ("postpone", "ID", "2023-12", "--approved", "--document", "98/TB", "--on", "2023-06-06"),
    ("block", "ID", "Thiếu người", "--on", "2023-06-07"),
    ("split", "ID", "Phần một", "Phần hai"),
    ("move", "ID", "2022-NV01"),
    ("add", "2022-CD01", "Việc sót", "--lead", "PHONG_TONG_HOP", "--deliverable", "Báo cáo", "--on", "2022-02-02"),
    ("directive", "add", "2023", "Chỉ đạo sót", "--issuer", "Nguyễn Văn Ví Dụ", "--issued", "2023-01-20"),
)  # fmt: skip


def reports(terminal: Terminal, *more: str) -> list[str]:
    """What is reported of the day; with `--known` it differs by its heading, and by the line where each now stands."""
    found = []
    for words in REPORTS:
        answer = terminal.vpcp(*words, "--as-of", DAY, *more)
        assert answer.code == 0, answer
        known = f'"known": "{DAY}"' if more else '"known": null'
        assert "json" not in words or answer.out.count(known) == 1
        text = answer.out.replace(known, "").replace(f", as known on {DAY}", "")
        found.append(re.sub(r'"line": \d+', "", text))
    return found


def written(terminal: Terminal, chance: Random, words: Sequence[str], ids: Sequence[str]) -> str:
    """The task, or what else was named, of which something was written; most of a hundred may be refused."""
    for id_ in chance.sample(ids, len(ids)):
        if terminal.vpcp(*(id_ if word == "ID" else word for word in words)).code == 0:
            return id_
    raise AssertionError(words)


def test_published_figures_come_out_again_after_every_kind_of_later_write(terminal: Terminal) -> None:
    terminal.take(REPOSITORY / "examples")
    published = reports(terminal)
    ids = terminal.vpcp("list", "--as-of", DAY, "-f", "ids").out.split()
    chance = Random(15)  # noqa: S311  the same writes every time
    told = Counter(written(terminal, chance, words, ids) for words in chance.sample(LATER, len(LATER)))
    assert len(told) > 8
    now = reports(terminal)
    assert not any(one == other for one, other in zip(published, now, strict=True))
    assert reports(terminal, "--known", DAY) == published
