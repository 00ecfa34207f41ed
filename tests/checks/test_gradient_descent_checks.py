"""What the checks on gradient descent say where answers.py does not reach."""

from typing import Any

import numpy as np
import pytest

from course_utils.checks import CheckError
from course_utils.checks.gradient_descent import (
    check_make_batches_complete,
    check_make_batches_together,
    check_train_step_weights,
)
from course_utils.preprocessing import one_hot


def message(check: Any, function: Any) -> str:
    """What a learner reads."""
    with pytest.raises(CheckError) as caught:
        check(function)
    return str(caught.value)


def test_batches_with_one_label_too_few_are_told_so() -> None:
    told = message(check_make_batches_together, lambda x, y, size, order: [(x, y[1:])])
    assert "has 5 images and 4 labels" in told


def test_images_in_place_of_labels_are_told_so_once() -> None:
    def swapped(images, labels, size, order):
        return [(labels, images)]

    told = message(check_make_batches_together, swapped)
    assert "its images first, then its labels" in told
    assert "the check before this one" in message(check_make_batches_complete, swapped)


def test_a_batch_of_unequal_rows_is_told_so() -> None:
    told = message(
        check_make_batches_together, lambda images, labels, size, order: [([[1], [2, 3]], labels)]
    )
    assert "Its rows have unequal lengths" in told


def test_batches_in_another_order_show_the_first_that_differs() -> None:
    def turned(images, labels, size, order):
        places = order[::-1]
        return [(images[some], labels[some]) for some in np.split(places, range(2, len(order), 2))]

    told = message(check_make_batches_complete, turned)
    assert "in batch 0 the images [[40, 41], [10, 11]]\n  received: [[20, 21], [30, 31]]" in told


def test_the_one_hot_rows_of_a_step_may_be_the_courses_own() -> None:
    def step(inputs, labels, weights, biases, rate):
        powers = np.exp(inputs @ weights + biases)
        shares = powers / powers.sum(axis=1, keepdims=True)
        error = (shares - one_hot(labels, len(biases))) / len(inputs)
        return weights - rate * inputs.T @ error, biases - rate * error.sum(axis=0)

    check_train_step_weights(step)
