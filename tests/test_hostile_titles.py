"""No title acts: not on GitHub's runner, its pages, a browser, a spreadsheet or a terminal, in any report or form."""

import csv
import io
import json
import re
from html.parser import HTMLParser
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
import yaml
from openpyxl import load_workbook

from github import Page, workflow_commands
from terminal import Terminal

HOSTILE = (
    "::error::x",
    "##[error]x",
    "%0A::error::x",
    "a | b \\| c",
    "`a` ``b``` $c$",
    "<script>alert(1)</script>",
    "</summary></details> <!-- x --> &lt;b&gt;",
    "@everyone a@evil.example",
    "[x](javascript:alert(1)) ![y](http://evil.example/z.png)",
    "#1 GH-1 a/b#2",
    "www.evil.example",
    "https://evil.example/x",
    "# x",
    "- x",
    "1. x",
    "+ x",
    "=HYPERLINK(1)",
    "*x* _y_ ~~z~~ [^1] :tada:",
    "[red]x[/red] ]]>",
    "[/] [link=http://evil.example]x[/link] :smile: \\x1b[2J \\033[31m",
)
IN_OFFICES = (
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "{{ 7*7 }}",
    "{% raw %}",
    "<!--",
    "' onclick='x",
    '" autofocus onfocus="x',
    "<svg/onload=x>",
    "</td></tr></table>",
    "</style><style>*{display:none}",
    "javascript:alert(1)",
    "http://evil.example/x",
    "mailto:a@evil.example",
    "cmd|' /C calc'!A0",
    'HYPERLINK("http://evil.example","x")',
    "SUM(1)*cmd|' /C calc'!A0",
    "{=1+1}",
    "_x0041_ _x000D_",
    "31/02/2022",
    "0000-13-45",
    "1e9",
    "TRUE",
    "#N/A",
    "x" * 40_000,
    "\u200b\u00a0\u0301e\U0001f600\ue000",
)
MANY = [before + title for before in ("", "=", "+", "-", "@", "'=") for title in (*HOSTILE, *IN_OFFICES)]
"""More than two hundred titles, for pages and workbooks."""
TAGS = {"details", "summary", "h2", "h3", "h4", "p", "ul", "li", "strong", "br", "code"}
TAGS |= {"table", "thead", "tbody", "tr", "th", "td"}
LISTS = (
    *("list", "show 2022 2022-CD01 {ids}", "status --by lead", "status --by directive", "due", "log", "units"),
    *("programmes", "directives", "people"),
)
REPORTS = ("summary --since 2022-01-01", "summary --since 2022-01-01 --full", "diff HEAD")
SGR = re.compile(r"\x1b\[[\d;]*m")
WHOLE = ("table", "plain", "json", "jsonl", "csv", "records", "md")


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    """A repository in which every text for people is hostile; what was committed had others."""
    terminal = Terminal.at(tmp_path_factory.mktemp("ground"))
    terminal.settings["COLUMNS"] = "400"
    terminal.write("programmes/units.yaml", units("x"))
    terminal.write("programmes/2022.yaml", programme(["x"] * len(HOSTILE)))
    terminal.run("git init -q -b main && git add -A && git commit -qm 1")
    terminal.write("programmes/units.yaml", units(HOSTILE[1]))
    terminal.write("programmes/2022.yaml", programme(HOSTILE))
    assert terminal.vpcp("check").code == 0
    return terminal


def units(name: str) -> str:
    return yaml.safe_dump({"schema": 1, "units": [{"code": "VPCP", "name": name}]})


def programme(titles: tuple[str, ...] | list[str]) -> str:
    """A programme with a directive for each title, in which all texts are that title."""
    directives = [directive(number, title) for number, title in enumerate(titles, 1)]
    head = {"schema": 1, "year": 2022, "kind": "work_programme", "title": titles[0], "owner": "VPCP"}
    return yaml.safe_dump(head | {"directives": directives}, allow_unicode=True, sort_keys=False, width=1000)


def directive(number: int, title: str) -> dict[str, object]:
    id_ = f"2022-CD{number:02}"
    log = [
        {"date": "2022-02-01", "obstacle": title, "reported_to": "VPCP", "by": title, "note": title},
        {"date": "2022-02-02", "risk": "high", "note": title},
        {"date": "2022-02-03", "deadline": "2022-04", "decision": "approved", "document": title},
    ]
    task: dict[str, object] = {"id": f"{id_}.1", "text": title, "nature": "one_off", "lead": "VPCP"}
    task |= {"deliverable": title, "deadline": "2022-03", "responsible": title, "measure": title, "source": title}
    issuer = {"name": "Trần Văn Sơn", "role": title}
    head = {"id": id_, "kind": "directive", "title": title, "issuer": issuer, "issued": "2022-01-11", "source": title}
    return head | {"tasks": [task | {"log": log}]}


