"""The check of a learner's own plan."""

import re
from typing import Any

import numpy as np

from course_utils.checks.check import Check
from course_utils.checks.forms import objection
from course_utils.checks.outcome import CheckError
from course_utils.checks.showing import show

_PLAN = ("data", "baseline", "target", "hypothesis", "max_parameters", "max_cpu_seconds")
_SHIPPED = ("mnist", "fashion_mnist")
_LEAST_WORDS = 5

_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
    "hundred half thirds? quarters? tenths?"
)
_NUMBER = rf"(?:\d[\d.,_]*|\.\d+|\b(?:(?:{'|'.join(_WORDS.split())})\b[\s-]?)+)"
#: How a sentence promises a figure: an accuracy, a limit, or a comparison. The number of layers or
#: of epochs says only what will be tried.
_PROMISES = (
    r"(?<![\d.,])[01]?[.,]\d+(?![\d,])",  # 0.92
    rf"{_NUMBER}\s*(?:%|per\s?cent|percent)",
    rf"{_NUMBER}\s*(?:times\s+)?(?:/|of|in|out\s+of)\s*(?:all\s+|every\s+|the\s+)?{_NUMBER}",
    r"\b(?:half|thirds?|quarters?|tenths?)\b",
    r"\bthan\b|\btwice\b|\bbeats?\b",
    rf"\b(?:above|about|around|at|below|exceeds?|least|most|nearly|over|roughly|to|under|within)"
    rf"\s+{_NUMBER}",
    rf"\b(?:achiev|get|reach|scor)\w*\s+(?:(?!by|in|on|with)[^\W\d]+\s+){{0,4}}{_NUMBER}",
)


def _judge(plan: Any) -> None:
    """Demand that a plan is complete, and that its hypothesis can turn out to be wrong."""
    if not isinstance(plan, dict):
        raise CheckError(f"expected a dict, received {show(plan)}.")
    if missing := [name for name in _PLAN if name not in plan]:
        raise CheckError(f"{', '.join(missing)} missing. Compare with the example.")
    data, words = (plan[name].strip() if isinstance(plan[name], str) else ""
                   for name in ("data", "hypothesis"))  # fmt: skip
    if not data:
        raise CheckError(
            f"data is {show(plan['data'])}. Write the name of the data set or of the folder, in "
            "quotes: the log keeps words, not pictures."
        )
    baseline, target = (_share(name, plan[name]) for name in ("baseline", "target"))
    for name in ("max_parameters", "max_cpu_seconds"):
        _require_budget(name, plan[name])
    shipped = re.sub(r"[^a-z]+", "_", data.lower())
    faults = [
        (shipped in _SHIPPED and not 0.09 <= baseline <= 0.12,
         f"the baseline is {baseline}. In {shipped} all ten classes are about equally "
         "frequent, so giving the same answer every time is right about once in ten. The baseline "
         "is what you reach without any network; your first network is an experiment."),
        (target <= baseline,
         f"the target {target} is no more than the baseline {baseline}. Giving the same answer "
         "every time reaches that. Whether a figure is good depends on the baseline."),
        (len(words.split()) < _LEAST_WORDS,
         f"the hypothesis is {show(plan['hypothesis'])}. Write a whole sentence, of at least "
         f"{_LEAST_WORDS} words: which network reaches what, and within which budget?"),
        (words.startswith("A dense network with 16 hidden neurons"),
         "that is the example's hypothesis. State your own."),
        (words.endswith("?"),
         "the hypothesis is a question. A question cannot turn out to be wrong. State what you "
         "expect."),
        (not re.search(_NUMBER, words, re.IGNORECASE),
         "the hypothesis names no number. Whatever comes out would then agree with it. "
         "State a figure that you expect, so that an experiment can refute it."),
        (not any(re.search(promise, words, re.IGNORECASE) for promise in _PROMISES),
         "the hypothesis has a number in it, but which result would show it to be wrong? How many "
         "layers or epochs there are says what you will try. State the figure that you expect to "
         "come out as well."),
    ]  # fmt: skip
    for is_there, said in faults:
        if is_there:
            raise CheckError(said)


def _share(name: str, value: Any) -> float:
    """Demand a share from 0 to 1."""
    share = _number(value)
    if share is None:
        raise CheckError(f"{name} is {show(value)}. A number between 0 and 1 is needed.")
    if not 0 < share <= 1:
        slip = " Is it in per cent?" if 1 < share <= 100 else ""
        raise CheckError(f"{name} is {show(value)}. An accuracy lies between 0 and 1.{slip}")
    return share


def _require_budget(name: str, value: Any) -> None:
    """Demand a limit that something could exceed."""
    limit = _number(value)
    if limit is None or not limit > 0:
        raise CheckError(f"{name} is {show(value)}. A budget is a number above 0.")
    if limit == np.inf:
        raise CheckError(
            f"{name} is {show(value)}. A budget that nothing exceeds rules nothing out. How much "
            "do you want to spend?"
        )
    if name == "max_parameters" and not isinstance(value, int | np.integer):
        raise CheckError(
            f"{name} is {show(value)}. Parameters are counted, and the log takes a whole number "
            "alone: write digits, without a point or an exponent."
        )


def _number(value: Any) -> float | None:
    """Read a single real number, or None if it is something else."""
    is_number = isinstance(value, int | float | np.integer | np.floating)
    if not is_number or isinstance(value, bool | np.timedelta64):
        return None
    try:
        return float(value)
    except OverflowError:
        return np.inf if value > 0 else -np.inf


check_my_plan = Check(
    "my_plan()",
    [()],
    demand=objection(_judge),
    compares=False,
    allows=("datasets.",),  # a plan may measure its baseline
)
