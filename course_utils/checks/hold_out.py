"""Checks of the exercise on holding out a part of the images."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from course_utils.checks.outcome import CheckError, call, expect_equal, passed, show

Cases = Sequence[tuple[Any, ...]]


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
        train_images, held_images, train_labels, held_labels = parts
        n_held, n_train = sum(expected), len(labels) - sum(expected)
        sizes = (len(train_images), len(held_images), len(train_labels), len(held_labels))
        if sizes != (n_train, n_held, n_train, n_held):
            if sizes == (len(labels), n_held, len(labels), n_held):
                hint = "The held-out images are still in the training part: that is leakage."
            elif sizes == (n_held, n_train, n_held, n_train):
                hint = "The parts are swapped: `fraction` is what is held out, not what is kept."
            elif sizes == (n_train, n_train, n_held, n_held):
                hint = (
                    "Images and labels are in another order: both images come before both labels."
                )
            else:
                hint = "Did you use `fraction`?"
            raise CheckError(
                f"hold_out: expected {(n_train, n_held, n_train, n_held)} images, images, labels, "
                f"labels; received {sizes}. {hint}"
            )
        own = {image.tobytes(): int(label) for image, label in zip(images, labels, strict=True)}
        seen = [np.asarray(image).astype(images.dtype).tobytes() for image in _both(parts[:2])]
        if set(seen) != set(own):
            raise CheckError(
                "hold_out: expected each image in exactly one part, but some are in both parts or "
                "in none. An image that is in both leaks from training into validation."
            )
        apart = sum(
            own[key] != int(label) for key, label in zip(seen, _both(parts[2:]), strict=True)
        )
        if apart:
            raise CheckError(
                f"hold_out: expected each image with its own label; {apart} of {len(labels)} have "
                "another's. Images and labels were shuffled apart: one shuffle must move both."
            )
        again = _hold_out(function, images, labels, fraction, seed)
        if not np.array_equal(again[1], held_images):
            raise CheckError(
                f"hold_out: two calls with seed {seed} held out different images. The seed must "
                "decide alone, so that others get your split."
            )
        others = (_hold_out(function, images, labels, fraction, seed + i) for i in (1, 2, 3))
        if all(np.array_equal(other[1], held_images) for other in others):
            raise CheckError(
                f"hold_out: seeds {seed} to {seed + 3} held out the same images. The seed that is "
                "passed in is ignored, or nothing is shuffled."
            )
    if cases is None:
        passed("hold_out")


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
        held_labels = np.asarray(_hold_out(function, images, labels, fraction, seed)[3])
        if held_labels.ndim != 1 or held_labels.dtype.kind not in "iu":
            raise CheckError(
                "hold_out: expected the held-out labels, whole numbers in a row, as the last of "
                f"the four; received {show(held_labels)}. Both images come before both labels."
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
    if cases is None:
        passed("hold_out")


def _samples() -> Cases:
    """Forty different images, sorted by class: 20, 12 and 8 of them."""
    images = np.arange(40 * 6).reshape(40, 2, 3).astype(np.uint8)
    labels = np.repeat(np.arange(3), (20, 12, 8)).astype(np.uint8)
    return [(images, labels, 0.25, 48, (5, 3, 2))]


def _hold_out(function: Callable[..., Any], *arguments: Any) -> tuple[Any, ...]:
    """Call the learner's function and demand four parts."""
    parts = call(function, *arguments)
    if not isinstance(parts, tuple | list) or len(parts) != 4:
        kind = f"{len(parts)} parts" if isinstance(parts, tuple | list) else show(parts)
        raise CheckError(
            "hold_out: expected four parts (train_images, held_images, train_labels, "
            f"held_labels), received {kind}."
        )
    if not all(isinstance(part, np.ndarray | list | tuple) for part in parts):
        raise CheckError("hold_out: each of the four parts must be an array.")
    return tuple(parts)


def _both(parts: tuple[Any, ...]) -> list[Any]:
    """Put the training part and the held-out part behind one another."""
    return [*parts[0], *parts[1]]
