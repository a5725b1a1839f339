"""Nothing that comes from elsewhere acts on a terminal, in a log or in a report, whatever the place and the form."""

import json
import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml

from github import workflow_commands
from terminal import Answer, Terminal
from vpcp_cli.kinds import CONTROLS
from vpcp_cli.render.door import _LEAVING, code, encoded, in_json, literal

HOSTILE = (
    *("\x1b[2J", "\x1b]0;X\x07", "\x1b[31mred\x1b[0m", "\x1b[1A\x1b[2K", "\x1b]8;;http://x\x1b\\x", "\x1bc"),
    *("\x1b[?25l", "\x9b2J", "\x9d0;X\x9c", "\x85x", "\x90q\x9c", "\x07", "\x08\x08", "\x0b", "\x0c", "\x0e", "\x7f"),
    *("a\rb", "\u202ea", "\u202da", "\u2066a\u2069", "\u2067a", "\u200ea", "\u200fa", "\u061ca", "\u202aa\u202c"),
    *("\u2028a", "\u2029a", "a\u200bb", "a\u200cb", "a\u200db", "a\u2060b", "a\ufeffb", "a\u00adb", "a\u034fb"),
    *("a\u180eb", "\ufff9a\ufffb", "a\U000e0041b", "a\n::error::b", "##[error]a"),
)
assert len(HOSTILE) == 40
TOLD = re.compile(f"[{CONTROLS}]")
IN_DATA = tuple(text for text in HOSTILE if not TOLD.search(text))
"""What a file may hold; the rest is refused by `vpcp check`."""
FORMS = ("table", "plain", "json", "jsonl", "csv", "records", "tsv", "md")
LISTS = ("list", "show 2022 2022-CD01 2022-CD01.1", "log", "due", "status --by lead", "units", "directives", "people")
WRITES = ("done 2022-CD01.1", "undo", "note 2022-CD01.1 x --dry-run", "add 2022-CD01 x --lead VPCP", "undo")
BATCHES = tuple("".join(reversed(HOSTILE[at::8])) for at in range(8))


