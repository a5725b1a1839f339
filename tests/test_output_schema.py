"""What `--format json` prints is what docs/schema/output.schema.json promises."""

import json
from typing import Any

import pytest

from terminal import REPOSITORY, Terminal
from vpcp_cli.render.listing import Listing
from vpcp_cli.render.log import LogListing
from vpcp_cli.render.programmes import DirectiveListing, PeopleListing, ProgrammeListing
from vpcp_cli.render.tasks import TaskListing
from vpcp_cli.render.units import UnitListing

SCHEMA = json.loads((REPOSITORY / "docs/schema/output.schema.json").read_text(encoding="utf-8"))
VALIDATOR = pytest.importorskip("jsonschema").Draft202012Validator(SCHEMA)
EXAMPLES = ("--data", str(REPOSITORY / "examples" / "programmes"), "--as-of", "2022-09-30")
SHIPPED = ("--data", str(REPOSITORY / "programmes"), "--as-of", "2022-09-30")


@pytest.mark.parametrize("data", [EXAMPLES, SHIPPED], ids=["examples", "shipped"])
@pytest.mark.parametrize("command", ["list", "show 2022", "show CD02.1 CD02 --year 2022", "programmes", "directives"])
def test_answers_are_as_promised(terminal: Terminal, command: str, data: tuple[str, ...]) -> None:
    check(terminal, *command.split(), *data)


@pytest.mark.parametrize("command", ["people --all", "units", "log"])
def test_registers_and_the_log_are_as_promised(terminal: Terminal, command: str) -> None:
    check(terminal, *command.split(), *EXAMPLES)


def check(terminal: Terminal, *arguments: str) -> None:
    answer = terminal.vpcp(*arguments, "-f", "json")
    assert (answer.code, answer.err) == (0, "")
    found = json.loads(answer.out)
    assert found["count"] > 0
    assert [error.message for error in VALIDATOR.iter_errors(found)] == []


LISTINGS: tuple[type[Listing], ...] = (
    TaskListing,
    ProgrammeListing,
    DirectiveListing,
    PeopleListing,
    UnitListing,
    LogListing,
)


@pytest.mark.parametrize("listing", LISTINGS, ids=[one.name for one in LISTINGS])
def test_the_schema_has_the_keys_of_the_model_and_no_others(listing: type[Listing]) -> None:
    answer = next(one for one in SCHEMA["oneOf"] if one["properties"]["schema"]["const"] == listing.schema)
    item = answer["properties"][listing.name]["items"]["$ref"].rpartition("/")[2]
    same_keys(SCHEMA["$defs"][item], listing.model)


def same_keys(schema: dict[str, Any], model: dict[str, Any]) -> None:
    if "anyOf" in schema:
        schema = schema["anyOf"][0]
    if "$ref" in schema:
        schema = SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]]
    assert schema["required"] == list(schema["properties"]) == list(model)
    for key, value in model.items():
        if isinstance(value, dict):
            same_keys(schema["properties"][key], value)
