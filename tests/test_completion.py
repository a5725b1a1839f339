"""The Tab key: what the program offers to the shells, and what the scripts for them make of it."""

import os
import re
import shutil
from pathlib import Path

import pytest

from terminal import Terminal

REGISTER = """\
schema: 1
units:
  - code: VPCP
    name: {vi: Văn phòng Chính phủ, en: Office of the Government}
  - code: BO_CONG_AN
    name:
      vi: Bộ Công an  # a remark
      en: >-
        Ministry of Public
        Security
    short: {vi: BCA}
"""
PROGRAMME = r"""
schema: 1
year: 2022
kind: work_programme
title: "Chương trình năm 2022"
owner: VPCP
context:
  - {id: 2022-MT01.1, text: Mục tiêu}
directives:
  - id: 2022-CD01
    kind: directive
    title: {vi: Thể chế, en: Institutions}
    issuer: {name: Trần Văn Sơn}
    tasks:
      - {id: 2022-CD01.1, text: 'Rà soát', nature: one_off, lead: VPCP}
      - id: 2022-CD01.2
        text:
          vi: Ban hành quy chế
        nature: one_off
        lead: VPCP
"""


@pytest.fixture
def workspace(terminal: Terminal) -> Terminal:
    terminal.write("programmes/units.yaml", REGISTER)
    terminal.write("programmes/2022.yaml", PROGRAMME)
    terminal.write("programmes/2021.yaml", PROGRAMME.replace("2022", "2021"))
    terminal.write(
        "vpcp.toml", 'views.red = "--overdue"\nviews."not a word" = "--open"\ncategories.giao_thong = "Giao thông"\n'
    )
    return terminal


def offered(terminal: Terminal, *words: str, lang: str = "en") -> dict[str, str]:
    answer = terminal.vpcp("vpcp", *words, _VPCP_COMPLETE="zsh", VPCP_LANG=lang)
    assert (answer.code, answer.err) == (0, "")
    return dict(line.split("\t", 1) for line in answer.out.splitlines())


def test_commands_and_options_come_with_what_they_do(workspace: Terminal) -> None:
    assert offered(workspace, "sho", lang="vi")["show"].startswith("Xem đầy đủ")
    assert offered(workspace, "list", "--over") == {"--overdue": "Only open tasks past their deadline."}
    assert set(offered(workspace, "--l")) == {"--lang"}
    assert offered(workspace, "frobnicate", "") == {}


def test_ids_are_offered_in_any_case_with_their_texts(workspace: Terminal) -> None:
    assert offered(workspace, "show", "2022-cd01.") == {"2022-CD01.1": "Rà soát", "2022-CD01.2": "Ban hành quy chế"}
    assert offered(workspace, "show", "2022") == {
        "2022": "Chương trình năm 2022",
        "2022-CD01": "Institutions",
        "2022-CD01.1": "Rà soát",
        "2022-CD01.2": "Ban hành quy chế",
    }
    assert set(offered(workspace, "list", "--id", "2")) == {f"{y}-CD01.{n}" for y in (2021, 2022) for n in (1, 2)}
    assert offered(workspace, "list", "--directive", "2021-", lang="vi") == {"2021-CD01": "Thể chế"}
    assert offered(workspace, "show", "rà") == {}


def test_a_year_on_the_line_shortens_the_ids(workspace: Terminal) -> None:
    assert set(offered(workspace, "list", "--year", "2022", "--id", "cd")) == {"CD01.1", "CD01.2"}
    assert set(offered(workspace, "list", "--year", "2022", "--id", "")) == {"2022-CD01.1", "2022-CD01.2"}
    assert offered(workspace, "list", "--year", "MMXXII", "--id", "") == {}


def test_units_are_found_by_code_and_by_name(workspace: Terminal) -> None:
    both = {"VPCP": "Văn phòng Chính phủ", "BO_CONG_AN": "Bộ Công an"}
    assert offered(workspace, "list", "--unit", "", lang="vi") == both
    assert offered(workspace, "list", "--unit", "bo-c") == {"BO_CONG_AN": "Ministry of Public Security"}
    assert set(offered(workspace, "list", "--unit", "bộ c")) == {"BO_CONG_AN"}
    assert set(offered(workspace, "list", "--unit=bca")) == {"--unit=BO_CONG_AN"}


