"""The further cases are those that the right answers of today give, and keep the contract."""

import itertools
import json
import re
from typing import Any

import numpy as np
import pytest
from course_exercises import COURSE, EXERCISES, PARTS, label

from course_utils.checks.check import Check
from course_utils.checks.comparing import alike, is_numeric
from course_utils.checks.further import written
from course_utils.grading.exercise import Exercise
from course_utils.grading.further_cases import FOLDER, draw_further, has_further
from course_utils.grading.trial import Lesson

FURTHER = [(lesson, exercise, of) for lesson, exercise, of in PARTS if has_further(exercise, of)]
#: Each has its near misses found anew in seconds; the rest is left to `course cases`.
QUICK = {"count_pixels_check", "output_size_check"}


def numbers(value: Any) -> Any:
    """Leave of what JSON holds what may differ between machines by a rounding."""
    if isinstance(value, dict):
        return [numbers(one) for one in value.values()]
    return [numbers(one) for one in value] if isinstance(value, list) else value


def flat(value: Any) -> list[Any]:
    return [x for one in value for x in flat(one)] if isinstance(value, list) else [value]


@pytest.mark.parametrize(("lesson", "exercise", "grade_id"), FURTHER, ids=label)
def test_the_file_holds_what_would_be_drawn_today(
    lesson: Lesson, exercise: Exercise, grade_id: str
) -> None:
    check, _ = exercise.parts[grade_id]
    path = COURSE / FOLDER / f"{exercise.name}.json"
    kept = json.loads(path.read_text(encoding="utf-8"))[check.part]
    drawn = written(draw_further(exercise, grade_id, near_misses=grade_id in QUICK))
    for what, value in drawn.items():
        if value:
            pairs = zip(flat(numbers(kept[what])), flat(numbers(value)), strict=True)
            assert all(
                one == other or (one != one and other != other) or np.isclose(one, other, 1e-6)
                for one, other in pairs
            ), f"{path.name} is not of today: run `course cases {lesson.name}`"


@pytest.mark.parametrize(("lesson", "exercise", "grade_id"), FURTHER, ids=label)
def test_a_check_asks_at_least_ten_further_cases(
    lesson: Lesson, exercise: Exercise, grade_id: str
) -> None:
    assert len(exercise.parts[grade_id][0].further.cases) >= 10


@pytest.mark.parametrize(("lesson", "exercise", "grade_id"), FURTHER, ids=label)
def test_no_near_miss_uses_a_number_where_an_array_belongs(
    lesson: Lesson, exercise: Exercise, grade_id: str
) -> None:
    check, _ = exercise.parts[grade_id]
    forms = {
        name: np.ndim(value) if is_numeric(value) else type(value)
        for name, value in zip(check.parameters, check.cases[0], strict=False)
    }
    for near in check.further.near_misses:
        if found := re.fullmatch(r"uses `(\w+)` where `(\w+)` belongs", near.says):
            one, other = found.groups()
            assert forms.get(one) == forms.get(other), near.says


PROMISED = [(lesson, exercise, of) for lesson, exercise, of in FURTHER if of in exercise.promises]


@pytest.mark.parametrize(("lesson", "exercise", "grade_id"), PROMISED, ids=label)
def test_a_further_case_is_one_that_the_task_promises(
    lesson: Lesson, exercise: Exercise, grade_id: str
) -> None:
    check, _ = exercise.parts[grade_id]
    promised = exercise.promises[grade_id]
    cases = [check.arguments(case) for case in check.further.cases]
    assert [case for case in cases if not promised(*case)] == []


Given = list[dict[tuple[str, int], Any]]


def lengths(arguments: Any) -> dict[tuple[int, int], int]:
    """Give the size of each axis of each argument."""
    return {
        (place, axis): size
        for place, value in enumerate(arguments)
        if is_numeric(value)
        for axis, size in enumerate(np.shape(value))
    }


@pytest.mark.parametrize(("lesson", "exercise", "grade_id"), FURTHER, ids=label)
def test_what_belongs_together_is_equally_long(
    lesson: Lesson, exercise: Exercise, grade_id: str
) -> None:
    check, _ = exercise.parts[grade_id]
    drawn = exercise.hidden_cases(grade_id, np.random.default_rng(1))
    sizes = [lengths(check.arguments(case)) for case in drawn]
    together = [
        (one, other)
        for one, other in itertools.combinations(sizes[0], 2)
        if one[0] != other[0] and all(of.get(one) == of.get(other) is not None for of in sizes)
    ]
    for case in check.further.cases:
        now = lengths(check.arguments(case))
        assert all(now.get(one) == now.get(other) for one, other in together), case


def slips_of(check: Check) -> Given:
    """List what each slip gives in each case."""
    return [check.slips_of(case) for case in [*check.cases, *check.further.cases]]


def are_one(given: Given, one: tuple[str, int], other: tuple[str, int], tolerance: float) -> bool:
    """Whether two slips give the same in all cases in which they give anything."""
    return all(
        alike(each[one], each[other], tolerance)
        if one in each and other in each
        else one not in each and other not in each
        for each in given
    )


@pytest.mark.parametrize(("lesson", "exercise"), EXERCISES, ids=label)
def test_the_cases_tell_each_slip_from_every_other(lesson: Lesson, exercise: Exercise) -> None:
    by_slips: dict[Any, list[tuple[Given, float]]] = {}
    for check, _ in exercise.parts.values():
        if check.slips and check.further.cases:
            by_slips.setdefault(check.slips, []).append((slips_of(check), check.tolerance))
    for parts in by_slips.values():  # what two parts share, one of them has to tell apart
        keys = dict.fromkeys(key for given, _ in parts for each in given for key in each)
        pairs = [
            (one[0], other[0])
            for one, other in itertools.combinations(keys, 2)
            if one[0] != other[0]
            and all(are_one(given, one, other, tolerance) for given, tolerance in parts)
        ]
        assert pairs == []
