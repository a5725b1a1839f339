"""The reports for machines are what those machines read: by parsers written from their documentation."""

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from github import workflow_commands
from terminal import Terminal

HOSTILE = "::error::x %0A | `a` <script>alert(1)</script> @everyone ##[error]y [z](javascript:1) ]]> \\x1b[2J"

UNITS = "schema: 1\nunits:\n  - code: VPCP\n    name: Văn phòng Chính phủ\n"
HEAD = """\
schema: 1
year: 2022
kind: work_programme
title: Chương trình
owner: VPCP
directives:
  - id: 2022-CD01
    kind: directive
    title: Quy chế
    issuer:
      name: Trần Văn Sơn
    tasks:
"""
TASK = """\
      - id: 2022-CD01.{number}
        text: "{text} {number}"
        nature: standing
        lead: {lead}
"""


def programme(*tasks: str) -> str:
    return HEAD + "".join(tasks)


def task(number: int, text: str = "Việc", lead: str = "VPCP") -> str:
    return TASK.format(number=number, text=text.replace("\\", "\\\\"), lead=lead)


@pytest.fixture
def hostile(terminal: Terminal) -> Terminal:
    """A folder with errors and warnings about hostile texts."""
    terminal.write("programmes/units.yaml", UNITS)
    tasks = [task(number, HOSTILE.replace("\\x1b", "")) for number in range(1, 15)]
    tasks += [task(number, lead=f'"::warning::##[error]%0A,:{number}"') for number in range(15, 27)]
    doubled = [one.replace('"\n', '  "\n', 1) for one in tasks[:14]]
    terminal.write("programmes/2022.yaml", programme(*doubled, *tasks[14:]))
    return terminal


def test_github_shows_ten_of_each_the_worst_first_and_a_notice_for_the_rest(hostile: Terminal) -> None:
    answer = hostile.vpcp("check", "--report", "github")
    assert answer.code == 1
    commands = list(workflow_commands(answer.out))
    assert [name for name, _, _ in commands] == ["error"] * 10 + ["warning"] * 10 + ["notice"]
    _name, properties, message = commands[0]
    assert properties == {"file": "programmes/2022.yaml", "line": "72", "col": "15", "title": "unknown-unit"}
    assert message.startswith("::warning::##[error]%0A,:15 is not in the register of units.")
    assert commands[-1][2].startswith("6 more findings")
    assert "programmes/2022.yaml:72:15: error:" in answer.out, "people read the text as ever"


def test_github_gets_nothing_to_read_into_a_text(hostile: Terminal) -> None:
    answer = hostile.vpcp("check", "--report=github", "--lang", "vi")
    assert answer.out.count("\\x23#[error]") > 20
    assert {name for name, _, _ in workflow_commands(answer.out)} == {"error", "warning", "notice"}


def gitlab(terminal: Terminal, *options: str) -> list[dict[str, Any]]:
    """A report of Code Quality as docs.gitlab.com, «Code Quality report format», asks for it."""
    terminal.vpcp("check", "--report", "gitlab=quality.json", *options)
    issues: list[dict[str, Any]] = json.loads((terminal.folder / "quality.json").read_bytes())
    for issue in issues:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert isinstance(issue["description"], str)
        assert re.fullmatch(r"[0-9a-f]{64}", issue["fingerprint"])
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert not issue["location"]["path"].startswith(("/", "./", "../"))
        assert issue["location"]["lines"]["begin"] >= 1
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    return issues


def test_gitlab_s_fingerprints_stay_when_lines_move(hostile: Terminal) -> None:
    before = gitlab(hostile)
    assert len(before) == 26
    text = (hostile.folder / "programmes/2022.yaml").read_text(encoding="utf-8")
    hostile.write("programmes/2022.yaml", "# one\n# two\n" + text.replace(HEAD, HEAD + task(40)))
    after = gitlab(hostile)
    assert {one["fingerprint"] for one in before} == {one["fingerprint"] for one in after}
    assert {one["location"]["lines"]["begin"] for one in before}.isdisjoint(
        one["location"]["lines"]["begin"] for one in after[:3]
    )
    assert {one["severity"] for one in after} == {"major", "minor"}


def test_paths_start_at_the_root_of_the_repository(hostile: Terminal) -> None:
    hostile.run("git init -q")
    inner = Terminal(hostile.folder / "programmes", hostile.home)
    inner.vpcp("check", "--report", "gitlab=../quality.json", ".")
    issues = json.loads((hostile.folder / "quality.json").read_bytes())
    assert {one["location"]["path"] for one in issues} == {"programmes/2022.yaml"}


@pytest.mark.parametrize("strict", [False, True])
def test_junit_is_xml_that_adds_up(hostile: Terminal, strict: bool) -> None:  # noqa: FBT001
    answer = hostile.vpcp("check", "--report", "junit", *["--strict"] * strict)
    assert "26 " in answer.err or "12 errors, 14 warnings" in answer.err
    root = ET.fromstring(answer.out)  # noqa: S314  our own output
    (suite,) = root
    cases = suite.findall("testcase")
    failures = suite.findall("testcase/failure")
    assert (root.tag, suite.tag) == ("testsuites", "testsuite")
    for element in (root, suite):
        assert int(element.attrib["tests"]) == len(cases) == 27
        assert int(element.attrib["failures"]) == len(failures) == (26 if strict else 12)
    assert {frozenset(case.attrib) for case in cases} == {frozenset({"classname", "name"})}  # no others in the schemas
    assert "::warning::##[error]%0A,:" in failures[-1].attrib["message"]


