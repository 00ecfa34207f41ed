"""The check of predictions before and after: a change is noticed, rounding is none."""

from collections.abc import Callable
from typing import Any

import numpy as np

from course_utils.checks.check import Check
from course_utils.checks.comparing import Numbers, Slips, is_numeric
from course_utils.checks.outcome import CheckError
from course_utils.checks.showing import show

Rule = Callable[[Numbers, Numbers], Any]

_TOLERANCE = 1e-5

_ROWS = np.array([[0.7, 0.2, 0.1], [0.1, 0.6, 0.3], [0.2, 0.3, 0.5], [0.25, 0.25, 0.5]])
_SHARPER = _ROWS**3 / (_ROWS**3).sum(axis=1, keepdims=True)
_MOVED, _CANCELS, _NUDGED, _RISEN, _NAN = (_ROWS.copy() for _ in range(5))
_MOVED[2] = [0.1, 0.3, 0.6]
_CANCELS[0] = [0.6, 0.3, 0.1]
_NUDGED[1, 0] += 0.001
_RISEN[0, 0] += 0.1
_NAN[1, 1] = np.nan

#: Where shapes differ stands last: values are compared first.
#: before, after, whether they are the same.
_SAME = [
    (_ROWS, _ROWS.copy(), True),
    (_ROWS, _ROWS.astype(np.float32), True),
    (_ROWS, _SHARPER, False),
    (_ROWS, _MOVED, False),
    (_ROWS, _CANCELS, False),
    (_ROWS, _NUDGED, False),
    (_ROWS, _RISEN, False),
    (_RISEN, _ROWS, False),
    (_ROWS, _ROWS[::-1].copy(), False),
    (_ROWS, _NAN, False),
    (_ROWS, _ROWS[:, [1, 2, 0]].copy(), False),
    (_ROWS, _ROWS[:3].copy(), False),
    (np.repeat(_ROWS[:1], 3, axis=0), _ROWS[:1].copy(), False),
]

#: What slips about shapes would say about two arrays of predictions.
_OF_SHAPES: list[tuple[str, Rule]] = [
    ("You always say True. Look at the arrays.", lambda b, a: True),
    ("You compare shapes only. Look at the values too.", lambda b, a: b.shape == a.shape),
    ("Arrays of different shapes passed: NumPy stretches one row over all others (broadcasting). "
     "Compare the shapes first.", lambda b, a: np.allclose(b, a, rtol=0, atol=_TOLERANCE)),
    ("You compared only as many images as both have. A missing image is a difference.",
     lambda b, a: (np.abs(b[: len(a)] - a[: len(b)]) <= _TOLERANCE).all()),
]  # fmt: skip

#: What slips about values would say about two arrays of the same shape.
_OF_VALUES: list[tuple[str, Rule]] = [
    ("You always say False. Rounding in the last digits is no change.", lambda b, a: False),
    ("You demand equality in every digit. Another order of adding up changes the seventh "
     "digit: allow differences up to 0.00001.", np.array_equal),
    ("You compare the answers (argmax) only. The probabilities behind them may have changed while "
     "every answer stayed.", lambda b, a: np.array_equal(b.argmax(axis=1), a.argmax(axis=1))),
    ("You compare a mean or a sum. Changes in both directions cancel, and exchanged images leave "
     "it as it was. Compare value by value.", lambda b, a: abs(b.mean() - a.mean()) <= _TOLERANCE),
    ("One equal value is enough for you. Every value must agree.",
     lambda b, a: (np.abs(b - a) <= _TOLERANCE).any()),
    ("You look at values that fell only. Drop the signs: a value may have risen too.",
     lambda b, a: ((b - a) <= _TOLERANCE).all()),
    ("You look at values that rose only. Drop the signs: a value may have fallen too.",
     lambda b, a: ((a - b) <= _TOLERANCE).all()),
    ("A value that is not a number (nan) passed: every comparison with it is False. Ask "
     "whether all differences are small, not whether one is large.",
     lambda b, a: not (np.abs(b - a) > _TOLERANCE).any()),
    ("The order of the values got lost. Compare each image with itself, class by class.",
     lambda b, a: np.allclose(np.sort(b, None), np.sort(a, None), rtol=0, atol=_TOLERANCE)),
    *(("Your tolerance is too large: a probability that had moved passed. Allow 0.00001.",
       lambda b, a, most=most: np.allclose(b, a, rtol=0, atol=most))
      for most in (0.0011, 0.011, 0.051, 0.11, 0.21, 0.5)),
]  # fmt: skip


def _same_slips(before: Numbers, after: Numbers, expected: bool) -> Slips:
    alike = before.shape == after.shape

    def says(rule: Rule) -> bool:
        try:
            return bool(rule(before, after))
        except ValueError:  # other shapes stop it, and then it says nothing of its own
            return expected

    return [
        *((name, says(rule)) for name, rule in _OF_SHAPES),
        *((name, alike and says(rule)) for name, rule in _OF_VALUES),
        *((name, says(rule)) for name, rule in _OF_VALUES),
    ]


def _true_or_false(received: Any) -> bool:
    if is_numeric(received) and np.ndim(received) == 0 and received in (0, 1):
        return bool(received)
    slip = "Return the result of a comparison."
    if is_numeric(received) and np.ndim(received):
        slip = "An array came: ask for all of its values at once, with .all()."
    raise CheckError(f"expected True or False, received {show(received)}. {slip}")


check_same_predictions = Check(
    "same_predictions(before, after)",
    _SAME,
    _same_slips,
    form=_true_or_false,
    together=True,
    meanings={
        "broadcast": "Arrays of different shapes cannot be subtracted. They are not the same: "
        "compare the shapes first."
    },
)
