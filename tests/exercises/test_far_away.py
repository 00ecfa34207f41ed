"""A check judges answers from the grader's sandbox with the verdict and words of the notebook."""

from collections.abc import Iterator

import numpy as np
import pytest
from course_exercises import LESSONS, label

from course_utils.checks.check import Verdict
from course_utils.grading.marking.far_away import FarAway
from course_utils.grading.marking.grade import PRELOAD_EVERYTHING
from course_utils.grading.trial import Attempt, Lesson
from course_utils.sandbox.box import Box

pytestmark = pytest.mark.slow

#: Answers of an exercise, and of one in Keras, where each takes seconds. `course answers --sandbox`
#: asks them all.
SOME, FEW = 8, 3


@pytest.fixture(scope="module")
def box() -> Iterator[Box]:
    """The grader's sandbox."""
    with Box(preload=PRELOAD_EVERYTHING) as box:
        yield box


def attempts(lesson: Lesson) -> list[Attempt]:
    """List some of a lesson's answers: of each exercise the first right and the last wrong ones."""
    chosen = []
    for exercise in lesson.exercises:
        own = [attempt for attempt in lesson.attempts() if attempt.exercise is exercise]
        parts = [check for check, _ in exercise.parts.values()]
        in_keras = any(check.describe or check.prepare for check in parts)
        n = FEW if in_keras else SOME
        chosen += own if len(own) <= n else [own[0], *own[1 - n :]]
    return chosen


def verdicts(lesson: Lesson, attempt: Attempt, far: FarAway | None) -> list[Verdict]:
    """Judge an answer, here or far away, by visible and hidden cases of every part."""
    found = []
    for grade_id, (check, _) in attempt.exercise.parts.items():
        asker = far.asker(attempt, check) if far else lesson.asker(attempt.answer, check)
        hidden = attempt.exercise.hidden_cases(grade_id, np.random.default_rng(0))
        found += [check.examine(asker), check.examine(asker, hidden)]
    return found


#: One in NumPy and one in Keras; `make proofs` asks all lessons.
QUICK = ("02_one_hot_encoding", "04_multilayer_perceptron")


@pytest.mark.parametrize(
    "lesson",
    [
        pytest.param(lesson, marks=() if lesson.name in QUICK else pytest.mark.proof)
        for lesson in LESSONS
    ],
    ids=label,
)
def test_right_and_wrong_answers_meet_the_same_verdict(lesson: Lesson, box: Box) -> None:
    import keras  # noqa: F401  (before an answer does, while every call is watched)

    with FarAway(lesson, box) as far:
        for attempt in attempts(lesson):
            assert verdicts(lesson, attempt, far) == verdicts(lesson, attempt, None)
