"""Pictures that explorers are given: what is required of them."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_utils import _arguments

_SIDES = range(
    4, 29
)  # of a single picture: a larger one has more windows than anyone would step through
_LARGEST_SIDE = 64  # of pictures that are looked at pixel by pixel


def small_picture(image: ArrayLike | None, example: ArrayLike) -> NDArray[np.uint8]:
    """Require one small grey picture. If none is given, take the example."""
    picture = np.array(example, np.uint8) if image is None else _arguments.array("image", image)
    if picture.dtype != np.uint8 or picture.ndim != 2 or not set(picture.shape) <= set(_SIDES):
        raise ValueError(
            f"`image` must be uint8 of shape (height, width), {_SIDES[0]} to {_SIDES[-1]} pixels "
            f"each; got {picture.dtype} {picture.shape}. Pass one image as load_dataset() gives "
            "it, for instance images[0]."
        )
    return picture


def picture_stack(
    images: ArrayLike, size: tuple[int, int] | None = None, most: int | None = None
) -> NDArray[np.uint8]:
    """Require several grey pictures, of one size if it is given, and not too many."""
    stack = _arguments.array("images", images)
    fits = stack.ndim == 3 and stack.dtype == np.uint8 and size in (None, stack.shape[1:])
    if not fits or len(stack) < 2 or (most is not None and len(stack) > most):
        shape = ", ".join(map(str, size or ("height", "width")))
        raise ValueError(
            f"`images` must be {f'2 to {most}' if most else 'at least two'} uint8 images of shape "
            f"(n, {shape}); got {stack.dtype} {stack.shape}. Pass a few as load_dataset() gives "
            "them, for instance images[:4]."
        )
    if min(stack.shape[1:]) < 2 or max(stack.shape[1:]) > _LARGEST_SIDE:
        raise ValueError(
            f"`images` must be 2 to {_LARGEST_SIDE} pixels high and wide, so that single "
            f"pixels can be seen; got {stack.shape[1]} × {stack.shape[2]}. Make them smaller first."
        )
    return stack
