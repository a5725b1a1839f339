"""A page served on this machine to this machine: read only, and nothing but the page."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final, TypeAlias

from vpcp_cli.errors import VpcpError

HOST: Final = "127.0.0.1"
LIVE: Final = "/state"
"""Where a page asks whether the files have changed."""

Make: TypeAlias = "Callable[[], bytes]"


class Server(ThreadingHTTPServer):
    """What answers: a page at `/`, and at `LIVE` a word that changes with the files."""

    daemon_threads = True
    allow_reuse_address = False

    def __init__(self, port: int, page: Make, state: Make) -> None:
        """Listen on a port of this machine alone; raises OSError where it is taken."""
        self.made = {"/": (page, "text/html; charset=utf-8"), LIVE: (state, "text/plain; charset=utf-8")}
        super().__init__((HOST, port), _Handler)
        self.hosts = {f"{name}:{self.server_port}" for name in (HOST, "localhost")}


class _Handler(BaseHTTPRequestHandler):
    """One request: GET, of a name that this machine has, or nothing."""

    server: Server
    server_version = "vpcp"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer with the page, with the state of the files, or with no."""
        if self.headers.get("Host") not in self.server.hosts:
            self._answer(HTTPStatus.FORBIDDEN, b"")
            return
        make, kind = self.server.made.get(self.path.partition("?")[0], (None, ""))
        if make is None:
            self._answer(HTTPStatus.NOT_FOUND, b"")
            return
        try:
            self._answer(HTTPStatus.OK, make(), kind)
        except VpcpError as error:
            said = "\n".join(filter(None, [error.sentence(), error.hint()]))
            self._answer(HTTPStatus.SERVICE_UNAVAILABLE, said.encode())

    def _answer(self, status: HTTPStatus, content: bytes, kind: str = "text/plain; charset=utf-8") -> None:
        self.send_response(status)
        headers = {
            "Content-Type": kind,
            "Content-Length": str(len(content)),
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Referrer-Policy": "no-referrer",
        }
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing of requests."""
