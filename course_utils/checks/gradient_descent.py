"""The checks of the exercises on gradient descent: what is asked, known slips, and what is said."""

from functools import partial
from typing import Any

import numpy as np

from course_utils.checks.asking import Foreign
from course_utils.checks.check import Case, Check
from course_utils.checks.comparing import (
    Numbers,
    Slips,
    as_arrays,
    is_numeric,
    kind_remark,
    lazy,
)
from course_utils.checks.forms import one_row, pair
from course_utils.checks.outcome import CheckError
from course_utils.checks.probabilities import softmax
from course_utils.checks.showing import show

#: Images and labels.
Batch = tuple[Numbers, Numbers]

_UPHILL = "You went uphill. The gradient points to where the loss grows, so step against it."
_NO_RATE = "The learning rate is missing. It sets how much of the gradient a step takes."
_CHANGE = "That is the change alone. Add it to the old value."

# gradient_step ----------------------------------------------------------------------------------

#: weights, gradient, learning_rate, expected
_STEPS = as_arrays(
    ([1.0, -2.0, 0.5], [0.5, -4.0, 2.0], 0.1, [0.95, -1.6, 0.3]),
    ([[2.0, 0.0], [-1.0, 3.0]], [[10.0, -20.0], [0.0, -4.0]], 0.05, [[1.5, 1.0], [-1.0, 3.2]]),
)


def _gradient_slips(weights: Numbers, gradient: Numbers, rate: float, expected: Numbers) -> Slips:
    change = weights - expected
    return [
        (_UPHILL, weights + change),
        (_NO_RATE, weights - gradient, weights + gradient),
        (_CHANGE, change, -change),
        ("You subtracted the learning rate alone. Multiply it by the gradient first.",
         weights - rate),
        ("You moved every weight equally far. A step is the learning rate times the derivative, so "
         "it is small where the loss is flat.", weights - rate * np.sign(gradient)),
        ("You lost the sign of the derivative. Where it is negative, the weight has to grow.",
         weights - np.abs(change)),
        ("You moved every weight towards 0. It is the sign of its derivative, not its own, that "
         "decides whether a weight grows or shrinks.",
         *(weights - signs * np.abs(change) for signs in _signs(weights))),
        ("You divided by the learning rate. Multiply by it.", weights - gradient / rate),
        ("You multiplied by the weights as well.", weights - change * weights, weights * change),
        ("Weights and gradient are swapped.", gradient - rate * weights),
        ("You took the mean of the gradient for all weights. Each weight has its own derivative.",
         weights - change.mean()),
        ("You took the sum of the gradient for all weights. Each weight has its own derivative.",
         weights - change.sum()),
        ("The learning rate multiplies the gradient alone, not the weights.",
         rate * (weights - gradient)),
        ("The weights have not changed.", weights),
        ("That is the gradient, unchanged.", gradient),
        *lazy(weights.shape, [case[-1] for case in _STEPS]),
    ]  # fmt: skip


def _signs(weights: Numbers) -> list[Numbers]:
    """Give the signs of weights; that of 0 may be any."""
    return [np.sign(weights), np.where(weights > 0, 1, -1), np.where(weights < 0, -1, 1)]


check_gradient_step = Check(
    "gradient_step(weights, gradient, learning_rate)", _STEPS, _gradient_slips
)

# make_batches -----------------------------------------------------------------------------------

_ROWS = np.array([[10, 11], [20, 21], [30, 31], [40, 41], [50, 51]])
_LABELS = np.array([7, 3, 9, 1, 4])

#: images, labels, batch_size, order, expected. No image and no label stands twice.
_EPOCHS: list[Case] = [
    (
        _ROWS,
        _LABELS,
        2,
        np.array([3, 0, 4, 2, 1]),
        [([[40, 41], [10, 11]], [1, 7]), ([[50, 51], [30, 31]], [4, 9]), ([[20, 21]], [3])],
    ),
    (
        _ROWS[:4],
        _LABELS[:4],
        2,
        np.array([1, 2, 3, 0]),
        [([[20, 21], [30, 31]], [3, 9]), ([[40, 41], [10, 11]], [1, 7])],
    ),
    (  # as many batches of equal size would be two of three images
        np.vstack([_ROWS, [[60, 61]]]),
        np.append(_LABELS, 2),
        4,
        np.array([5, 0, 3, 1, 2, 4]),
        [
            ([[60, 61], [10, 11], [40, 41], [20, 21]], [2, 7, 1, 3]),
            ([[30, 31], [50, 51]], [9, 4]),
        ],
    ),
]


