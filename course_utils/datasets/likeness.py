"""Compare pictures with a shipped set, from which a network may have learnt.

Four plain measures of each picture are compared with the range that they have over the set's
60,000 training images. ``python -m benchmarks own_pictures`` prints these ranges, and a test
measures them again.
"""

import warnings

import numpy as np
from numpy.typing import NDArray

from course_utils.datasets.registry import describe_dataset

#: By set and measure: lowest and highest over the training images, rounded outwards
#: to two decimals.
RANGES: dict[str, dict[str, tuple[float, float]]] = {
    "mnist": {
        "brightness": (0.02, 0.40),
        "edge": (0.0, 0.04),
        "offset": (0.0, 0.04),
        "extent": (0.46, 0.72),
    },
    "fashion_mnist": {
        "brightness": (0.01, 0.76),
        "edge": (0.0, 0.41),
        "offset": (0.0, 0.35),
        "extent": (0.03, 1.0),
    },
}
_TOLERATED = 0.1  # of a folder's pictures

#: How a picture looks that is below a measure's range, or above it.
_LOOKS = {
    "brightness": ("too dark", "too bright"),
    "edge": ("too dark at their edges", "too bright at their edges"),
    "offset": ("off the middle", "off the middle"),
    "extent": ("too small", "too large"),
}


def measure(images: NDArray[np.uint8]) -> dict[str, NDArray[np.float64]]:
    """Measure each of the grey images (n, height, width) by four numbers from 0 to 1.

    They are the mean brightness; that of the outermost pixels; how far the centre of mass lies
    from the middle, and how long the bright part is, both as a fraction of the side.
    """
    _, height, width = images.shape
    rows, columns = images.sum(axis=2, dtype=float), images.sum(axis=1, dtype=float)
    mass = np.maximum(rows.sum(axis=1), 1)  # of a black picture: its centre is then the corner
    centre_y = rows @ (np.arange(height) + 0.5) / mass / height
    centre_x = columns @ (np.arange(width) + 0.5) / mass / width
    bright = images > 127
    border = [images[:, 0], images[:, -1], images[:, :, 0], images[:, :, -1]]
    return {
        "brightness": images.mean(axis=(1, 2)) / 255,
        "edge": np.concatenate(border, axis=1).mean(axis=1) / 255,
        "offset": np.maximum(np.abs(centre_y - 0.5), np.abs(centre_x - 0.5)),
        "extent": np.maximum(_extent(np.any(bright, axis=2)), _extent(np.any(bright, axis=1))),
    }


def looks_unlike(images: NDArray[np.uint8], name: str) -> tuple[NDArray[np.bool_], dict[str, int]]:
    """Find the images that leave the ranges of a shipped set; count them by how they look."""
    unlike = np.zeros(len(images), bool)
    looks: dict[str, int] = {}
    for key, values in measure(images).items():
        low, high = RANGES[name][key]
        for look, outside in zip(_LOOKS[key], (values < low, values > high), strict=True):
            looks[look] = looks.get(look, 0) + int(np.count_nonzero(outside))
            unlike |= outside
    return unlike, {look: count for look, count in looks.items() if count}


def warn_if_unlike(images: NDArray[np.uint8], name: str, *, framed: bool) -> None:
    """Warn if more than a tenth of the images leave the ranges of a shipped set."""
    unlike, looks = looks_unlike(images, name)
    if unlike.mean() <= _TOLERATED:
        return
    reasons = ", ".join(f"{count} {look}" for look, count in looks.items())
    advice = (
        "pass frame=True, which crops, scales and centres them as MNIST's are"
        if name == "mnist" and not framed
        else "compare both with plot_samples, and pass invert=True if light and dark are swapped"
    )
    warnings.warn(
        f"{np.count_nonzero(unlike)} of {len(images)} pictures look unlike the training images of "
        f"{describe_dataset(name).title} ({reasons}), so a network that learnt from those may "
        f"misread them: {advice}.",
        stacklevel=3,
    )


def _extent(occupied: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Measure from the first to the last True of each row, as a fraction of its length."""
    length = occupied.shape[1]
    gaps = occupied.argmax(axis=1) + occupied[:, ::-1].argmax(axis=1)
    return np.where(occupied.any(axis=1), length - gaps, 0) / length
