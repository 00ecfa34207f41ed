"""Images: what plots require of them and of their labels, and how grey ones are shaded."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_utils import _arguments

_MOST_IMAGES = 100


def grey_image(image: NDArray) -> NDArray:
    """Require one grey image, and drop its channel axis."""
    grey = image
    if grey.ndim == 3 and grey.shape[-1] == 1:
        grey = grey[..., 0]
    if grey.ndim != 2:
        raise ValueError(
            "`image` must be one grey image of shape (height, width) or (height, width, 1); "
            f"got {grey.shape}. Pick one: images[0]."
        )
    return grey


def colour_image(image: NDArray) -> NDArray:
    """Require values that can be shown as red, green and blue."""
    if image.dtype != np.uint8 and (image.min() < 0 or image.max() > 1):
        raise ValueError(
            "`images` in colour must be uint8, or lie between 0 and 1; got values from "
            f"{image.min():.4g} to {image.max():.4g}. Scale them first: images / 255."
        )
    return image


def grey_images(images: ArrayLike, name: str = "images") -> NDArray:
    """Require a few grey images, and drop their channel axis."""
    stack = _arguments.finite_array(name, images)
    if stack.ndim == 4 and stack.shape[-1] == 1:
        stack = stack[..., 0]
    if stack.ndim != 3 or len(stack) > _MOST_IMAGES:
        raise ValueError(
            f"`{name}` must be at most {_MOST_IMAGES} grey images, (n, height, width); got shape "
            f"{stack.shape}. Pass a few: {name}[:25]."
        )
    return stack


def one_per_image(name: str, values: ArrayLike, n: int, kinds: str = "iu") -> NDArray[Any]:
    """Require one number for each of `n` images."""
    row = _arguments.array(name, values)
    if row.shape != (n,) or row.dtype.kind not in kinds:
        kind = "whole numbers" if kinds == "iu" else "numbers"
        raise ValueError(
            f"`{name}` must be {n} {kind}, one per image; got {row.dtype} {row.shape}. "
            "Cut all of them alike: images[:25], predictions[:25], labels[:25]."
        )
    return row


def greys_for(values: NDArray) -> dict[str, Any]:
    """Show uint8 values from black for 0 to white for 255."""
    limits = {"vmin": 0, "vmax": 255} if values.dtype == np.uint8 else {}
    return {"cmap": "gray", **limits}
