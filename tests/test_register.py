"""A unit is taken out of a register in any style: all else stays as it was, byte for byte, and comes back with undo."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as some

from vpcp_cli.storage.folder import Folder
from vpcp_cli.storage.refusals import NotReplacedError
from vpcp_cli.storage.writing.recoding import recoded
from vpcp_cli.storage.writing.writer import Writer
from vpcp_cli.storage.yaml import document

BETWEEN = ["", "\n", "  # a heading\n", "\n  # a heading\n\n"]
STYLES = [
    "  - code: {code}\n    name: Phòng {code}\n",
    "  - {{code: {code}, name: Phòng {code}}}\n",
    "  - code: {code}\n    name:\n      vi: Phòng {code}\n      en: Division {code}\n    aliases:\n      - P. {code}\n",
    "  -   name: >-\n        Phòng\n        {code}\n      code: {code}\n",
    "  - code: {code}   # seen\n    name: Phòng {code}\n",
    "  -\n    code: {code}\n    name: Phòng {code}\n",
]


@given(
    some.lists(some.tuples(some.sampled_from(BETWEEN), some.sampled_from(STYLES)), min_size=1, max_size=4),
    some.sampled_from(["", "# the end\n", "\n\n"]),
    some.sampled_from(["\n", "\r\n"]),
    some.data(),
)
def test_one_unit_goes_and_the_others_stay(
    units: list[tuple[str, str]], end: str, line_end: str, data: some.DataObject
) -> None:
    text = "schema: 1\nunits:\n" + "".join(
        between + style.format(code=f"U{at}") for at, (between, style) in enumerate(units)
    )
    text += end
    content = text.replace("\n", line_end).encode()
    code = f"U{data.draw(some.integers(0, len(units) - 1))}"
    with TemporaryDirectory() as place:
        file, folder = Path(place) / "units.yaml", Folder(Path(place), ".")
        file.write_bytes(content)
        before = document.read(content, "units.yaml").data
        assert before is not None
        try:
            with Writer(folder, "vpcp test", pytest.fail) as writer:
                writer.remove_unit(code)
                writer.save()
        except NotReplacedError:
            assert file.read_bytes() == content
            return
        after = file.read_bytes()
        assert document.read(after, "units.yaml").data == {
            **before,
            "units": [one for one in before["units"] if one["code"] != code],
        }
        assert not set(after.split(b"\n")) - set(content.split(b"\n")) or len(units) == 1
        with Writer(folder, "vpcp undo", pytest.fail) as writer:
            writer.undo()
            writer.save()
        assert file.read_bytes() == content


@given(
    some.lists(some.tuples(some.sampled_from(BETWEEN), some.sampled_from(STYLES)), min_size=1, max_size=4),
    some.sampled_from(["\n", "\r\n"]),
    some.sampled_from(["", "\ufeff"]),
    some.data(),
)
def test_a_code_is_put_right_and_nothing_else(
    units: list[tuple[str, str]], line_end: str, mark: str, data: some.DataObject
) -> None:
    text = f"{mark}schema: 1\nunits:\n" + "".join(
        between + style.format(code=f"U{at}") for at, (between, style) in enumerate(units)
    )
    content = text.replace("\n", line_end).encode()
    code = f"U{data.draw(some.integers(0, len(units) - 1))}"
    after = recoded(content, "units.yaml", code, "ANOTHER")
    found, before = (document.read(one, "units.yaml").data for one in (after, content))
    assert found
    assert before
    assert found["units"] == [one | ({"code": "ANOTHER"} if one["code"] == code else {}) for one in before["units"]]
    assert recoded(after, "units.yaml", "ANOTHER", code) == content
