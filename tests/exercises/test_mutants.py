"""No right answer with one edit earns full marks if it is wrong, or hears a cause that is not its.

A sample of the mutants of each exercise that do without Keras and scikit-learn; ``python -m
benchmarks mutants`` tries them all.
"""

import zlib

import pytest
from course_exercises import EXERCISES, label

from benchmarks.mutants import EQUIVALENT, survives
from course_utils.grading.exercise import Exercise
from course_utils.grading.fates import Fate, Trial
from course_utils.grading.mutants import Mutant
from course_utils.grading.trial import Lesson

pytestmark = pytest.mark.slow

#: Mutants of an exercise, and fresh inputs that say whether one is wrong.
MOST, N_FRESH = 12, 40
IN_NUMPY = [pair for pair in EXERCISES if not Trial(pair[1]).in_keras]


@pytest.fixture(scope="module")
def fates() -> dict[str, list[Fate]]:
    """What became of each exercise's sample, once it is known."""
    return {}


def tried(exercise: Exercise, known: dict[str, list[Fate]]) -> list[Fate]:
    if exercise.name not in known:
        trial = Trial(exercise, n_fresh=N_FRESH)
        known[exercise.name] = [trial.fate(mutant) for mutant in sample(trial.mutants(most_slow=0))]
    return known[exercise.name]


def sample(mutants: list[Mutant]) -> list[Mutant]:
    """Choose by what they are called, so that a new answer hardly moves what is on the lists."""
    return sorted(mutants, key=lambda mutant: zlib.crc32(edit(mutant).encode()))[:MOST]


def edit(mutant: Mutant) -> str:
    return f"{mutant.answer.__name__} {mutant.says}"


@pytest.mark.parametrize(("lesson", "exercise"), IN_NUMPY, ids=label)
def test_no_wrong_mutant_earns_full_marks(
    lesson: Lesson, exercise: Exercise, fates: dict[str, list[Fate]]
) -> None:
    survivors = {
        f"{fate.mutant.answer.__name__}: {fate.mutant.changed}"
        for fate in tried(exercise, fates)
        if survives(fate)
    }
    assert survivors == set(), (
        f"{lesson.answers}: draw cases on which they are wrong, or write in "
        "benchmarks/equivalent.toml why they are right"
    )


@pytest.mark.parametrize(("lesson", "exercise"), IN_NUMPY, ids=label)
def test_no_mutant_hears_a_cause_that_is_not_its(
    lesson: Lesson, exercise: Exercise, fates: dict[str, list[Fate]]
) -> None:
    misled = {edit(fate.mutant): fate.cause for fate in tried(exercise, fates) if fate.is_false}
    assert misled == {}, (
        f"the check of {exercise.name} in {lesson.name} needs a case that tells them from the slip"
    )


def test_every_mutant_on_file_is_one_of_an_exercise_and_has_its_reason() -> None:
    known = {exercise.name: exercise for _, exercise in EXERCISES}
    for name, answers in EQUIVALENT.items():
        made = {
            (mutant.answer.__name__, mutant.changed)
            for mutant in Trial(known[name]).mutants()
            if mutant.answer.__name__ in answers
        }
        for answer, listed in answers.items():
            for changed, reason in listed:
                assert (answer, changed) in made, f"take {changed!r} off the list"
                assert reason.endswith("."), f"{changed!r} needs a sentence that says why"