@pytest.mark.parametrize(
    ("words", "offers"),
    [
        (["--year", "202"], {"2021": "Chương trình năm 2021", "2022": "Chương trình năm 2022"}),
        (["--status", "đang"], {"in_progress": "In progress"}),
        (["--timeliness", "due"], {"due_soon": "Due soon"}),
        (["--category", "wel"], {"welfare": "Mass organisations, welfare"}),
        (["--category", "giao"], {"giao_thong": "Giao thông"}),
        (["--nature", "p"], {"principle": "Principle"}),
        (["--role", "s"], {"support": "Support"}),
        (["-f", "js"], {"json": "", "jsonl": ""}),
        (["--color", "a"], {"auto": "", "always": ""}),
        (["--group-by", "l"], {"lead": ""}),
        (["--view", ""], {"red": "--overdue"}),
        (["--sort", "-dead"], {"-deadline": ""}),
        (["--sort", "lead,dea"], {"lead,deadline": ""}),
        (["--fields", "id,directive_k"], {"id,directive_kind": ""}),
        (["--lang", ""], {"vi": "", "en": ""}),
        (["--data", ""], {"": "folders"}),
        (["-o", ""], {"": "files"}),
        (["--limit", ""], {}),
    ],
)
def test_values_are_offered_with_their_labels(workspace: Terminal, words: list[str], offers: dict[str, str]) -> None:
    assert offered(workspace, "list", *words) == offers


def test_what_is_written_about_is_offered_with_what_is_written(workspace: Terminal) -> None:
    assert set(offered(workspace, "risk", "2022-CD01.")) == {"2022-CD01.1", "2022-CD01.2"}
    assert offered(workspace, "risk", "2022-CD01.1", "h") == {"high": "High"}
    assert set(offered(workspace, "risk", "2022-CD01.1", "2022-")) == {"2022-CD01.1", "2022-CD01.2"}
    assert offered(workspace, "add", "2022") == {"2022-CD01": "Institutions"}
    assert offered(workspace, "add", "2022-CD01", "") == {}
    assert offered(workspace, "add", "2022-CD01", "x", "--urgency", "u") == {"urgent": "Urgent"}
    assert offered(workspace, "new", "") == {"2023": ""}


def test_findings_and_paths_are_offered(workspace: Terminal) -> None:
    assert offered(workspace, "explain", "not-u")["not-utf8"] == "The file is not UTF-8 text (…)."
    assert offered(workspace, "check", "") == {"": "files"}


def test_the_language_that_is_typed_is_spoken(workspace: Terminal) -> None:
    assert offered(workspace, "--lang", "vi", "list", "--status", "don") == {"done": "Hoàn thành"}


def test_what_cannot_be_read_is_passed_over_in_silence(workspace: Terminal) -> None:
    workspace.write("programmes/2021.yaml", b"\xff\xfe\x00 [\n")
    workspace.write("programmes/2023.yaml", "directives: [\n  - id: 2023-CD01.1\n")
    os.mkfifo(workspace.folder / "programmes" / "2020.yaml")
    (workspace.folder / "programmes" / "2019.yaml").symlink_to("nowhere")
    assert set(offered(workspace, "list", "--id", "")) == {"2022-CD01.1", "2022-CD01.2", "2023-CD01.1"}
    assert offered(workspace, "list", "--data", "nowhere", "--id", "") == {}
    workspace.write("vpcp.toml", "lang =")
    assert offered(workspace, "list", "--id", "") == {}
    workspace.settings = {"VPCP_LANG": "fr"}
    assert set(offered(workspace, "sho")) == {"show"}


def test_texts_stay_texts(workspace: Terminal) -> None:
    hostile = "a\\$(touch x) `b`\t\u202e\x1b[2J: %F{red} [red] 'c' \"d\""
    workspace.write("programmes/2022.yaml", PROGRAMME.replace("Rà soát", hostile).replace("01.2", "01.$(x)"))
    about = "a\\$(touch x) `b` [2J: %F{red} [red] 'c' \"d"
    assert offered(workspace, "show", "2022-CD01.") == {"2022-CD01.1": about}


@pytest.mark.parametrize(
    ("line", "offers"),
    [
        ("vpcp list --unit ", ["VPCP", "BO_CONG_AN"]),
        ("vpcp list --unit=bo", ["BO_CONG_AN"]),
        ('vpcp list --unit "Bộ C', ["BO_CONG_AN"]),
        ("vpcp list --id 2022-cd01.1", ["2022-CD01.1"]),
        ("vpcp frob", []),
    ],
)
def test_bash_is_given_the_values(workspace: Terminal, line: str, offers: list[str]) -> None:
    workspace.write("line", line)
    script = """
        . <(vpcp --show-completion bash)
        COMP_LINE=$(cat line; printf .); COMP_LINE=${COMP_LINE%.}
        COMP_POINT=${#COMP_LINE} COMP_TYPE=9
        _vpcp vpcp; ((${#COMPREPLY[@]})) && printf '%s\\n' "${COMPREPLY[@]}"; true"""
    workspace.write("script", script)
    workspace.settings = {"LC_ALL": "C.UTF-8"}
    assert workspace.run("bash --norc script | cat").out.splitlines() == offers


