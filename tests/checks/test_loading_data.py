"""What the checks on loading data say beside what the exercises' own answers already prove."""

from typing import Any

import numpy as np
import pytest
from sklearn.model_selection import train_test_split

from course_utils.checks.loading_data import (
    check_brighten_limits,
    check_brighten_range,
    check_hold_out_classes,
    check_hold_out_pairs,
)
from course_utils.checks.outcome import CheckError


def test_brightening_with_other_dtypes_earns_the_limits_but_not_the_range() -> None:
    def brighten(images: Any, amount: int) -> Any:
        return np.clip(images + float(amount), 0, 255)

    check_brighten_limits(brighten)
    with pytest.raises(CheckError, match=r"expected: dtype uint8\n +received: float64"):
        check_brighten_range(brighten)


def test_an_unstratified_split_earns_the_pairs_but_not_the_classes() -> None:
    def hold_out(images: Any, labels: Any, fraction: float, seed: int) -> Any:
        return train_test_split(images, labels, test_size=fraction, random_state=seed)

    check_hold_out_pairs(hold_out)
    with pytest.raises(CheckError, match="not stratified"):
        check_hold_out_classes(hold_out)


def test_a_class_that_is_not_held_out_at_all_is_named() -> None:
    with pytest.raises(CheckError, match="Class 0 is not held out at all"):
        check_hold_out_classes(
            lambda images, labels, *_: (images[:-10], images[-10:], labels[:-10], labels[-10:])
        )


def test_a_split_is_asked_again_with_its_seed_and_with_three_others() -> None:
    seeds = []

    def hold_out(images: Any, labels: Any, fraction: float, seed: int) -> Any:
        seeds.append(seed)
        return train_test_split(
            images, labels, test_size=fraction, stratify=labels, random_state=seed
        )

    check_hold_out_pairs(hold_out)
    assert seeds == [48, 48, 49, 50, 51]
