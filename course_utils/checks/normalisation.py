"""What the visible checks of the exercises on normalisation say."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_utils.checks import _normalisation_samples as samples
from course_utils.checks import _normalisation_slips as slips
from course_utils.checks._forms import expect_pair, one_number
from course_utils.checks._slips import Slips, is_numeric, likely
from course_utils.checks.outcome import CheckError, call, passed, show
from course_utils.checks.results import expect_result, expect_shape

Answer = Callable[..., Any]
Cases = Sequence[samples.Case] | None

#: What an error of ``unroll`` means; the first fits a function for images of 28 × 28 only.
_LENGTHS = {
    r"into shape .*\b784\b": "Your function is tied to 28 × 28 pixels. Take height and width from "
    "the shape of the images.",
    "into shape": "Take all three lengths from the shape of the images. They may differ.",
}
_SCALER = "fit_scaler must return two numbers, mean and std"
_PREPARED = "prepare must return two arrays, train and test"
_IN_PLACE = {
    "Cannot cast ufunc": "An operator such as /= writes into the argument, and its uint8 has no "
    "room for fractions. Give the result a name of its own."
}


def check_unroll_shape(function: Answer, cases: Cases = None) -> None:
    """Check that each image becomes one row.

    Parameters
    ----------
    function : callable
        The learner's ``unroll(images)``.
    cases : list of (images, expected), optional
        The visible sample if not given.

    Raises
    ------
    CheckError
        If the shape is another; the message names the likely slip.
    """
    for images, expected in cases or samples.UNROLL:
        received = call(function, images, hints=_LENGTHS)
        hint = likely(received, slips.unroll_slips(images))
        general = "The first axis counts images; the second has a place for each pixel."
        expect_shape("unroll", received, expected.shape, hint or general)
    passed("unroll (the shape)", cases)


def check_unroll_values(function: Answer, cases: Cases = None) -> None:
    """Check that the pixels of an image stand row by row.

    Parameters
    ----------
    function : callable
        The learner's ``unroll(images)``.
    cases : list of (images, expected), optional
        The visible sample if not given.

    Raises
    ------
    CheckError
        If a pixel is elsewhere; the message names the likely slip.
    """
    for images, expected in cases or samples.UNROLL:
        received = call(function, images, hints=_LENGTHS)
        _expect("unroll", received, expected, show(images), slips.unroll_slips(images))
    passed("unroll (the order of the pixels)", cases)


def check_to_unit(function: Answer, cases: Cases = None) -> None:
    """Check that grey values become fractions of 255, as float32.

    Parameters
    ----------
    function : callable
        The learner's ``to_unit(images)``.
    cases : list of (images, expected), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If a value or the dtype is another; the message names the likely slip.
    """
    for images, expected in cases or samples.TO_UNIT:
        received = call(function, images, hints=_IN_PLACE)
        with np.errstate(all="ignore"):
            known = slips.unit_slips(images)
        _expect("to_unit", received, expected, show(images), known, np.float32)
    passed("to_unit", cases)


def check_fit_scaler_mean(function: Answer, cases: Cases = None) -> None:
    """Check the mean that is measured.

    Parameters
    ----------
    function : callable
        The learner's ``fit_scaler(train_images)``.
    cases : list of (images, mean, std), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If there are not two numbers, or the mean is another; the message names the likely slip.
    """
    for images, mean, std in cases or samples.FIT_SCALER:
        received, _ = _pair(call(function, images), images)
        known = slips.mean_slips(images, mean, std)
        _expect("The mean of fit_scaler", received, mean, show(images), known)
    passed("fit_scaler (the mean)", cases)


def check_fit_scaler_std(function: Answer, cases: Cases = None) -> None:
    """Check the standard deviation that is measured.

    Parameters
    ----------
    function : callable
        The learner's ``fit_scaler(train_images)``.
    cases : list of (images, mean, std), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If there are not two numbers, or the standard deviation is another; the message names
        the likely slip.
    """
    for images, mean, std in cases or samples.FIT_SCALER:
        _, received = _pair(call(function, images), images)
        with np.errstate(all="ignore"):
            known = slips.std_slips(images, mean, std)
        _expect("The std of fit_scaler", received, std, show(images), known)
    passed("fit_scaler (the standard deviation)", cases)


def check_standardise(function: Answer, cases: Cases = None) -> None:
    """Check that a given mean is subtracted and that a given standard deviation divides.

    Parameters
    ----------
    function : callable
        The learner's ``standardise(images, mean, std)``.
    cases : list of (images, mean, std, expected), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If a value or the dtype is another; the message names the likely slip.
    """
    for images, mean, std, expected in cases or samples.STANDARDISE:
        received = call(function, images, mean, std, hints=_IN_PLACE)
        known = slips.standardise_slips(images, mean, std)
        given = f"{show(images)}, mean {mean:.2f}, std {std:.2f}"
        _expect("standardise", received, expected, given, known, np.float32)
    passed("standardise", cases)


def check_prepare_train(function: Answer, cases: Cases = None) -> None:
    """Check the training images that come out of ``prepare``.

    Parameters
    ----------
    function : callable
        The learner's ``prepare(train_images, test_images)``.
    cases : list of (train_images, test_images, expected_train, expected_test), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If they are not standardised by themselves alone; the message names the likely slip.
    """
    _check_prepare(function, cases, "train")


def check_prepare_test(function: Answer, cases: Cases = None) -> None:
    """Check the test images that come out of ``prepare``.

    Parameters
    ----------
    function : callable
        The learner's ``prepare(train_images, test_images)``.
    cases : list of (train_images, test_images, expected_train, expected_test), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If they are not standardised by the training images; the message names the likely slip.
    """
    _check_prepare(function, cases, "test")


def check_undo(function: Answer, cases: Cases = None) -> None:
    """Check that standardised images become the grey values that they were.

    Parameters
    ----------
    function : callable
        The learner's ``undo(scaled, mean, std)``.
    cases : list of (scaled, mean, std, expected), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If a grey value or the dtype is another; the message names the likely slip.
    """
    for scaled, mean, std, expected in cases or samples.UNDO:
        received = call(function, scaled, mean, std)
        given = f"{show(scaled)}, mean {mean:.2f}, std {std:.2f}"
        _expect("undo", received, expected, given, slips.undo_slips(scaled, mean, std), np.uint8)
    passed("undo", cases)


def _check_prepare(function: Answer, cases: Cases, part: str) -> None:
    """Check one of the two arrays that ``prepare`` returns."""
    which = 0 if part == "train" else 1
    for case in cases or samples.PREPARE:
        received = expect_pair(call(function, *case[:2], hints=_IN_PLACE), _PREPARED, stacked=True)
        name, given = f"The {part} images of prepare", f"{show(case[0])}, {show(case[1])}"
        known = slips.prepare_slips(part, case)
        _expect(name, received[which], case[2 + which], given, known, np.float32)
    passed(f"prepare (the {'training' if part == 'train' else 'test'} images)", cases)


def _pair(received: Any, images: NDArray[Any]) -> tuple[Any, Any]:
    """Demand two numbers, and say what arrays of them would mean."""
    pair = expect_pair(received, _SCALER, stacked=True)
    for value in filter(is_numeric, pair):
        shape = np.shape(value)
        if np.size(value) != 1:
            what = {images.shape[1:]: "pixel position", images.shape[:1]: "image"}.get(shape)
            slip = f" You measured each {what} alone." if what else ""
            raise CheckError(
                f"fit_scaler must return two numbers; one of them is an array of shape {shape}."
                f"{slip} Measure all pixels of all images together."
            )
    mean, std = map(one_number, pair)
    return mean, std


def _expect(
    name: str,
    received: Any,
    expected: Any,
    given: str,
    known: Slips,
    dtype: type | None = None,
) -> None:
    """Raise unless two results agree in value and dtype, and name the slip."""
    if is_numeric(received) and np.ndim(received) and not np.isfinite(received).all():
        known = [(slips.NOT_NUMBER, received)]
    wanted = expected if dtype is None else np.asarray(expected, dtype)
    expect_result(name, received, wanted, given, known)
    got = np.asarray(received).dtype
    if dtype is None or got == dtype:
        return
    if not hasattr(received, "dtype"):
        raise CheckError(
            f"{name}: expected an array of dtype {np.dtype(dtype)}, received a "
            f"{type(received).__name__}. The values are right. Make an array of it."
        )
    memory = " float64 takes twice the memory." if dtype is np.float32 and got == np.float64 else ""
    whole = " Round to whole numbers first." if dtype is np.uint8 and got.kind == "f" else ""
    raise CheckError(
        f"{name}: expected dtype {np.dtype(dtype)}, received {got}. The values are right."
        f"{memory}{whole} Change the dtype with astype."
    )
