"""The action and the examples for CI do what they say: their lines run here as the runners run them, but for pip's."""

import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from github import Page, workflow_commands
from terminal import REPOSITORY, Terminal

EXAMPLES = REPOSITORY / "examples"
PULL_REQUEST, PUSH, SCHEDULE = "pull_request", "push", "schedule"
DAYS = {"VPCP_AS_OF": "2022-10-03", "GIT_COMMITTER_DATE": "2022-09-30T23:30:00+07:00"}
CONDITIONS = {
    None: {PULL_REQUEST, PUSH, SCHEDULE},
    "github.event_name != 'pull_request'": {PUSH, SCHEDULE},
    "github.event_name == 'pull_request'": {PULL_REQUEST},
    "${{ !cancelled() && github.event_name == 'pull_request' }}": {PULL_REQUEST},
    "${{ !cancelled() }}": {PULL_REQUEST, PUSH, SCHEDULE},
    "github.event_name == 'push'": {PUSH},
    "github.event_name == 'schedule' || github.event_name == 'workflow_dispatch'": {SCHEDULE},
    "github.event_name == 'schedule'": {SCHEDULE},
}


@pytest.fixture
def clone(terminal: Terminal) -> Terminal:
    """A branch of a workspace in a clone: a task was done and another one reworded since it left `main`."""
    shutil.copytree(EXAMPLES / "programmes", terminal.folder / "origin" / "programmes")
    shutil.copy(EXAMPLES / "vpcp.toml", terminal.folder / "origin")
    terminal.run("cd origin && git init -q -b main && git add -A && git commit -qm 1")
    terminal.run("git clone -q origin clone && cd clone && git checkout -q -b work")
    there = Terminal(terminal.folder / "clone", terminal.home, dict(DAYS))
    assert there.vpcp("done", "2022-CK01.1", "--on", "2022-09-29", "--evidence", "9/QĐ-CVD").code == 0
    commit(there, "2022.yaml", "Tập huấn soạn thảo văn bản", "Tập huấn | soạn thảo www.evil.example")
    return there


def commit(there: Terminal, name: str, old: str, new: str) -> None:
    file = there.folder / "programmes" / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    there.write(f"programmes/{name}", text.replace(old, new, 1))
    assert there.run("git add -A && git commit -qm x").code == 0


