"""Small and large contents have the same kind of name, however it is made."""

import hashlib
from pathlib import Path

import pytest

from vpcp_cli.storage.digest import _LARGE, sha256, sha256_of_file


@pytest.mark.parametrize("size", [0, 1, 1000, _LARGE - 1, _LARGE, 3 * _LARGE + 7])
def test_a_digest_is_that_of_the_standard_library(size: int, tmp_path: Path) -> None:
    content = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    file = tmp_path / "2022.yaml"
    file.write_bytes(content)
    expected = hashlib.sha256(content).hexdigest()
    assert sha256(content) == sha256(content[:5], memoryview(content)[5:]) == expected
    assert [sha256_of_file(file, told) for told in (0, size, 9 * _LARGE)] == [expected] * 3
