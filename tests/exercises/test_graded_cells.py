"""Each graded cell belongs to a part of an exercise, and takes its hidden cases from it."""

import re
from itertools import combinations

import pytest
from course_exercises import LESSONS, PARTS, label
from course_notebooks import topic_of

from course_utils import lessons
from course_utils.grading.exercise import Exercise
from course_utils.grading.trial import Lesson

CELL = re.compile(
    r"### BEGIN HIDDEN TESTS\n"
    r"from course_utils\.grading\.hidden import (\w+) as lesson\n"
    r"\n### END HIDDEN TESTS\n"
)


@pytest.mark.parametrize("lesson", LESSONS, ids=label)
def test_every_graded_cell_has_a_part_and_every_part_a_cell(lesson: Lesson) -> None:
    declared = {grade_id for exercise in lesson.exercises for grade_id in exercise.parts}
    cells = set(lesson.graded_cells())
    assert declared <= cells, f"{lesson.notebook} has no graded cells {sorted(declared - cells)}"
    assert cells <= declared, (
        f"{lesson.answers} has no parts {sorted(cells - declared)}: write their exercise, and add "
        "it to EXERCISES at the end"
    )


@pytest.mark.parametrize(("lesson", "exercise", "grade_id"), PARTS, ids=label)
def test_a_graded_cell_calls_the_check_of_its_part_with_hidden_cases(
    lesson: Lesson, exercise: Exercise, grade_id: str
) -> None:
    check, draw = exercise.parts[grade_id]
    where = f"the graded cell {grade_id} in {lesson.notebook}"
    assert grade_id in lesson.graded_cells(), f"{where} is missing"
    source = lesson.graded_cells()[grade_id].source
    hidden = CELL.match(source)
    visible = source[hidden.end() :] if hidden else source.splitlines()[-1]
    name = visible.partition("(")[0].removeprefix("lesson.")
    assert visible == f"lesson.{name}({exercise.name})", f"{where} should end with its check alone"
    topic = topic_of(lesson.name)
    if draw or "HIDDEN" in source:
        wanted = f"from course_utils.grading.hidden import {topic} as lesson"
        block = f"### BEGIN HIDDEN TESTS\n{wanted}\n\n### END HIDDEN TESTS\n{visible}"
        assert hidden, f"{where} should read:\n{block}"
        assert hidden.group(1) == topic, f"{where} should import: {wanted}"
    assert name.startswith("check_"), f"{where} calls {name}; a check's name begins with check_"
    checks = vars(lessons.tools(topic))
    assert name in checks, f"course_utils/checks has no {name} for {topic}, which {where} calls"
    assert checks[name] is check, f"{where} calls {name}, which is not the check of its part"


@pytest.mark.parametrize("lesson", LESSONS, ids=label)
def test_each_part_has_a_check_of_its_own(lesson: Lesson) -> None:
    parts = [part for exercise in lesson.exercises for part in exercise.parts.items()]
    same = [(a, b) for (a, (one, _)), (b, (other, _)) in combinations(parts, 2) if one is other]
    assert same == [], f"{lesson.answers}: two graded cells share one check"


@pytest.mark.parametrize(("lesson", "exercise", "grade_id"), PARTS, ids=label)
def test_a_graded_cell_is_worth_points_and_locked(
    lesson: Lesson, exercise: Exercise, grade_id: str
) -> None:
    cell = lesson.graded_cells()[grade_id]
    where = f"the graded cell {grade_id} in {lesson.notebook}"
    assert cell.metadata.nbgrader.points > 0, f"{where} is worth nothing: give it points"
    assert cell.metadata.nbgrader.locked, f"{where} should be locked"
    assert not cell.metadata.nbgrader.solution, f"{where} should hold no solution"
    assert "raises-exception" in cell.metadata.get("tags", []), (
        f"{where} needs the tag raises-exception, so that a learner can run all cells"
    )


@pytest.mark.parametrize("lesson", LESSONS, ids=label)
def test_every_exercise_has_a_cell_in_which_its_solution_is_marked(lesson: Lesson) -> None:
    solutions = lesson.solution_cells()
    unmarked = [name for name, source in solutions.items() if "### BEGIN SOLUTION" not in source]
    assert unmarked == [], f"the cells {unmarked} in {lesson.notebook} mark no BEGIN SOLUTION"
    missing = [
        exercise.name
        for exercise in lesson.exercises
        if not any(re.search(rf"\b{exercise.name}\b", source) for source in solutions.values())
    ]
    assert missing == [], f"no solution cell in {lesson.notebook} defines {missing}"