def _batches(received: Any) -> list[Batch]:
    """Demand a list of pairs, or what hands them out one by one."""
    given = received.items if isinstance(received, Foreign) else received
    if not isinstance(given, list | tuple):
        raise CheckError(f"expected a list of pairs, one per batch; received {show(received)}.")
    for batch in given:
        remark = ""
        if not isinstance(batch, list | tuple) or len(batch) != 2:
            remark = "Put both in brackets, with a comma between them."
        elif strange := [values for values in batch if not is_numeric(values)]:
            remark = kind_remark(strange[0])
        if remark:
            wanted = "expected: batches that hold two things, images and labels"
            raise CheckError(f"{wanted}\nreceived: {show(batch)}\n{remark}")
    return [(np.atleast_1d(images), np.ravel(labels)) for images, labels in given]


def _no_images(batches: list[Batch], images: Numbers) -> str:
    """Say what keeps batches from holding such images."""
    if not batches:
        return f"There are no batches at all, for {len(images)} images."
    for place, (rows, row_labels) in enumerate(batches):
        if rows.shape[1:] != images.shape[1:]:
            sizes = ", ".join(map(str, images.shape[1:]))
            hint = "A batch is a pair: its images first, then its labels."
            if rows.shape == images.shape[1:] and len(row_labels) == 1:
                hint = (
                    f"That is a single image, and you made {len(batches)} pairs for {len(images)} "
                    "images. A batch holds batch_size images together."
                )
            return (
                f"expected: in batch {place} images of shape (number of images, {sizes})\n"
                f"received: shape {rows.shape}\n{hint}"
            )
    return ""


def _not_together(batches: list[Batch], images: Numbers, labels: Numbers, *_: Any) -> str:
    """Say which image does not stand with its own label."""
    if told := _no_images(batches, images):
        return told
    for place, (rows, row_labels) in enumerate(batches):
        if len(rows) != len(row_labels):
            return (
                f"Batch {place} has {len(rows)} images and {len(row_labels)} labels.\nCut both at "
                "the same indices."
            )
        for row, label in zip(rows, row_labels, strict=True):
            found = np.flatnonzero((images == row).all(axis=tuple(range(1, images.ndim))))
            if not found.size:
                return f"Batch {place} holds an image that was not given: {show(row)}."
            if label != labels[found[0]]:
                return (
                    f"The image {show(row)} has label {labels[found[0]]}; in batch {place} its "
                    f"label is {label}.\nImages and labels no longer belong together: put both "
                    "in the same order, and cut both at the same indices."
                )
    return ""


