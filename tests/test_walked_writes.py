"""After each command that writes, in a workspace of every kind of task, what is known is what a reading finds."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

import pytest

from making import stood
from terminal import REPOSITORY
from test_renewal import as_if_large, cold, copy, programmes, warm
from vpcp_cli import __version__
from vpcp_cli.cli import COMMANDS, WRITE
from vpcp_cli.linking import linked
from vpcp_cli.members import with_members
from vpcp_cli.programme import Programme
from vpcp_cli.storage.format import schema
from vpcp_cli.storage.index.keeper import Keeper
from vpcp_cli.storage.index.store import Store
from vpcp_cli.storage.locate import find_folder
from vpcp_cli.storage.workspace import load
from vpcp_cli.storage.yaml import document
from vpcp_cli.tasks import FACTS, TaskList
from vpcp_cli.vocabulary import Status

WALK = (
    "vpcp init",
    "vpcp done 2022-NV01.5 --evidence 9/QĐ-CVD --on 2023-06-18",
    "vpcp done 2023-CD02.2 --for PHONG_TONG_HOP --on 2023-05-30",
    "vpcp start 2022-CK01.1 2023-CD01.1 --on 2023-06-18",
    "vpcp update 2022-CK01.1 --lead CO_QUAN_MAU --on 2023-06-18",
    "vpcp assign 2023-CD01.1 --responsible 'Lê Văn A' --on 2023-06-18",
    "vpcp note 2022-NV01.1 2023-CD01.1 'Một ghi chú: có dấu hai chấm' --on 2023-06-18",
    "vpcp block 2023-CD01.1 'Thiếu kinh phí' --key von --on 2023-06-18",
    "vpcp unblock 2023-CD01.1 'Đã có' --key von --on 2023-06-18",
    "vpcp postpone 2023-CD01.1 2024-03-31 --approved --on 2023-06-18",
    "vpcp remind 2023-CD01.1 14/CVD --on 2023-06-18",
    "vpcp risk 2023-CD01.1 high --note 'Chậm' --on 2023-06-18",
    "vpcp correct 2023-CD01.1 2 --on 2023-06-17 --note 'gõ nhầm'",
    "vpcp withdraw 2022-MT01.2 --note 'Thôi' --on 2023-06-18",
    "vpcp reopen 2022-MT01.2 --note 'Còn việc' --on 2023-06-18",
    "vpcp return 2022-MT01.2 --note 'Không thuộc thẩm quyền' --on 2023-06-18",
    "vpcp void 2022-NV01.4 --note 'Nhập nhầm'",
    "vpcp undo",
    "vpcp set 2023-CD01.1 --text 'Việc đã sửa' --unset support --note 'Sửa'",
    "vpcp set 2023-CD02.4 --lead CAC_PHONG",
    "vpcp set 2022-CD02 --title 'Chỉ đạo đã sửa'",
    "vpcp set 2022 --title 'Chương trình đã sửa'",
    "vpcp directive add 2023 'Chỉ đạo mới' --issuer 'Nguyễn Văn Mẫu' --issued 2023-06-01",
    "vpcp add 2023-CD03 'Việc mới' --lead CAC_PHONG --each --deliverable x --deadline 2023-12",
    r"printf 'text,lead,deliverable\nMột,CUC_VI_DU,x\nHai,CUC_VI_DU,x\n' > list.csv",
    "vpcp add 2023-CD03 --from list.csv",
    "vpcp split 2023-CD03.2 'Soạn thảo' 'Ban hành' --note 'Hai việc'",
    "vpcp move 2023-CD03.3 2023-CD01 --note 'Nhầm'",
    "vpcp unit merge TRUNG_TAM_SO PHONG_TONG_HOP --on 2023-06-10",
    "vpcp undo",
    "sed -i 's/id: 2022-CD02.3$/id: 2022-CD02.1/' programmes/2022.yaml",
    "vpcp renumber 2022-CD02.1",
    "vpcp new 2024 --carry-over --owner CUC_VI_DU --on 2023-06-18",
    "vpcp undo",
    "vpcp new 2024 --carry-over --owner CUC_VI_DU --on 2023-06-19",
    "vpcp unit add PHONG_MOI 'Phòng Mới'",
    "vpcp unit set PHONG_MOI --short PM",
    "vpcp add 2023-CD03 'Việc của phòng mới' --lead PHONG_MOI --deliverable x",
    "vpcp unit set PHONG_MOI --code PHONG_KHAC",
    "vpcp unit merge PHONG_KHAC PHONG_TONG_HOP --on 2023-06-19",
    "vpcp unit add PHONG_THUA 'Phòng Thừa'",
    "vpcp unit remove PHONG_THUA",
    "sed -i 's/Podcast “Ví dụ 101”/Podcast  “Ví dụ 101”/' programmes/2022.yaml",
    "vpcp check --fix",
    "vpcp import replies/PHONG_TONG_HOP.xlsx --yes --skip-refused",
    "EDITOR='sed -i s/Podcast/Bài/' vpcp edit 2022-CD02.4",
)
"""Lines of `vpcp`, and what people do beside them."""
HERE = REPOSITORY / "src/vpcp_cli/commands"


def command_of(line: str) -> str:
    """The command of a line, which may have two words."""
    words = line.partition("vpcp ")[2].split()
    return next(row.name for row in COMMANDS if row.name in (words[0], " ".join(words[:2])))


def test_the_walk_takes_every_command_that_writes() -> None:
    writing = {row.name for row in COMMANDS if row.section == WRITE or "writer_in(" in source(row.module)}
    assert {command_of(line) for line in WALK if "vpcp " in line} == writing


def source(module: str) -> str:
    return (HERE / f"{module.rpartition('.')[2]}.py").read_text(encoding="utf-8")


@cache
def read(stem: str, content: bytes) -> Programme:
    """A programme as a reading finds it, without any index."""
    one, _findings = schema.programme_of(document.read(content, f"programmes/{stem}.yaml"), stem)
    assert one, stem
    return one


def stood_in(files: dict[str, bytes], day: date) -> tuple[tuple[Programme, ...], TaskList]:
    """The programmes of some files, and their tasks as their logs, folded one by one, leave them on a day."""
    units, _findings = schema.units_of(document.read(files["units.yaml"], "units.yaml"))
    contents = {name.removesuffix(".yaml"): content for name, content in files.items() if name != "units.yaml"}
    found = linked(with_members(read(stem, contents[stem]), lambda: units) for stem in sorted(contents))
    return found, TaskList(one for one in stood(*found, day=day) if one.status is not Status.VOID)


def test_after_each_command_that_writes_what_is_known_is_what_a_reading_finds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known, unknown = copy(tmp_path / "known"), copy(tmp_path / "unknown")
    for terminal in (known, unknown):
        terminal.settings = {"VPCP_AS_OF": "2023-06-20"}
    unknown.settings["VPCP_NO_CACHE"] = "1"
    chance = Random(0)  # noqa: S311  the same days every time
    keeper = Keeper(Store(known.environment(), __version__))
    for line in WALK:
        before = programmes(known)
        as_if_large(monkeypatch)
        answer = known.run(line)
        as_if_large(monkeypatch, 1 << 18)
        assert unknown.run(line) == answer, line
        assert answer.code == ("--skip-refused" in line), (line, answer)
        files = programmes(known)
        assert files == programmes(unknown), line
        assert warm(known) == cold(known), line
        if line.startswith("vpcp "):
            assert files != before or line == WALK[0], line
            library = load(find_folder(str(known.folder / "programmes"), {}, known.folder), keeper=keeper).library
            day = date(2021, 1, 1) + timedelta(chance.randrange(1300))
            found, plain = stood_in(files, day)
            assert library.whole().programmes == found, line
            assert list(library.tasks(day).rows(*FACTS)) == list(plain.rows(*FACTS)), (line, day)
            asked = f"vpcp list -f json --as-of {day}"
            assert known.run(asked) == unknown.run(asked), line
