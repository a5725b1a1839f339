"""What the commands share that load workspaces into a database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vpcp_cli.errors import VpcpError
from vpcp_cli.language import _, ngettext
from vpcp_cli.render.door import say

if TYPE_CHECKING:
    from vpcp_cli.commands.session import Session
    from vpcp_cli.commands.workspaces import Sessions
    from vpcp_cli.storage.database.load import Load, Store


def load_all(store: Store, sessions: Sessions) -> int:
    """Load workspaces one after the other, and say what became of each; one that can't be read stays as it was.

    Return the exit code: 5 where some were loaded and others not.
    """
    done, failed, said = 0, list[VpcpError](), set[str]()
    for opened in sessions.openers():
        try:
            _load(store, load_of(opened()))
            done += 1
        except VpcpError as error:
            if not sessions.several:
                raise
            failed.append(error)
            if error.sentence() in said:
                continue
            said.add(error.sentence())
            say(_("error: {sentence}").format(sentence=error.sentence()))
    if failed:
        number = ngettext("{n} workspace was not loaded", "{n} workspaces were not loaded", len(failed))
        say(f"{number.format(n=len(failed))}; {_('what is there of it stays as it was')}")
    if failed and not done:
        return failed[0].exit_code
    return 5 if failed else 0


def _load(store: Store, one: Load) -> None:
    from vpcp_cli.storage.database.load import Outcome

    if store.load(one) is Outcome.SAME:
        print(_("{workspace}: nothing has changed").format(workspace=one.workspace))
        return
    number = sum(1 for _task in one.facts.tasks())
    said = ngettext("{workspace}: {n} task loaded", "{workspace}: {n} tasks loaded", number)
    print(said.format(workspace=one.workspace, n=number))


def load_of(session: Session) -> Load:
    """Return what of a session is loaded."""
    from vpcp_cli.storage.database.load import Load
    from vpcp_cli.storage.index.relations import Facts

    facts = Facts(session.library, session.years, session.settings.due_soon_days)
    return Load(session.folder.workspace, facts, session.digests, session.named, session.known)
