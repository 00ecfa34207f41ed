"""The checks of the exercises on going further: what is asked, known slips, and what is said."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from course_utils.checks.check import Case, Check
from course_utils.checks.comparing import Numbers, Slips, as_arrays, is_numeric, lazy
from course_utils.checks.networks import (
    MEANINGS,
    Network,
    describe_network,
    first_difference,
    network,
)

_TOLERANCE = 1e-5  # float32 with one root is nearer than this

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
        ("gamma and beta are swapped: multiply by gamma, then add beta.", beta * plain + gamma),
        ("You added beta before you multiplied by gamma. Multiply first.", gamma * (plain + beta)),
        ("You subtracted beta. Add it.", gamma * plain - beta),
        ("You divided by gamma. Multiply.", plain / gamma + beta),
        ("You normalised each row, which is one image, by itself. Batch normalisation takes a "
         "feature's mean over all images of the batch: axis=0.",
         gamma * by_row / np.sqrt(batch.var(axis=1, keepdims=True) + epsilon) + beta),
        ("You took one mean for the whole batch. Each feature has its own: axis=0.",
         gamma * (batch - batch.mean()) / np.sqrt(batch.var() + epsilon) + beta),
        ("You divided by the variance. Divide by its square root.",
         gamma * away / (variance + epsilon) + beta),
        ("epsilon belongs under the square root, beside the variance.",
         gamma * away / (np.sqrt(variance) + epsilon) + beta),
        ("epsilon is missing. It prevents a division by 0 where all values of a feature are equal.",
         gamma * away / np.sqrt(variance) + beta),
        ("You divided by n − 1 to get the variance. Batch normalisation divides by n, "
         "as np.var does.", gamma * away / np.sqrt(batch.var(axis=0, ddof=1) + epsilon) + beta),
        ("The mean is not subtracted.", gamma * batch / np.sqrt(variance + epsilon) + beta),
        ("Those are moving averages, or what they begin with. They are for the time after "
         "training: here the mean and the variance are those of this batch.",
         *(gamma * (batch - (1 - m) * mean) / np.sqrt(m + (1 - m) * variance + epsilon) + beta
           for m in (0.99, 0.9, 1))),
        ("The first feature's gamma or beta is used for all features. Each feature has its own.",
         gamma[0] * plain + beta[0], gamma[0] * plain + beta, gamma * plain + beta[0]),
        ("Your epsilon is another than the one that the function is given, or it is added to some "
         "variances only. It belongs to every variance.",
         *(gamma * away / np.sqrt(variance + other) + beta for other in (1e-2, 1e-3, 1e-5, 1e-8))),
        ("You scaled the pixels by 255. Batch normalisation uses the statistics of the batch.",
         gamma * batch / 255 + beta, batch / 255),
        ("That is the batch, unchanged.", batch),
        *lazy(batch.shape, [case[-1] for case in _BATCHES]),
    ]  # fmt: skip


def _too_many_features(batch: Numbers, *_: Any) -> dict[str, str]:
    """Say what an error means where a loop over the features is as long as the batch."""
    n, n_features = batch.shape
    if n <= n_features:
        return {}
    return {
        rf"index {n_features} is out of bounds for axis [01] with size {n_features}$": "The "
        f"features have the indices 0 to {n_features - 1}, as batch.shape[1] is {n_features}. "
        f"len(batch) is {n}, the number of images. What does your loop count?"
    }


check_normalise_batch = Check(
    "normalise_batch(batch, gamma, beta, epsilon)",
    _BATCHES,
    _batch_slips,
    tolerance=_TOLERANCE,
    meanings=_too_many_features,
)

# build_regularised ------------------------------------------------------------------------------


def regularised(hidden: Sequence[str], between: str, last: str) -> Network:
    """Describe the network: after each hidden layer comes another."""
    layers = [layer for dense in hidden for layer in (dense, between)]
    return Network((784,), (*layers, last))


#: hidden_units, dropout, weight_decay, expected
_REGULARISED: list[Case] = [
    ([64], 0.3, 0.001, regularised(
        ["Dense(64, relu, kernel_regularizer=L2(l2=0.001))"],
        "Dropout(0.3)",
        "Dense(10, softmax, kernel_regularizer=L2(l2=0.001))",
    )),
    ([96, 32], 0.2, 0.0005, regularised(
        ["Dense(96, relu, kernel_regularizer=L2(l2=0.0005))",
         "Dense(32, relu, kernel_regularizer=L2(l2=0.0005))"],
        "Dropout(0.2)",
        "Dense(10, softmax, kernel_regularizer=L2(l2=0.0005))",
    )),
]  # fmt: skip


def _regularised_slips(
    hidden_units: Sequence[int], dropout: float, weight_decay: float, expected: Network
) -> Slips:
    *_, between, last = expected.layers
    hidden = list(expected.layers[:-1:2])
    inside = f", kernel_regularizer=L2(l2={weight_decay:g})"

    def with_layers(*layers: str) -> Network:
        return replace(expected, layers=layers)

    def with_every(old: str, new: str) -> Network:
        return with_layers(*(layer.replace(old, new) for layer in expected.layers))

    def with_hidden(old: str, new: str) -> Network:
        return with_layers(*(layer.replace(old, new) for layer in expected.layers[:-1]), last)

    with_dropout_first = [layer for dense in hidden for layer in (between, dense)]
    penalty = f"L2(l2={weight_decay:g})"
    return [
        ("Dropout also came after the output layer. There it sets probabilities to 0, at times "
         "that of the right class, so leave it out.", with_layers(*expected.layers, between)),
        ("The only Dropout came after the output layer, where it sets probabilities to 0. It "
         "belongs after each hidden layer.", with_layers(*hidden, last, between)),
        ("Dropout came before each hidden layer, so the first of them drops pixels of the image. "
         "Here it is wanted after each hidden layer.", with_layers(*with_dropout_first, last)),
        ("You gave Dropout the fraction to keep. Its argument is the fraction to drop.",
         with_every(between, f"Dropout({1 - dropout:g})")),
        ("Dropout is missing. It is a layer of its own, added after each hidden layer.",
         with_layers(*hidden, last)),
        ("Only the last hidden layer is followed by Dropout. Each of them should be.",
         with_layers(*hidden, between, last)),
        ("Only the first hidden layer is followed by Dropout. Each of them should be.",
         with_layers(hidden[0], between, *hidden[1:], last)),
        ("activity_regularizer penalises large outputs of a layer. Weight decay penalises large "
         "weights, which Keras calls the kernel.",
         with_every("kernel_reg", "activity_reg"), with_hidden("kernel_reg", "activity_reg")),
        ("bias_regularizer penalises the biases. Weight decay is meant for the weights, which "
         "Keras calls the kernel.", with_every("kernel_reg", "bias_reg")),
        ("The biases are penalised too. Here only the weights (the kernel) should be.",
         with_every(inside, f"{inside}, bias_regularizer={penalty}")),
        ("Only the output layer has the penalty. The hidden layers, which hold most of the "
         "weights, need it too.", with_hidden(inside, "")),
        ("The output layer has weights as well, so it needs the penalty too.",
         with_layers(*expected.layers[:-1], last.replace(inside, ""))),
        ("No layer has the penalty on its weights. Write weight decay as an L2 penalty, which "
         "each Dense layer takes as its kernel_regularizer.", with_every(inside, "")),
        ("The penalty has Keras's default factor, 0.01. Give L2 the argument weight_decay.",
         with_every(penalty, "L2(l2=0.01)")),
        ("The penalty is half of the one that was asked for: L2 multiplies the sum of the squares "
         "by its factor as it is. Give it weight_decay.",
         with_every(penalty, f"L2(l2={weight_decay / 2:g})")),
        ("The third argument of Dense is use_bias, so the penalty became that. Give it by its "
         "name: kernel_regularizer=…", with_every("kernel_regularizer", "use_bias")),
        ("L1 adds up absolute values. Weight decay adds up squares, which is L2.",
         with_every(penalty, f"L1(l1={weight_decay:g})")),
        ("dropout and weight_decay are swapped.",
         with_layers(*(layer.replace(penalty, f"L2(l2={dropout:g})")
                       .replace(between, f"Dropout({weight_decay:g})")
                       for layer in expected.layers))),
        ("The hidden layers have no activation, so all layers together are one linear layer.",
         with_every(", relu", "")),
        ("Softmax is missing after the last layer.", with_every(", softmax", "")),
        ("The last layer is no hidden layer: it has softmax in place of ReLU, and no Dropout after "
         "it.", with_every("softmax", "relu"),
         with_layers(*expected.layers[:-1], last.replace("softmax", "relu"), between)),
        ("Only the first number of neurons became a layer. hidden_units has one for each hidden "
         "layer.", with_layers(hidden[0], between, last)),
        ("There is no hidden layer.", with_layers(last)),
    ]  # fmt: skip


check_build_regularised = Check(
    "build_regularised(hidden_units, dropout, weight_decay)",
    _REGULARISED,
    _regularised_slips,
    describe=describe_network,
    form=network("loss", "metrics", "optimizer"),
    explain=first_difference,
    meanings={
        "(?i)could not interpret regularizer": "A regulariser is an object, made by "
        "keras.regularizers.L2( ) from the factor of the penalty.",
        **MEANINGS,
    },
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
    moved = _shifted(image, down, right)
    edged, below, behind = moved.copy(), moved.copy(), moved.copy()
    edged[0] = edged[:, 0] = below[0] = behind[:, 0] = 0
    return [
        ("What left on one side came back on the other, as np.roll does. A part of the picture "
         "that leaves the frame is gone, and 0 fills the gap.",
         np.roll(image, (down, right), axis=(0, 1))),
        ("down and right are swapped: the first axis counts rows, so it is the one for `down`.",
         _shifted(image, right, down)),
        ("The direction is reversed: a positive `down` moves the picture down, a positive "
         "`right` to the right.", _shifted(image, -down, -right),
         _shifted(image, -down, right), _shifted(image, down, -right)),
        ("You moved the picture down only. `right` is missing.", _shifted(image, down, 0)),
        ("You moved the picture to the right only. `down` is missing.", _shifted(image, 0, right)),
        ("Negative shifts move the picture as well, up or to the left.",
         _shifted(image, max(down, 0), max(right, 0))),
        ("A minus sign was lost: −1 moves the picture up, or to the left.",
         _shifted(image, abs(down), abs(right))),
        ("You filled the gap with 255, white. Fill it with 0.",
         _shifted(image, down, right, fill=255)),
        ("You filled the gap with copies of the edge. Fill it with 0.",
         _shifted(image, down, right, fill=None)),
        ("The gap holds the old pixels, as a copy of the picture does. Fill it with 0.",
         _shifted(image, down, right, fill=image)),
        ("A shift of 0 cleared the whole picture. Is there a slice from 0 on? [0:] is everything, "
         "and it should clear nothing.",
         *(np.where(clears, 0, moved) for clears in (down * right == 0, down == 0, right == 0))),
        ("Row 0 or column 0 stays empty, but belongs to the picture: places count from 0 on. Does "
         "a `<` stand where `<=` belongs?", edged, below, behind),
        ("A shift that is larger than the picture leads beyond the end of your sheet of zeros, and "
         "there a slice holds too little or nothing. Nothing of the picture is left then: 0 "
         "everywhere, in the picture's size.", _from_sheet(image, down, right)),
        ("The part that leaves the frame is cut off, but nothing fills the gap: the picture must "
         "keep its size.", _cropped(image, down, right)),
        ("Zeros were added, but nothing was cut off: the picture must keep its size.",
         np.pad(image, ((max(down, 0), max(-down, 0)), (max(right, 0), max(-right, 0)))),
         np.pad(image, ((abs(down),) * 2, (abs(right),) * 2))),
        ("What left at the top or on the left came back on the other side. Python counts a place "
         "below 0 from the end, so such places have to be left out as well.",
         _wrapped_below(image, down, right), _looked_up_below(image, down, right)),
        ("That is the picture, unchanged.", image),
        *lazy(image.shape, [case[-1] for case in _SHIFTS]),
    ]  # fmt: skip


def _shifted(image: Numbers, down: int, right: int, fill: Any = 0) -> Numbers:
    """Look up where each pixel comes from; `None` fills the gap with the nearest pixel."""
    height, width = image.shape
    rows, columns = np.arange(height) - down, np.arange(width) - right
    found = image[np.clip(rows, 0, height - 1)][:, np.clip(columns, 0, width - 1)]
    if fill is None:
        return found
    inside = np.outer((rows >= 0) & (rows < height), (columns >= 0) & (columns < width))
    return np.where(inside, found, fill)


def _wrapped_below(image: Numbers, down: int, right: int) -> Numbers:
    """Shift, but let a place below 0 count from the end where there is one; later pixels win."""
    height, width = image.shape
    found = np.zeros(image.shape)
    for row in range(height):
        for column in range(width):
            to = row + down, column + right
            if -height <= to[0] < height and -width <= to[1] < width:
                found[to] = image[row, column]
    return found


def _looked_up_below(image: Numbers, down: int, right: int) -> Numbers:
    """Look up where each pixel comes from, but let a place below 0 count from the end."""
    height, width = image.shape
    found = np.zeros(image.shape)
    for row in range(height):
        for column in range(width):
            of = row - down, column - right
            if -height <= of[0] < height and -width <= of[1] < width:
                found[row, column] = image[of]
    return found


def _from_sheet(image: Numbers, down: int, right: int) -> Numbers:
    """Cut the picture out of a sheet that is as large as nine of them."""
    height, width = image.shape
    sheet = np.pad(image, ((height,) * 2, (width,) * 2))
    top, left = height - down, width - right
    return sheet[top : top + height, left : left + width]


def _cropped(image: Numbers, down: int, right: int) -> Numbers:
    """Keep only what stays in the frame."""
    height, width = image.shape
    rows = slice(max(0, -down), max(0, height - max(0, down)))
    columns = slice(max(0, -right), max(0, width - max(0, right)))
    return image[rows, columns]


def _size_explained(received: Any, image: Numbers, down: int, right: int, _: Any) -> str:
    if not is_numeric(received) or np.shape(received) == image.shape:
        return ""
    if abs(down) > len(image) or abs(right) > len(image[0]):
        return (
            "Where a shift is larger than the picture, your result has another size. Nothing of "
            "the picture is left then: 0 everywhere, in the picture's size."
        )
    return f"The picture keeps its size, whatever the shift: {image.shape} here."


check_shift_image = Check(
    "shift_image(image, down, right)",
    _SHIFTS,
    _shift_slips,
    explain=_size_explained,
    meanings=_SLICES,
)
check_shift_past_the_edge = check_shift_image.then(
    "by 0, and past the edge", cases=_SHIFTS_PAST_THE_EDGE
)
