"""Garments in colour: a hue for each class, as the networks that are shown a shortcut got them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

N_CLASSES = 10
SATURATION = 0.75  # how far the weakest of red, green and blue lies below the strongest
NOISE = 0.05  # standard deviation of a garment's red, green and blue around its class's
_CHANNELS = (5, 3, 1)  # where on a circle of six each of red, green and blue begins to fall


def colour_of(hue: float) -> list[float]:
    """Return red, green and blue, 0.25 to 1, of a hue in degrees: 0 red, 120 green, 240 blue."""
    values = []
    for start in _CHANNELS:
        place = (start + hue / 60) % 6
        values.append(1 - SATURATION * max(0.0, min(place, 4 - place, 1.0)))
    return values


def class_hues() -> list[int]:
    """List the hue of each class, at equal distances round the circle."""
    return [360 // N_CLASSES * k for k in range(N_CLASSES)]


def tint(
    images: NDArray[np.uint8],
    classes: Sequence[int] | NDArray[np.integer],
    seed: int | np.random.Generator,
) -> NDArray[np.float32]:
    """Give each garment the colour of a class, with some noise: (n, 28, 28, 3), from 0 to 1."""
    colours = np.array([colour_of(hue) for hue in class_hues()])[classes]
    noisy = colours + np.random.default_rng(seed).normal(0, NOISE, colours.shape)
    grey = images[..., np.newaxis].astype(np.float32) / np.float32(255)
    return grey * noisy.clip(0, 1)[:, np.newaxis, np.newaxis].astype(np.float32)
