"""One line in `programme.py` gives a new key to everything that reads, writes or shows one."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from terminal import REPOSITORY, Answer, Terminal

LINE = """    findings: Annotated[
        Text | None, Key("Findings", "What else is to be known.", searched=True, asked="What else is to be known.")
    ] = None
"""
PLACES = {"Task": "measure", "Directive": "issued", "Programme": "until", "Unit": "short", "LogEntry": "note"}
"""In which records the line is put, and before which key."""
RUN = """
import json, sys
from pathlib import Path
from terminal import Terminal
import vpcp_cli
assert vpcp_cli.__file__.startswith(sys.argv[1])
terminal = Terminal(Path(sys.argv[2]), Path(sys.argv[3]))
print(json.dumps([vars(terminal.run(line)) for line in json.load(sys.stdin)]))
"""
SAID = "Chi tiết đặc biệt"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a copy of the program lies in which some records have one key more."""
    place = tmp_path_factory.mktemp("walked")
    shutil.copytree(REPOSITORY / "src" / "vpcp_cli", place / "vpcp_cli")
    module = place / "vpcp_cli" / "programme.py"
    text = module.read_text(encoding="utf-8")
    for record, before in PLACES.items():
        at = text.index(f"    {before}: Annotated[", text.index(f"class {record}(Record)"))
        text = text[:at] + LINE + text[at:]
    module.write_text(text, encoding="utf-8")
    return place


class Walked:
    """A workspace, and the program that knows a key more."""

    def __init__(self, package: Path, terminal: Terminal) -> None:
        self.package, self.terminal = package, terminal
        shutil.copytree(REPOSITORY / "programmes", terminal.folder / "programmes")
        self.file = terminal.folder / "programmes" / "2022.yaml"

    def answers(self, *lines: str) -> list[Answer]:
        """What the program says to some lines, one after the other, in one process."""
        ways = f"{self.package}{os.pathsep}{REPOSITORY / 'tests'}"
        asked = [sys.executable, "-c", RUN, str(self.package), str(self.terminal.folder), str(self.terminal.home)]
        done = subprocess.run(
            asked, input=json.dumps(lines), env=os.environ | {"PYTHONPATH": ways}, capture_output=True, text=True,
            check=True,
        )  # fmt: skip
        return [Answer(**one) for one in json.loads(done.stdout)]

    def said(self, *lines: str) -> list[str]:
        """The same, where all is well."""
        answers = self.answers(*lines)
        assert {one.code for one in answers} == {0}, answers
        return [one.out for one in answers]

    def text(self, name: str = "2022") -> str:
        return (self.terminal.folder / "programmes" / f"{name}.yaml").read_text(encoding="utf-8")


@pytest.fixture
def walked(package: Path, terminal: Terminal) -> Walked:
    return Walked(package, terminal)


def test_a_task_has_it_in_every_form(walked: Walked) -> None:
    given = f"2022-CD02 'Việc mới' --lead VPCP --deliverable x --findings '{SAID}' --on 2022-02-01"
    id_, words = "2022-CD02.6", "'chi tiet dac biet'"
    _added, _checked, listed, table, records, some, sheet, shown, told, options = walked.said(
        f"vpcp add {given}",
        "vpcp check",
        f"vpcp list {words} -f json",
        f"vpcp list {words} -f table",
        f"vpcp list {words} -f records",
        f"vpcp list --id {id_} --fields id,findings -f records",
        f"vpcp list --id {id_} --fields id,findings -f csv",
        f"vpcp show {id_}",
        f"vpcp show {id_} -f json",
        "_VPCP_COMPLETE=zsh vpcp vpcp set 2022-CD02.1 --find",
    )
    assert f"findings: {SAID}" in walked.text()
    (task,) = json.loads(listed)["tasks"]
    assert (task["id"], task["findings"]) == (id_, {"vi": SAID, "en": SAID})
    assert f"Findings: {SAID}" in table
    assert SAID in records
    assert some.splitlines()[1:] == [f"{id_},{SAID},{SAID}"]
    assert SAID in sheet
    assert f"\nFindings     {SAID}\n" in shown
    assert _within(json.loads(told), "findings") == {"vi": SAID, "en": SAID}
    assert options == "--findings\tWhat else is to be known.\n"


def _within(data: Any, key: str) -> Any:
    """The first value of a key, however deep it lies."""
    if isinstance(data, dict):
        return data[key] if data.get(key) else next((x for one in data.values() if (x := _within(one, key))), None)
    return next((found for one in data if (found := _within(one, key))), None) if isinstance(data, list) else None


def test_it_is_put_right_taken_out_and_carried_over(walked: Walked) -> None:
    task = "2022-CD02.3"
    walked.said(f"vpcp set {task} --findings '{SAID}'", "vpcp new 2023 --carry-over --on 2023-01-05")
    assert [walked.text(name).count(f"findings: {SAID}") for name in ("2022", "2023")] == [1, 1]
    walked.said("vpcp undo", f"vpcp set {task} --unset findings", "vpcp undo", f"vpcp set {task} --findings Khác")
    assert walked.text().count("findings:") == walked.text().count("findings: Khác") == 1


