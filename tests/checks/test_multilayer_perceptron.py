"""What the checks on the multilayer perceptron say where answers.py does not reach."""

import pytest

from course_utils.checks import CheckError
from course_utils.checks.multilayer_perceptron import (
    check_forward,
    check_merge_layers_weights,
)


def test_one_array_in_place_of_two_is_named() -> None:
    with pytest.raises(CheckError, match="expected two results, weights and biases"):
        check_merge_layers_weights(lambda *arguments: arguments[0])


def test_layers_are_shown_as_tables_of_numbers() -> None:
    with pytest.raises(CheckError, match=r"layers=\[\(\[\[\d"):
        check_forward(lambda inputs, layers: inputs)