def harmless(form: str, text: str) -> None:
    """Nothing in a form acts; CSV and TSV are for files, where the runner's older commands mean nothing."""
    commands = [name for name, _, _ in workflow_commands(text)]
    assert [name for name in commands if name != "old" or form not in {"csv", "records", "tsv"}] == []
    if form == "md":
        page = Page(text)
        assert page.tags <= TAGS
        assert page.attributes <= {"style"}
        assert page.linked == []
        assert [code for code in page.code if not code.startswith(("programmes/2022.yaml", "vpcp "))] == []
    elif form in {"csv", "records", "tsv"}:
        rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=",\t"[form == "tsv"])
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


def shown(form: str, text: str) -> str:
    """What a reader of a form gets to see; escaped signs as they are meant."""
    if form == "md":
        return Page(text).text
    if form in {"json", "jsonl"}:
        return "\n".join(values(json.loads(text) if form == "json" else list(map(json.loads, text.splitlines()))))
    if form in {"csv", "records"}:
        return "\n".join(cell for row in csv.reader(io.StringIO(text)) for cell in row)
    return text.replace("\\x3a:", "::").replace("\\x23#[", "##[")


def values(value: object) -> list[str]:
    """All texts in a JSON value."""
    if isinstance(value, dict):
        value = list(value.values())
    return [text for one in value for text in values(one)] if isinstance(value, list) else [str(value)]


@pytest.mark.parametrize("asked", LISTS, ids=lambda asked: "-".join(asked.split()[:3]))
def test_no_title_acts_in_a_list(ground: Terminal, asked: str) -> None:
    ids = " ".join(f"2022-CD{number:02}.1" for number in range(1, len(HOSTILE) + 1))
    for form in (*WHOLE, "tsv"):
        answer = ground.vpcp(*asked.format(ids=ids).split(), "--format", form)
        assert (answer.code, answer.err) == (0, "")
        harmless(form, answer.out)
        if asked in {"list", "log", "directives", "show 2022 2022-CD01 {ids}"} and form in WHOLE:
            assert [title for title in HOSTILE if title not in shown(form, answer.out)] == []


@pytest.mark.parametrize("asked", [*LISTS, "list x"], ids=lambda asked: "-".join(asked.split()[:3]))
def test_colours_are_all_that_a_terminal_is_told(ground: Terminal, asked: str) -> None:
    for columns in ("60", "400"):
        for form in ("table", "plain", "md"):
            words = [*asked.format(ids="2022-CD20.1").split(), "--format", form, "--color"]
            coloured, bare = (ground.vpcp(*words, when, COLUMNS=columns) for when in ("always", "never"))
            assert shown(form, SGR.sub("", coloured.out)) == shown(form, bare.out)
            assert "\x1b" not in bare.out
            assert ("\x1b" in coloured.out) == (form == "table")


@pytest.mark.parametrize("asked", REPORTS)
def test_no_title_acts_in_a_report(ground: Terminal, asked: str) -> None:
    for form in ("text", "md", "json"):
        answer = ground.vpcp(*asked.split(), "--format", form)
        assert (answer.code, answer.err) == (0, "")
        harmless(form, answer.out)
        if form != "text" or asked == "diff HEAD":
            assert [title for title in HOSTILE if title not in shown(form, answer.out)] == []


def test_reports_that_follow_one_another_in_a_file_keep_apart(ground: Terminal) -> None:
    reports = (
        "summary",
        "diff HEAD",
        "diff HEAD --max-bytes 0",
        "summary --max-bytes 0",
        "diff HEAD",
        "diff HEAD..HEAD",
    )
    for asked in reports:
        assert ground.vpcp(*asked.split(), "--format", "md", "--append", "-o", "../page.md").code == 0
    page = Page((ground.folder.parent / "page.md").read_text(encoding="utf-8"))
    assert len(re.findall("Summary of the work programme|Changes from HEAD", page.text)) == len(reports)
    assert "### " not in page.text
    assert len([line for line in page.text.splitlines() if "more changes: " in line]) == 1
    assert [cell for cell in page.cells if "more change" in cell] == []


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    """A repository in which every title stands where a unit should, and log entries were rewritten to be titles."""
    terminal = Terminal.at(tmp_path_factory.mktemp("faulty"))
    terminal.write("programmes/units.yaml", units("x"))
    terminal.write("programmes/2022.yaml", programme(["x"] * len(HOSTILE)))
    terminal.run("git init -q -b main && git add -A && git commit -qm 1")
    text = programme(HOSTILE)
    for title in HOSTILE:
        text = text.replace("lead: VPCP", f"lead: {json.dumps(title)}", 1)
    terminal.write("programmes/2022.yaml", text)
    return terminal


