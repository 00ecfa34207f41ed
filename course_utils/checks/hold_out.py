"""Checks of the exercise on holding out a part of the images."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_utils.checks.outcome import CheckError, call, passed, show
from course_utils.checks.results import expect_equal, expect_shape

Cases = Sequence[tuple[Any, ...]]

_PARTS = ("train_images", "held_images", "train_labels", "held_labels")


def check_hold_out_pairs(function: Callable[..., Any], cases: Cases | None = None) -> None:
    """Check `hold_out`: every image in one part, with its own label, chosen by the seed.

    Parameters
    ----------
    function : callable
        The learner's.
    cases : sequence of (images, labels, fraction, seed, held_out_counts), optional
        Without it, the visible samples. No two images may be equal.

    Raises
    ------
    CheckError
        If a result is wrong; the message names the likely slip.
    """
    for images, labels, fraction, seed, expected in _samples() if cases is None else cases:
        parts = _hold_out(function, images, labels, fraction, seed)
        _expect_sizes(parts, len(labels), sum(expected))
        _expect_own_shapes(parts, images)
        own = {_key(image): label for image, label in zip(images, labels, strict=True)}
        seen = [_key(image) for image in (*parts[0], *parts[1])]
        strange = sum(key not in own for key in seen)
        if strange:
            raise CheckError(
                f"hold_out: expected the images as they came; {strange} of the {len(labels)} that "
                "came back are none of those passed in. A split changes no pixel."
            )
        if set(seen) != set(own):
            raise CheckError(
                "hold_out: expected each image in exactly one part, but some are in both parts or "
                "in none. An image that is in both leaks from training into validation."
            )
        given_labels = (*parts[2], *parts[3])
        apart = sum(own[key] != label for key, label in zip(seen, given_labels, strict=True))
        if apart:
            raise CheckError(
                f"hold_out: expected each image with its own label; {apart} of {len(labels)} have "
                "another's. Images and labels were shuffled apart: one shuffle must move both."
            )
        first, again, *others = (
            {_key(image) for image in _hold_out(function, images, labels, fraction, number)[1]}
            for number in (seed, seed, seed + 1, seed + 2, seed + 3)
        )
        if first != again:
            raise CheckError(
                f"hold_out: two calls with seed {seed} held out different images. The seed must "
                "decide alone, so that others get your split."
            )
        if first in others:
            other = seed + 1 + others.index(first)
            raise CheckError(
                f"hold_out: seeds {seed} and {other} held out the same images. The seed that is "
                "passed in is ignored, or the images are chosen before they are shuffled."
            )
    passed("hold_out", cases)


def check_hold_out_classes(function: Callable[..., Any], cases: Cases | None = None) -> None:
    """Check `hold_out`: each class gives the same fraction.

    Parameters
    ----------
    function : callable
        The learner's.
    cases : sequence of (images, labels, fraction, seed, held_out_counts), optional
        Without it, the visible samples.

    Raises
    ------
    CheckError
        If a result is wrong; the message names the likely slip.
    """
    for images, labels, fraction, seed, expected in _samples() if cases is None else cases:
        held_labels = _hold_out(function, images, labels, fraction, seed)[3]
        if held_labels.ndim != 1 or not np.isin(held_labels, labels).all():
            raise CheckError(
                "hold_out: expected the held-out labels, as they came, as the last of the four; "
                f"received {show(held_labels)}. Both images come before both labels."
            )
        counts = np.bincount(held_labels.astype(np.intp), minlength=len(expected))
        missing = np.flatnonzero((counts == 0) & (np.asarray(expected) > 0))
        n_held = sum(expected)
        if np.array_equal(held_labels, labels[-n_held:]) or np.array_equal(
            held_labels, labels[:n_held]
        ):
            hint = (
                "You took one end of the data as it lies. Data often lies sorted by class, so "
                "shuffle first."
            )
        elif counts.sum() == n_held:
            hint = (
                "The split is not stratified: each class should give the same fraction of its "
                "images."
            )
        else:
            hint = f"{n_held} labels of {len(labels)} should be held out."
        if missing.size:
            hint += f" Class {missing[0]} is not held out at all."
        expect_equal(
            "hold_out", counts, expected, f"fraction={fraction}, seed={seed}, in each class", hint
        )
    passed("hold_out", cases)


def _samples() -> Cases:
    """Forty different images, sorted by class: 20, 12 and 8 of them."""
    images = np.arange(40 * 6).reshape(40, 2, 3).astype(np.uint8)
    labels = np.repeat(np.arange(3), (20, 12, 8)).astype(np.uint8)
    return [(images, labels, 0.25, 48, (5, 3, 2))]


def _hold_out(function: Callable[..., Any], *arguments: Any) -> tuple[NDArray[Any], ...]:
    """Call the learner's function and demand four parts that are arrays."""
    parts = call(function, *arguments)
    if not isinstance(parts, tuple | list) or len(parts) != 4:
        kind = f"{len(parts)} parts" if isinstance(parts, tuple | list) else show(parts)
        raise CheckError(f"hold_out: expected four parts ({', '.join(_PARTS)}), received {kind}.")
    arrays = []
    for name, part in zip(_PARTS, parts, strict=True):
        try:
            array = np.asarray(part)
        except ValueError:  # lists of unequal lengths
            array = np.array(None)
        if array.dtype.kind not in "biuf" or array.ndim == 0:
            raise CheckError(
                f"hold_out: expected {name} to be an array of numbers, received {show(part)}."
            )
        arrays.append(array)
    return tuple(arrays)


def _expect_sizes(parts: tuple[NDArray[Any], ...], n_images: int, n_held: int) -> None:
    """Demand that each part has as many images or labels as the fraction says."""
    n_train = n_images - n_held
    wanted = (n_train, n_held, n_train, n_held)
    sizes = tuple(map(len, parts))
    if sizes == wanted:
        return
    if sizes[0] == n_images:
        hint = "The held-out images are still in the training part: that is leakage."
    elif sizes == (n_held, n_train, n_held, n_train):
        hint = "The parts are swapped: `fraction` is what is held out, not what is kept."
    elif sizes == (n_train, n_train, n_held, n_held):
        hint = "Images and labels are in another order: both images come before both labels."
    elif sizes == (n_train, n_held, n_held, n_train):
        hint = "The two parts of the labels are swapped."
    elif sizes[0] + sizes[1] != n_images:
        hint = (
            f"Together the two parts have {sizes[0] + sizes[1]} images of {n_images}: each image "
            "belongs in exactly one. Do you go through every class, and take no image twice?"
        )
    else:
        hint = "Did you use `fraction`?"
    pairs = zip(_PARTS, wanted, sizes, strict=True)
    differing = [f"{size} instead of {want} {name}" for name, want, size in pairs if size != want]
    raise CheckError(f"hold_out: received {', '.join(differing)}. {hint}")


def _expect_own_shapes(parts: tuple[NDArray[Any], ...], images: NDArray[Any]) -> None:
    """Demand that images are as high and wide as they came, and that labels stand in a row."""
    for name, part in zip(_PARTS, parts, strict=True):
        shape = (len(part), *images.shape[1:]) if name.endswith("images") else (len(part),)
        hint = "Images and labels keep their form."
        if part.ndim == 1:
            hint = "Are these positions? The images at these positions are asked for."
        expect_shape(f"hold_out's {name}", part, shape, hint)


def _key(image: NDArray[Any]) -> tuple[float, ...]:
    """Recognise an image by its pixels, whatever its dtype."""
    return tuple(image.ravel().tolist())
