"""How the solutions are built. That their outputs are right is what nbval compares."""

import re
from collections import Counter
from itertools import pairwise
from typing import Any

import pytest
from course_notebooks import LESSONS, lesson_on, nbgrader, read

# Trained weights differ between kinds of processor, and with them every figure and picture that
# rests on them. Lessons that train show much of that; the earlier ones hardly any.
MOST_EXEMPT_FRACTION = 0.1
MOST_EXEMPT_FRACTION_OF_A_LESSON_THAT_TRAINS = 0.4
FIRST_LESSON_THAT_TRAINS = lesson_on("gradient_descent")


@pytest.fixture(params=LESSONS)
def lesson(request: pytest.FixtureRequest) -> str:
    """Each lesson in turn."""
    return request.param


@pytest.fixture
def cells(lesson: str) -> list[Any]:
    """The cells of a lesson's solution."""
    return read("solutions", lesson).cells


def tags(cell: Any) -> list[str]:
    return cell.metadata.get("tags", [])


def test_few_outputs_are_exempt_from_comparison(lesson: str, cells: list[Any]) -> None:
    trains = lesson >= FIRST_LESSON_THAT_TRAINS
    most = MOST_EXEMPT_FRACTION_OF_A_LESSON_THAT_TRAINS if trains else MOST_EXEMPT_FRACTION
    with_output = [cell for cell in cells if cell.cell_type == "code" and cell.outputs]
    exempt = [cell for cell in with_output if "nbval-ignore-output" in tags(cell)]
    assert len(exempt) <= most * len(with_output)


def test_the_solution_was_saved_after_a_run_from_top_to_bottom(cells: list[Any]) -> None:
    counts = [cell.execution_count for cell in cells if cell.cell_type == "code"]
    assert counts == list(range(1, len(counts) + 1)), "Run `make outputs ARGS=<lesson>`."


def test_no_cell_of_a_saved_solution_raised_or_wrote_to_standard_error(cells: list[Any]) -> None:
    outputs = [(cell.id, o) for cell in cells for o in cell.get("outputs", [])]
    noisy = [id_ for id_, o in outputs if o.output_type == "error" or o.get("name") == "stderr"]
    assert noisy == []


def test_only_checks_may_raise(cells: list[Any]) -> None:
    others = [c for c in cells if not nbgrader(c).get("grade")]
    assert [c.id for c in others if "raises-exception" in tags(c)] == []


def test_there_is_one_title_and_headings_go_down_a_level_at_a_time(cells: list[Any]) -> None:
    text = "\n".join(c.source for c in cells if c.cell_type == "markdown")
    text = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    levels = [len(marks) for marks in re.findall(r"^(#+) ", text, flags=re.MULTILINE)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_picture_says_what_it_shows(cells: list[Any]) -> None:
    silent = [
        cell.id
        for cell in cells
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
        or re.search(r"<img(?![^>]*alt=\"[^\"]{10,})", output.get("data", {}).get("text/html", ""))
    ]
    assert silent == []


def test_a_lesson_has_one_question_that_a_person_marks(lesson: str, cells: list[Any]) -> None:
    marked = [c for c in cells if c.cell_type == "markdown" and nbgrader(c).get("grade")]
    assert len(marked) == (0 if lesson.startswith("00") else 1)


def test_a_lesson_has_its_share_of_explorers_and_exercises(lesson: str, cells: list[Any]) -> None:
    source = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    explorers = re.findall(r"= lesson\.explore_\w+\(", source)
    exercises = [c for c in cells if c.cell_type == "code" and nbgrader(c).get("solution")]
    least_explorers, least_exercises = (1, 1) if lesson.startswith("00") else (1, 2)
    assert len(explorers) >= least_explorers
    assert least_exercises <= len(exercises) <= 6, (
        f"{lesson} has {len(exercises)} exercises; a lesson has {least_exercises} to 6"
    )


def test_no_grade_id_stands_twice(cells: list[Any]) -> None:
    ids = Counter(nbgrader(c)["grade_id"] for c in cells if nbgrader(c))
    assert [name for name, count in ids.items() if count > 1] == []


def test_the_prose_does_not_belittle(cells: list[Any]) -> None:
    text = " ".join(c.source for c in cells if c.cell_type == "markdown")
    assert re.findall(r"(?i)\b(simply|obviously|trivially|just)\b", text) == []
