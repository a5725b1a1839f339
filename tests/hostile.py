"""A workspace in which every text for people is markup."""

import json
from collections.abc import Sequence

from terminal import Terminal


def take_hostile(terminal: Terminal, texts: Sequence[str]) -> None:
    """Make a workspace whose tasks have these texts."""
    tasks = "".join(
        f"      - {{id: 2022-CD01.{n}, text: {{vi: {json.dumps(one)}, en: x}}, nature: one_off, lead: VPCP}}\n"
        for n, one in enumerate(texts, start=1)
    )
    terminal.write("programmes/units.yaml", "schema: 1\nunits:\n  - {code: VPCP, name: {vi: '<b>', en: '<i>'}}\n")
    terminal.write(
        "programmes/2022.yaml",
        "schema: 1\nyear: 2022\nkind: work_programme\ntitle: {vi: '</title>', en: x}\nowner: VPCP\ndirectives:\n"
        "  - id: 2022-CD01\n    kind: directive\n    title: {vi: x, en: x}\n    issuer: {name: '<u>'}\n"
        f"    issued: 2022-01-11\n    tasks:\n{tasks}",
    )