def _not_complete(batches: list[Batch], images: Numbers, *others: Any) -> str:
    """Say what is wrong with the images that batches hold, and name the likely slip."""
    if told := _no_images(batches, images):
        return told
    _, size, order, expected = others
    got, wanted = ([np.asarray(rows) for rows, _ in some] for some in (batches, expected))
    lengths, right = ([len(rows) for rows in some] for some in (got, wanted))
    flat = np.concatenate(got)
    if lengths != right:
        told = f"expected: batches of {right} images\nreceived: {lengths}"
        known = [
            (right[-1] < size and lengths == right[:-1],
             "The last, smaller batch is missing. Its images count as well."),
            (len(got) == size and len(flat) == len(images),
             "batch_size is the number of images in a batch, not the number of batches."),
            (len(got) == 1, "That is a single batch. Go on until every image is used."),
            (len(got) == len(right) and all(map(np.array_equal, got, _spans(images, size, order))),
             "Your batches hold the images from their first index to their last, as a slice does: "
             "none, if the first is the larger one. But the indices of a batch are scattered. Take "
             "the image of each."),
            (len(flat) > len(images), "Some images occur twice. An epoch uses every image once."),
            (len(np.unique(flat, axis=0)) == len(images),
             f"Every image is used once. But each batch holds batch_size images, here {size}, and "
             "only the last one may be smaller."),
            (True, "Some images are missing. An epoch uses every image once."),
        ]  # fmt: skip
    else:
        pairs = enumerate(zip(got, wanted, strict=True))
        place = next((i for i, both in pairs if not np.array_equal(*both)), None)
        if place is None:
            return ""
        told = f"expected: in batch {place} the images {show(wanted[place])}\n"
        told += f"received: {show(got[place])}"
        known = [
            (np.array_equal(flat, images),
             "They are in their old order. Use `order`, which tells you which image comes first."),
            (np.array_equal(flat, images[np.argsort(order)]),
             "You used `order` the other way round. order[0] is the index of the first image."),
            (np.array_equal(flat, images[order][order]),
             "You used `order` twice. images[order] are in the new order already: cut them one "
             "after another. Or leave `images` as they are, and take those that `order` names."),
            (len(np.unique(flat, axis=0)) < len(images),
             "Some images occur twice and others are missing. An epoch uses every image once."),
            (all(map(_same_rows, got, wanted)),
             "Each batch holds the right images, but not in the order that `order` gives."),
            (True, "In the whole epoch every image comes once, but not in the order that `order` "
             "gives: order[0] is the index of the first image, order[1] that of the second."),
        ]  # fmt: skip
    return f"{told}\n{next(hint for fits, hint in known if fits)}"


def _spans(images: Numbers, size: int, order: Numbers) -> list[Numbers]:
    """Take everything between the first and the last index of each batch."""
    parts = [order[start : start + size] for start in range(0, len(order), size)]
    return [images[part[0] : part[-1] + 1] for part in parts]


def _same_rows(some: Numbers, others: Numbers) -> bool:
    """Say whether two arrays hold the same rows, in whatever order."""
    return np.array_equal(np.unique(some, axis=0), np.unique(others, axis=0))


_BATCHING = partial(
    Check, "make_batches(images, labels, batch_size, order)", _EPOCHS, form=_batches, compares=False
)
check_make_batches_together = _BATCHING(part="images with their labels", demand=_not_together)
check_make_batches_complete = _BATCHING(
    part="every image once", demand=_not_complete, follows=check_make_batches_together
)

# train_step -------------------------------------------------------------------------------------

_MOVED = np.array([-0.1, -0.1, -0.1, 0.3])  # what a step makes of four biases of 0
#: inputs, labels, weights, biases, learning_rate, expected weights, expected biases
_LAYERS = as_arrays(
    (
        [[1.0, 2.0], [-1.0, 0.5], [0.5, -1.0]],
        [2, 0, 2],
        [[0.5, -1.0, 0.2], [1.0, 0.0, -0.5]],
        [0.1, -0.2, 0.3],
        0.5,
        [[0.20863193, -0.92689451, 0.41826258], [0.77409588, -0.02743899, -0.24665689]],
        [0.04156629, -0.31578377, 0.47421748],
    ),
    ([[1.0, 2.0]], [3], np.zeros((2, 4)), np.zeros(4), 0.4, [_MOVED, 2 * _MOVED], _MOVED),
)


