"""`vpcp serve`."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import Annotated

import typer

from vpcp_cli.commands.options import shared
from vpcp_cli.commands.session import Session
from vpcp_cli.errors import VpcpError, reason_of
from vpcp_cli.language import N_, _
from vpcp_cli.query import Query
from vpcp_cli.render.door import say

Port = Annotated[
    int,
    typer.Option("--port", metavar="N", min=0, max=65535, help=N_("The port of this machine; 0 takes any free one.")),
]


class PortTakenError(VpcpError):
    """A port on which something else listens, or that can't be had."""

    exit_code = 3
    port: int
    why: str
    says = N_("Port {port} can't be had: {why}.")

    def hint(self) -> str:
        """Name another."""
        return _("Name another one: --port {port}; --port 0 takes any free one.").format(port=self.port % 65535 + 1)


@shared(without=("limit", "sort", "workspace"))
def serve(session: Session, query: Query, port: Port = 8000) -> None:
    """Show the page in a browser of this machine, read only, until Ctrl-C; it follows the files."""
    from vpcp_cli.commands.session import again, today
    from vpcp_cli.sharing.extra import need

    need("jinja2")
    from vpcp_cli.commands.export_html import page_of
    from vpcp_cli.sharing.server import HOST, LIVE, Server

    follows = session.day == today()

    def page() -> bytes:
        now = again(session)
        now = replace(now, day=today()) if follows else now
        return replace(page_of(now, query), live=LIVE).content()

    def state() -> bytes:
        names = sorted(session.folder.path.glob("*.yaml"))
        known = "".join(f"{path.name} {path.stat().st_mtime_ns} {path.stat().st_size}\n" for path in names)
        return sha256(f"{known}{today()}".encode()).hexdigest().encode()

    try:
        server = Server(port, page, state)
    except OSError as error:
        raise PortTakenError(port, reason_of(error)) from None
    with server:
        say(
            _("The page is at http://{host}:{port}/ on this machine alone; Ctrl-C ends it.").format(
                host=HOST, port=server.server_port
            )
        )
        server.serve_forever()
