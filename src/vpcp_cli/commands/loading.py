"""What the commands share that load workspaces into a database."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from vpcp_cli.language import _, ngettext

if TYPE_CHECKING:
    from vpcp_cli.commands.session import Session
    from vpcp_cli.storage.database.load import Load, Store


def load_all(store: Store, sessions: Iterable[Session]) -> None:
    """Load workspaces one after the other, and say what became of each."""
    from vpcp_cli.storage.database.load import Outcome

    for session in sessions:
        one = load_of(session)
        if store.load(one) is Outcome.SAME:
            print(_("{workspace}: nothing has changed").format(workspace=one.workspace))
        else:
            number = sum(1 for _task in one.facts.tasks())
            said = ngettext("{workspace}: {n} task loaded", "{workspace}: {n} tasks loaded", number)
            print(said.format(workspace=one.workspace, n=number))


def load_of(session: Session) -> Load:
    """Return what of a session is loaded."""
    from vpcp_cli.storage.database.load import Load
    from vpcp_cli.storage.index.relations import Facts

    facts = Facts(session.library, session.years, session.settings.due_soon_days)
    return Load(session.folder.workspace, facts, session.digests, session.named, session.known)
