"""What the visible checks of the exercises on the multilayer perceptron say."""

from collections.abc import Callable, Sequence
from typing import Any

from course_utils.checks import _multilayer_perceptron_samples as samples
from course_utils.checks import _multilayer_perceptron_slips as slips
from course_utils.checks._forms import expect_pair, one_number, one_row
from course_utils.checks._slips import EXACT, likely
from course_utils.checks.outcome import call, passed, show
from course_utils.checks.results import expect_result, expect_shape

Answer = Callable[..., Any]
Cases = Sequence[samples.Case] | None

_MERGED = "merge_layers must return two arrays, weights and biases"
_SHAPES = {
    "(?i)matmul|not aligned": "A matrix product fits where the last length of the left table is "
    "the first length of the right one. Write down the shapes: which table has to stand on the "
    "left, and is none to be turned?",
    "broadcast": "Two shapes do not fit place by place. Write down the shape of each.",
}


def check_weighted_sum(function: Answer, cases: Cases = None) -> None:
    """Check the weighted sum and bias of one neuron.

    Parameters
    ----------
    function : callable
        The learner's ``weighted_sum(inputs, weights, bias)``.
    cases : list of (inputs, weights, bias, expected), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If the number is another; the message names the likely slip.
    """
    for inputs, weights, bias, expected in cases or samples.WEIGHTED_SUM:
        received = one_number(call(function, inputs, weights, bias))
        given = f"inputs {show(inputs.tolist())}, weights {show(weights.tolist())}, bias {bias:g}"
        known = slips.weighted_sum_slips(inputs, weights, bias)
        expect_result("weighted_sum", received, expected, given, known)
    passed("weighted_sum", cases)


def check_dense_shape(function: Answer, cases: Cases = None) -> None:
    """Check that a layer gives a row for each example and a column for each neuron.

    Parameters
    ----------
    function : callable
        The learner's ``dense(inputs, weights, biases)``.
    cases : list of (inputs, weights, biases, expected), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If the shape is another; the message names the likely slip.
    """
    for inputs, weights, biases, expected in cases or samples.DENSE:
        received = call(function, inputs, weights, biases, hints=_SHAPES)
        hint = likely(received, slips.dense_slips(inputs, weights, biases))
        general = "The batch keeps its rows; each neuron gives one column."
        expect_shape("dense", received, expected.shape, hint or general)
    passed("dense (the shape)", cases)


def check_dense_values(function: Answer, cases: Cases = None) -> None:
    """Check what a layer makes of a batch.

    Parameters
    ----------
    function : callable
        The learner's ``dense(inputs, weights, biases)``.
    cases : list of (inputs, weights, biases, expected), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If a value is another; the message names the likely slip.
    """
    for inputs, weights, biases, expected in cases or samples.DENSE:
        received = call(function, inputs, weights, biases, hints=_SHAPES)
        given = f"inputs {show(inputs)}, weights {show(weights)}"
        known = slips.dense_slips(inputs, weights, biases)
        expect_result("dense", received, expected, given, known)
    passed("dense (the values)", cases)


def check_count_parameters(function: Answer, cases: Cases = None) -> None:
    """Check the number of weights and biases of a whole network.

    Parameters
    ----------
    function : callable
        The learner's ``count_parameters(sizes)``.
    cases : list of (sizes, expected), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If the number is another; the message names the likely slip.
    """
    for sizes, expected in cases or samples.COUNT_PARAMETERS:
        received = call(function, sizes)
        known = slips.count_slips(sizes)
        given, fresh = f"sizes {sizes}", cases is not None
        expect_result("count_parameters", received, expected, given, known, EXACT, fresh=fresh)
    passed("count_parameters", cases)


def check_merge_layers_weights(function: Answer, cases: Cases = None) -> None:
    """Check the weights of the one layer that does the work of two.

    Parameters
    ----------
    function : callable
        The learner's ``merge_layers(first_weights, first_biases, second_weights,
        second_biases)``.
    cases : list of (four arguments, expected weights, expected biases), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If a weight is another; the message names the likely slip.
    """
    for case in cases or samples.MERGE_LAYERS:
        received, _ = expect_pair(call(function, *case[:4], hints=_SHAPES), _MERGED)
        known = slips.merged_weights_slips(case)
        expect_result("The weights of merge_layers", received, case[4], _weights(case), known)
    passed("merge_layers (the weights)", cases)


def check_merge_layers_biases(function: Answer, cases: Cases = None) -> None:
    """Check the biases of the one layer that does the work of two.

    Parameters
    ----------
    function : callable
        The learner's ``merge_layers(first_weights, first_biases, second_weights,
        second_biases)``.
    cases : list of (four arguments, expected weights, expected biases), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If a bias is another; the message names the likely slip.
    """
    for case in cases or samples.MERGE_LAYERS:
        _, received = expect_pair(call(function, *case[:4], hints=_SHAPES), _MERGED)
        given = f"biases {show(case[1].tolist())} and {show(case[3].tolist())}"
        known = slips.merged_biases_slips(case)
        expect_result("The biases of merge_layers", one_row(received), case[5], given, known)
    passed("merge_layers (the biases)", cases)


def check_forward(function: Answer, cases: Cases = None) -> None:
    """Check what leaves a network with ReLU between its layers.

    Parameters
    ----------
    function : callable
        The learner's ``forward(inputs, layers)``.
    cases : list of (inputs, layers, expected), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If a value is another; the message names the likely slip.
    """
    for inputs, layers, expected in cases or samples.FORWARD:
        received = call(function, inputs, layers, hints=_SHAPES)
        n = len(layers)
        given = f"inputs {show(inputs)} and {n} layer{'' if n == 1 else 's'}"
        expect_result("forward", received, expected, given, slips.forward_slips(inputs, layers))
    passed("forward", cases)


def _weights(case: samples.Case) -> str:
    """Say which weights are to be merged."""
    return f"weights {show(case[0])} and {show(case[2])}"