def test_no_title_acts_in_findings(faulty: Terminal) -> None:
    files = {form: f"report.{form}" for form in ("github", "gitlab", "junit", "json")}
    orders = [word for form, file in files.items() for word in ("--report", f"{form}={file}")]
    answer = faulty.vpcp("check", "--against", "HEAD", *orders)
    report = {form: (faulty.folder / file).read_text(encoding="utf-8") for form, file in files.items()}
    texts = {
        "text": shown("text", answer.out),
        "gitlab": "\n".join(values(json.loads(report["gitlab"]))),
        "json": "\n".join(values(json.loads(report["json"]))),
        "junit": "\n".join(ET.fromstring(report["junit"]).itertext()),  # noqa: S314  our own output
    }
    assert answer.code == 1
    lacking = {form: [title for title in HOSTILE if title not in text] for form, text in texts.items()}
    assert not any(lacking.values()), lacking
    for text in (answer.out, report["gitlab"], report["json"], report["junit"]):
        assert list(workflow_commands(text)) == []
    commands = list(workflow_commands(report["github"]))
    assert [name for name, _, _ in commands] == ["error"] * 10 + ["warning"] * 10 + ["notice"]
    assert {frozenset(properties) for _, properties, _ in commands[:-1]} == {
        frozenset({"file", "line", "col", "title"})
    }


def test_no_title_acts_where_a_list_is_refused(faulty: Terminal) -> None:
    broken = faulty.write("programmes/2023.yaml", "##[error]x: [\n")
    answer = faulty.vpcp("list")
    broken.unlink()
    assert (answer.code, answer.out) == (3, "")
    assert "##[error]" in shown("text", answer.err)
    assert list(workflow_commands(answer.err)) == []


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    """A workspace with more than two hundred hostile titles, and one of the same shape with harmless ones beside it."""
    terminal = Terminal.at(tmp_path_factory.mktemp("office"))
    for place, titles in (("hostile", MANY), ("calm", [f"x{number}" for number in range(len(MANY))])):
        terminal.write(f"{place}/units.yaml", units(titles[0]))
        terminal.write(f"{place}/2022.yaml", programme(titles))
    assert len(MANY) > 200
    return terminal


class Seen(HTMLParser):
    """What a browser makes of a page: its elements with the names of their attributes, and all that they link to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.linked: list[str] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, tuple(name for name, _value in attrs)))
        self.linked += [value or "" for name, value in attrs if name in {"href", "src", "action", "srcset", "data"}]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@pytest.mark.parametrize("more", [(), ("--public",)])
def test_no_title_acts_in_a_page(office: Terminal, more: tuple[str, ...]) -> None:
    seen = {}
    for place in ("hostile", "calm"):
        answer = office.vpcp("export", "html", "--data", place, "-o", f"{place}.html", *more)
        assert answer.code == 0, answer.err
        seen[place] = Seen((office.folder / f"{place}.html").read_text(encoding="utf-8"))
    assert seen["hostile"].elements == seen["calm"].elements
    assert seen["hostile"].linked == seen["calm"].linked
    assert [title for title in MANY if title not in seen["hostile"].texts] == []


def test_no_title_acts_in_a_workbook_or_a_sheet(office: Terminal) -> None:
    asked = {"workbook": ("export", "xlsx", "--unit", "VPCP"), "sheet": ("list",)}
    for name, words in asked.items():
        file = office.folder / f"{name}.xlsx"
        answer = office.vpcp(*words, "--data", "hostile", "-o", file.name)
        assert answer.code == 0, answer.err
        with ZipFile(file) as parts:
            assert not [
                one for one in parts.namelist() if re.search("external|hyperlink|vba|embed", one, re.IGNORECASE)
            ]
            markup = b"".join(parts.read(one) for one in parts.namelist())
        assert re.search(rb"<f[ >]|<hyperlink|TargetMode=.External|<!DOCTYPE|<!ENTITY", markup) is None
        cells = [cell for page in load_workbook(file) for row in page for cell in row]
        assert [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink] == []
        assert [title[:20] for title in MANY if title[:32_767] not in {cell.value for cell in cells}] == []
    answer = office.vpcp("import", "workbook.xlsx", "--data", "hostile", "-f", "json")
    assert (answer.code, json.loads(answer.out)["refused"], json.loads(answer.out)["entries"]) == (0, 0, 0)
