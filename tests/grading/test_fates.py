"""A mutant's fate on the checks: killed or not, and whether what it hears is true."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from course_utils.checks.check import Check
from course_utils.grading import fates as module
from course_utils.grading.exercise import Exercise
from course_utils.grading.fates import Fate, Trial
from course_utils.grading.mutants import Mutant, mutants


def slips(a: Any, b: Any, expected: Any) -> list[tuple[Any, ...]]:
    return [("You added them.", a + b), ("That is twice the first.", 2 * a)]


def draw(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for _ in range(5):
        yield int(rng.integers(3, 9)), int(rng.integers(10, 20))


def product(a, b):
    return a * b


CHECK = Check("product(a, b)", [(3, 2, 6), (7, 5, 35)], slips)
EXERCISE = Exercise(product, {"product_check": (CHECK, draw)})


def fate(source: str, exercise: Exercise = EXERCISE) -> Fate:
    """Try a function of two numbers, as if it were a mutant."""
    code = f"def product(a, b):\n    {source}\n"
    return Trial(exercise, n_fresh=20).fate(Mutant("is tried", code, product))


def test_a_wrong_mutant_that_is_refused_is_killed() -> None:
    found = fate("return a - b")
    assert (found.is_wrong, found.is_refused, found.survived) == (True, True, False)


def test_a_mutant_that_gives_the_same_is_equivalent() -> None:
    found = fate("return b * a")
    assert found.is_equivalent
    assert not found.hears_nothing


def test_a_wrong_mutant_that_no_case_refuses_survives() -> None:
    # Of 20 fresh inputs some have 19, of the hidden ones none.
    found = fate("return 0 if b == 19 else a * b")
    assert found.survived
    assert not found.is_equivalent


def test_a_mutant_hears_nothing_if_no_slip_gives_its_result() -> None:
    assert fate("return a * b + 100").hears_nothing


def test_a_slip_that_gives_every_wrong_result_is_true() -> None:
    found = fate("return a + b")
    assert (found.cause, found.is_false) == ("You added them.", False)


def test_a_slip_that_gives_only_what_the_check_asked_is_false() -> None:
    found = fate("return a + b if b < 10 else a - b")
    assert (found.cause, found.is_false) == ("You added them.", True)


def test_a_slip_is_false_of_a_mutant_that_stops_elsewhere() -> None:
    assert fate("return a + b if b < 10 else a[b]").is_false


def test_an_explanation_that_is_no_slip_is_not_asked_what_it_gives() -> None:
    check = replace(CHECK, explain=lambda *_: "Look again.")
    found = fate("return a - b", Exercise(product, {"product_check": (check, draw)}))
    assert (found.cause, found.is_false) == ("Look again.", False)


def test_an_endless_mutant_is_killed_after_one_time_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []
    monkeypatch.setattr(module, "LIMIT", 0.05)
    monkeypatch.setitem(product.__globals__, "calls", calls)
    assert fate("calls.append(1)\n    while True: pass").is_refused
    assert len(calls) == 1


def test_the_same_seed_draws_the_same_mutants() -> None:
    names = [[mutant.source for mutant in Trial(EXERCISE).mutants(4)] for _ in range(2)]
    assert names[0] == names[1]
    assert len(names[0]) == 4


def test_a_reference_that_is_no_whole_answer_has_no_mutants() -> None:
    part = Exercise(product, EXERCISE.parts, expect=lambda a, b: a * b)
    assert Trial(part).mutants() == []
    assert len(Trial(Exercise(product, EXERCISE.parts)).mutants()) == len(mutants(product))
