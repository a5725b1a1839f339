"""`vpcp cache path`."""

from __future__ import annotations

import os
from typing import Final

from vpcp_cli.errors import VpcpError, reason_of
from vpcp_cli.language import N_, _, ngettext

UNTRUSTED: Final = N_("it is not yours alone")


class NoCacheError(VpcpError):
    """A system on which nothing is kept."""

    exit_code = 3
    says = N_("No cache is kept here: no home is known, or the system does not say whose a file is.")


def cache_path() -> None:
    """Print the folder in which vpcp keeps what it has read, and say how much that is; it may go at any time."""
    from vpcp_cli.render.door import say, tell
    from vpcp_cli.storage.index.store import Store, TroubleError

    store = Store(os.environ, "")
    if store.place is None:
        raise NoCacheError
    tell(store.place)
    try:
        say(amount(store.sizes()))
    except FileNotFoundError:
        say(amount([]))
    except (TroubleError, OSError) as error:
        say(_("It is not used: {why}").format(why=reason_of(error) if isinstance(error, OSError) else _(UNTRUSTED)))


def amount(sizes: list[int]) -> str:
    """Say how many files there are, and how large they are together."""
    from vpcp_cli.figure import figure_words

    if not sizes:
        return _("Nothing is kept.")
    size = figure_words(-(-sum(sizes) // 100_000) / 10, "MB")
    return ngettext("{n} file, {size}", "{n} files, {size}", len(sizes)).format(n=len(sizes), size=size)
