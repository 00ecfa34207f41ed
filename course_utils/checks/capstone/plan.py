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
_LEAST_WORDS = 8


def _judge(plan: Any) -> None:
    """Demand that a plan is complete, and that its hypothesis can turn out to be wrong."""
    if not isinstance(plan, dict):
        raise CheckError(f"expected a dict, received {show(plan)}.")
    if missing := [name for name in _PLAN if name not in plan]:
        raise CheckError(f"{', '.join(missing)} missing. Compare with the example.")
    baseline, target = (_share(name, plan[name]) for name in ("baseline", "target"))
    for name in ("max_parameters", "max_cpu_seconds"):
        if not _is_number(plan[name]) or plan[name] <= 0:
            raise CheckError(f"{name} is {show(plan[name])}. A budget is a number above 0.")
    words = plan["hypothesis"].strip() if isinstance(plan["hypothesis"], str) else ""
    faults = [
        (plan["data"] in _SHIPPED and not 0.09 <= baseline <= 0.12,
         f"the baseline is {baseline}. In {plan['data']} all ten classes are about equally "
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
        (not re.search(r"\d", words),
         "the hypothesis names no number. Whatever comes out would then agree with it. "
         "State a figure that you expect, so that an experiment can refute it."),
    ]  # fmt: skip
    for is_there, said in faults:
        if is_there:
            raise CheckError(said)


def _share(name: str, value: Any) -> float:
    """Demand a share between 0 and 1."""
    if not _is_number(value):
        raise CheckError(f"{name} is {show(value)}. A number between 0 and 1 is needed.")
    if not 0 < value < 1:
        slip = " Is it in per cent?" if value > 1 else ""
        raise CheckError(f"{name} is {value}. An accuracy lies between 0 and 1.{slip}")
    return float(value)


def _is_number(value: Any) -> bool:
    """Say whether a value is a single real number."""
    return isinstance(value, int | float | np.integer | np.floating) and not isinstance(value, bool)


check_my_plan = Check(
    "my_plan()",
    [()],
    demand=objection(_judge),
    compares=False,
    allows=("datasets.",),  # a plan may measure its baseline
)
