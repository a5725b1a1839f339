"""Keep a government's yearly work programmes as YAML, and answer from a terminal what became of them."""

__version__ = "0.1.0"
