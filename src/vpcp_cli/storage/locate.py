"""Which folder holds the programmes: the one that somebody has named, or one around where they are."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from vpcp_cli.storage.folder import SHIPPED, Folder, shipped_folder
from vpcp_cli.storage.settings import NAME, PROGRAMMES, Settings, find_settings, shown, upwards


def find_folder(named: str | None, environ: Mapping[str, str], cwd: Path) -> Folder:
    """The folder that is named, else `VPCP_DATA`, else one around the working directory, else the shipped one.

    Raise `NoDataError` where a folder that somebody named is not there.
    """
    settings = find_settings(cwd)
    if named is None:
        named = environ.get("VPCP_DATA") or None
    if named is not None:
        return folder_named(cwd / named, cwd, settings)
    for around in upwards(cwd):
        if around == settings.folder:
            return folder_at(around / settings.data, cwd, settings)
        if (around / PROGRAMMES).is_dir():
            return folder_at(around / PROGRAMMES, cwd, settings)
    return Folder(shipped_folder(), SHIPPED, shipped=True, settings=settings)


def find_workspace(named: str | None, environ: Mapping[str, str], cwd: Path) -> Folder:
    """The folder as `find_folder` finds it, for what judges files: the shipped ones are there for reading only.

    Raise `NoDataError` where there is no other.
    """
    folder = find_folder(named, environ, cwd)
    if folder.shipped:
        from vpcp_cli.storage.nearby import no_data

        raise no_data(cwd, cwd, around=True)
    return folder


def folder_named(path: Path, cwd: Path, settings: Settings) -> Folder:
    """The folder at a path that somebody named; of a workspace it is the one that its vpcp.toml names.

    Raise `NoDataError` where there is none.
    """
    own = find_settings(path) if (path / NAME).is_file() else None
    if own is None or not (path / own.data).is_dir():
        return folder_at(path, cwd, settings_of(path, settings))
    return folder_at(path / own.data, cwd, own)


def settings_of(path: Path, settings: Settings) -> Settings:
    """The settings of the workspace whose programmes a folder holds; those given where it is nobody's."""
    folder = path.resolve()
    own = find_settings(folder.parent)
    return own if own.folder and (own.folder / own.data).resolve() == folder else settings


def folder_at(path: Path, cwd: Path, settings: Settings) -> Folder:
    """The folder at a path; raise `NoDataError` where there is none."""
    if not path.is_dir():
        from vpcp_cli.storage.nearby import no_data

        raise no_data(path, cwd)
    return Folder(path, shown(path, cwd), settings=settings)
