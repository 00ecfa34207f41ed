"""The checks of the exercises on going further: what is asked, known slips, and what is said."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from course_utils.checks.check import Case, Check
from course_utils.checks.comparing import Numbers, Slips, as_arrays, lazy
from course_utils.checks.forms import one_number

_TOLERANCE = 1e-5  # float32 with one cosine or root is nearer than this

# normalise_batch --------------------------------------------------------------------------------

#: batch, gamma, beta, epsilon, expected
_BATCHES = as_arrays(
    (
        [[1.0, 3.0], [4.0, 0.0], [7.0, 3.0]],
        [2.0, 3.0],
        [1.0, 0.5],
        0.25,
        [[-1.4, 2.5], [1.0, -3.5], [3.4, 2.5]],
    ),
    (
        [[2.0, 5.0, -1.0], [4.0, 5.0, 3.0]],
        [1.0, 1.0, 2.0],
        [0.0, 4.0, -1.0],
        0.5,
        [[-0.8164966, 4.0, -2.8856181], [0.8164966, 4.0, 0.8856181]],
    ),
)


def _batch_slips(batch: Numbers, gamma: Numbers, beta: Numbers, epsilon: float, _: Any) -> Slips:
    mean, variance = batch.mean(axis=0), batch.var(axis=0)
    away = batch - mean
    plain = away / np.sqrt(variance + epsilon)
    by_row = batch - batch.mean(axis=1, keepdims=True)
    return [
        ("gamma and beta are missing: each feature is multiplied by its gamma, then its beta "
         "is added.", plain),
        ("beta is missing. It is added at the end.", gamma * plain),
        ("gamma is missing. It multiplies the normalised values.", plain + beta),
        ("gamma and beta have changed places: multiply by gamma, add beta.", beta * plain + gamma),
        ("You added beta before you multiplied by gamma. Multiply first.", gamma * (plain + beta)),
        ("You subtracted beta. Add it.", gamma * plain - beta),
        ("You divided by gamma. Multiply.", plain / gamma + beta),
        ("You normalised each row, an image, by itself. Batch normalisation takes a "
         "feature's mean over all images of the batch: axis=0.",
         gamma * by_row / np.sqrt(batch.var(axis=1, keepdims=True) + epsilon) + beta),
        ("You took one mean for the whole batch. Each feature has its own: axis=0.",
         gamma * (batch - batch.mean()) / np.sqrt(batch.var() + epsilon) + beta),
        ("You divided by the variance. Its square root is what is wanted.",
         gamma * away / (variance + epsilon) + beta),
        ("epsilon belongs under the square root, beside the variance.",
         gamma * away / (np.sqrt(variance) + epsilon) + beta),
        ("epsilon is missing. It keeps a feature that is the same everywhere from 0 / 0.",
         gamma * away / np.sqrt(variance) + beta),
        ("You divided by n − 1 in the variance. Batch normalisation divides by n, "
         "as np.var does.", gamma * away / np.sqrt(batch.var(axis=0, ddof=1) + epsilon) + beta),
        ("The mean is not subtracted.", gamma * batch / np.sqrt(variance + epsilon) + beta),
        ("You scaled the pixels by 255. Batch normalisation uses the statistics of the batch.",
         gamma * batch / 255 + beta, batch / 255),
        ("That is the batch, unchanged.", batch),
        *lazy(batch.shape, [case[-1] for case in _BATCHES]),
    ]  # fmt: skip


check_normalise_batch = Check(
    "normalise_batch(batch, gamma, beta, epsilon)", _BATCHES, _batch_slips, tolerance=_TOLERANCE
)

# normalise_at_prediction ------------------------------------------------------------------------

#: batch, training_batches, momentum, epsilon, expected
_TRAININGS = as_arrays(
    (
        [[5.0, 1.0], [3.0, -2.0]],
        [[[2.0, 0.0], [6.0, 4.0]], [[1.0, 3.0], [7.0, 1.0]], [[0.0, 2.0], [4.0, 8.0]]],
        0.75,
        0.25,
        [[1.60954573, -0.47293785], [0.59963468, -2.03852523]],
    ),
    ([[8.0]], [[[1.0], [4.0], [7.0]], [[2.0], [2.0], [8.0]]], 0.5, 0.5, [[2.0]]),
)


def _prediction_slips(
    batch: Numbers, batches: Numbers, momentum: float, epsilon: float, _: Any
) -> Slips:
    means, variances = list(batches.mean(axis=1)), list(batches.var(axis=1))
    pooled = batches.reshape(-1, batches.shape[-1])
    own_mean, own_variance = batch.mean(axis=0), batch.var(axis=0)

    def apply(mean: Any, variance: Any) -> Numbers:
        return (batch - mean) / np.sqrt(variance + epsilon)

    mean, variance = _moving(means, momentum), _moving(variances, momentum, 1.0)
    deviation = _moving([np.sqrt(v) for v in variances], momentum, 1.0)
    return [
        ("You used the statistics of the new batch itself. At prediction the moving averages from "
         "training take their place, so that an image's result does not depend on its neighbours.",
         apply(own_mean, own_variance)),
        ("momentum has the wrong place: the old average keeps the share momentum, the new "
         "batch gets the rest.",
         apply(_moving(means, 1 - momentum), _moving(variances, 1 - momentum, 1.0))),
        ("That is the plain mean over all training batches. A moving average starts at mean 0 "
         "and variance 1, and goes a part of the way at each batch.",
         apply(np.mean(means, axis=0), np.mean(variances, axis=0))),
        ("You took all training images as one batch. The averages move batch by batch.",
         apply(pooled.mean(axis=0), pooled.var(axis=0))),
        ("Only the last training batch counts in your result. Start from the old averages, and "
         "keep the share momentum of them each time.", apply(means[-1], variances[-1])),
        ("You stopped after the first training batch. The averages move at every batch.",
         apply(_moving(means[:1], momentum), _moving(variances[:1], momentum, 1.0))),
        ("You began with the statistics of the first batch. Begin with mean 0 and variance 1.",
         apply(_moving(means[1:], momentum, means[0]),
               _moving(variances[1:], momentum, variances[0]))),
        ("You began with variance 0. Keras begins with mean 0 and variance 1.",
         apply(mean, _moving(variances, momentum))),
        ("You began with mean 1. Keras begins with mean 0 and variance 1.",
         apply(_moving(means, momentum, 1.0), variance)),
        ("The new batch moved the averages as well. At prediction they stand still.",
         apply(_moving([own_mean], momentum, mean), _moving([own_variance], momentum, variance))),
        ("You averaged standard deviations. Average variances, and take the root at the end.",
         (batch - mean) / np.sqrt(deviation**2 + epsilon), (batch - mean) / (deviation + epsilon)),
        ("You divided by the variance. Its square root is what is wanted.",
         (batch - mean) / (variance + epsilon)),
        ("epsilon belongs under the square root, beside the variance.",
         (batch - mean) / (np.sqrt(variance) + epsilon)),
        ("epsilon is missing.", (batch - mean) / np.sqrt(variance)),
        ("That is the batch, unchanged.", batch),
        *lazy(batch.shape, [case[-1] for case in _TRAININGS]),
    ]  # fmt: skip


def _moving(values: Sequence[Any], momentum: float, average: Any = 0.0) -> Any:
    """Let an average follow values."""
    for value in values:
        average = momentum * average + (1 - momentum) * value
    return average


check_normalise_at_prediction = Check(
    "normalise_at_prediction(batch, training_batches, momentum, epsilon)",
    _TRAININGS,
    _prediction_slips,
    tolerance=_TOLERANCE,
)

# shift_image ------------------------------------------------------------------------------------

_PICTURE = np.array([[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]], np.uint8)

#: image, down, right, expected
_SHIFTS: list[Case] = [
    (_PICTURE, 1, 2, np.array([[0, 0, 0, 0], [0, 0, 1, 2], [0, 0, 5, 6]])),
    (_PICTURE, -2, -1, np.array([[10, 11, 12, 0], [0, 0, 0, 0], [0, 0, 0, 0]])),
    (_PICTURE, 1, -1, np.array([[0, 0, 0, 0], [2, 3, 4, 0], [6, 7, 8, 0]])),
]

_SHIFTS_PAST_THE_EDGE: list[Case] = [
    (_PICTURE, 0, 1, np.array([[0, 1, 2, 3], [0, 5, 6, 7], [0, 9, 10, 11]])),
    (_PICTURE, -1, 0, np.array([[5, 6, 7, 8], [9, 10, 11, 12], [0, 0, 0, 0]])),
    (_PICTURE, 0, 0, _PICTURE.astype(int)),
    (_PICTURE, 4, 1, np.zeros((3, 4), int)),
    (_PICTURE, -1, -6, np.zeros((3, 4), int)),
]

_SLICES = {
    "broadcast": "The two slices have different sizes. A negative shift cuts off the other side, a "
    "shift of 0 cuts off nothing, and one past the edge leaves nothing."
}


def _shift_slips(image: Numbers, down: int, right: int, _: Any) -> Slips:
    return [
        ("What left on one side came back on the other, as np.roll does. A part of the picture "
         "that leaves the frame is gone, and 0 fills the gap.",
         np.roll(image, (down, right), axis=(0, 1))),
        ("down and right have changed places: the first axis counts rows, so it is the one for "
         "`down`.", _shifted(image, right, down)),
        ("The direction is turned round: a positive `down` moves the picture down, a positive "
         "`right` to the right.", _shifted(image, -down, -right),
         _shifted(image, -down, right), _shifted(image, down, -right)),
        ("You moved it down only. `right` is missing.", _shifted(image, down, 0)),
        ("You moved it to the right only. `down` is missing.", _shifted(image, 0, right)),
        ("Negative shifts move the picture as well, up or to the left.",
         _shifted(image, max(down, 0), max(right, 0))),
        ("A minus sign was lost: −1 moves the picture up, or to the left.",
         _shifted(image, abs(down), abs(right))),
        ("You filled the gap with 255, white. Fill it with 0.",
         _shifted(image, down, right, fill=255)),
        ("You filled the gap with copies of the edge. Fill it with 0.",
         _shifted(image, down, right, fill=None)),
        ("The part that leaves the frame is cut off, but nothing fills the gap: the picture must "
         "keep its size.", _cropped(image, down, right)),
        ("That is the picture, unchanged.", image),
        *lazy(image.shape, [case[-1] for case in _SHIFTS]),
    ]  # fmt: skip


def _shifted(image: Numbers, down: int, right: int, fill: int | None = 0) -> Numbers:
    """Look up where each pixel comes from; `None` fills the gap with the nearest pixel."""
    height, width = image.shape
    rows, columns = np.arange(height) - down, np.arange(width) - right
    found = image[np.clip(rows, 0, height - 1)][:, np.clip(columns, 0, width - 1)]
    if fill is None:
        return found
    inside = np.outer((rows >= 0) & (rows < height), (columns >= 0) & (columns < width))
    return np.where(inside, found, fill)


def _cropped(image: Numbers, down: int, right: int) -> Numbers:
    """Keep only what stays in the frame."""
    height, width = image.shape
    rows = slice(max(0, -down), max(0, height - max(0, down)))
    columns = slice(max(0, -right), max(0, width - max(0, right)))
    return image[rows, columns]


check_shift_image = Check(
    "shift_image(image, down, right)", _SHIFTS, _shift_slips, meanings=_SLICES
)
check_shift_past_the_edge = check_shift_image.then(
    "by 0, and past the edge", cases=_SHIFTS_PAST_THE_EDGE
)

# cosine_rate ------------------------------------------------------------------------------------

#: step, n_steps, peak, warmup_steps, expected
_RATES: list[Case] = [
    (50, 200, 0.4, 0, 0.341421356),
    (0, 200, 0.6, 0, 0.6),
    (100, 200, 0.8, 0, 0.4),
    (200, 200, 0.4, 0, 0.0),
]

_WARM_UPS: list[Case] = [
    (10, 200, 0.4, 40, 0.1),
    (0, 200, 0.4, 40, 0.0),
    (40, 200, 0.4, 40, 0.4),
    (80, 200, 0.4, 40, 0.341421356),
    (120, 200, 0.4, 40, 0.2),
]


def _rate_slips(step: int, n_steps: int, peak: float, warmup_steps: int, _: Any) -> Slips:
    rising = step < warmup_steps
    left, after = n_steps - warmup_steps, step - warmup_steps
    done, ramp = after / left, step / warmup_steps if warmup_steps else 1.0

    def wave(turned: float) -> Any:
        return peak * (1 + np.cos(turned)) / 2

    half, without = wave(np.pi * done), wave(np.pi * step / n_steps)
    known: list[tuple[Any, ...]] = [
        ("That is the rate as a multiple of the peak. Multiply it by `peak`.",
         ramp if rising else half / peak),
        ("np.cos wants radians: half a turn is np.pi, not 180.", wave(180 * done)),
        ("np.cos wants radians. You left np.pi out.", wave(done)),
        ("That is the warm-up turned round: it rises from 0 to the peak, and does not fall.",
         peak * (1 - ramp) if rising else half),
    ]  # fmt: skip
    if rising:
        known += [
            ("That is already the peak. During the warm-up the rate rises from 0 to it.", peak),
            ("The warm-up is missing: the first warmup_steps rise in a straight line from 0.",
             without, half),
            ("Rise over the steps of the warm-up, not over all steps.", peak * step / n_steps),
            ("In the warm-up the rate rises in a straight line: no cosine yet.",
             peak - wave(np.pi * ramp)),
            ("You counted from the next step. At step 0 the rate is 0.",
             peak * (step + 1) / warmup_steps),
            ("The warm-up rises to the peak; yours multiplies the cosine as well.", without * ramp),
        ]  # fmt: skip
    else:
        known += [
            ("Half is missing: 1 + cosine runs from 2 to 0, and the peak would be doubled.",
             2 * half),
            ("The 1 is missing: a cosine alone runs from 1 to −1, and no rate is below 0.",
             2 * half - peak, half - peak / 2),
            ("The sign is turned round: your rate rises from 0 to the peak.", peak - half),
            ("That is a straight line. A cosine is level at both ends.", peak * (1 - done)),
            ("That is a quarter of a wave: from the peak to 0 the cosine runs through np.pi, "
             "not np.pi / 2.", peak * np.cos(np.pi * done / 2)),
            ("That is a whole wave: it comes back to the peak. Half a wave is np.pi.",
             wave(2 * np.pi * done)),
            ("That is a sine. It begins at 0.", peak * (1 + np.sin(np.pi * done)) / 2),
            ("The cosine begins when the warm-up is over, and has only the steps that are left. "
             "Count them from there, for the step and for the whole.",
             without, wave(np.pi * step / left), wave(np.pi * after / n_steps)),
            ("The rate is constant. After the warm-up it falls.", peak),
            ("A whole-number division // lost the share of the steps that are done.",
             wave(np.pi * (after // left))),
        ]  # fmt: skip
    return [*known, *lazy((), [case[-1] for case in (*_RATES, *_WARM_UPS)])]


check_cosine_rate = Check(
    "cosine_rate(step, n_steps, peak, warmup_steps)",
    _RATES,
    _rate_slips,
    part="without warm-up",
    form=one_number,
    tolerance=_TOLERANCE,
)
check_cosine_warm_up = check_cosine_rate.then("with warm-up", cases=_WARM_UPS)
