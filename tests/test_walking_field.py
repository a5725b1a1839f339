"""One line in `programme.py` gives a new key to everything that reads, writes or shows one."""

import json
import shutil
import sys
from pathlib import Path

import pytest

from terminal import REPOSITORY, Terminal

LINE = """    findings: Annotated[
        Text | None, Key("Findings", "What else is to be known.", searched=True, asked="What else is to be known.")
    ] = None
"""


@pytest.fixture
def walked(terminal: Terminal, tmp_path: Path) -> Terminal:
    """A terminal whose `vpcp` is a copy of the program in which a task has one key more."""
    shutil.copytree(REPOSITORY / "src" / "vpcp_cli", tmp_path / "vpcp_cli")
    module = tmp_path / "vpcp_cli" / "programme.py"
    text = module.read_text(encoding="utf-8")
    place = text.index("    measure: Annotated[", text.index("class Task(Record)"))
    module.write_text(text[:place] + LINE + text[place:], encoding="utf-8")
    shutil.copytree(REPOSITORY / "programmes", terminal.folder / "programmes")
    terminal.settings["PYTHONPATH"] = str(tmp_path)
    return terminal


def run(terminal: Terminal, command: str) -> str:
    answer = terminal.run(f"{sys.executable} -m vpcp_cli {command}")
    assert answer.code == 0, answer
    return answer.out


def test_a_new_field_is_one_line(walked: Terminal) -> None:
    where = "2022-CD02 'Việc mới' --lead VPCP --deliverable x --findings 'Chi tiết đặc biệt' --on 2022-02-01"
    run(walked, f"add {where}")
    assert "findings: Chi tiết đặc biệt" in (walked.folder / "programmes" / "2022.yaml").read_text(encoding="utf-8")
    run(walked, "check")
    (task,) = json.loads(run(walked, "list 'chi tiet dac biet' -f json"))["tasks"]
    assert task["findings"] == {"vi": "Chi tiết đặc biệt", "en": "Chi tiết đặc biệt"}
    assert "Findings: Chi tiết đặc biệt" in run(walked, "list 'chi tiet dac biet' -f table --lang en")
    assert "Chi tiết đặc biệt" in run(walked, f"list --id {task['id']} -f records")
    assert run(walked, f"list --id {task['id']} --fields id,findings -f records").splitlines()[1:] == [
        f"{task['id']},Chi tiết đặc biệt,Chi tiết đặc biệt"
    ]
    assert "\nFindings     Chi tiết đặc biệt\n" in run(walked, f"show {task['id']} --lang en")
    assert '"findings"' in run(walked, "schema")
    run(walked, "new 2023 --carry-over --on 2023-01-05")
    assert "findings: Chi tiết đặc biệt" in (walked.folder / "programmes" / "2023.yaml").read_text(encoding="utf-8")


def test_a_change_of_a_new_field_is_told(walked: Terminal) -> None:
    walked.run("git init -q . && git add . && git -c user.name=T -c user.email=t@example.org commit -qm one")
    file = walked.folder / "programmes" / "2022.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("        nature:", "        findings: Mới\n        nature:", 1), encoding="utf-8")
    assert "Findings: — → «Mới»" in run(walked, "diff HEAD --lang en")


def test_a_misspelt_new_field_is_offered(walked: Terminal) -> None:
    file = walked.folder / "programmes" / "2022.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("        nature:", "        detials: Mới\n        nature:", 1), encoding="utf-8")
    answer = walked.run(f"{sys.executable} -m vpcp_cli check --lang en")
    assert answer.code == 1
    assert "details" in answer.out
