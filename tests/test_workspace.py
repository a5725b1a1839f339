"""Where programmes are found, which files are read, and what a broken file keeps a report from."""

import os
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import pytest

from vpcp_cli.errors import NoDataError
from vpcp_cli.finding import Finding
from vpcp_cli.rulebook.rules import RULES
from vpcp_cli.standing import DUE_SOON_DAYS
from vpcp_cli.storage import folder as folders
from vpcp_cli.storage.checking import check_folder
from vpcp_cli.storage.folder import (
    SHIPPED,
    ClosedFolderError,
    Folder,
    digest_of,
    from_both_ends,
    listing,
    read_bytes,
)
from vpcp_cli.storage.locate import find_folder
from vpcp_cli.storage.settings import BadSettingsError, Settings, find_settings, settled_language
from vpcp_cli.storage.workspace import Loaded, load

UNITS = "schema: 1\nunits:\n  - code: VPCP\n    name: Văn phòng Chính phủ\n"


def programme(year: int, *ids: str) -> str:
    head = f"schema: 1\nyear: {year}\nkind: work_programme\ntitle: Năm {year}\nowner: VPCP\ndirectives:\n"
    one = "  - id: {}\n    kind: directive\n    title: Một\n    issuer:\n      name: An\n    tasks: []\n"
    return head + "".join(one.format(id_) for id_ in ids or [f"{year}-CD01"])


def folder(place: Path, **files: str) -> Folder:
    """A folder with the register and files of these stems."""
    for name, text in {"units": UNITS, **files}.items():
        (place / f"{name}.yaml").write_text(text, encoding="utf-8")
    return Folder(place, "p")


def found(place: Path, named: str | None = None, **environ: str) -> tuple[str, bool]:
    one = find_folder(named, environ, place)
    return one.shown, one.shipped


def test_the_nearest_folder_is_found_in_the_order_that_is_promised(tmp_path: Path) -> None:
    repository = tmp_path / "repository"
    inner = repository / "a" / "b"
    for path in (inner, tmp_path / "programmes", repository / ".git", tmp_path / "named"):
        path.mkdir(parents=True)
    assert found(inner) == (SHIPPED, True)  # the repository's root is the end
    (repository / "programmes").mkdir()
    assert found(inner) == ("../../programmes", False)
    (repository / "a" / "vpcp.toml").write_text('data = "b"')
    assert found(inner) == (".", False)
    assert found(inner, VPCP_DATA="../../../named") == ("../../../named", False)
    assert found(inner, str(tmp_path / "programmes"), VPCP_DATA="no") == ("../../../programmes", False)
    with pytest.raises(NoDataError):
        found(inner, "no")
    (repository / "a" / "vpcp.toml").write_text('data = "no"')
    with pytest.raises(NoDataError):
        found(inner)


def test_the_shipped_programmes_are_found_inside_a_package_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    beside = folders.shipped_folder()
    assert (beside / "units.yaml").is_file()
    (tmp_path / "programmes").mkdir()
    monkeypatch.setattr(folders, "PACKAGE", tmp_path)
    assert folders.shipped_folder() == tmp_path / "programmes"


def test_only_files_named_as_programmes_are_read_and_the_others_are_told(tmp_path: Path) -> None:
    names = ["2022.yaml", "2022-vth.yaml", "2021.yaml", "units.yaml", ".2023.yaml", "notes.txt", "2020.yaml~"]
    odd = {
        "2023.yml": "2023.yaml",
        "Năm 2024.yaml": "2024-nam.yaml",
        "2025.yaml.txt": "2025.yaml",
        "2022-VTH.yaml": "2022-vth.yaml",
        "Units.yml": "units.yaml",
        "kế hoạch.yaml": "YYYY-ke-hoach.yaml",
    }
    for name in (*names, *odd):
        (tmp_path / name).touch()
    (tmp_path / "2026.yaml").mkdir()
    read, findings = listing(Folder(tmp_path, "."))
    assert read == ["2021.yaml", "2022.yaml", "2022-vth.yaml", "units.yaml"]
    told = {one.file: one.facts.get("original", one.facts.get("wanted")) for one in findings}
    assert told == {**odd, "2026.yaml": None}
    assert {one.file for one in findings if one.code == "copied-file"} == {"2022-VTH.yaml", "Units.yml"}
    assert all(RULES[one.code].shape for one in findings)


