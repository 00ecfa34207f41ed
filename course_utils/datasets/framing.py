"""Frame a photographed digit as MNIST's digits are framed.

The paper's brightness is fitted by a smooth surface, so that a shadow is no ink; what stands out
from it is ink. The largest patch of ink, with all that are not mere specks beside it, is cut out;
what the picture's edge cuts off, such as a table, is left. The digit is then scaled and centred as
in Y. LeCun, L. Bottou, Y. Bengio and P. Haffner (1998), Gradient-based learning applied to document
recognition, Proceedings of the IEEE 86(11), 2278-2324, section III.A: into a box of 20 × 20 pixels,
its proportions kept, in a field of 28 × 28, in whose centre the digit's centre of mass lies.
"""

import numpy as np
from numpy.polynomial import polynomial
from numpy.typing import ArrayLike, NDArray

from course_utils import _arguments

LARGEST_SIDE = 1024  # of a photo to be framed: enough for a digit in its corner

_BOX = 20 / 28  # of the field's side
_FAINTEST_INK = 32  # grey values from the paper; the noise of a camera is weaker
# Of the strongest ink: what a stroke is, and what its edge is. Printed lines are weaker.
_STRONG, _WEAK = 0.5, 0.4
_SMALLEST_PART = 0.05  # of the largest patch's area; a speck is smaller, the bar of a 5 is larger
_GRID = 48  # pixels along each side of the reduced picture to which the paper is fitted


def frame_as_mnist(image: ArrayLike, image_size: tuple[int, int] = (28, 28)) -> NDArray[np.uint8]:
    """Crop, scale and centre a digit as MNIST's are.

    Parameters
    ----------
    image : array_like of shape (height, width), uint8
        One digit alone on its paper, in dark ink on a light ground or the other way round. The
        lines of ruled or squared paper must be fainter than the ink.
    image_size : (int, int), default (28, 28)
        Height and width of the result in pixels.

    Returns
    -------
    ndarray of shape image_size, uint8
        Bright ink on black, from 0 to 255. The digit keeps its proportions and fits into a box of
        20/28 of the shorter side; its centre of mass lies in the middle.

    Raises
    ------
    TypeError
        If `image_size` is not a pair.
    ValueError
        If `image` is not one grey image of uint8, nothing stands out from its ground, or
        `image_size` is not two positive numbers.

    Notes
    -----
    The rules are those of LeCun, Bottou, Bengio and Haffner (1998), Gradient-based learning
    applied to document recognition, Proceedings of the IEEE 86(11), 2278-2324.

    Examples
    --------
    >>> page = np.full((300, 400), 230, np.uint8)
    >>> page[250:290, 360:370] = 20  # a stroke in the corner, 40 pixels high
    >>> framed = frame_as_mnist(page)
    >>> rows, columns = np.nonzero(framed > 127)
    >>> int(rows.min()), int(rows.max()), int(columns.min()), int(columns.max())
    (4, 23, 12, 16)
    """
    height, width = _arguments.image_size(image_size)
    grey = _arguments.array("image", image)
    if grey.ndim != 2 or grey.dtype != np.uint8 or grey.size == 0:
        raise ValueError(
            "`image` must be one grey image, uint8 (height, width); "
            f"got {grey.dtype} {grey.shape}. Pass one as load_image_folder gives them: images[0]."
        )
    digit = _scaled(_cut_out(_ink(grey)), min(height, width) * _BOX)
    return _centred(digit, height, width)


def _ink(grey: NDArray[np.uint8]) -> NDArray[np.floating]:
    """Measure how far each pixel stands out from the paper, in grey values."""
    away = grey - _paper(grey)
    ink = np.clip(away if away.max() > -away.min() else -away, 0, None)
    if ink.max() < _FAINTEST_INK:
        raise ValueError(
            "`image` must show ink that stands out from its paper; got at most "
            f"{ink.max():.0f} grey values of difference. Photograph it in better light."
        )
    return ink


def _paper(grey: NDArray[np.uint8]) -> NDArray[np.floating]:
    """Fit a surface of second degree to the brightness, leaving out what deviates, such as ink."""
    from PIL import Image

    reduced = Image.fromarray(grey).resize((_GRID, _GRID), Image.Resampling.BOX)
    values = np.asarray(reduced, float).ravel()
    y, x = (place.ravel() for place in np.meshgrid(*[_places(_GRID)] * 2, indexing="ij"))
    powers = np.add.outer(range(3), range(3)) <= 2  # of y and x: 1, x, x², y, xy, y²
    terms = polynomial.polyvander2d(y, x, [2, 2])[:, powers.ravel()]  # (_GRID * _GRID, 6)
    away = np.abs(values - np.median(values))
    for _ in range(10):
        paper = away <= max(2.5 * 1.4826 * np.median(away), 2)  # 2.5 deviations of a normal spread
        kept = terms[paper]
        coefficients = np.linalg.lstsq(kept.T @ kept, kept.T @ values[paper], rcond=None)[0]
        away = np.abs(values - terms @ coefficients)
    table = np.zeros((3, 3))
    table[powers] = coefficients
    return polynomial.polygrid2d(_places(grey.shape[0]), _places(grey.shape[1]), table)


def _places(n: int) -> NDArray[np.float64]:
    """Place the middles of n pixels between -1 and 1."""
    return (2 * np.arange(n) + 1) / n - 1


def _cut_out(ink: NDArray[np.floating]) -> NDArray[np.float32]:
    """Cut out the digit, from 0 for paper to 255 for full ink."""
    from scipy import ndimage

    strong = ink > _STRONG * ink.max()
    patches, n_patches = ndimage.label(ink > _WEAK * ink.max(), np.ones((3, 3)))
    areas = np.bincount(patches[strong], minlength=n_patches + 1)
    inside = areas.copy()
    inside[np.r_[patches[[0, -1]].ravel(), patches[:, [0, -1]].ravel()]] = 0
    if inside.max() >= _SMALLEST_PART * areas.max():
        areas = inside  # what the picture's edge cuts off is a table or a finger
    digit = (areas >= _SMALLEST_PART * areas.max())[patches]
    rows, columns = np.flatnonzero(digit.any(axis=1)), np.flatnonzero(digit.any(axis=0))
    shade = np.clip(ink / np.median(ink[strong & digit]), 0, 1) * 255 * digit
    return shade[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].astype(np.float32)


def _scaled(digit: NDArray[np.float32], side: float) -> NDArray[np.float32]:
    """Scale the longer side to `side` pixels, and the strongest ink to 255."""
    from PIL import Image

    height, width = (max(1, round(n * side / max(digit.shape))) for n in digit.shape)
    resized = Image.fromarray(digit).resize((width, height), Image.Resampling.BICUBIC)
    values = np.asarray(resized).clip(0)
    return np.minimum(values * (255 / values.max()), 255)


def _centred(digit: NDArray[np.float32], height: int, width: int) -> NDArray[np.uint8]:
    """Put the digit's centre of mass into the middle of a field, as far as all of it stays in."""
    from scipy import ndimage

    centre = ndimage.center_of_mass(digit)
    top, left = (
        min(max(round(field / 2 - middle), 0), field - length)
        for field, middle, length in zip((height, width), centre, digit.shape, strict=True)
    )
    framed = np.zeros((height, width), np.uint8)
    framed[top : top + digit.shape[0], left : left + digit.shape[1]] = np.round(digit)
    return framed
