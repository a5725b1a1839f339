"""What `--format json` prints is what docs/schema/output.schema.json promises."""

import json
import re
from typing import Any

import pytest

from terminal import REPOSITORY, Answer, Terminal
from vpcp_cli.counts import BREAKDOWNS
from vpcp_cli.render.categories import CategoryListing
from vpcp_cli.render.listing import Listing
from vpcp_cli.render.log import LogListing
from vpcp_cli.render.programmes import DirectiveListing, PeopleListing, ProgrammeListing
from vpcp_cli.render.tasks import TaskListing
from vpcp_cli.render.units import UnitListing

SCHEMA = json.loads((REPOSITORY / "docs/schema/output.schema.json").read_text(encoding="utf-8"))
VALIDATOR = pytest.importorskip("jsonschema").Draft202012Validator(SCHEMA)
PACKAGE = REPOSITORY / "src" / "vpcp_cli"
CONTRACT = re.compile(r'"(vpcp\.[a-z-]+/\d+)"')
EXAMPLES = ("--data", str(REPOSITORY / "examples" / "programmes"), "--as-of", "2022-09-30")
SHIPPED = ("--data", str(REPOSITORY / "programmes"), "--as-of", "2022-09-30")


@pytest.mark.parametrize("data", [EXAMPLES, SHIPPED], ids=["examples", "shipped"])
@pytest.mark.parametrize(
    "command",
    ["list", "show 2022", "show 2022-MT01.1 2022-KQ2", "show CD02.1 CD02 --year 2022", "programmes", "directives"],
)
def test_answers_are_as_promised(terminal: Terminal, command: str, data: tuple[str, ...]) -> None:
    check(terminal, *command.split(), *data)


@pytest.mark.parametrize("command", ["people --all", "units", "categories", "log"])
def test_registers_and_the_log_are_as_promised(terminal: Terminal, command: str) -> None:
    check(terminal, *command.split(), *EXAMPLES)


def test_answers_in_sql_are_as_promised(terminal: Terminal) -> None:
    check(terminal, "sql", "SELECT * FROM entry JOIN task ON id = task", *EXAMPLES)


@pytest.mark.parametrize("data", [EXAMPLES, SHIPPED], ids=["examples", "shipped"])
@pytest.mark.parametrize(
    "command",
    [
        "status",
        *(f"status --by {one}" for one in BREAKDOWNS),
        "due --within 60",
        "summary",
        "summary --year 2022 --since 2022-06-01 --compare 2019",
    ],
)
def test_reports_are_as_promised(terminal: Terminal, command: str, data: tuple[str, ...]) -> None:
    if data is EXAMPLES:
        command = command.replace("2019", "2021")
    promised(terminal.vpcp(*command.split(), *data, "-f", "json"))


def test_findings_are_as_promised(terminal: Terminal) -> None:
    answer = terminal.vpcp("check", *EXAMPLES[:2], "--report", "json")
    assert promised(Answer(answer.code, answer.out, ""))["passed"]
    terminal.take_shipped()
    terminal.write("programmes/2023.yaml", "schema: 1\nyear: 2022\ntitel: [\n")
    answer = terminal.vpcp("check", "--report", "json")
    found = promised(Answer(0, answer.out, ""))
    assert (answer.code, found["passed"], found["errors"]) == (1, False, len(found["findings"]))


def test_changes_are_as_promised(terminal: Terminal) -> None:
    terminal.take_shipped()
    terminal.run("git init -q . && git add . && git commit -qm one")
    units = terminal.folder / "programmes" / "units.yaml"
    units.write_text(units.read_text(encoding="utf-8").replace("Bộ Công an", "Bộ An ninh"), encoding="utf-8")
    text = (terminal.folder / "programmes" / "2022.yaml").read_text(encoding="utf-8")
    terminal.write(
        "programmes/2022.yaml", text.replace("BO_CONG_AN", "BO_QUOC_PHONG").replace("one_off", "standing", 1)
    )
    (terminal.folder / "programmes" / "2012.yaml").unlink()
    terminal.vpcp("done", "2022-CD02.3", "--on", "2022-06-01")
    found = promised(terminal.vpcp("diff", "HEAD", "-f", "json"))
    assert found["count"] == len(found["changes"]) > 20
    assert {one["what"] for one in found["changes"]} == {"programme", "directive", "task", "unit"}


def test_nothing_is_as_promised_too(terminal: Terminal) -> None:
    for command in ("list", "directives", "due", "status", "summary"):
        promised(terminal.vpcp(command, "nowhereatall", *EXAMPLES, "-f", "json"))


def test_every_contract_is_written_down() -> None:
    named = {name for path in (PACKAGE / "render").glob("*.py") for name in CONTRACT.findall(path.read_text("utf-8"))}
    assert {answer["properties"]["schema"]["const"] for answer in SCHEMA["oneOf"]} == named


def check(terminal: Terminal, *arguments: str) -> None:
    assert promised(terminal.vpcp(*arguments, "-f", "json"))["count"] > 0


def promised(answer: Answer) -> dict[str, Any]:
    """The answer, of which the schema has nothing to say but that every key is there."""
    assert (answer.code, answer.err) == (0, "")
    found: dict[str, Any] = json.loads(answer.out)
    only = next(one for one in SCHEMA["oneOf"] if one["properties"]["schema"]["const"] == found["schema"])
    errors = VALIDATOR.evolve(schema={**only, "$defs": SCHEMA["$defs"]}).iter_errors(found)
    assert [f"{error.json_path}: {error.message}" for error in errors] == []
    return found


LISTINGS: tuple[type[Listing], ...] = (
    TaskListing,
    ProgrammeListing,
    DirectiveListing,
    PeopleListing,
    UnitListing,
    CategoryListing,
    LogListing,
)


@pytest.mark.parametrize("listing", LISTINGS, ids=[one.name for one in LISTINGS])
def test_the_schema_has_the_keys_of_the_model_and_no_others(listing: type[Listing]) -> None:
    answer = next(one for one in SCHEMA["oneOf"] if one["properties"]["schema"]["const"] == listing.schema)
    item = answer["properties"][listing.name]["items"]["$ref"].rpartition("/")[2]
    same_keys(SCHEMA["$defs"][item], listing.model())


def same_keys(schema: dict[str, Any], model: dict[str, Any]) -> None:
    if "anyOf" in schema:
        schema = schema["anyOf"][0]
    if "$ref" in schema:
        schema = SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]]
    assert schema["required"] == list(schema["properties"]) == list(model)
    for key, value in model.items():
        if isinstance(value, dict):
            same_keys(schema["properties"][key], value)


def test_the_page_for_scripts_names_every_contract(terminal: Terminal) -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    files = {"vpcp.baseline/1", "vpcp.form/1"}  # what vpcp writes for itself
    contracts = set(CONTRACT.findall(sources)) - files
    assert contracts <= set(re.findall(r"`(vpcp\.\w+/\d)`", terminal.run("vpcp instructions").out))
    assert {"vpcp.list/1", "vpcp.sql/1", "vpcp.diff/1"} <= contracts
