"""What the checks on activations say where answers.py does not reach."""

import numpy as np
import pytest

from course_utils.checks import CheckError
from course_utils.checks.activations import (
    check_bent_network,
    check_cross_entropy_values,
    check_softmax_stable,
    check_softmax_values,
)


def naive_softmax(logits):
    powers = np.exp(logits)
    return powers / powers.sum(axis=1, keepdims=True)


def test_the_formula_as_it_stands_earns_the_first_part_of_softmax() -> None:
    check_softmax_values(naive_softmax)


def test_the_formula_as_it_stands_does_not_earn_the_second_part() -> None:
    with pytest.raises(CheckError, match="exp of 710 or more"):
        check_softmax_stable(naive_softmax)


def test_a_loss_in_an_array_of_one_is_a_loss() -> None:
    check_cross_entropy_values(lambda z, label: [np.log(np.exp(z - z[label]).sum())])


def test_an_output_that_is_off_for_no_known_reason_shows_expected_and_received() -> None:
    with pytest.raises(CheckError, match=r"received: 3\.5\n  It returns 3\.5"):
        check_cross_entropy_values(lambda z, label: 3.5)


def test_a_relu_too_many_is_told_from_a_relu_in_the_wrong_layer() -> None:
    case = np.ones((1, 1)), np.ones((1, 1)), np.zeros(1), -np.ones(1), -np.ones(1)
    with pytest.raises(CheckError, match="ReLU to the output as well"):
        check_bent_network(lambda *arguments: np.zeros(1), [case])
