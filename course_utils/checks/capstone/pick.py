"""The checks of the choice: the best validation accuracy within the budget."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from course_utils.checks.check import Check
from course_utils.checks.comparing import Slips, is_numeric
from course_utils.checks.forms import one_number
from course_utils.checks.showing import show
from course_utils.experiments import Row


def _experiment(
    number: int,
    validation_accuracy: float,
    parameters: int = 60_000,
    cpu_seconds: float = 100.0,
    **others: float,
) -> Row:
    """Write a row as a log has it; what counts comes first, because messages show the beginning."""
    return {
        "number": number,
        "validation_accuracy": validation_accuracy,
        "parameters": parameters,
        "cpu_seconds": cpu_seconds,
        **others,
        "kind": "experiment",
        "settings": {"widths": [8 * number]},
        "seed": 0,
    }


#: rows, max_parameters, max_cpu_seconds, expected number.
_CHOICE = [
    (
        [
            _experiment(11, 0.871, 55_000, test_accuracy=0.868, training_accuracy=0.880),
            _experiment(12, 0.893, 40_000, test_accuracy=0.889, training_accuracy=0.912),
            _experiment(13, 0.904, 62_000, test_accuracy=0.897, training_accuracy=0.931),
            _experiment(14, 0.898, 58_000, test_accuracy=0.905, training_accuracy=0.922),
            _experiment(15, 0.889, 70_000, test_accuracy=0.886, training_accuracy=0.988),
            _experiment(16, 0.904, 95_000, test_accuracy=0.896, training_accuracy=0.925),
            _experiment(17, 0.842, 52_000, test_accuracy=0.840, training_accuracy=0.850),
            _experiment(18, 0.897, 99_000, test_accuracy=0.893, training_accuracy=0.915),
            _experiment(19, 0.896, 61_000, test_accuracy=0.892, training_accuracy=0.914),
        ],
        120_000,
        360,
        13,
    )
]
_BUDGET = [
    (
        [
            _experiment(20, 0.891, 70_000, 95.0),
            _experiment(21, 0.880, 50_000, 90.0),
            _experiment(22, 0.931, 400_000, 800.0),
            _experiment(23, 0.922, 90_000, 410.5),
            _experiment(24, 0.917, 150_000, 200.0),
            _experiment(25, 0.909, 120_000, 360.0),
            _experiment(26, 0.902, 80_000, 250.0),
            _experiment(27, 0.895, 85_000, 260.0),
        ],
        120_000,
        360,
        25,
    )
]


def _choice_slips(
    rows: Sequence[Row], max_parameters: float, max_seconds: float, expected: int
) -> Slips:

    def most(name: str, chosen: Sequence[Row] = rows, sign: int = 1) -> Any:
        return max(chosen, key=lambda row: sign * row[name])["number"]

    small = [row for row in rows if row["parameters"] <= max_parameters]
    short = [row for row in rows if row["cpu_seconds"] <= max_seconds]
    below = [
        row for row in rows
        if row["parameters"] < max_parameters and row["cpu_seconds"] < max_seconds
    ]  # fmt: skip
    on_a_limit = any(
        row["parameters"] == max_parameters or row["cpu_seconds"] == max_seconds for row in rows
    )
    best = next(row for row in rows if row["number"] == expected)
    accuracy = best["validation_accuracy"]
    rivals = [row for row in rows if row["validation_accuracy"] == accuracy and row is not best]
    measured = all("test_accuracy" in row for row in rows)
    return [
        ("Two experiments have the same validation accuracy. Then the one with fewer parameters is "
         "better.", *(row["number"] for row in rivals)),
        ("You chose by the test set. A test set that has helped to choose no longer tells "
         "you what to expect from new images. Choose by validation accuracy.",
         *([most("test_accuracy")] if measured else [])),
        ("You chose by training accuracy. That rewards learning by heart. Choose by validation "
         "accuracy.", *([most("training_accuracy")] if measured else [])),
        # Each of the next four only where something is over, or exactly on, a limit.
        ("You ignored the budget. An experiment over it does not count.",
         *([most("validation_accuracy")] if min(len(small), len(short)) < len(rows) else [])),
        ("You ignored the CPU seconds. Both limits hold.",
         *([most("validation_accuracy", small)] if len(short) < len(rows) else [])),
        ("You ignored the parameters. Both limits hold.",
         *([most("validation_accuracy", short)] if len(small) < len(rows) else [])),
        ("You left out an experiment that meets a limit exactly. It is still within the budget.",
         *([most("validation_accuracy", below) if below else -1] if on_a_limit else [])),
        ("You chose the lowest validation accuracy.", most("validation_accuracy", sign=-1)),
        ("You chose the most parameters. Larger is not better by itself.", most("parameters")),
        ("You chose the fewest parameters. They matter only between equal validation accuracies.",
         most("parameters", sign=-1)),
        ("That is the last experiment. The last one need not be the best.", rows[-1]["number"]),
        ("That is the first experiment.", rows[0]["number"]),
        ("That is its index in the list. Return its number.", rows.index(best)),
    ]  # fmt: skip


def _row(received: Any, *_: Any) -> str:
    if isinstance(received, dict):
        number = show(received.get("number", received))
        return f'returned the whole row of experiment {number}. Return its number: row["number"].'
    return ""


def _accuracy(received: Any, rows: Sequence[Row], *_: Any) -> str:
    accuracies = [row["validation_accuracy"] for row in rows]
    if is_numeric(received) and np.ndim(received) == 0 and received in accuracies:
        return "That is an accuracy. Return the number of the experiment."
    return ""


check_pick_best_choice = Check(
    "pick_best(rows, max_parameters, max_cpu_seconds)",
    _CHOICE,
    _choice_slips,
    part="the choice",
    form=one_number,
    demand=_row,
    explain=_accuracy,
)
check_pick_best_budget = replace(
    check_pick_best_choice, cases=_BUDGET, part="the budget", follows=check_pick_best_choice
)
