"""Each exercise's right answers earn full marks; each wrong one hears its misconception named."""

from typing import Any

import numpy as np
import pytest
from course_exercises import EXERCISES, LESSONS, PARTS, label

from course_utils.checks.asking import Answer, Foreign, plain
from course_utils.grading.exercise import Exercise, Slip, WrongAnswer
from course_utils.grading.trial import Lesson

RIGHT = [(*pair, answer) for pair in EXERCISES for answer in pair[1].right_answers]
WRONG = [(*pair, wrong) for pair in EXERCISES for wrong in pair[1].wrong_answers]
SLIPS = [(*pair, slip) for pair in EXERCISES for slip in pair[1].slips()]


@pytest.fixture
def rng() -> np.random.Generator:
    """Hidden cases are fresh for students; here a failure must be there to look into."""
    return np.random.default_rng(0)


def is_plain(value: Any) -> bool:
    """Whether another process could be sent this value."""
    if isinstance(value, list | tuple):
        return all(map(is_plain, value))
    if isinstance(value, dict):
        return all(map(is_plain, value.values()))
    return not isinstance(plain(value), Foreign)


@pytest.mark.parametrize(("lesson", "exercise", "answer"), RIGHT, ids=label)
def test_a_right_answer_earns_full_marks(
    lesson: Lesson, exercise: Exercise, answer: Any, rng: np.random.Generator
) -> None:
    outcome = lesson.try_answer(exercise, answer, rng)
    assert outcome.message == ""
    assert outcome.earned == outcome.possible > 0


@pytest.mark.parametrize(("lesson", "exercise", "wrong"), WRONG, ids=label)
def test_a_wrong_answer_loses_marks_and_hears_why(
    lesson: Lesson, exercise: Exercise, wrong: WrongAnswer, rng: np.random.Generator
) -> None:
    outcome = lesson.try_answer(exercise, wrong.answer, rng)
    assert outcome.earned < outcome.possible
    assert wrong.says in outcome.message


@pytest.mark.parametrize(("lesson", "exercise", "slip"), SLIPS, ids=label)
def test_a_slip_loses_marks_and_hears_its_own_name(
    lesson: Lesson, exercise: Exercise, slip: Slip, rng: np.random.Generator
) -> None:
    outcome = lesson.try_answer(exercise, slip, rng)
    assert outcome.earned < outcome.possible, f"no case of {exercise.name} tells it from the answer"
    assert slip.name in outcome.message


@pytest.mark.parametrize(("lesson", "exercise"), EXERCISES, ids=label)
def test_an_exercise_has_two_right_answers_and_two_that_are_wrong(
    lesson: Lesson, exercise: Exercise
) -> None:
    for kind, kept in (("right", exercise.right_answers), ("wrong", exercise.wrong_answers)):
        assert len(kept) >= 2, f"{lesson.answers}: {exercise.name} needs two {kind} answers"
    wrong = {answer.misconception for answer in exercise.wrong_answers}
    names = wrong | {slip.name for slip in exercise.slips()}
    assert len(names) >= 3, f"{exercise.name} needs three misconceptions, slips included"


@pytest.mark.parametrize(("lesson", "exercise"), EXERCISES, ids=label)
def test_a_misconception_stands_once(lesson: Lesson, exercise: Exercise) -> None:
    names = [wrong.misconception for wrong in exercise.wrong_answers]
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize(("lesson", "exercise", "grade_id"), PARTS, ids=label)
def test_cases_and_expected_results_are_plain_data(
    lesson: Lesson, exercise: Exercise, grade_id: str, rng: np.random.Generator
) -> None:
    check, _ = exercise.parts[grade_id]
    for case in [*check.cases, *exercise.hidden_cases(grade_id, rng)]:
        assert is_plain(list(case))


@pytest.mark.parametrize(("lesson", "exercise", "grade_id"), PARTS, ids=label)
def test_the_expected_results_of_visible_cases_are_the_references(
    lesson: Lesson, exercise: Exercise, grade_id: str
) -> None:
    check, draw = exercise.parts[grade_id]
    if not draw or exercise.expect:
        pytest.skip("what is expected is not what the reference returns")
    outcome = check.examine(lambda arguments: Answer(plain(exercise.reference(*arguments))))
    assert outcome.message == ""


def test_every_lesson_has_exercises() -> None:
    assert [lesson.name for lesson in LESSONS if not lesson.exercises] == []
