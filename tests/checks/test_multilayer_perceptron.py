"""What the checks on the multilayer perceptron say where answers.py does not reach."""

import numpy as np
import pytest

from course_utils.checks import CheckError
from course_utils.checks.multilayer_perceptron import (
    check_count_parameters,
    check_dense_shape,
    check_forward,
    check_merge_layers_weights,
    check_weighted_sum,
)


def test_a_sum_that_is_off_for_no_known_reason_shows_expected_and_received() -> None:
    with pytest.raises(CheckError, match=r"expected: 6\.5\n  received: 6\.25$"):
        check_weighted_sum(lambda inputs, weights, bias: 6.25)


def test_a_count_as_a_float_is_a_count() -> None:
    check_count_parameters(lambda sizes: 12.0, [([2, 2, 2], 12)])


def test_a_large_count_that_is_off_by_one_is_refused() -> None:
    with pytest.raises(CheckError, match=r"expected: 118282\n  received: 118283"):
        check_count_parameters(lambda sizes: 118_283, [([784, 128, 128, 10], 118_282)])


def test_one_array_in_place_of_two_is_named() -> None:
    with pytest.raises(CheckError, match="expected two results, weights and biases"):
        check_merge_layers_weights(lambda *arguments: arguments[0])


def test_a_wrong_shape_shows_both_shapes() -> None:
    with pytest.raises(CheckError, match=r"expected: shape \(2, 4\)\n  received: shape \(2, 3\)"):
        check_dense_shape(lambda inputs, weights, biases: np.ones((2, 3)))


def test_a_hard_coded_count_that_looks_like_a_slip_hears_of_both() -> None:
    with pytest.raises(CheckError, match="hard-coded.*You counted neurons"):
        check_count_parameters(lambda sizes: 37, [([25, 12], 312)])


def test_layers_are_shown_as_tables_of_numbers() -> None:
    with pytest.raises(CheckError, match=r"layers=\[\(\[\[1\., 2\., 2\.\], \[0"):
        check_forward(lambda inputs, layers: inputs)
