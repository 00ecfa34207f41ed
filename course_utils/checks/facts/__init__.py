"""Facts about wrong results that need no foresight: true of everything that was asked.

A check knows some mistakes by name. Of all others it can still say how what came back differs from
what was expected, if it differs in one way everywhere: by a factor, in its order, for one kind of
argument. Nothing here knows an exercise, and nothing is told of which fewer than three failing
cases speak.
"""

import warnings
from collections.abc import Sequence

import numpy as np

from course_utils.checks.comparing import alike
from course_utils.checks.facts.conditions import find_condition
from course_utils.checks.facts.evenness import find_evenness, find_order
from course_utils.checks.facts.exact import find_exact
from course_utils.checks.facts.following import find_constant, find_ignored
from course_utils.checks.facts.kinds import find_confusion, find_kind, find_property, find_shape
from course_utils.checks.facts.places import are_two_numbers, find_filling, find_place
from course_utils.checks.facts.seen import FEWEST, Asked, Fact, Seen, see

_ORDINALS = ("first", "second", "third", "fourth")


def find_fact(asked: Sequence[Asked], parameters: Sequence[str]) -> Fact | None:
    """Find the most telling fact about answers some of which are wrong.

    Parameters
    ----------
    asked : sequence of Asked
        Right ones among them: they tell where the others go wrong. Pairs that differ in one
        argument alone show whether it makes a difference.
    parameters : sequence of str
        The names of the arguments.

    Returns
    -------
    Fact or None
        None if nothing is certain.

    Examples
    --------
    >>> shares = [(3, 4), (1, 5), (7, 8), (2, 3)]
    >>> asked = [Asked((n, of), n / of, 100 * n / of, False) for n, of in shares]
    >>> find_fact(asked, ["n", "of"])
    Fact(text='Your result is 100 times what is expected.', question='Is it in per cent?')
    """
    seen = [see(one, parameters) for one in asked]
    if sum(not one.is_right for one in seen) < FEWEST:
        return None
    with warnings.catch_warnings(action="ignore"), np.errstate(all="ignore"):
        return _of_results(seen)


def _of_results(seen: Sequence[Seen]) -> Fact | None:
    """Ask each stage in turn, the most telling first."""
    return (
        find_exact(seen)
        or find_kind(seen)
        or find_constant(seen)
        or find_ignored(seen)
        or _of_a_part(seen)
        or _on_a_subset(seen)
        or find_evenness(seen)
        or find_shape(seen)
        or find_property(seen)
        or find_order(seen)
    )


def _on_a_subset(seen: Sequence[Seen]) -> Fact | None:
    """Say for which arguments or at which places results are wrong, and what they are there."""
    wrong = [one for one in seen if not one.is_right]
    filling = find_filling(seen)
    if place := find_place(seen):
        return _joined(Fact(place), filling)
    if are_two_numbers(seen):  # what is wrong is the other one
        filling = None
    exact = find_exact(wrong) if len(wrong) < len(seen) else None
    details = [find_confusion(seen), exact and exact.where_wrong(), filling]
    detail = next((fact for fact in details if fact), None)
    condition = find_condition(seen)
    return _joined(Fact(condition), detail) if condition else detail


def _joined(*facts: Fact | None) -> Fact:
    told = [fact for fact in facts if fact]
    return Fact(" ".join(fact.text for fact in told), told[-1].question)


def _of_a_part(seen: Sequence[Seen]) -> Fact | None:
    """Say which of several results is wrong, if others are right everywhere, and how."""
    results = [(one.asked.expected, one.asked.received) for one in seen]
    if not all(isinstance(value, tuple | list) for pair in results for value in pair):
        return None
    counts = {len(value) for pair in results for value in pair}
    if len(counts) > 1 or not 2 <= (n_parts := counts.pop()) <= len(_ORDINALS):
        return None
    parts = [
        [
            one.with_result(y[i], x[i], alike(x[i], y[i]))
            for one, (y, x) in zip(seen, results, strict=True)
        ]
        for i in range(n_parts)
    ]
    if all(alike(x[i], y[-1 - i]) for y, x in results for i in range(n_parts)):
        return Fact("The results are right, but in reversed order.")
    wrong = [i for i, part in enumerate(parts) if sum(not one.is_right for one in part) >= FEWEST]
    right = [i for i, part in enumerate(parts) if all(one.is_right for one in part)]
    if len(wrong) != 1 or len(right) != n_parts - 1:
        return None
    place = _ORDINALS[wrong[0]]
    told = Fact(f"Only the {place} of your {n_parts} results is wrong.")
    fact = _of_results(parts[wrong[0]])
    if not fact:
        return told
    text = fact.text.replace("Your result", f"The {place} result")
    return _joined(told, Fact(text.replace("your result", f"the {place} result"), fact.question))
