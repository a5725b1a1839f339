"""What is to be written is read first, as it will be read."""

import pytest

from vpcp_cli.programme import Directive, Programme, Task
from vpcp_cli.storage.refusals import UnreadableWriteError
from vpcp_cli.storage.writing.proof import proved
from vpcp_cli.storage.yaml.emitter import Item

TASK: Item = {"id": "2022-CD01.1", "text": "Việc một", "nature": "one_off", "lead": "VPCP", "priority": True}
DIRECTIVE: Item = {
    "id": "2022-CD01", "kind": "directive", "title": "Chỉ đạo", "issuer": {"name": "An"}, "issued": "2022-01-05",
    "tasks": [TASK],
}  # fmt: skip
PROGRAMME: Item = {
    "schema": 1, "year": 2022, "kind": "work_programme", "title": "Năm 2022", "owner": "VPCP",
    "directives": [DIRECTIVE],
}  # fmt: skip


@pytest.mark.parametrize(
    ("record", "item", "holder"),
    [(Task, TASK, "2022-CD01"), (Directive, DIRECTIVE, "2022"), (Programme, PROGRAMME, "2022")],
)  # fmt: skip
def test_what_can_be_read_is_as_it_was(record: type, item: Item, holder: str) -> None:
    assert proved(record, item, holder) is item


@pytest.mark.parametrize(
    ("record", "item", "holder", "words"),
    [
        (Task, {**TASK, "nature": "oneoff"}, "2022-CD01", "«oneoff»"),
        (Task, {"id": "2022-CD01.1"}, "2022-CD01", "text"),
        (Directive, {**DIRECTIVE, "issued": "2022-13-01"}, "2022", "«2022-13-01»"),
        (Directive, {**DIRECTIVE, "tasks": [{**TASK, "deadline": "2022-Q5"}]}, "2022", "«2022-Q5»"),
        (Programme, {**PROGRAMME, "year": 0}, "0000", "0"),
        (Programme, PROGRAMME, "2023", "2023"),
    ],
)
def test_what_could_not_be_read_is_refused(record: type, item: Item, holder: str, words: str) -> None:
    with pytest.raises(UnreadableWriteError) as refused:
        proved(record, item, holder)

    assert "could not be read" in refused.value.sentence()
    assert words in refused.value.sentence()
    assert refused.value.hint()
    assert refused.value.exit_code == 4
