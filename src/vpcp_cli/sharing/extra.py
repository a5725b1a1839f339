"""Libraries that are installed only where somebody wants what they make."""

from __future__ import annotations

from importlib.util import find_spec

from vpcp_cli.errors import VpcpError
from vpcp_cli.language import N_, _


class MissingExtraError(VpcpError):
    """A library of an extra that is not installed."""

    exit_code = 3
    library: str
    extra: str
    """The one that brings it."""
    says = N_("This needs the library {library}, which is not installed.")

    def hint(self) -> str:
        """Say what to install."""
        return _("Install it with: {command}").format(command=f'pip install "vpcp-cli[{self.extra}]"')


def need(*libraries: str, extra: str = "office") -> None:
    """Raise `MissingExtraError` where one of some libraries of an extra is not installed."""
    for name in libraries:
        if find_spec(name) is None:
            raise MissingExtraError(name, extra)
