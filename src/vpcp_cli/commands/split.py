"""`vpcp split`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vpcp_cli.commands.typed_text import text_typed
from vpcp_cli.commands.writing import OF_ONE, takes
from vpcp_cli.language import N_

if TYPE_CHECKING:
    from vpcp_cli.commands.replacing import Aim
    from vpcp_cli.commands.session import Session
    from vpcp_cli.naming import Named

_LEADS = Annotated[
    list[str] | None,
    typer.Option("--lead", metavar="UNIT", help=N_("The unit in charge of each, in their order, or one for all.")),
]


@takes(
    {"lead": _LEADS, **OF_ONE},
    "vpcp split 2023-CD01.1 'Soạn thảo quy chế' 'Ban hành quy chế'",
    "vpcp split 2023-CD01.1 'Rà soát' 'Đưa lên mạng' --lead PHONG_TONG_HOP --lead TRUNG_TAM_SO",
)
def split(
    given: Mapping[str, Any],
    id_: Annotated[str, typer.Argument(metavar="ID", help=N_("The task."))],
    texts: Annotated[list[str], typer.Argument(metavar="TEXT...", help=N_("What each of the new tasks asks for."))],
) -> None:
    """Let a task go on as several, each with a text of its own and the history until today.

    The task itself is in no count any more (`vpcp void`), and its number stays taken.
    """
    from vpcp_cli.commands.refusals import LeadsDifferError
    from vpcp_cli.commands.replacing import replace_task
    from vpcp_cli.commands.saving import unit_typed

    leads, words = given["lead"] or [], [text_typed(one, "TEXT") for one in texts]
    if len(leads) not in {0, 1, len(words)}:
        raise LeadsDifferError(len(leads), len(words))

    def aims(session: Session, named: Named) -> Sequence[Aim]:
        codes: list[str | None] = [unit_typed(session.library, one, "--lead") for one in leads]
        each = codes if len(codes) == len(words) else (codes or [None]) * len(words)
        return [(named.directive, *one) for one in zip(words, each, strict=True)] if named.directive else []

    replace_task(given, f"vpcp split {text_typed(id_, 'ID')}", id_, aims)