def test_what_is_no_plain_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "2022.yaml")
    (tmp_path / "2023.yaml").symlink_to("2023.yaml")
    (tmp_path / "2024.yaml").symlink_to("nowhere")
    (tmp_path / "2025.yaml").write_bytes(b"x" * (1 << 20))
    (tmp_path / "2026.yaml").write_bytes(b"x" * (1 + (1 << 20)))
    outcomes = [read_bytes(tmp_path / f"{year}.yaml", "x", 1) for year in range(2022, 2027)]
    codes = [one.code if isinstance(one, Finding) else len(one) for one in outcomes]
    assert codes == ["not-a-file", "unreadable-file", "unreadable-file", 1 << 20, "file-too-large"]


@pytest.mark.parametrize("order", [range(7), range(6, -1, -1), (3, 0, 6, 3)])
def test_large_files_are_hashed_from_both_ends(tmp_path: Path, order: Sequence[int]) -> None:
    paths = [tmp_path / f"{year}.yaml" for year in range(2020, 2027)]
    paths[0].mkdir()
    for path in paths[1:]:
        path.write_bytes(path.name.encode() * 100_000)
    digest = from_both_ends(lambda path: digest_of(path, 1), paths)
    found = [digest(paths[place]) for place in order]
    assert found == [sha256(paths[place].read_bytes()).hexdigest() if place else None for place in order]


def test_files_that_are_too_large_have_no_digest(tmp_path: Path) -> None:
    paths = [tmp_path / f"{year}.yaml" for year in (2024, 2025)]
    for path in paths:
        path.write_bytes(bytes(5 << 20))
    digest = from_both_ends(lambda path: digest_of(path, 4), paths)
    assert [digest(path) for path in paths] == [None, None]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_opened_is_told(tmp_path: Path) -> None:
    one = folder(tmp_path, **{"2022": programme(2022)})
    (tmp_path / "2022.yaml").chmod(0)
    assert load(one).broken == ("p/2022.yaml",)
    tmp_path.chmod(0)
    with pytest.raises(ClosedFolderError):
        load(one)
    tmp_path.chmod(0o700)


def told(loaded: Loaded) -> tuple[list[str], tuple[str, ...], tuple[str, ...]]:
    return [one.id for one in loaded.library.heads.programmes], loaded.broken, loaded.set_aside


def test_a_broken_file_of_another_year_is_set_aside(tmp_path: Path) -> None:
    one = folder(tmp_path, **{"2021": "year: 'x", "2022": programme(2022), "2022-a": programme(2022, "2022-A-CD01")})
    (tmp_path / "2021-b.yml").touch()
    broken = ("p/2021.yaml", "p/2021-b.yml")
    assert told(load(one)) == (["2022", "2022-a"], broken, ())
    assert told(load(one, frozenset({2022}))) == (["2022", "2022-a"], (), broken)
    assert told(load(one, frozenset({2021}))) == (["2022", "2022-a"], broken, ())
    assert [finding.code for finding in load(one).findings] == ["open-quote", "file-name"]
    (tmp_path / "units.yaml").write_text("units: 'x")
    assert load(one, frozenset({2022})).broken == ("p/units.yaml",)
    (tmp_path / "units.yaml").unlink()
    assert [finding.code for finding in load(one, frozenset({2022})).findings] == ["missing-register"]


