"""Keep a government's yearly work programmes as YAML, and answer from a terminal what became of them."""

__version__ = "0.1.0"


def version_line() -> str:
    """What `--version` prints: the version, Python's, and which of PyYAML's two parsers reads the files."""
    from importlib.machinery import PathFinder
    from importlib.util import find_spec
    from platform import python_version

    yaml = find_spec("yaml")
    fast = yaml and PathFinder.find_spec("yaml._yaml", yaml.submodule_search_locations)
    return f"vpcp {__version__} (Python {python_version()}, {'libyaml' if fast else 'PyYAML without libyaml'})"
