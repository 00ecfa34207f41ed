"""What the visible checks of the exercises on convolutional networks say."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from course_utils.checks import _convolutional_networks_samples as samples
from course_utils.checks import _convolutional_networks_slips as slips
from course_utils.checks._slips import EXACT, is_numeric, likely
from course_utils.checks.outcome import call, passed, show
from course_utils.checks.results import expect_result

Answer = Callable[..., Any]
Cases = Sequence[samples.Case] | None


def check_output_size(function: Answer, cases: Cases = None) -> None:
    """Check how many positions a kernel has along one side of an image.

    Parameters
    ----------
    function : callable
        The learner's ``output_size(n, kernel_size, stride, padding)``.
    cases : list of (n, kernel_size, stride, padding, expected), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If the number is another; the message names the likely slip.
    """
    for *arguments, expected in cases or samples.OUTPUT_SIZE:
        received = call(function, *arguments)
        n, kernel_size, stride, padding = arguments
        given = f"n {n}, kernel size {kernel_size}, stride {stride}, padding {padding!r}"
        known = slips.output_size_slips(*arguments)
        expect_result("output_size", received, expected, given, known, EXACT)
    passed("output_size", cases)


def check_convolve(function: Answer, cases: Cases = None) -> None:
    """Check what a kernel makes of an image, moving one pixel at a time.

    Parameters
    ----------
    function : callable
        The learner's ``convolve(image, kernel, stride)``.
    cases : list of (image, kernel, stride, expected), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If a value is another; the message names the likely slip.
    """
    _check_convolve(function, cases or samples.CONVOLVE)
    passed("convolve (with stride 1)", cases)


def check_convolve_strides(function: Answer, cases: Cases = None) -> None:
    """Check what a kernel makes of an image, moving several pixels at a time.

    Parameters
    ----------
    function : callable
        The learner's ``convolve(image, kernel, stride)``.
    cases : list of (image, kernel, stride, expected), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If a value is another; the message names the likely slip.
    """
    _check_convolve(function, cases or samples.CONVOLVE_STRIDES)
    passed("convolve (with longer steps)", cases)


def check_convolution_parameters(function: Answer, cases: Cases = None) -> None:
    """Check the number of weights and biases of a convolution.

    Parameters
    ----------
    function : callable
        The learner's ``convolution_parameters(kernel_size, n_channels, n_filters)``.
    cases : list of (kernel_size, n_channels, n_filters, expected), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If the number is another; the message names the likely slip.
    """
    for *arguments, expected in cases or samples.CONVOLUTION_PARAMETERS:
        received = call(function, *arguments)
        size, channels, filters = arguments
        given = f"kernel size {size}, {channels} channels, {filters} filters"
        known = slips.parameters_slips(*arguments)
        expect_result("convolution_parameters", received, expected, given, known, EXACT)
    passed("convolution_parameters", cases)


def check_max_pool(function: Answer, cases: Cases = None) -> None:
    """Check what max pooling makes of an image.

    Parameters
    ----------
    function : callable
        The learner's ``max_pool(image, size)``.
    cases : list of (image, size, expected), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If a value is another; the message names the likely slip.
    """
    for image, size, expected in cases or samples.MAX_POOL:
        received = call(function, image, size)
        given = f"image {show(image)} and size {size}"
        expect_result("max_pool", received, expected, given, slips.max_pool_slips(image, size))
    passed("max_pool", cases)


def check_network_parameters_convolutions(function: Answer, cases: Cases = None) -> None:
    """Check the parameters of networks that only convolve and pool.

    Parameters
    ----------
    function : callable
        The learner's ``network_parameters(input_shape, layers)``.
    cases : list of (input_shape, layers, expected), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If the number is another; the message names the likely slip.
    """
    _check_network(function, cases or samples.CONVOLUTIONS_ALONE)
    passed("network_parameters (without dense layers)", cases)


def check_network_parameters_whole(function: Answer, cases: Cases = None) -> None:
    """Check the parameters of networks from the first convolution to the last dense layer.

    Parameters
    ----------
    function : callable
        The learner's ``network_parameters(input_shape, layers)``.
    cases : list of (input_shape, layers, expected), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If the number is another; the message names the likely slip.
    """
    _check_network(function, cases or samples.WHOLE_NETWORKS)
    passed("network_parameters (whole networks)", cases)


def _check_convolve(function: Answer, cases: Sequence[samples.Case]) -> None:
    """Compare a learner's outputs with the expected ones."""
    for image, kernel, stride, expected in cases:
        received = call(function, image, kernel, stride)
        known = slips.convolve_slips(image, kernel, stride)
        given = f"image {show(image)}, kernel {show(kernel.tolist())}, stride {stride}"
        sized = is_numeric(received) and np.shape(received) == image.shape
        if sized and not likely(received, known):
            kept = "The output has the size of the image, but the kernel must lie inside the image."
            known = [*known, (kept, received)]
        expect_result("convolve", received, expected, given, known)


def _check_network(function: Answer, cases: Sequence[samples.Case]) -> None:
    """Compare a learner's counts with the expected ones."""
    for input_shape, layers, expected in cases:
        received = call(function, input_shape, layers)
        given = f"input {input_shape} and {layers}"
        known = slips.network_slips(input_shape, layers)
        expect_result("network_parameters", received, expected, given, known, EXACT)