def test_json_is_a_contract(hostile: Terminal) -> None:
    answer = hostile.vpcp("check", "--report", "json", "--report", "junit=j.xml", "--report", "gitlab=g.json")
    report = json.loads(answer.out)
    assert (report["schema"], report["errors"], report["warnings"], report["passed"]) == ("vpcp.check/1", 12, 14, False)
    assert report["files"] == ["programmes/2022.yaml", "programmes/units.yaml"]
    assert {tuple(one) for one in report["findings"]} == {
        (*("code", "severity", "file", "line", "column", "id", "path", "message", "hint", "facts", "excerpt"),)
    }
    assert report["findings"][-1]["id"] == "2022-CD01.26"
    assert (hostile.folder / "j.xml").exists()
    assert (hostile.folder / "g.json").exists()


def test_reports_of_a_sound_folder_are_empty_and_say_so(terminal: Terminal) -> None:
    terminal.write("programmes/units.yaml", UNITS)
    terminal.write("programmes/2022.yaml", programme(task(1)))
    assert gitlab(terminal) == []
    answer = terminal.vpcp("check", "--quiet", "--report", "junit")
    assert (answer.code, answer.err) == (0, "")
    assert len(ET.fromstring(answer.out).findall("testsuite/testcase")) == 2  # noqa: S314
    assert json.loads(terminal.vpcp("check", "--report", "json").out)["passed"] is True
    assert list(workflow_commands(terminal.vpcp("check", "--report", "github").out)) == []
    assert terminal.vpcp("check", "--quiet").out == ""


def test_files_that_cant_be_read_come_first_and_have_a_place(terminal: Terminal) -> None:
    terminal.write("programmes/units.yaml", UNITS)
    terminal.write("programmes/2021.yaml", programme(task(1, lead="X")).replace("2022", "2021"))
    terminal.write("programmes/2022.yaml", programme(task(1)) + "x: [")
    commands = list(workflow_commands(terminal.vpcp("check", "--report", "github").out))
    assert [properties["file"] for _, properties, _ in commands] == ["programmes/2022.yaml", "programmes/2021.yaml"]
    assert {one["severity"] for one in gitlab(terminal)} == {"critical", "major"}


@pytest.mark.parametrize("typed", ["sarif", "github=", "json --report junit", "=x", ""])
def test_what_is_no_report_is_refused(terminal: Terminal, typed: str) -> None:
    terminal.write("programmes/units.yaml", UNITS)
    answer = terminal.vpcp("check", "--report", *typed.split(" "), *["--report", "github"] * (typed == "github="))
    assert answer.code == 2
    assert answer.out == ""


def test_a_report_that_can_t_be_written_is_refused(hostile: Terminal) -> None:
    assert hostile.vpcp("check", "--report", "json=nowhere/x.json").code == 4


def test_a_baseline_goes_by_rule_and_id_and_only_shrinks(terminal: Terminal) -> None:
    def folder(*tasks: str) -> Path:
        terminal.write("programmes/units.yaml", UNITS)
        return terminal.write("programmes/2022.yaml", programme(*tasks))

    old, other, new = task(1, lead="X"), task(2, lead="Y"), task(3, lead="Z")
    folder(old, other)
    assert terminal.vpcp("check", "--write-baseline", "known.json").code == 0
    known = terminal.folder / "known.json"
    assert [row["id"] for row in json.loads(known.read_bytes())["findings"]] == ["2022-CD01.1", "2022-CD01.2"]

    folder(task(9), old, other)
    assert terminal.vpcp("check", "--baseline", "known.json").code == 0, "lines have moved"
    folder(old, new)
    answer = terminal.vpcp("check", "--baseline", "known.json")
    assert answer.code == 1
    assert "2022-CD01.1" not in answer.out
    assert "error: Z" in answer.out
    assert answer.err == "Mended: 1 of known.json; --write-baseline known.json strikes them out.\n"

    assert terminal.vpcp("check", "--write-baseline", "known.json").code == 1
    assert [row["id"] for row in json.loads(known.read_bytes())["findings"]] == ["2022-CD01.1"]
    folder(old.replace("nature", "support:\n          - X2\n        nature"))
    answer = terminal.vpcp("check", "--baseline", "known.json")
    assert answer.out.count("unknown-unit") == 2, "one more of a rule on an id: nobody knows which is the old one"
    folder(old, "x: [")
    assert terminal.vpcp("check", "--baseline", "known.json").code == 1
    assert terminal.vpcp("check", "--write-baseline", "shape.json").code == 1, "nobody gets used to a broken file"


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"schema": "x", "findings": []}', "[" * 100_000, "\xff"])
def test_what_is_no_baseline_is_refused(terminal: Terminal, content: str) -> None:
    terminal.write("programmes/units.yaml", UNITS)
    terminal.write("programmes/2022.yaml", programme(task(1)))
    terminal.write("known.json", content.encode("latin-1"))
    assert terminal.vpcp("check", "--baseline", "known.json").code == 2