def run(there: Terminal, script: str, **environment: str) -> tuple[int, str]:
    """Run a step as both runners do: by bash, which stops at the first command that fails."""
    command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script]
    done = subprocess.run(
        command,
        cwd=there.folder,
        env=there.environment() | environment,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    return done.returncode, done.stdout.decode()


def workflow() -> dict[Any, Any]:
    found: dict[Any, Any] = yaml.safe_load((EXAMPLES / "ci/github-actions.yaml").read_text(encoding="utf-8"))
    return found


def github(there: Terminal, event: str) -> Iterator[tuple[int, str]]:
    """The codes and outputs of the steps of an event that call `vpcp`; a failed one does not keep others from it."""
    page = there.folder.parent / "page.md"
    environment = {"GITHUB_STEP_SUMMARY": str(page), "GITHUB_BASE_REF": "main" if event == PULL_REQUEST else ""}
    for step in workflow()["jobs"]["check"]["steps"]:
        if event in CONDITIONS[step.get("if")] and "vpcp " in step.get("run", ""):
            yield run(there, step["run"], **workflow()["env"], **environment)


def page(there: Terminal) -> Page:
    return Page((there.folder.parent / "page.md").read_text(encoding="utf-8"))


def test_a_pull_request_is_checked_and_told_about(clone: Terminal) -> None:
    (checked, said), (compared, _nothing) = github(clone, PULL_REQUEST)
    assert (checked, compared) == (0, 0)
    assert "5 tệp: không có lỗi" in said
    assert list(workflow_commands(said)) == []
    assert "1 nhiệm vụ hoàn thành, trong đó 0 đúng hạn" in page(clone).text
    assert "Tập huấn | soạn thảo www.evil.example" in page(clone).text
    assert page(clone).linked == []


def test_a_pull_request_that_rewrites_the_log_fails_at_the_line(clone: Terminal) -> None:
    commit(clone, "2022.yaml", "39/TTr-PTH", "40/TTr-PTH")
    (checked, said), (compared, _nothing) = github(clone, PULL_REQUEST)
    assert (checked, compared) == (1, 0)
    ((name, properties, _message),) = workflow_commands(said)
    assert (name, properties["file"], properties["title"]) == ("error", "programmes/2022.yaml", "entry-rewritten")
    assert "40/TTr-PTH" in page(clone).text


def test_main_gets_its_summary(clone: Terminal) -> None:
    assert [code for code, _said in github(clone, PUSH)] == [0, 0]
    assert "tính đến ngày 30/09/2022" in page(clone).text, "the day of the commit"


def test_each_monday_brings_a_report_and_bounds(clone: Terminal) -> None:
    checked, reported, (code, said) = github(clone, SCHEDULE)
    assert (checked[0], reported[0], code) == (0, 0, 1)
    assert "Vượt ngưỡng: --fail-on overdue>0 (hiện là 4)." in said
    assert "Vượt ngưỡng: --fail-on rate<80" in said
    assert "Từ ngày 26/09/2022" in page(clone).text
    text = (clone.folder / "bao-cao-tuan.txt").read_text(encoding="utf-8")
    assert "Nhật ký từ ngày 26/09/2022: 5" in text
    assert (clone.folder / "can-chu-y.csv").read_bytes().startswith("\ufeffMã,".encode())


def test_the_workflow_reads_only_and_trusts_no_title() -> None:
    triggers = workflow()[True]  # `on`, to YAML 1.1
    assert set(triggers) == {"pull_request", "push", "schedule", "workflow_dispatch"}
    assert workflow()["permissions"] == {"contents": "read"}
    steps = workflow()["jobs"]["check"]["steps"]
    assert steps[0]["with"] == {"fetch-depth": 0, "persist-credentials": False}
    assert not [step for step in steps if "${{" in step.get("run", "")]


def action() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((REPOSITORY / "action.yml").read_text(encoding="utf-8"))
    return found


def used(there: Terminal, event: str, **given: str) -> Iterator[tuple[int, str]]:
    """The codes and outputs of the action's steps but the one that installs, with what a job gives to it."""
    told = {name: str(one["default"]) for name, one in action()["inputs"].items()} | given
    page = there.folder.parent / "page.md"
    environment = {"GITHUB_STEP_SUMMARY": str(page), "GITHUB_BASE_REF": "main" if event == PULL_REQUEST else ""}
    for step in action()["runs"]["steps"][1:]:
        if event in CONDITIONS[step.get("if")]:
            of_step = {name: told[value[len("${{ inputs.") : -len(" }}")]] for name, value in step["env"].items()}
            yield run(there, step["run"], **of_step, **environment)


def test_the_action_checks_compares_and_sums_up(clone: Terminal) -> None:
    (checked, said), (compared, _nothing), (summed, _none) = used(clone, PULL_REQUEST)
    assert (checked, compared, summed) == (0, 0, 0)
    assert "5 tệp: không có lỗi" in said
    assert "1 nhiệm vụ hoàn thành, trong đó 0 đúng hạn" in page(clone).text
    assert "tính đến ngày 30/09/2022" in page(clone).text
    assert page(clone).linked == []
    commit(clone, "2022.yaml", "39/TTr-PTH", "40/TTr-PTH")
    (checked, said), *_others = used(clone, PULL_REQUEST)
    ((name, properties, _message),) = workflow_commands(said)
    assert (checked, name, properties["title"]) == (1, "error", "entry-rewritten")


def test_the_action_heeds_what_it_is_given(clone: Terminal) -> None:
    bounds = {"fail-on": "overdue>0\n\nrate<80\n", "as-of": "2022-10-03", "lang": "en"}
    checked, (code, said) = used(clone, PUSH, **bounds)
    assert (checked[0], code) == (0, 1)
    assert [line for line in said.splitlines() if "--fail-on overdue>0" in line or "--fail-on rate<80" in line]
    assert "as of 2022-10-03" in page(clone).text
    away, hostile = "away", "x; touch there; $(touch there)"
    shutil.move(clone.folder / "programmes", clone.folder / away)
    shutil.copytree(clone.folder / away, clone.folder / "left")
    clone.run("rm vpcp.toml && sed -i s/one_off/oneoff/ left/2022.yaml")
    assert next(used(clone, PUSH, data=away))[0] == 0
    assert next(used(clone, PUSH, data="left"))[0] == 1
    assert next(used(clone, PUSH, data=hostile, against=hostile))[0] == 3
    assert not (clone.folder / "there").exists()


def test_the_action_trusts_no_title_and_fetches_nothing_else() -> None:
    steps = action()["runs"]["steps"]
    assert not [step for step in steps if "${{" in step["run"]]
    assert not [step for step in steps if "uses" in step]
    assert {step["shell"] for step in steps} == {"bash"}


def pipeline() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((EXAMPLES / "ci/gitlab-ci.yml").read_text(encoding="utf-8"))
    return found


def gitlab(there: Terminal, job: str) -> tuple[int, str]:
    base = there.run("git merge-base origin/main HEAD").out.strip()
    script = "\n".join(pipeline()[job]["script"])
    return run(there, script, **pipeline()["variables"], CI_MERGE_REQUEST_DIFF_BASE_SHA=base)


def artifacts(there: Terminal, job: str) -> Sequence[Path]:
    """What a job leaves; all that it promises has to be there."""
    wanted = pipeline()[job]["artifacts"]
    return [there.folder / name for name in (*wanted["paths"], *wanted.get("reports", {}).values())]


@pytest.mark.parametrize(("job", "code"), [("check", 0), ("compare", 0), ("weekly", 1)])
def test_gitlab_s_jobs_leave_what_they_promise(clone: Terminal, job: str, code: int) -> None:
    answer, said = gitlab(clone, job)
    assert answer == code, said
    assert all(path.stat().st_size for path in artifacts(clone, job))
    assert ("Vượt ngưỡng" in said) == (job == "weekly")


def test_gitlab_s_jobs_fail_for_wrong_data_and_a_rewritten_log(clone: Terminal) -> None:
    commit(clone, "2022.yaml", "39/TTr-PTH", "40/TTr-PTH")
    assert gitlab(clone, "compare")[0] == 1
    commit(clone, "2022.yaml", "lead: TRUNG_TAM_SO", "lead: NOBODY")
    assert gitlab(clone, "check")[0] == 1
    assert "unknown-unit" in (clone.folder / "gl-code-quality-report.json").read_text(encoding="utf-8")


def test_the_hook_is_there_by_the_name_that_the_example_asks_for() -> None:
    (hook,) = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    config = yaml.safe_load((EXAMPLES / "ci/pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [one["id"] for repository in config["repos"] for one in repository["hooks"]] == [hook["id"]]
    assert hook["always_run"]
    assert not {"files", "types", "exclude"} & set(hook), "no layout is left out"


@pytest.mark.parametrize(("folder", "arguments"), [("", ""), ("van-phong/", " --data van-phong/du-lieu")])
def test_the_hook_judges_what_is_staged_in_any_layout(terminal: Terminal, folder: str, arguments: str) -> None:
    (hook,) = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    shutil.copytree(EXAMPLES / "programmes", terminal.folder / folder / "du-lieu")
    terminal.write(f"{folder}vpcp.toml", 'data = "du-lieu"\n')
    terminal.run("git init -q -b main")
    terminal.write(".git/hooks/pre-commit", f"#!/bin/sh\n{hook['entry']}{arguments}\n").chmod(0o755)
    right, wrong = (f"{folder}du-lieu/{year}.yaml" for year in (2022, 2023))
    assert terminal.run("git add -A && git commit -qm 1").code == 0
    terminal.run(f"sed -i s/one_off/oneoff/ {wrong} && echo '# x' >> {right}")
    assert terminal.run(f"git commit -qm 2 {right}").code == 0, "what is not in the commit is not judged"
    assert "[unknown-code]" in terminal.run(f"git commit -qm 3 {wrong}").err, "nor is only what git add has staged"
    assert "[unknown-code]" in terminal.run("git commit -qam 3").err
    terminal.run(f"git checkout -q {wrong} && git rm -q {folder}du-lieu/units.yaml")
    assert "[missing-register]" in terminal.run("git commit -qm 4").err, "a commit that only deletes is judged"
    terminal.run("git reset -q --hard && git mv du-lieu other || git mv van-phong/du-lieu other")
    assert "There are no programmes in" in terminal.run("git commit -qm 5").err


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        ("vendor.github-workflows", "examples/ci/github-actions.yaml"),
        ("vendor.gitlab-ci", "examples/ci/gitlab-ci.yml"),
        ("vendor.github-actions", "action.yml"),
    ],
)
def test_the_runners_own_schemas_accept_the_examples(schema: str, file: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(REPOSITORY / file)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