def test_bash_lists_descriptions_at_the_second_tab(workspace: Terminal) -> None:
    workspace.write("script", ". <(vpcp --show-completion bash); _vpcp vpcp; printf '%s\\n' \"${COMPREPLY[@]}\"")
    workspace.settings = {"COMP_LINE": "vpcp show 2022-CD01.", "COMP_POINT": "99", "COMP_TYPE": "63", "COLUMNS": "22"}
    workspace.settings |= {"LC_ALL": "C.UTF-8"}
    assert workspace.run("bash --norc script | cat").out.splitlines() == [
        "2022-CD01.1  Rà soát",
        "2022-CD01.2  Ban hành",
    ]


@pytest.mark.parametrize(
    ("line", "offers"),
    [
        ("vpcp list --unit ", ["VPCP", "BO_CONG_AN"]),
        ("vpcp list --unit=bo", ["--unit=BO_CONG_AN"]),
        ('vpcp list --unit "Bộ C', ["BO_CONG_AN"]),
        ("vpcp list --unit 'Bộ C", ["BO_CONG_AN"]),
        ("vpcp list --unit Bộ` C", ["BO_CONG_AN"]),
        ("& 'C:\\Tools\\vpcp.exe' list --id 2022-cd01.1", ["2022-CD01.1"]),
        ("vpcp list --data C:\\Users\\An\\", ["\tfolders"]),
        ("vpcp list --sort 'lead,dea", ["lead,deadline"]),
        ("vpcp frob", []),
        ("vpcp", []),
    ],
)
def test_powershell_hands_over_the_line_up_to_the_cursor(workspace: Terminal, line: str, offers: list[str]) -> None:
    answer = workspace.vpcp(_VPCP_COMPLETE="powershell", _VPCP_LINE=line.removeprefix("& "))
    assert (answer.code, answer.err) == (0, "")
    given = [said if said.startswith("\t") else said.partition("\t")[0] for said in answer.out.splitlines()]
    assert given == offers


def test_powershell_s_script_can_be_read_in_any_code_page_and_asks_by_the_names_that_are_read(
    terminal: Terminal,
) -> None:
    script = terminal.run("vpcp --show-completion powershell").out
    assert script.isascii()
    assert set(re.findall(r"\$env:(\w+)", script)) == {"_VPCP_COMPLETE", "_VPCP_LINE"}
    assert "Invoke-Expression" not in script
    refused = terminal.run("vpcp --install-completion powershell")
    assert (refused.code, refused.err.splitlines()[1].partition("'")[2]) == (4, LOADING + "'")


LOADING = "vpcp --show-completion powershell | Out-String | Invoke-Expression"


@pytest.mark.skipif(not shutil.which("fish"), reason="fish is not installed")
def test_fish_is_given_values_and_descriptions(workspace: Terminal) -> None:
    workspace.write("script", "vpcp --show-completion fish | source; complete -C 'vpcp list --unit '")
    assert workspace.run("fish --no-config script | cat").out.splitlines() == [
        "VPCP\tOffice of the Government",
        "BO_CONG_AN\tMinistry of Public Security",
    ]


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_the_scripts_are_whole(terminal: Terminal, shell: str) -> None:
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    terminal.write("script", terminal.run(f"vpcp --show-completion {shell}").out)
    assert terminal.run(f"{shell} -n script; true").err == ""


def test_completion_is_put_in_its_place_once(terminal: Terminal) -> None:
    terminal.write("../home/.bashrc", "alias ll='ls -l'")
    for _time in range(2):
        answer = terminal.run("vpcp --install-completion bash")
        assert answer.err == "Completion works in every new terminal.\n"
    script = terminal.home / ".local/share/vpcp/completion.bash"
    assert (terminal.home / ".bashrc").read_text() == f"alias ll='ls -l'\n# vpcp\n[ -f {script} ] && . {script}\n"
    assert script.read_text() == terminal.run("vpcp --show-completion bash").out
    assert terminal.run("vpcp --install-completion fish").out == f"{terminal.home}/config/fish/completions/vpcp.fish\n"
    terminal.settings = {"ZDOTDIR": str(Path(terminal.folder, "z"))}
    assert terminal.run("vpcp --install-completion zsh").code == 4