def test_directives_programmes_and_units_have_it_too(walked: Walked) -> None:
    *_written, directive, programme, units, found, shown = walked.said(
        "vpcp directive add 2022 'Chỉ đạo mới' --issuer 'Trần Văn Sơn' --findings Một",
        "vpcp set 2022 --findings Hai",
        "vpcp unit add CUC_MOI 'Cục mới' --findings Ba",
        "vpcp set 2022-CD02 --findings Bốn",
        "vpcp unit set VPCP --findings Năm",
        "vpcp check",
        "vpcp show 2022-CD02 -f json",
        "vpcp show 2022 -f json",
        "vpcp units -f json",
        "vpcp list bon -f ids",
        "vpcp show 2022-CD02 2022",
    )
    assert [one for one in ("Một", "Hai", "Bốn") if f"findings: {one}\n" not in walked.text()] == []
    assert [one for one in ("Ba", "Năm") if f"findings: {one}\n" not in walked.text("units")] == []
    assert _within(json.loads(directive), "findings")["vi"] == "Bốn"
    assert _within(json.loads(programme), "findings")["vi"] == "Hai"
    assert {one["code"]: one["findings"] and one["findings"]["vi"] for one in json.loads(units)["units"]}.items() >= {
        ("CUC_MOI", "Ba"),
        ("VPCP", "Năm"),
        ("BO_CONG_AN", None),
    }
    assert re.findall(r"^Findings +(.+)", shown, re.MULTILINE) == ["Bốn", "Hai"]
    assert set(found.split()) >= {f"2022-CD02.{number}" for number in range(1, 6)}


def test_an_entry_has_it_too(walked: Walked) -> None:
    walked.said("vpcp start 2022-CD02.3 --on 2022-03-01")
    text = walked.text().replace("status: in_progress\n", f"status: in_progress\n            findings: {SAID}\n")
    walked.file.write_text(text, encoding="utf-8")
    _checked, logged, found = walked.said("vpcp check", "vpcp log -f json", "vpcp list 'dac biet' -f ids")
    assert _within(json.loads(logged), "findings") == {"vi": SAID, "en": SAID}
    assert "2022-CD02.3" in found.split()


def test_a_change_of_it_is_told_and_merged(walked: Walked) -> None:
    before = walked.text()
    walked.said("git init -q", "git add .", "git -c user.name=T -c user.email=t@example.org commit -qm one")
    sides = {}
    for name, task, said in (("ours", 1, "Một"), ("theirs", 3, "Ba"), ("others", 1, "Khác")):
        walked.file.write_text(before, encoding="utf-8")
        (_set, told) = walked.said(f"vpcp set 2022-CD02.{task} --findings {said}", "vpcp diff HEAD")
        assert f"Findings: — → «{said}»" in told
        sides[name] = walked.text()
    for name, text in {**sides, "base": before}.items():
        walked.terminal.write(f"{name}.yaml", text)
    clean, clash = walked.answers(
        "vpcp merge-file base.yaml ours.yaml theirs.yaml", "vpcp merge-file base.yaml others.yaml ours.yaml"
    )
    merged = (walked.terminal.folder / "ours.yaml").read_text(encoding="utf-8")
    assert (clean.code, merged.count("findings: Một\n"), merged.count("findings: Ba\n")) == (0, 1, 1)
    assert (clash.code, "findings" in clash.out + clash.err) == (1, True)


def test_slips_of_it_are_told(walked: Walked) -> None:
    text = walked.text()
    for before in ("        nature:", "    kind:", "owner:"):
        space = before[: -len(before.lstrip())]
        text = text.replace(f"\n{before}", f"\n{space}findngs: Mới\n{before}", 1)
    walked.file.write_text(text, encoding="utf-8")
    (answer,) = walked.answers("vpcp check")
    assert (answer.code, answer.out.count("Did you mean `findings`?")) == (1, 3)


def test_schemas_and_fields_have_it(walked: Walked) -> None:
    programme, units, fields, *offered = walked.said(
        "vpcp schema",
        "vpcp schema units",
        "_VPCP_COMPLETE=zsh vpcp vpcp list --fields id,find",
        *(f"_VPCP_COMPLETE=zsh vpcp vpcp {command} --find" for command in ("add", "set", "directive add", "unit set")),
    )
    found = json.loads(programme)
    described = {"Programme": found, **found["definitions"], "Unit": json.loads(units)["definitions"]["Unit"]}
    assert {name for name in PLACES if "findings" in described[name]["properties"]} == PLACES.keys()
    assert fields.split() == ["id,findings", "id,findings_vi", "id,findings_en"]
    assert offered == ["--findings\tWhat else is to be known.\n"] * 4
