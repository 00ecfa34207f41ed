"""Each exercise's right answers earn full marks; each wrong one hears its misconception named."""

import warnings
from typing import Any

import numpy as np
import pytest
from course_exercises import EXERCISES, LESSONS, PARTS, label

from course_utils.checks.asking import Answer, Foreign, plain
from course_utils.grading.exercise import Exercise, Slip, WrongAnswer
from course_utils.grading.trial import Lesson

#: The capstone's look at what the learner has planned and done, of which no other can be drawn.
WITHOUT_HIDDEN_CASES = {"my_plan_check", "my_log_rows", "my_log_choice", "my_log_model"}
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
    assert outcome.message == "", f"{lesson.answers}: {label(answer)} should earn full marks"
    assert outcome.earned == outcome.possible > 0


@pytest.mark.parametrize(("lesson", "exercise", "wrong"), WRONG, ids=label)
def test_a_wrong_answer_loses_marks_and_hears_why(
    lesson: Lesson, exercise: Exercise, wrong: WrongAnswer, rng: np.random.Generator
) -> None:
    outcome = lesson.try_answer(exercise, wrong.answer, rng)
    where = f"{lesson.answers}: {wrong.misconception!r}"
    assert outcome.earned < outcome.possible, f"{where} should lose marks"
    assert wrong.says in outcome.message, f"{where} should hear {wrong.says!r}"


@pytest.mark.parametrize(("lesson", "exercise", "slip"), SLIPS, ids=label)
def test_a_slip_loses_marks_and_hears_its_own_name(
    lesson: Lesson, exercise: Exercise, slip: Slip, rng: np.random.Generator
) -> None:
    outcome = lesson.try_answer(exercise, slip, rng)
    where = f"the slip {slip.name!r} of {exercise.name}, in the check of {lesson.name}"
    assert outcome.earned < outcome.possible, f"{where}: no case tells it from a right answer"
    assert slip.name in outcome.message, f"{where}: another slip gives the same in every case"


@pytest.mark.parametrize(("lesson", "exercise"), EXERCISES, ids=label)
def test_an_exercise_has_two_right_answers_and_two_that_are_wrong(
    lesson: Lesson, exercise: Exercise
) -> None:
    for kind, kept in (("right", exercise.right_answers), ("wrong", exercise.wrong_answers)):
        assert len(kept) >= 2, f"{lesson.answers}: {exercise.name} needs two {kind} answers"
    wrong = {answer.misconception for answer in exercise.wrong_answers}
    names = wrong | {slip.name for slip in exercise.slips()}
    assert len(names) >= 3, (
        f"{exercise.name} needs three misconceptions: wrong answers in {lesson.answers}, or slips "
        "that are handed to its Check"
    )


@pytest.mark.parametrize(("lesson", "exercise", "grade_id"), PARTS, ids=label)
def test_a_part_has_visible_cases_and_other_hidden_ones(
    lesson: Lesson, exercise: Exercise, grade_id: str, rng: np.random.Generator
) -> None:
    check, draw = exercise.parts[grade_id]
    assert len(check.cases) > 0, f"the check of {grade_id} in {lesson.name} has no visible cases"
    if grade_id in WITHOUT_HIDDEN_CASES:
        return
    assert draw, f"{lesson.answers}: {grade_id} has no draw of hidden cases"
    visible = {repr(list(check.arguments(case))) for case in check.cases}
    hidden = {repr(list(check.arguments(case))) for case in exercise.hidden_cases(grade_id, rng)}
    assert hidden - visible, f"{lesson.answers}: the draw of {grade_id} yields no new case"


@pytest.mark.parametrize(("lesson", "exercise"), EXERCISES, ids=label)
def test_a_right_answer_is_safe_from_what_the_student_told_numpy(
    lesson: Lesson, exercise: Exercise, rng: np.random.Generator
) -> None:
    with np.errstate(all="raise"), warnings.catch_warnings():
        warnings.simplefilter("error")
        assert lesson.try_answer(exercise, exercise.right_answers[0], rng).message == ""


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
    assert outcome.message == "", (
        f"a visible case of {grade_id} expects what the reference in {lesson.answers} does not give"
    )


def test_every_lesson_has_exercises() -> None:
    assert [lesson.name for lesson in LESSONS if not lesson.exercises] == []
