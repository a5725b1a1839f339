"""The JSON Schema that editors use: kept equal to the format, and as strict as a schema can be."""

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plain import Plain, plain_directive, plain_programme, plain_task
from vpcp_cli import programme as subject
from vpcp_cli.kinds import keys_of
from vpcp_cli.storage.format.json_schema import json_schema
from vpcp_cli.storage.format.schema import programme_of
from vpcp_cli.storage.yaml.document import Parsed

ROOT = Path(__file__).parent.parent
SCHEMAS = ROOT / "docs" / "schema"

HEAD = "schema: 1\nyear: 2022\nkind: work_programme\ntitle: {vi: Năm 2022, en: Year 2022}\nowner: VPCP\n"
TASK = "id: 2022-CD01.1, text: Ban hành quy chế, nature: one_off, lead: VPCP"
DIRECTIVE = "id: 2022-CD01, kind: directive, title: Quy chế, issuer: {name: Trần Văn Sơn}"

RIGHT_TASKS = (
    "deadline: 2022",
    "deadline: 2022-06-30",
    "priority: true",
    "source: 28",
    "text: {vi: Ban hành}",
    "basis: [1, {vi: Luật, en: Law}]",
)
WRONG_TASKS = (
    "due: 2022-06-30",
    "category:",
    "category: tổ chức",
    "text: {}",
    "text: {vi: a, fr: b}",
    'text: " "',
    'text: "\\e[2J"',
    'text: "a\\u202Eb"',
    "support: VPCP",
    "support: [VPCP, VPCP]",
    "lead: [VPCP, BO_CONG_AN]",
    "responsible: {vi: Ông A}",
    "deadline: quý II",
    "deadline: 2022-02-30",
    "deadline: 2022-13",
    "added: 2022-06",
    "added: 22/05/2022",
    "priority: có",
    "log: xong",
)
RIGHT_ENTRIES = (
    "status: done, evidence: 123",
    "status: done, evidence: [1/QĐ, {number: 2/QĐ, date: 2022-05-19}]",
    "status: carried_over, to: 2023-CN01.1",
    "status: deferred, note: Chờ luật",
    "deadline: 2022-Q4, decision: approved, document: 1/VB",
    "obstacle: Thiếu vốn, reported_to: VPCP, key: von",
    "resolved: Đã có vốn, key: von",
    "risk: high, note: Chậm",
    "reminder: 12/VPCP-TH",
    "lead: BO_CONG_AN",
    "note: Đã họp, by: Ông A",
)
WRONG_ENTRIES = (
    "by: Ông A",
    "status: not_reported",
    "status: done, obstacle: Thiếu vốn",
    "status: withdrawn",
    "status: carried_over",
    "status: in_progress, evidence: 1/QĐ",
    "status: done, to: 2023-CN01.1",
    "status: done, evidence: {number: 1/QĐ}",
    "deadline: 2022-Q4",
    "decision: approved",
    "risk: high",
    "note: Đã họp, key: von",
    "resolved: Xong, reported_to: VPCP",
)


def with_task(task: str) -> str:
    return f"{HEAD}directives:\n  - {{{DIRECTIVE}, tasks: [{{{task}}}]}}\n"


def with_key(key: str) -> str:
    kept = [part for part in TASK.split(", ") if not part.startswith(key.partition(":")[0] + ":")]
    return with_task(", ".join([*kept, key]))


def with_entry(entry: str) -> str:
    return with_task(f"{TASK}, log: [{{date: 2022-05-20, {entry}}}]")


RIGHT = [HEAD + "directives: []\n", *map(with_key, RIGHT_TASKS), *map(with_entry, RIGHT_ENTRIES)]
WRONG = [
    HEAD,
    HEAD.replace("schema: 1", "schema: 3") + "directives: []\n",
    HEAD.replace("2022\nkind", "hai nghìn\nkind") + "directives: []\n",
    with_task(TASK.replace("2022-CD01.1", "CD01.1")),
    with_task("id: 2022-CD01.1"),
    *map(with_key, WRONG_TASKS),
    *map(with_entry, WRONG_ENTRIES),
]


def refused(schema: str, files: Iterable[Path]) -> set[Path]:
    """What check-jsonschema refuses of the files."""
    command = [sys.executable, "-m", "check_jsonschema", "-o", "json", "--schemafile", str(SCHEMAS / schema)]
    ran = subprocess.run([*command, *map(str, files)], capture_output=True, text=True, check=False)
    answer = json.loads(ran.stdout)
    assert not answer.get("parse_errors"), answer
    return {Path(error["filename"]) for error in answer["errors"]}


