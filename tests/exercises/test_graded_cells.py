"""Each graded cell belongs to a part of an exercise, and takes its hidden cases from it."""

import importlib
import re

import pytest
from course_exercises import LESSONS, PARTS, label

from course_utils.grading.exercise import Exercise
from course_utils.grading.trial import Lesson

CELL = re.compile(
    r"### BEGIN HIDDEN TESTS\n"
    r"from course_utils\.grading\.hidden import (?:\(\n    )?(\w+) as (\w+)(?:,\n\))?\n"
    r"\n### END HIDDEN TESTS\n"
)


@pytest.mark.parametrize("lesson", LESSONS, ids=label)
def test_every_graded_cell_has_a_part_and_every_part_a_cell(lesson: Lesson) -> None:
    declared = [grade_id for exercise in lesson.exercises for grade_id in exercise.parts]
    assert sorted(declared) == sorted(lesson.graded_cells()), (
        f"the parts in {lesson.answers} and the graded cells in {lesson.notebook} differ"
    )


@pytest.mark.parametrize(("lesson", "exercise", "grade_id"), PARTS, ids=label)
def test_a_graded_cell_calls_the_check_of_its_part_with_hidden_cases(
    lesson: Lesson, exercise: Exercise, grade_id: str
) -> None:
    check, draw = exercise.parts[grade_id]
    source = lesson.graded_cells()[grade_id].source
    hidden = CELL.match(source)
    visible = source[hidden.end() :] if hidden else source
    name = visible.partition("(")[0]
    where = f"the graded cell {grade_id} in {lesson.notebook}"
    assert visible == f"{name}({exercise.name})", f"{where} should end with its check alone"
    if draw:
        wanted = f"from course_utils.grading.hidden import {grade_id} as {name}"
        assert hidden, f"{where} should begin with a hidden line: {wanted}"
        assert hidden.groups() == (grade_id, name), f"{where} should import: {wanted}"
    cells = lesson.code_cells()
    imports = re.findall(r"from (course_utils\.checks\.\w+) import", "\n".join(cells))
    found = [getattr(importlib.import_module(module), name, None) for module in imports]
    assert check in found, f"{where} calls {name}, which is not the check of its part"
