"""Each exercise's right answers earn full marks; each wrong one hears its misconception named."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from course_utils.grading.exercise import Exercise, WrongAnswer
from course_utils.grading.release import find_course
from course_utils.grading.trial import Lesson, load_lessons

COURSE = find_course(Path(__file__))
LESSONS = list(load_lessons(COURSE))
EXERCISES = [(lesson, exercise) for lesson in LESSONS for exercise in lesson.exercises]
RIGHT = [(*pair, answer) for pair in EXERCISES for answer in pair[1].right_answers]
WRONG = [(*pair, wrong) for pair in EXERCISES for wrong in pair[1].wrong_answers]
PLAIN = (np.ndarray, np.generic, int, float, str, bool, type(None))


@pytest.fixture(autouse=True)
def _the_same_random_cases_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hidden tests draw fresh cases for students; here a failure must be there to look into."""
    draw = np.random.default_rng
    monkeypatch.setattr(np.random, "default_rng", lambda seed=0: draw(seed))


def label(value: Any) -> str | None:
    """Name a case by lesson, exercise and answer."""
    names = {Lesson: "name", Exercise: "name", WrongAnswer: "misconception"}
    attribute = names.get(type(value))
    return getattr(value, attribute) if attribute else getattr(value, "__qualname__", None)


def is_plain(value: Any) -> bool:
    """Whether another process could be sent this value."""
    if isinstance(value, list | tuple):
        return all(map(is_plain, value))
    if isinstance(value, dict):
        return all(map(is_plain, [*value, *value.values()]))
    return isinstance(value, PLAIN)


@pytest.mark.parametrize(("lesson", "exercise", "answer"), RIGHT, ids=label)
def test_a_right_answer_earns_full_marks(lesson: Lesson, exercise: Exercise, answer: Any) -> None:
    outcome = lesson.try_answer(exercise, answer)
    assert outcome.message == ""
    assert outcome.earned == outcome.possible > 0


@pytest.mark.parametrize(("lesson", "exercise", "wrong"), WRONG, ids=label)
def test_a_wrong_answer_loses_marks_and_hears_why(
    lesson: Lesson, exercise: Exercise, wrong: WrongAnswer
) -> None:
    outcome = lesson.try_answer(exercise, wrong.answer)
    assert outcome.earned < outcome.possible
    assert wrong.says in outcome.message


@pytest.mark.parametrize(("lesson", "exercise"), EXERCISES, ids=label)
def test_an_exercise_has_two_right_and_three_wrong_answers(
    lesson: Lesson, exercise: Exercise
) -> None:
    assert len(exercise.right_answers) >= 2
    assert len({wrong.misconception for wrong in exercise.wrong_answers}) >= 3


@pytest.mark.parametrize(("lesson", "exercise"), EXERCISES, ids=label)
def test_cases_and_results_are_plain_data(lesson: Lesson, exercise: Exercise) -> None:
    for case in exercise.cases(np.random.default_rng(0)):
        assert is_plain(case)
        assert is_plain(exercise.reference(*case))


@pytest.mark.parametrize(("lesson", "exercise"), EXERCISES, ids=label)
def test_right_answers_agree_with_the_reference_on_the_random_cases(
    lesson: Lesson, exercise: Exercise
) -> None:
    for case in exercise.cases(np.random.default_rng(1)):
        for answer in exercise.right_answers:
            assert exercise.agree(exercise.reference(*case), answer(*case))


@pytest.mark.parametrize("lesson", LESSONS, ids=label)
def test_every_graded_cell_belongs_to_an_exercise_with_answers(lesson: Lesson) -> None:
    owned = [c.id for e in lesson.exercises for c in lesson.graded_cells(e.name)]
    assert sorted(owned) == sorted(cell.id for cell in lesson.autograded_cells())
