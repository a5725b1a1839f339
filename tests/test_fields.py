"""What tables call the fields of records: in Vietnamese no English name is left."""

import pytest

from vpcp_cli import language
from vpcp_cli.commands.instructions import _listings
from vpcp_cli.render.fields import heading
from vpcp_cli.render.formats import flattened


@pytest.mark.parametrize("listing", list(_listings()), ids=lambda one: one.__name__)
def test_every_field_has_a_heading_in_both_languages(listing: type) -> None:
    model = listing.model()  # type: ignore[attr-defined]
    names = dict.fromkeys([*flattened(model), *model])
    for lang in ("vi", "en"):
        language.choose(lang)
        raw = {name for name in names if heading(name) == name}
        assert not raw, lang
    language.choose("vi")
    parts = {part for name in names for part in heading(name).split(" · ")}
    assert not parts & {word for name in names for word in name.split("_")}
