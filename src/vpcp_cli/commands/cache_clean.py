"""`vpcp cache clean`."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from vpcp_cli.commands.cache_path import UNTRUSTED, amount
from vpcp_cli.errors import VpcpError, reason_of
from vpcp_cli.language import N_, _

DryRun = Annotated[bool, typer.Option("--dry-run", help=N_("Say what would be removed; remove nothing."))]


class NotRemovedError(VpcpError):
    """A folder that can't be removed."""

    exit_code = 4
    path: str
    why: str
    says = N_("{path} can't be removed: {why}")


def cache_clean(dry_run: DryRun = False) -> None:
    """Remove what vpcp of any version keeps of files that it has read; it is made again when it is needed."""
    from vpcp_cli.render.door import say, tell
    from vpcp_cli.storage.index.store import Store, TroubleError

    store = Store(os.environ, "")
    sizes: list[int] = []
    try:
        if store.place is not None:
            sizes = store.sizes()
        if sizes and not dry_run:
            store.clear()
    except FileNotFoundError:
        pass
    except (TroubleError, OSError) as error:
        raise NotRemovedError(
            str(store.place), reason_of(error) if isinstance(error, OSError) else _(UNTRUSTED)
        ) from None
    if not sizes:
        say(amount(sizes))
    elif dry_run:
        tell(_("Would be removed: {amount} · {path}").format(amount=amount(sizes), path=store.place))
        say(_("Dry run: nothing was removed."))
    else:
        tell(_("Removed: {amount} · {path}").format(amount=amount(sizes), path=store.place))