@pytest.mark.parametrize("file", ["programme", "units"])
def test_the_schema_in_the_documentation_is_that_of_the_program(file: Literal["programme", "units"]) -> None:
    written = (SCHEMAS / f"{file}.schema.json").read_text(encoding="utf-8")
    assert json.loads(written) == json_schema(file), f"run: vpcp schema {file} -o docs/schema/{file}.schema.json"


def test_it_takes_the_shipped_programmes_and_the_examples() -> None:
    files = [file for folder in ("programmes", "examples/programmes") for file in (ROOT / folder).glob("*.yaml")]
    units = [file for file in files if file.stem == "units"]
    assert len(units) == 2
    assert not refused("units.schema.json", units)
    assert not refused("programme.schema.json", [file for file in files if file not in units])


def test_it_refuses_what_check_refuses_wherever_a_schema_can(tmp_path: Path) -> None:
    files = {}
    for number, text in enumerate([*RIGHT, *WRONG]):
        file = tmp_path / f"{number}.yaml"
        file.write_text(text, encoding="utf-8")
        files[file] = text
    found = {files[file] for file in refused("programme.schema.json", files)}
    assert found == set(WRONG)


def test_every_key_is_described() -> None:
    records: list[Any] = [getattr(subject, name) for name in subject.__all__ if name != "Workspace"]
    keys = [one.key for cls in records for one in keys_of(cls).values()]
    assert len(keys) > 100
    assert all(key.label and key.description for key in keys)


def every_schema(schema: Any) -> Iterable[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
    parts = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    for part in parts:
        yield from every_schema(part)


def test_descriptions_come_in_both_languages_and_codes_with_their_labels() -> None:
    for schema in every_schema(json_schema("programme")):
        for key in schema.get("properties", {}).values():
            assert "description" not in key or key["description"].count("\n\n") == 1
        assert len(schema.get("enumDescriptions", ())) in {0, len(schema.get("enum", ()))}


CODES = "1 2022 0000 true done carried_over approved high VPCP 2022-Q2 2022-00 2022-CD01 2022-CD01.1"
DAYS = "2022-02-29 2024-02-29 2022-06-31 2022-12-31"
LEAVES = st.none() | st.sampled_from(["", " x", "\u00a0x", "a\n", "a\x85", *CODES.split(), *DAYS.split()])
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["id", "text", "vi", "en", "number", "name", "date", "x"]), inner, max_size=3)
    ),
    max_leaves=5,
)
BEYOND = {"bad-id", "year-mismatch", "unknown-set", "bad-set-value"}
"""What the schema does not see, for it needs the file's name, ids of two places, or whose log `set` stands in."""


def mappings_of(cls: type) -> st.SearchStrategy[dict[str, Any]]:
    keys = st.lists(st.sampled_from([key for key in keys_of(cls) if key != "support"]), max_size=4, unique=True)
    return keys.flatmap(lambda names: st.fixed_dictionaries(dict.fromkeys(names, VALUES)))


@example({}, {"document": {}}, {}, 1)
@example({}, {"admission": {}}, {}, 1)
@example({}, {}, {"set": "x"}, 0)
@example({}, {"deadline": "2022-02-29"}, {}, 1)
@example({}, {"deadline": "2024-02-29"}, {}, 1)
@example({}, {"deadline": "1900-02-29"}, {}, 1)
@example({}, {"deadline": "2000-02-29"}, {}, 1)
@given(mappings_of(subject.Programme), mappings_of(subject.Task), mappings_of(subject.LogEntry), st.integers(0, 2))
def test_schema_and_reader_take_the_same_files(head: Plain, task: Plain, entry: Plain, where: int) -> None:
    validator = pytest.importorskip("jsonschema").Draft7Validator(json_schema("programme"))
    log = {"log": [{"date": "2022-05-20"} | entry]} if where == 0 else {}
    whole = plain_programme(plain_directive(plain_task(**(task if where == 1 else log)))) | (head if where == 2 else {})
    read, found = programme_of(Parsed("2022.yaml", "", whole), "2022")
    if not {finding.code for finding in found} & BEYOND:
        assert validator.is_valid(whole) == (read is not None)
