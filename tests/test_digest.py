"""What tells one state of a file from another, whichever of Python's two SHA-256 makes it."""

import sys
from hashlib import sha256 as known
from pathlib import Path

import pytest

from vpcp_cli.storage import regular


@pytest.mark.parametrize("size", [0, 1, 1 << 10, (1 << 20) - 1, 1 << 20, (1 << 20) + 1])
def test_a_file_and_its_content_have_one_digest_small_or_large(tmp_path: Path, size: int) -> None:
    content = b"v" * size
    (tmp_path / "a").write_bytes(content)
    assert regular.sha256(content) == regular.sha256_of(tmp_path / "a") == known(content).hexdigest()


def test_where_python_has_no_small_one_the_large_one_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_sha2", "_sha256"):
        monkeypatch.setitem(sys.modules, name, None)
    regular._small.cache_clear()
    try:
        assert regular._small() is known
    finally:
        regular._small.cache_clear()