def acting(text: str, form: str = "") -> list[str]:
    """The characters that act or can't be seen; a byte-order mark and line ends are a part of CSV, tabs part cells."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n") if form in {"csv", "records"} else text
    odd = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    return [char for char in text if (unicodedata.category(char) in odd and char not in "\n\t") or char == "\u034f"]


def quiet(answer: Answer, form: str = "") -> Answer:
    """Hold an answer against all that counts, and give it back."""
    assert acting(answer.out, form) == []
    assert acting(answer.err) == []
    assert answer.code in range(5), answer.err
    assert list(workflow_commands(answer.err)) == []
    if answer.out and form in {"json", "jsonl"}:
        for line in [answer.out] if form == "json" else answer.out.splitlines():
            json.loads(line)
    if form not in {"csv", "records", "tsv", "github"}:
        assert list(workflow_commands(answer.out)) == []
    return answer


def names() -> Iterator[str]:
    """The texts, several at a time, as names that a file system takes."""
    return (text.replace("/", "_") for text in BATCHES)


def programme(text: str) -> str:
    log = [{"date": "2022-02-01", "obstacle": text, "reported_to": "VPCP", "by": text, "note": text}]
    task: dict[str, object] = {
        "id": "2022-CD01.1",
        "text": text,
        "nature": "one_off",
        "lead": "VPCP",
        "deliverable": text,
    }
    task |= {"deadline": "2022-03", "responsible": text, "measure": text, "source": text, "log": log}
    other = {"id": "2022-CD01.2", "text": {"vi": text, "en": text}, "nature": "one_off", "lead": "VPCP"}
    issuer = {"name": text, "role": text}
    head = {"id": "2022-CD01", "kind": "directive", "title": text, "issuer": issuer, "issued": "2022-01-11"}
    whole = {"schema": 1, "year": 2022, "kind": "work_programme", "title": text, "owner": "VPCP"}
    return yaml.safe_dump(whole | {"directives": [head | {"source": text, "tasks": [task, other]}]}, sort_keys=False)


def workspace(terminal: Terminal, folder: str, text: str = "x") -> Terminal:
    terminal.write(f"{folder}/units.yaml", yaml.safe_dump({"schema": 1, "units": [{"code": "VPCP", "name": text}]}))
    terminal.write(f"{folder}/2022.yaml", programme(text))
    return terminal


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal.at(tmp_path)


def test_texts_of_files(terminal: Terminal) -> None:
    workspace(terminal, "programmes", "\n".join(IN_DATA))
    for columns in ("60", "300"):
        for asked in LISTS:
            for form in FORMS:
                answer = terminal.vpcp(*asked.split(), "--format", form, "--color", "never", COLUMNS=columns)
                assert quiet(answer, form).code == 0
    for form in ("text", "md", "json"):
        for asked in ("summary", "summary --full", "diff --exit-code"):
            quiet(terminal.vpcp(*asked.split(), "--format", form), form)
    for asked in WRITES:
        assert quiet(terminal.vpcp(*asked.split())).code == 0


def test_texts_of_files_are_the_same_in_a_file(terminal: Terminal) -> None:
    workspace(terminal, "programmes", "\n".join(IN_DATA))
    for form in FORMS:
        shown = terminal.vpcp("list", "--format", form).out
        assert terminal.vpcp("list", "--format", form, "-o", f"answer.{form}").code == 0
        assert (terminal.folder / f"answer.{form}").read_bytes().decode() == shown


def test_texts_that_are_refused(terminal: Terminal) -> None:
    workspace(terminal, "programmes")
    for number, text in enumerate(HOSTILE):
        raw = programme("x").replace("x", f'"{text}"', 1).replace("lead: VPCP", f"lead: {json.dumps(text)}", 1)
        terminal.write(f"programmes/{1900 + number}.yaml", raw.encode("utf-8", "surrogatepass"))
    findings(terminal)
    quiet(terminal.vpcp("list"))


def findings(terminal: Terminal) -> None:
    for form in ("github", "gitlab", "junit", "json"):
        answer = quiet(terminal.vpcp("check", "--report", form), form)
        assert answer.code == 1
        if form == "junit":
            ET.fromstring(answer.out)  # noqa: S314  our own output
        elif form != "github":
            json.loads(answer.out)
    assert quiet(terminal.vpcp("check", "--color", "never")).code == 1
    assert quiet(terminal.vpcp("check", "--strict", "--write-baseline", "known.json")).code == 1


@pytest.mark.skipif(os.name == "nt", reason="such names can't be there")
def test_names_of_files(terminal: Terminal) -> None:
    workspace(terminal, "programmes")
    for text in names():
        terminal.write(f"programmes/{text}.yaml", "x: 1\n")
        quiet(terminal.vpcp("check", f"programmes/{text}.yaml"))
        quiet(terminal.vpcp("list", "-o", f"no/{text}.csv"))
        quiet(terminal.vpcp("check", "--baseline", text))
        quiet(terminal.vpcp("merge-file", text, text, text))
    findings(terminal)
    quiet(terminal.vpcp("list"))


@pytest.mark.skipif(os.name == "nt", reason="such names can't be there")
def test_names_of_folders(terminal: Terminal) -> None:
    for text in names():
        workspace(terminal, text)
        for asked in ("show 2022-CD01.1", "show 2022-CD01.1 -f md", "list -f json", *WRITES, "new 2023", "check"):
            quiet(terminal.vpcp(*asked.split(), VPCP_DATA=text), "json" if "json" in asked else "")
        quiet(terminal.vpcp("init", f"new {text}"))
    terminal.write(f"{next(names())}/2022.yaml", "x: 1\n")
    quiet(terminal.vpcp("check", ""))
    quiet(terminal.vpcp("list"))


def test_refs_and_authors(terminal: Terminal) -> None:
    workspace(terminal, "programmes")
    terminal.run("git init -q -b main && git add -A && git commit -qm 1")
    (terminal.folder / "programmes/2022.yaml").write_text(programme("y"), encoding="utf-8")
    for text in BATCHES:
        head = terminal.folder / ".git/refs/heads/main"
        ref = head.with_name(text.replace("/", "_"))
        ref.write_bytes(head.read_bytes())
        for form in ("text", "md", "json"):
            quiet(terminal.vpcp("diff", ref.name, "--format", form), form)
        quiet(terminal.vpcp("check", "--against", text))
        terminal.write("../home/gitconfig", f"[user]\n\tname = {json.dumps(text)}\n")
        quiet(terminal.vpcp("note", "2022-CD01.1", "x", VPCP_BY=""))
        terminal.run("git checkout -q -- programmes")


def test_every_character_that_acts_is_seen_by_its_bytes() -> None:
    found = set(_LEAVING.findall("a".join(map(chr, range(0x20, 0x110000)))))
    assert len(found) > 6000
    assert [char for char in found if encoded(f"ạ{char}b") != f"ạ{code(char)}b".encode()] == []


def test_settings(terminal: Terminal) -> None:
    workspace(terminal, "programmes")
    for text in BATCHES:
        said = json.dumps(text.replace("\x7f", ""))
        for setting in (f"data = {said}", f"{said} = 1", f"lang = {said}", f"[views]\n{said} = {said}", text):
            terminal.write("vpcp.toml", setting)
            quiet(terminal.vpcp("list"))
            quiet(terminal.vpcp("list", "--view", text))
    terminal.write("vpcp.toml", "")
    terminal.vpcp("done", "2022-CD01.1")
    for text in BATCHES:
        terminal.vpcp("done", "2022-CD01.1")
        record = terminal.folder / "programmes/.vpcp.undo"
        record.write_text(record.read_text(encoding="utf-8").replace("vpcp done", json.dumps(text)[1:-1]), "utf-8")
        assert quiet(terminal.vpcp("undo")).code == 0


def test_environment_and_arguments(terminal: Terminal) -> None:
    workspace(terminal, "programmes")
    for text in BATCHES:
        for name in ("VPCP_BY", "VPCP_DATA", "VPCP_LANG", "VPCP_AS_OF", "COLUMNS", "EDITOR"):
            quiet(terminal.vpcp("note" if name == "VPCP_BY" else "list", "2022-CD01.1", **{name: text}))
        for asked in ("", "list", "show", "done", "list --sort", "list --fields", "list --unit", "list --due-before"):
            quiet(terminal.vpcp(*asked.split(), text))
        for asked in (
            "note 2022-CD01.1",
            "explain",
            "check",
            "check --report",
            "summary --fail-on",
            "schema",
            "init -x",
        ):
            quiet(terminal.vpcp(*asked.split(), text))
        for asked in ("list -f json", "list -f md", "list --status", "list --as-of", "list --group-by", "list --year"):
            quiet(terminal.vpcp(*asked.split(), text), "json" if "json" in asked else "")


def test_the_door_itself() -> None:
    for text in HOSTILE:
        assert acting(encoded(f"{text}\n").decode().replace("\x1b[31m", "").replace("\x1b[0m", "")) == []
        assert acting(encoded(literal(text)).decode()) == []
        assert json.loads(in_json(json.dumps(text, ensure_ascii=False))) == text
    kept = "Tiếp tục – «hoàn thiện» · ▲ 👨\u200d👩\u200d👧 ❤\ufe0f 1\ufe0f⃣ e\u0323\u0302 \xa0\t|\r\n"
    assert encoded(f"\ufeff\x1b[1;35m{kept}\x1b[0m").decode() == f"\ufeff\x1b[1;35m{kept}\x1b[0m"
    assert encoded("a\ufe0f \x1b[31H \x1b] \r \ufeff").decode() == "a\\ufe0f \\x1b[31H \\x1b] \\x0d \\ufeff"
    assert encoded("".join(map(chr, range(0x20, 0x10FFFF, 7)))) == encoded(
        "".join(encoded(f"|{chr(code)}").decode()[1:] for code in range(0x20, 0x10FFFF, 7))
    )
