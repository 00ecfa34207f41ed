"""The package does not do the exercises: none of its functions earns full marks as it is."""

import importlib
import inspect
import pkgutil
import signal
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pytest
from course_exercises import EXERCISES, label

import course_utils
from course_utils.checks.asking import Answer, ask
from course_utils.checks.check import Check
from course_utils.grading.exercise import Exercise
from course_utils.grading.trial import Lesson

pytestmark = pytest.mark.slow

ROOMS = ("datasets", "evaluation", "experiments", "explorers", "networks", "plots", "preprocessing")


def functions() -> dict[str, Callable[..., Any]]:
    """Find the package's functions of arguments, its private mathematics too."""
    found = {}
    for info in pkgutil.walk_packages(course_utils.__path__, "course_utils."):
        if info.name.split(".")[1] in (*ROOMS, "checks", "training"):
            for name, member in vars(importlib.import_module(info.name)).items():
                if inspect.isfunction(member) and member.__module__ == info.name:
                    found[f"{info.name}.{name}"] = member
    return found


FUNCTIONS = functions()


def fits(function: Callable[..., Any], check: Check) -> bool:
    """Whether a function can be called with as many arguments as an exercise's."""
    try:
        inspect.signature(function).bind(*check.parameters)
    except TypeError:
        return False
    return not function.__name__.startswith(("load_", "explore_", "plot_", "build_"))


def ask_briefly(function: Callable[..., Any], check: Check, arguments: Any) -> Answer:
    """Ask, but not for minutes: an exercise's arguments may mean a huge size to a function."""

    def stop(*_: Any) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, 1)
    try:
        return check.asker(function)(arguments)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def earns_full_marks(exercise: Exercise, function: Callable[..., Any]) -> bool:
    """Whether a function passes every part, hidden cases included.

    Nearly all fail in the first case, and are asked no other.
    """
    for grade_id, (check, _) in exercise.parts.items():
        hidden = exercise.hidden_cases(grade_id, np.random.default_rng(0))
        for cases in (check.cases[:1], None, hidden):
            if check.examine(partial(ask_briefly, function, check), cases):
                return False
    return True


@pytest.mark.parametrize(("lesson", "exercise"), EXERCISES, ids=label)
def test_no_function_of_the_package_earns_full_marks(lesson: Lesson, exercise: Exercise) -> None:
    import keras  # noqa: F401  (before a function does, which is asked for a second alone)

    check = next(iter(exercise.parts.values()))[0]
    handed_in = {name: f for name, f in FUNCTIONS.items() if fits(f, check)}
    allowed = [name for name in handed_in if any(part in name for part in check.allows)]
    earned = [name for name, f in handed_in.items() if earns_full_marks(exercise, f)]
    assert [name for name in earned if name not in allowed] == []


def test_a_line_around_a_function_of_the_package_is_recognised() -> None:
    from course_utils.preprocessing import one_hot

    answer = ask(lambda labels, n: one_hot(labels, n), [np.array([0, 1]), 2])
    assert answer.course_functions == ("course_utils.preprocessing.one_hot",)