def _layer_slips(part: int, *case: Any) -> Slips:
    inputs, labels, weights, biases, rate, *new = case
    n, n_classes = len(inputs), len(biases)
    old, change = (weights, biases)[part], (weights, biases)[part] - new[part]
    logits, table = inputs @ weights + biases, np.eye(n_classes)[labels]
    shares, slopes = softmax(logits), weights - new[0]

    def step(error: Numbers) -> Numbers:
        return old - rate / n * ((inputs.T, np.ones(n))[part] @ error)

    return [
        (("You left the weights as they were.",
          "The biases have not changed. They learn too, and each has its own derivative.")[part],
         old),
        (_UPHILL, old + change),
        ("You added up over the batch. The loss is a mean, so divide by the number of images; "
         "otherwise a larger batch makes a larger step.", old - n * change),
        (_NO_RATE, old - change / rate),
        ("Softmax is missing. The one-hot rows are subtracted from probabilities, not from "
         "logits.", step(logits - table)),
        ("You subtracted the label itself. A label is a name, not a quantity: subtract its one-hot "
         "row from the probabilities.", step(shares - labels[:, None]),
         *([step(shares - labels)] if n in (1, n_classes) else [])),
        ("You left the biases out on the way forward. They belong to the logits.",
         step(softmax(inputs @ weights) - table)),
        (("You used the new biases for the step of the weights. Both steps start from the old "
          "values.",
          "You used the new weights for the step of the biases. Both steps start from the old "
          "values.")[part],
         step(softmax(inputs @ (weights, new[0])[part] + (new[1], biases)[part]) - table)),
        ("You left the labels out. Subtract the one-hot rows from the probabilities.",
         step(shares)),
        ("You took a step after each image. A batch makes one step: all its derivatives start "
         "from the old weights and biases, and their mean changes these once.",
         *(_image_by_image(each, *case)[part] for each in (rate / n, rate))),
        ("You multiplied by the slope of softmax as well. Probability − one-hot is the whole "
         "derivative for the logits, and contains that slope already.",
         step((shares - table) * shares * (1 - shares))),
        ("You took the answers, the classes of the largest probabilities, in place of the "
         "probabilities. Subtract the one-hot rows of the labels from the probabilities.",
         step(np.eye(n_classes)[shares.argmax(axis=1)] - table)),
        *([("You made the step of the biases from the gradient of the weights, which contains the "
            "inputs. A bias is only added, so its derivative is that of its logit: add these up "
            "over the images.", old - slopes.sum(axis=0), old - slopes.mean(axis=0))]
          if part == 1 else []),
        ("You applied softmax down the columns. Each row is one image with its own probabilities.",
         step(softmax(logits, axis=0) - table)),
        ("You applied one softmax to the whole batch. Each row has its own.",
         step(softmax(logits, axis=None) - table)),
        ("That is the sigmoid of each logit. This layer has softmax.",
         step(1 / (1 + np.exp(-logits)) - table)),
        ("You divided by the number of images twice.", old - change / n),
        ("You divided by the number of classes, or of biases. The loss is a mean over the images.",
         old - change * n / n_classes),
        ("You divided by the number of classes as well. The mean is over the images alone.",
         old - change / n_classes),
        ("You used the first image alone. Every image of the batch counts.",
         step((shares - table) * (np.arange(n) == 0)[:, None])),
        (_CHANGE, change, -change),
        ("That is the gradient of the loss. Take a step against it.", change / rate),
        *lazy(old.shape, [case[5 + part] for case in _LAYERS]),
    ]  # fmt: skip


def _image_by_image(
    rate: float, inputs: Numbers, labels: Numbers, weights: Numbers, biases: Numbers, *_: Any
) -> tuple[Numbers, Numbers]:
    """Take a step after each image, from where the one before has led."""
    for row, one_hot in zip(inputs, np.eye(len(biases))[labels], strict=True):
        error = softmax((row @ weights + biases)[None])[0] - one_hot
        weights, biases = weights - rate * np.outer(row, error), biases - rate * error
    return weights, biases


def _parameters(received: Any) -> tuple[Any, Any]:
    """Demand weights and biases."""
    weights, biases = pair("weights", "biases")(received)
    return weights, one_row(biases)


_TRAINING = partial(
    Check,
    "train_step(inputs, labels, weights, biases, learning_rate)",
    _LAYERS,
    form=_parameters,
    allows=("preprocessing.one_hot",),  # the exercise begins with the table that it makes
)
check_train_step_weights = _TRAINING(partial(_layer_slips, 0), part="the weights")
check_train_step_biases = _TRAINING(
    partial(_layer_slips, 1), part="the biases", result=1, follows=check_train_step_weights
)
