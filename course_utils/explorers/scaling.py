"""What scaling does to pixels: the same histogram over another axis."""

from collections.abc import Sequence

import numpy as np
import traitlets
from matplotlib.figure import Figure
from numpy.typing import NDArray

from course_utils._palette import BLACK, BLUE, ORANGE
from course_utils.explorers.base.explorer import Explorer
from course_utils.explorers.base.numbers import decimals
from course_utils.explorers.mathematics.grey_counts import (
    GREY_VALUES,
    adjust,
    mean_and_std,
    offsets_and_scales,
)

_GREYS_PER_BAR = 8
_LOWEST_FRACTION = 1e-4  # the histogram's axis begins at 0.01 % of the pixels
_HOW = {"raw": "Raw", "/ 255": "Divided by 255", "standardised": "Standardised"}
_FITTED = {
    "training images": "fitted on the training images",
    "all images": "fitted on all images",
    "each set alone": "each set fitted alone",
}


def light_in_words(brightness: int, contrast: int) -> str:
    """Describe the brightness and contrast of the new images."""
    sign = "+" if brightness > 0 else "−" if brightness < 0 else ""
    return f"brightness {sign}{abs(brightness)}, contrast {contrast} %"


class Scaling(Explorer):
    """Training images and new ones: histograms of the values that the network gets."""

    scene = "scaling.js"
    lessons = ("normalisation",)

    scaling = traitlets.Enum(tuple(_HOW), "standardised").tag(label="scaling")
    fitted_on = traitlets.Enum(tuple(_FITTED), "training images").tag(label="fitted on")
    brightness = traitlets.Int(0, min=-100, max=100).tag(
        sync=True, label="new: brightness", step=10
    )
    contrast = traitlets.Int(100, min=20, max=180).tag(sync=True, label="new: contrast, %", step=10)
    counts = traitlets.List(traitlets.Int()).tag(sync=True)

    def sentence(self) -> str:
        """Give the mean and standard deviation of both sets after scaling."""
        new = adjust(self.counts, self.brightness, self.contrast)
        sets = offsets_and_scales(self.scaling, self.fitted_on, self.counts, new)
        words = []
        for counts, (subtract, divide) in ((self.counts, sets[:2]), (new, sets[2:])):
            mean, std = mean_and_std(counts)
            words.append(
                f"mean {decimals((mean - subtract) / divide, 2)} "
                f"and std {decimals(std / divide, 2)}"
            )
        fitted = f", {_FITTED[self.fitted_on]}" if self.scaling == "standardised" else ""
        return (
            f"{_HOW[self.scaling]}{fitted}: the training images have {words[0]}; the new images "
            f"({light_in_words(self.brightness, self.contrast)}) have {words[1]}."
        )

    def draw(self, figure: Figure) -> None:
        """Draw the histogram of the new images, and that of the training images as an outline."""
        new = adjust(self.counts, self.brightness, self.contrast)
        sets = offsets_and_scales(self.scaling, self.fitted_on, self.counts, new)
        axes = figure.subplots()
        edges = np.arange(0, GREY_VALUES + 1, _GREYS_PER_BAR)
        mean, std = mean_and_std(new)
        axes.stairs(
            _fractions(new),
            (edges - sets[2]) / sets[3],
            fill=True,
            color=ORANGE,
            label=f"new images: {light_in_words(self.brightness, self.contrast)}",
        )
        axes.stairs(
            _fractions(self.counts),
            (edges - sets[0]) / sets[1],
            color=BLUE,
            linewidth=2,
            label="training images",
        )
        middle, reach = (mean - sets[2]) / sets[3], std / sets[3]
        axes.plot([middle - reach, middle + reach], [4, 4], "|-", color=BLACK, markersize=12)
        axes.plot([middle], [4], "D", color=BLACK)
        how = _FITTED[self.fitted_on] if self.scaling == "standardised" else "nothing is fitted"
        axes.set_title(f"{_HOW[self.scaling]}, {how}. ◆ mean ± std of the new images", fontsize=10)
        axes.set_yscale("log")
        axes.set(
            ylim=(_LOWEST_FRACTION, 20),
            xlabel="value that the network gets",
            ylabel="fraction of the pixels",
            yticks=[1e-4, 1e-2, 1],
            yticklabels=["0.01 %", "1 %", "100 %"],
        )
        axes.minorticks_off()
        figure.legend(loc="outside lower center", ncols=2, fontsize=9)


def _fractions(counts: Sequence[int]) -> NDArray[np.float64]:
    """Return the fraction of the pixels in each bar of eight grey values."""
    bars = np.reshape(counts, (-1, _GREYS_PER_BAR)).sum(axis=1)
    return np.maximum(bars / bars.sum(), _LOWEST_FRACTION)


def explore_scaling(
    images: NDArray[np.uint8],
    scaling: str = "standardised",
    fitted_on: str = "training images",
    brightness: int = 0,
    contrast: int = 100,
) -> Scaling:
    """Scale images, and watch their histogram keep its shape while its axis changes.

    Parameters
    ----------
    images : ndarray of any shape, uint8
        The training images. The new images are the same ones with another brightness or contrast.
    scaling : {'raw', '/ 255', 'standardised'}, default 'standardised'
    fitted_on : {'training images', 'all images', 'each set alone'}, default 'training images'
        Whose mean and standard deviation are used for standardising.
    brightness : int, default 0
        The number added to the grey values of the new images, -100 to 100.
    contrast : int, default 100
        The factor by which they are multiplied, in per cent, 20 to 180.

    Returns
    -------
    Scaling
        Its traits are ``scaling``, ``fitted_on``, ``brightness`` and ``contrast``.

    Raises
    ------
    TypeError
        If `brightness` or `contrast` is not a whole number.
    ValueError
        If `images` is not uint8, or holds fewer than two different grey values, or if another
        value is not one of those above.

    Examples
    --------
    >>> explore_scaling(np.array([0, 0, 4, 4], np.uint8), scaling="raw")
    Scaling: Raw: the training images have mean 2.00 and std 2.00; the new images ...
    """
    dtype = getattr(images, "dtype", type(images).__name__)
    if dtype != np.uint8:
        raise ValueError(
            f"`images` must be a uint8 array, grey values from 0 to 255; got {dtype}. "
            "Pass the images as load_dataset() gives them, before scaling."
        )
    counts = np.bincount(images.ravel(), minlength=GREY_VALUES)
    if np.count_nonzero(counts) < 2:
        raise ValueError(
            "`images` must hold at least two different grey values; "
            f"got {np.count_nonzero(counts)}. Pass more images."
        )
    return Scaling(
        counts=counts.tolist(),
        scaling=scaling,
        fitted_on=fitted_on,
        brightness=brightness,
        contrast=contrast,
    )
