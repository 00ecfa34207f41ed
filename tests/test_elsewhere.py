"""What stands ready for other people's machines: Colab, containers, other systems, reports."""

import json
import re
from pathlib import Path

import pytest
import yaml
from IPython.core.interactiveshell import InteractiveShell

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "elsewhere.md").read_text(encoding="utf-8")
(FIRST_CELL,) = re.findall(r"^```python\n(.*?)^```", PAGE, flags=re.MULTILINE | re.DOTALL)
TEMPLATES = [
    path
    for path in sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))
    if path.stem != "config"  # says what is shown beside the templates
]


def run(cell: str, *, installed: bool, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Run a cell where the course is installed or not; return what pip was told."""
    said: list[str] = []
    shell = InteractiveShell()
    shell.register_magic_function(said.append, magic_name="pip")
    find = "importlib.util.find_spec"
    monkeypatch.setattr(find, lambda name: object() if installed else None)
    result = shell.run_cell(cell)
    monkeypatch.undo()
    result.raise_error()
    return said


def test_colabs_first_cell_leaves_the_hosts_tensorflow_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    course, rest = run(FIRST_CELL, installed=False, monkeypatch=monkeypatch)
    assert "--no-deps" in course
    assert "image_classification_course-" in course
    assert not re.search("tensorflow|keras|numpy", course + rest)


def test_colabs_first_cell_does_nothing_where_the_course_is_installed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert run(FIRST_CELL, installed=True, monkeypatch=monkeypatch) == []


def test_the_wheel_that_the_page_names_is_of_this_version() -> None:
    version = re.search(r'^version = "(.*)"', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert version is not None
    assert f"image_classification_course-{version[1]}-" in FIRST_CELL


def test_the_container_sets_up_what_make_lab_would() -> None:
    path = ROOT / ".devcontainer" / "devcontainer.json"
    container = json.loads(path.read_text(encoding="utf-8"))
    assert container["postCreateCommand"] == "make setup"
    assert re.search(r"python:3\.1[123]$", container["image"])
    (port,) = container["forwardPorts"]
    assert f"--port {port}" in PAGE


def test_the_workflow_runs_on_three_systems_and_names_only_tests_that_exist() -> None:
    path = ROOT / ".github" / "workflows" / "systems.yml"
    job = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]["learner"]
    systems = [name.partition("-")[0] for name in job["strategy"]["matrix"]["system"]]
    assert systems == ["ubuntu", "macos", "windows"]
    steps = " ".join(step.get("run", "") for step in job["steps"])
    named = re.findall(r"\btests/[\w/.]+", steps)
    assert len(named) > 5
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_an_issue_template_asks_for_what_is_needed_to_mend_it(path: Path) -> None:
    form = yaml.safe_load(path.read_text(encoding="utf-8"))
    fields = [field for field in form["body"] if field["type"] != "markdown"]
    assert {"name", "description", "labels"} <= form.keys()
    assert sum(field.get("validations", {}).get("required", False) for field in fields) >= 2
    assert len({field["id"] for field in fields}) == len(fields)


def test_there_is_a_template_for_a_sentence_a_check_and_a_misconception() -> None:
    assert {path.stem for path in TEMPLATES} == {"wrong_sentence", "wrong_check", "misconception"}


def test_git_checks_out_the_same_bytes_on_every_system() -> None:
    attributes = (ROOT / ".gitattributes").read_text(encoding="utf-8").splitlines()
    assert "* text=auto eol=lf" in attributes
