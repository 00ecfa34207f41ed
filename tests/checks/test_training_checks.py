"""What the checks on training say where answers.py does not reach."""

from typing import Any

import pytest

from course_utils.checks import CheckError
from course_utils.checks.training import (
    check_early_stop_best,
    check_early_stop_stopped,
)


def message(check: Any, function: Any) -> str:
    """What a learner reads."""
    with pytest.raises(CheckError) as caught:
        check(function)
    return str(caught.value)


def test_a_slip_is_named_only_if_it_explains_every_visible_answer() -> None:
    def late_in_long_lists_only(losses, patience):
        return (3, 7) if len(losses) == 8 else (1, 1)

    told = message(check_early_stop_stopped, late_in_long_lists_only)
    assert told.endswith("expected: 6\n  received: 7")


def test_a_right_best_epoch_earns_its_part_alone() -> None:
    best_of = {tuple(case[0]): case[2] for case in check_early_stop_best.cases}
    check_early_stop_best(lambda losses, patience: (best_of[tuple(losses)], 0))