def test_an_id_that_comes_again_breaks_the_second_file(tmp_path: Path) -> None:
    one = folder(tmp_path, **{"2022": programme(2022), "2022-a": programme(2022, "2022-A-CD01", "2022-CD01")})
    loaded = load(one)
    assert told(loaded) == (["2022"], ("p/2022-a.yaml",), ())
    assert [(two.code, two.facts["place"], two.position and two.position.line) for two in loaded.findings] == [
        ("duplicate-id", "p/2022.yaml:7", 13)
    ]


def test_a_folder_with_a_register_alone_is_refused_for_reports_and_checked(tmp_path: Path) -> None:
    one = folder(tmp_path)
    with pytest.raises(NoDataError, match=r"There is no programme in .* yet"):
        load(one)
    assert check_folder(one) == (("p/units.yaml",), (), {})


def test_an_empty_folder_is_refused_for_reports_and_checks(tmp_path: Path) -> None:
    for refuse in (load, check_folder):
        with pytest.raises(NoDataError):
            refuse(Folder(tmp_path, "p"))


def test_links_into_a_broken_file_are_no_faults_of_their_own(tmp_path: Path) -> None:
    task = "    tasks:\n      - {id: 2022-CD01.1, text: Một, nature: standing, lead: XX, carried_from: 2021-CD01.1}\n"
    one = folder(tmp_path, **{"2021": programme(2021), "2022": programme(2022).replace("    tasks: []\n", task)})
    assert [two.code for two in check_folder(one).findings] == [
        "directive-without-task",
        "unknown-unit",
        "unknown-task",
    ]
    (tmp_path / "2021.yaml").write_text("year: 'x")
    (tmp_path / "units.yaml").write_text("units: 'x")
    assert [two.code for two in check_folder(one).findings] == ["open-quote", "open-quote"]


def test_settings_are_read_where_the_file_is(tmp_path: Path) -> None:
    assert find_settings(tmp_path) == Settings()
    assert Settings().due_soon_days == DUE_SOON_DAYS
    text = 'data = "d"\nlang = "vi"\ndue_soon_days = 10\nmax_file_mib = 1\n[views]\nred = "--overdue"\n'
    (tmp_path / "vpcp.toml").write_bytes(b"\xef\xbb\xbf" + text.encode())
    (tmp_path / "a").mkdir()
    assert find_settings(tmp_path / "a") == Settings(tmp_path, "d", "vi", 10, 1, {"red": "--overdue"})
    assert settled_language(tmp_path / "a") == "vi"


@pytest.mark.parametrize(
    ("text", "sentence", "hint"),
    [
        ("dat = 1", "has the unknown setting `dat`", "Known settings: data."),
        ("zzzzzzzz = 1", "has the unknown setting `zzzzzzzz`", "Known settings: data, lang, due_soon_days"),
        ("lang = 'fr'", "`lang` in", 'Write it in this form: lang = "vi"'),
        ("due_soon_days = true", "`due_soon_days` in", "due_soon_days = 30"),
        ("data = ''", "`data` in", "data = "),
        ("max_file_mib = 0", "`max_file_mib` in", "max_file_mib = 64"),
        ("[views]\nred = 1", "`views.red` in", "views.urgent = "),
        ("a = 1\nb = ", "line 2 is not TOML", "between double quotes"),
        ("a = [" + "[" * 5000, "line 1 is not TOML", "between double quotes"),
        ("\udce9", "line 1 is not TOML", "UTF-8"),
    ],
)
def test_settings_that_can_not_be_meant_are_refused(tmp_path: Path, text: str, sentence: str, hint: str) -> None:
    (tmp_path / "vpcp.toml").write_text(text, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(BadSettingsError) as refusal:
        find_settings(tmp_path)
    assert "vpcp.toml" in refusal.value.sentence()
    assert sentence in refusal.value.sentence()
    assert hint in refusal.value.hint()
    assert settled_language(tmp_path) is None
