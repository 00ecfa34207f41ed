"""The `course` command: help with examples, clear errors, exit status."""

from pathlib import Path

import pytest
from course_notebooks import COURSE, LESSONS
from typer.testing import CliRunner, Result

from course_utils.cli import app
from course_utils.pretrained import pretrained_names

VERBS = ["check", "release", "outputs", "answers", "data", "pretrained"]


def course(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def test_help_lists_every_verb() -> None:
    assert all(verb in course("--help").output for verb in VERBS)


@pytest.mark.parametrize(
    "verb",
    [
        ["check"],
        ["release"],
        ["outputs"],
        ["answers"],
        ["data", "verify"],
        ["data", "rebuild"],
        ["pretrained", "verify"],
        ["pretrained", "rebuild"],
    ],
)
def test_help_of_each_verb_shows_an_example(verb: list[str]) -> None:
    assert f"course {' '.join(verb)}" in " ".join(course(*verb, "--help").output.split())


def test_check_says_that_all_is_ready() -> None:
    result = course("check")
    assert (result.exit_code, "All is ready" in result.output) == (0, True)


def test_outside_a_course_a_command_says_where_to_go(tmp_path: Path) -> None:
    result = course("release", "--course", str(tmp_path))
    assert result.exit_code == 1
    assert "is not in a course" in result.output


@pytest.mark.parametrize("verb", ["outputs", "answers"])
def test_an_unknown_lesson_is_refused_with_the_known_ones(verb: str) -> None:
    result = course(verb, "99_nothing", "--course", str(COURSE))
    assert result.exit_code == 1
    assert LESSONS[0] in result.output


def test_data_verify_names_both_sets() -> None:
    result = course("data", "verify")
    assert result.exit_code == 0
    assert "mnist: " in result.output
    assert "fashion_mnist: " in result.output


def test_data_verify_without_the_originals_it_was_told_of_fails(tmp_path: Path) -> None:
    result = course("data", "verify", "--originals", str(tmp_path))
    assert result.exit_code == 1
    assert "course: " in result.output


def test_pretrained_verify_names_every_network_and_its_accuracy() -> None:
    result = course("pretrained", "verify")
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert [line.partition(":")[0] for line in lines] == pretrained_names()
    assert all("(test)" in line for line in lines)


def test_pretrained_rebuild_into_a_missing_folder_fails(tmp_path: Path) -> None:
    result = course("pretrained", "rebuild", "--folder", str(tmp_path / "nowhere"))
    assert result.exit_code == 1
    assert "course: `folder` must be an existing folder" in result.output


def test_answers_prints_the_misconceptions_of_a_lesson() -> None:
    result = course("answers", LESSONS[0], "--course", str(COURSE))
    assert result.exit_code == 0
    assert "misconception" in result.output
