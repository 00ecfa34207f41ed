"""What beginners hear whose mistakes nobody here had foreseen."""

import pytest

from benchmarks.beginners import (
    CAUSE,
    FACT,
    MISLED,
    Hearing,
    Mistake,
    hear,
    is_in_keras,
    judgements,
    mistakes,
    share,
)

#: Those in Keras take seconds each: `python -m benchmarks beginners` hands them all in.
QUICK = [one for one in mistakes() if not is_in_keras(one)]
HEARD: dict[str, Hearing] = {}


def heard(one: Mistake) -> Hearing:
    if one.name not in HEARD:
        HEARD[one.name] = hear(one)
    return HEARD[one.name]


@pytest.mark.parametrize("one", QUICK, ids=lambda one: one.name)
def test_a_beginners_mistake_loses_marks(one: Mistake) -> None:
    outcome = heard(one).outcome
    assert outcome.earned < outcome.possible


@pytest.mark.parametrize("one", QUICK, ids=lambda one: one.name)
def test_a_beginners_mistake_hears_what_it_heard_when_it_was_judged(one: Mistake) -> None:
    found = heard(one)
    assert found.told, (
        f"{one.name} now hears: {found.outcome.message}\n"
        "Judge it anew, and write that into benchmarks/beginners/heard.toml."
    )


def test_every_mistake_has_been_judged_and_each_stands_once() -> None:
    names = [one.name for one in mistakes()]
    assert sorted(names) == sorted(judgements())


def test_two_thirds_hear_their_cause_and_most_of_the_others_a_fact() -> None:
    told = [heard(one) for one in QUICK]
    assert share(told, CAUSE) >= 0.65
    assert share(told, CAUSE, FACT) >= 0.85
    assert share(told, MISLED) <= 0.01
