"""What the checks on loading data say beside what the exercises' own answers already prove."""

from typing import Any

import numpy as np
import pytest
from sklearn.model_selection import train_test_split

from course_utils.checks.loading_data import (
    check_add_channel_axis,
    check_brighten_limits,
    check_brighten_range,
    check_describe_images,
    check_hold_out_classes,
    check_hold_out_pairs,
)
from course_utils.checks.outcome import CheckError


def test_a_swap_is_named_even_where_the_features_are_wrong_too() -> None:
    with pytest.raises(CheckError, match="Height and width are swapped"):
        check_describe_images(lambda images: (len(images), *images.shape[:0:-1], 1))


def test_wrong_features_are_named_even_where_other_numbers_are_wrong_too() -> None:
    with pytest.raises(CheckError, match="do not add up"):
        check_describe_images(lambda images: (0, *images.shape[1:], sum(images.shape[1:])))


def test_brightening_with_other_dtypes_earns_the_limits_but_not_the_range() -> None:
    def brighten(images: Any, amount: int) -> Any:
        return np.clip(images + float(amount), 0, 255)

    check_brighten_limits(brighten)
    with pytest.raises(CheckError, match=r"expected: dtype uint8\n +received: float64"):
        check_brighten_range(brighten)


def test_an_axis_in_the_wrong_place_is_named_by_its_shape_whatever_the_pixels() -> None:
    with pytest.raises(CheckError, match="before rows and columns"):
        check_add_channel_axis(lambda images: images[:, np.newaxis] / 255)


def test_images_of_28_by_28_are_recognised_as_fixed() -> None:
    with pytest.raises(CheckError, match="28 is fixed in it"):
        check_add_channel_axis(lambda images: np.zeros((len(images), 28, 28, 1)))


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
