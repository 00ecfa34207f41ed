"""What augmentation does to a picture: shift, turn, zoom, mirror, and what leaves the frame."""

from collections.abc import Sequence

import numpy as np
import traitlets
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from course_utils import _arguments
from course_utils.explorers.base.explorer import Explorer
from course_utils.explorers.base.pictures import picture_stack
from course_utils.explorers.mathematics.moves import augment, ink_lost

_MOST_IMAGES = 20


def ink_in_words(lost: int, total: int) -> str:
    """Tell what fraction of the ink left the frame."""
    if lost == 0:
        return "None"
    if lost == total:
        return "All"
    percent = (200 * lost + total) // (2 * total)
    return {0: "Less than 1 %", 100: "More than 99 %"}.get(percent, f"{percent} %")


def move_in_words(down: int, right: int, degrees: int, zoom: int, mirrored: bool) -> str:
    """Describe what is done to the picture."""
    steps = []
    if down:
        steps.append(f"{abs(down)} {'down' if down > 0 else 'up'}")
    if right:
        steps.append(f"{abs(right)} {'right' if right > 0 else 'left'}")
    parts = ["mirrored"] if mirrored else []
    if zoom != 100:
        parts.append(f"{'enlarged' if zoom > 100 else 'shrunk'} to {zoom} %")
    if degrees:
        parts.append(f"turned by {degrees}°")
    if steps:
        parts.append(f"moved {' and '.join(steps)}")
    return ", ".join(parts) or "unchanged"


class Augmentation(Explorer):
    """A picture before and after augmentation."""

    scene = "augmentation.js"
    lessons = ("going_further",)

    pixels = traitlets.Bytes().tag(sync=True)
    size = traitlets.List(traitlets.Int()).tag(sync=True)
    names = traitlets.List(traitlets.Unicode()).tag(sync=True)
    image: int
    down = traitlets.Int(0, min=-8, max=8).tag(sync=True, label="down")
    right = traitlets.Int(0, min=-8, max=8).tag(sync=True, label="right")
    degrees = traitlets.Int(0, min=0, max=345).tag(sync=True, label="turn, degrees", step=15)
    zoom = traitlets.Int(100, min=60, max=140).tag(sync=True, label="zoom, %", step=5)
    mirrored = traitlets.Bool(False).tag(sync=True, label="left-right flip")

    def __init__(self, images: NDArray[np.uint8], names: Sequence[str], **numbers: int) -> None:
        last = len(images) - 1
        # Each explorer has its own number of pictures, so its slider has its own end.
        self.add_traits(image=traitlets.Int(0, min=0, max=last).tag(sync=True, label="picture"))
        super().__init__(
            pixels=images.tobytes(), size=list(images.shape[1:]), names=list(names), **numbers
        )

    @classmethod
    def control_names(cls) -> list[str]:
        """List the controls, with the picture's first."""
        return sorted(super().control_names(), key=lambda name: name != "image")

    def _chosen(self) -> bytes:
        """Return the chosen picture's pixels."""
        n_pixels = self.size[0] * self.size[1]
        return self.pixels[self.image * n_pixels : (self.image + 1) * n_pixels]

    def _moves(self) -> tuple[int, int, int, int, bool]:
        return self.down, self.right, self.degrees, self.zoom, self.mirrored

    def sentence(self) -> str:
        """Describe the change, how many pixels it affects, and how much ink left the frame."""
        before = self._chosen()
        after = augment(before, self.size, *self._moves())
        n_changed = sum(a != b for a, b in zip(after, before, strict=True))
        lost = ink_in_words(*ink_lost(before, self.size, *self._moves()))
        return (
            f"{self.names[self.image]}, {move_in_words(*self._moves())}: {n_changed} of "
            f"{len(before)} pixels have a new value. {lost} of the ink has left the frame."
        )

    def draw(self, figure: Figure) -> None:
        """Draw the picture before and after."""
        before = self._chosen()
        after = augment(before, self.size, *self._moves())
        for axes, title, values in zip(
            figure.subplots(1, 2), ("original", "augmented"), (before, after), strict=True
        ):
            grey = np.array(list(values), np.uint8).reshape(self.size)
            axes.imshow(grey, cmap="gray", vmin=0, vmax=255)
            axes.set(title=title, xticks=[], yticks=[])


def explore_augmentation(
    images: ArrayLike,
    names: Sequence[str],
    image: int = 0,
    *,
    down: int = 0,
    right: int = 0,
    degrees: int = 0,
    zoom: int = 100,
    mirrored: bool = False,
) -> Augmentation:
    """Shift, turn, zoom and mirror pictures, and judge whether their labels still hold.

    Parameters
    ----------
    images : array_like of shape (n, height, width), uint8
        2 to 20 pictures, 2 to 64 pixels high and wide.
    names : sequence of str, length n
        What each of them shows.
    image : int, default 0
        The picture shown first.
    down, right : int, default 0
        Pixels to move by, -8 to 8.
    degrees : int, default 0
        The angle to turn by, clockwise, 0 to 345.
    zoom : int, default 100
        New size in per cent, 60 to 140.
    mirrored : bool, default False
        Whether the picture is flipped left to right.

    Returns
    -------
    Augmentation
        Its traits are named as the arguments.

    Raises
    ------
    TypeError
        If `names` is not a list of names, a number is not a whole number, or `mirrored`
        is neither True nor False.
    ValueError
        If images and names do not fit together, or a number is out of its range.

    Examples
    --------
    >>> bar = np.zeros((4, 4), np.uint8)
    >>> bar[:, 3] = 200
    >>> explore_augmentation([bar, bar.T], ["upright", "lying"], right=1)
    Augmentation: upright, moved 1 right: 4 of 16 pixels have a new value. All of the ink has ...
    """
    stack = picture_stack(images, most=_MOST_IMAGES)
    return Augmentation(
        stack,
        _arguments.name_list("names", names, len(stack), "image"),
        image=image,
        down=down,
        right=right,
        degrees=degrees,
        zoom=zoom,
        mirrored=mirrored,
    )
