"""Faults that readers found in the checks, each the first of its kind: none may come back.

Every row is an answer as someone wrote it: what it must hear, what it must never hear, and whether
it earns full marks. An exercise that the second edition retired is stood for by one of its kind.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from course_exercises import EXERCISES

EXERCISE = {exercise.name: (lesson, exercise) for lesson, exercise in EXERCISES}


@dataclass(frozen=True)
class Row:
    """An answer, and what is due to it."""

    exercise: str
    answer: Callable[..., Any]
    is_right: bool = False
    hears: str = ""
    never: tuple[str, ...] = ()


ROWS: list[Row] = []


def right(exercise: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register an answer that was refused, and earns full marks."""
    return _register(exercise, is_right=True)


def wrong(exercise: str, hears: str = "", never: str = "") -> Any:
    """Register an answer that earns less, with a part of what it hears, and what it never does."""
    return _register(exercise, hears=hears, never=(never,) if never else ())


def _register(exercise: str, **due: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def register(answer: Callable[..., Any]) -> Callable[..., Any]:
        ROWS.append(Row(exercise, answer, **due))
        return answer

    return register


_PLAN = {
    "data": "fashion_mnist",
    "baseline": 0.0955,
    "target": 0.92,
    "hypothesis": "Two convolutions of 16 and 48 filters classify 92 of 100 images correctly.",
    "max_parameters": 120_000,
    "max_cpu_seconds": 360,
}


def _plan(name: str, **changes: Any) -> Callable[[], dict[str, Any]]:
    def plan() -> dict[str, Any]:
        return _PLAN | changes

    plan.__name__ = name
    return plan


# Right, and refused ---------------------------------------------------------------------------

for name, changes in {
    "plan_for_no_mistake_at_all": {"target": 1.0},
    "plan_in_words": {
        "hypothesis": "My network recognises at least ninety-five per cent of the clothes."
    },
    "plan_with_a_hypothesis_of_seven_words": {
        "hypothesis": "A convolutional network reaches 95 % on clothes."
    },
    "plan_with_a_hypothesis_of_five_words": {"hypothesis": "My network reaches 0.95 here."},
    "plan_with_nine_in_ten": {"hypothesis": "The network is right nine times in ten."},
    "plan_that_compares_two_networks": {
        "hypothesis": "Two convolutions make fewer mistakes than two dense layers of 64 neurons."
    },
    "plan_with_fractions": {"baseline": Fraction(1, 10), "target": Fraction(9, 10)},
    "plan_with_decimals": {"target": Decimal("0.92"), "max_cpu_seconds": Decimal(360)},
    "plan_with_numpy_numbers": {"target": np.float32(0.92), "max_parameters": np.int64(10**5)},
}.items():
    right("my_plan")(_plan(name, **changes))


@right("baseline_accuracy")
def baseline_as_a_fraction(train_labels, validation_labels):
    most = np.bincount(train_labels).argmax()
    return Fraction(int((validation_labels == most).sum()), len(validation_labels))


# Wrong, and earned full marks ------------------------------------------------------------------


@wrong("save_and_reload", hears="gives other probabilities")
def reload_with_weights_rounded_to_four_places(network, path):
    import keras

    network.save(path)
    loaded = keras.saving.load_model(path)
    loaded.set_weights([np.round(weights, 4) for weights in loaded.get_weights()])
    return loaded


@wrong("save_and_reload", hears="weights of the network that was given have changed")
def save_with_weights_in_half_precision(network, path):
    import keras

    network.set_weights([weights.astype(np.float16) for weights in network.get_weights()])
    network.save(path)
    return keras.saving.load_model(path)


@wrong("evaluate_file")
def accuracy_with_two_decimals(path, images, labels):
    import keras

    network = keras.saving.load_model(path)
    answers = np.asarray(network(images / np.float32(255))).argmax(axis=1)
    return round(float((answers == labels).mean()), 1)


@wrong("is_one_hot")
def one_hot_within_a_tolerance(table):
    return bool(np.allclose(table.max(axis=1), 1) and np.allclose(table.sum(axis=1), 1))


@wrong("is_one_hot", hears="sum of squares")
def one_hot_by_sum_and_sum_of_squares(table):
    return bool(np.all(table.sum(axis=1) == 1) and np.all((table**2).sum(axis=1) == 1))


@wrong("is_one_hot", hears="near 1 is not 1")
def one_hot_by_nearly_equal(table):
    return bool(np.isclose(table, np.eye(table.shape[1])[table.argmax(axis=1)], atol=1e-3).all())


def _diagnosed(first, last, low, end, *, at_rise=False, at_fall=False):
    fallen = last < 0.9 * first or (at_fall and last == 0.9 * first)
    if not fallen:
        return "not learning"
    risen = end > 1.1 * low or (at_rise and end == 1.1 * low)
    return "overfitting" if risen else "learning"


@wrong("diagnose", hears="in between is not the last")
def diagnose_by_the_lowest_training_loss(losses, validation_losses):
    low = min(validation_losses)
    return _diagnosed(losses[0], min(losses), low, validation_losses[-1])


@wrong("diagnose", hears="in between is not the last")
def diagnose_by_the_highest_training_loss(losses, validation_losses):
    low = min(validation_losses)
    return _diagnosed(max(losses), losses[-1], low, validation_losses[-1])


@wrong("diagnose")
def diagnose_by_the_highest_validation_loss(losses, validation_losses):
    low = min(validation_losses)
    return _diagnosed(losses[0], losses[-1], low, max(validation_losses))


@wrong("diagnose", hears="exactly 10 % above")
def diagnose_with_the_boundary_of_the_rise_on_the_other_side(losses, validation_losses):
    low, end = min(validation_losses), validation_losses[-1]
    return _diagnosed(losses[0], losses[-1], low, end, at_rise=True)


@wrong("diagnose", hears="exactly 90 %")
def diagnose_with_the_boundary_of_the_fall_on_the_other_side(losses, validation_losses):
    low, end = min(validation_losses), validation_losses[-1]
    return _diagnosed(losses[0], losses[-1], low, end, at_fall=True)


@wrong("confusion", hears="past 255")
def count_in_one_byte(labels, predictions, n_classes):
    matrix = np.zeros((n_classes, n_classes), dtype=np.uint8)
    np.add.at(matrix, (labels, predictions), 1)
    return matrix


@wrong("class_counts", hears="past 255")
def count_classes_in_one_byte(labels, n_classes):
    counts = np.zeros(n_classes, dtype=np.uint8)
    np.add.at(counts, labels, 1)
    return counts


@wrong("hold_out", hears="lengths")
def hold_out_the_first_fold(images, labels, fraction, seed):
    from sklearn.model_selection import StratifiedKFold

    folds = StratifiedKFold(max(2, round(1 / fraction)), shuffle=True, random_state=seed)
    train, held = next(folds.split(images, labels))
    return images[train], images[held], labels[train], labels[held]


@wrong("softmax", hears="exp of 710 or more is infinite")
def softmax_minus_the_mean_of_the_row(logits):
    powers = np.exp(logits - logits.mean(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


@wrong("output_size", hears="(kernel_size − 1) // 2")
def size_with_padding_halved_and_rounded(n, kernel_size, stride, padding):
    pad = (kernel_size - 1) // 2 if padding == "same" else 0
    return (n + 2 * pad - kernel_size) // stride + 1


for name, (said, changes) in {
    "plan_with_a_budget_without_end": ("nothing exceeds", {"max_parameters": float("inf")}),
    "plan_with_a_budget_that_is_no_number": ("above 0", {"max_cpu_seconds": float("nan")}),
    "plan_without_data": ("data is None", {"data": None}),
    "plan_with_the_baseline_of_other_data": ("once in ten", {"baseline": 0.71}),
    "plan_with_the_data_spelt_otherwise": (
        "once in ten",
        {"data": "Fashion-MNIST", "baseline": 0.71},
    ),
    "plan_of_which_any_digit_passes": (
        "would show it to be wrong",
        {"hypothesis": "My network with 2 hidden layers will be very good at clothes."},
    ),
    "plan_of_which_the_epochs_pass": (
        "would show it to be wrong",
        {"hypothesis": "I train a convolutional network for 20 epochs, and it works well."},
    ),
}.items():
    wrong("my_plan", hears=said)(_plan(name, **changes))


def _log(**changes: Any) -> list[dict[str, Any]]:
    """Return the rows of a good log, the second experiment changed."""
    rows: list[dict[str, Any]] = [{"kind": "plan", **_PLAN}]
    for i, units in enumerate((16, 32, 64, 64)):
        rows.append({
            "kind": "experiment", "number": i + 1, "settings": {"units": units},
            "seed": max(0, i - 2), "validation_accuracy": 0.8 + i / 100, "parameters": 100,
            "cpu_seconds": 9.0, "model": f"experiment_{i + 1}.keras", "sha256": "of the file",
        })  # fmt: skip
    rows[2] |= changes
    rows.append({"kind": "reload", "experiment": 4, "largest_difference": 0.0})
    return [*rows, {"kind": "test", "experiment": 4, "test_accuracy": 0.82}]


@right("my_log")
def log_as_its_rows():
    return _log()


@wrong("my_log", hears="experiment 2: validation_accuracy is 81. An accuracy lies between 0 and 1.")
def log_in_per_cent():
    return _log(validation_accuracy=81)


# Misled ---------------------------------------------------------------------------------------


@wrong("forward", never="hard-coded")
def forward_without_the_last_layer(inputs, layers):
    for i in range(len(layers) - 1):
        weights, biases = layers[i]
        inputs = np.maximum(inputs @ weights + biases, 0)
    return inputs


@wrong("bent_network", never="hard-coded")
def sum_that_leaves_out_the_last_neuron(inputs, weights, biases, output_weights):
    hidden = np.maximum(inputs @ weights + biases, 0)
    total = 0
    for i in range(len(output_weights) - 1):
        total = total + hidden[:, i] * output_weights[i]
    return total


@wrong("convolve", hears="only in the last row", never="hard-coded")
def convolve_without_the_last_row(image, kernel, stride):
    side = len(kernel)
    rows = (image.shape[0] - side) // stride + 1
    columns = (image.shape[1] - side) // stride + 1
    output = np.zeros((rows, columns))
    for i in range(rows - 1):
        for j in range(columns):
            top, left = i * stride, j * stride
            output[i, j] = (image[top : top + side, left : left + side] * kernel).sum()
    return output


@wrong("output_size", hears="`n` divided by `kernel_size`", never="hard-coded")
def as_many_positions_as_kernels_fit(n, kernel_size, stride, padding):
    return n // kernel_size


@wrong("softmax", hears="exp of 710 or more is infinite", never="is 0")
def softmax_that_overflows(logits):
    powers = np.exp(logits)
    return powers / powers.sum(axis=1, keepdims=True)


@wrong("precision_and_recall", hears="rounded down", never="hard-coded")
def shares_by_whole_division(matrix):
    right = np.diagonal(matrix)
    return right // np.maximum(matrix.sum(axis=0), 1), right // np.maximum(matrix.sum(axis=1), 1)


@wrong("gradient_step", never="is 0")
def step_in_whole_numbers(weights, gradient, learning_rate):
    return weights - (learning_rate * gradient) // 1


def _answers(path, images):
    import keras

    network = keras.saving.load_model(path)
    return np.asarray(network(images / np.float32(255)))


@wrong("evaluate_file", never="number of classes")
def right_among_the_first_two(path, images, labels):
    first_two = np.argsort(_answers(path, images), axis=1)[:, -2:]
    return float((first_two == labels[:, None]).any(axis=1).mean())


@wrong("evaluate_file", never="wrong answers")
def accuracy_counted_from_one(path, images, labels):
    return float((_answers(path, images).argmax(axis=1) + 1 == labels).mean())


@wrong("evaluate_file", never="all are right")
def accuracy_of_the_least_likely(path, images, labels):
    return float((_answers(path, images).argmin(axis=1) == labels).mean())


@wrong("baseline_accuracy", never="leakage")
def baseline_by_the_median_label(train_labels, validation_labels):
    return float((validation_labels == int(np.median(train_labels))).mean())


@wrong("train_step", hears="or of biases", never="twice")
def mean_over_the_biases(inputs, labels, weights, biases, learning_rate):
    logits = inputs @ weights + biases
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    errors = powers / powers.sum(axis=1, keepdims=True) - np.eye(len(biases))[labels]
    gradient = inputs.T @ errors / len(biases)
    return weights - learning_rate * gradient, biases - learning_rate * errors.mean(axis=0)


@wrong("brighten", hears="is what np.clip returns used", never="too late")
def brighten_and_drop_what_clip_gives(images, amount):
    brighter = images.astype(int) + amount
    np.clip(brighter, 0, 255)
    return brighter.astype(np.uint8)


def _small(photo):
    size = len(photo) // 28
    return 1 - photo.reshape(28, size, 28, size, 3).mean(axis=(1, 3, 4)) / 255


@wrong("classify_photo", hears="Rows and columns are swapped", never="refill")
def photo_with_rows_for_columns(photo, network):
    batch = np.swapaxes(_small(photo), 0, 1)[None, ..., None]
    return batch, int(np.asarray(network(batch)).argmax())


@wrong("classify_photo", hears="no square blocks", never="Rows and columns are swapped")
def photo_refilled_by_reshape(photo, network):
    batch = (1 - photo.reshape(28, 28, -1).mean(axis=2) / 255)[None, ..., None]
    return batch, int(np.asarray(network(batch)).argmax())


@wrong("classify_photo", hears="one pixel of each block", never="no square blocks")
def photo_of_single_pixels(photo, network):
    size = len(photo) // 28
    batch = (1 - photo[::size, ::size].mean(axis=2) / 255)[None, ..., None]
    return batch, int(np.asarray(network(batch)).argmax())


@wrong("class_counts", hears="one index too late", never="one count too many")
def classes_counted_from_one(labels, n_classes):
    return np.bincount(labels + 1, minlength=n_classes + 1)


@wrong("convolve", hears="Rows and columns are swapped", never="refill")
def convolve_with_axes_swapped(image, kernel, stride):
    side = len(kernel)
    view = np.lib.stride_tricks.sliding_window_view(image, (side, side))[::stride, ::stride]
    return (view * kernel).sum(axis=(2, 3)).T


@wrong("softmax", hears="exp of 710 or more is infinite", never="became 0")
def softmax_minus_the_minimum(logits):
    powers = np.exp(logits - logits.min(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


@wrong("cross_entropy_from_logits")
def loss_minus_the_minimum(logits, label):
    powers = np.exp(logits - logits.min())
    return -np.log(powers[label] / powers.sum())


@wrong("diagnose", hears="not on every way", never="returns nothing yet")
def diagnose_without_the_last_branch(losses, validation_losses):
    if losses[-1] >= 0.9 * losses[0]:
        return "not learning"
    if validation_losses[-1] > 1.1 * min(validation_losses):
        return "overfitting"
    return None


@wrong("pick_best", hears="not on every way", never="returns nothing yet")
def pick_nothing_on_one_branch(rows, max_parameters, max_cpu_seconds):
    within = [row for row in rows if row["parameters"] <= max_parameters]
    if not within:
        return max(row["number"] for row in rows)
    return None


@wrong("my_log", hears="Is it the table of the log?", never="name of a file")
def log_as_the_table_of_the_experiments():
    return "number  accuracy  seconds\n     1     0.871       12\n     2     0.899       31"


@wrong("my_plan", hears="data is [[[", never="ValueError")
def plan_with_an_array_for_the_data():
    return _PLAN | {"data": np.zeros((2, 28, 28))}


# Left without a word -------------------------------------------------------------------------


@wrong("bent_network", hears="leaky ReLU")
def bent_by_a_leaky_relu(inputs, weights, biases, output_weights):
    sums = inputs @ weights + biases
    return np.where(sums > 0, sums, 0.01 * sums) @ output_weights


@wrong("forward", hears="leaky ReLU")
def forward_with_a_leaky_relu(inputs, layers):
    for i, (weights, biases) in enumerate(layers):
        inputs = inputs @ weights + biases
        if i < len(layers) - 1:
            inputs = np.where(inputs > 0, inputs, 0.1 * inputs)
    return inputs


def _hidden(inputs, layers):
    for i, (weights, biases) in enumerate(layers):
        inputs = inputs @ weights + biases
        if i < len(layers) - 1:
            inputs = np.maximum(inputs, 0)
    return inputs


@wrong("forward", hears="tanh")
def forward_that_ends_with_tanh(inputs, layers):
    return np.tanh(_hidden(inputs, layers))


@wrong("forward", hears="sigmoid of what is expected")
def forward_that_ends_with_a_sigmoid(inputs, layers):
    return 1 / (1 + np.exp(-_hidden(inputs, layers)))


@wrong("bent_network", hears="tanh")
def bent_network_that_ends_with_tanh(inputs, weights, biases, output_weights):
    return np.tanh(np.maximum(inputs @ weights + biases, 0) @ output_weights)


@wrong("bent_network", hears="sigmoid of what is expected")
def bent_network_that_ends_with_a_sigmoid(inputs, weights, biases, output_weights):
    return 1 / (1 + np.exp(-(np.maximum(inputs @ weights + biases, 0) @ output_weights)))


@wrong("standardise", hears="rounded to 2 decimals")
def standardise_and_round(images, mean, std):
    return np.round((images - mean) / (std + 1e-10), 2).astype(np.float32)


@wrong("softmax", hears="rounded to 3 decimals")
def softmax_rounded_to_three_places(logits):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.round(powers / powers.sum(axis=1, keepdims=True), 3)


@wrong("baseline_accuracy", hears="rounded to 2 decimals")
def baseline_rounded(train_labels, validation_labels):
    most = np.bincount(train_labels).argmax()
    return round(float((validation_labels == most).mean()), 2)


@wrong("prepare", hears="ddof=1")
def prepare_by_the_deviation_of_a_sample(train_images, test_images):
    mean, std = train_images.mean(), train_images.std(ddof=1) + 1e-10
    train, test = (train_images - mean) / std, (test_images - mean) / std
    return train.astype(np.float32), test.astype(np.float32)


@wrong("normalise_batch", hears="n − 1")
def normalise_by_the_variance_of_a_sample(batch, gamma, beta, epsilon):
    mean, variance = batch.mean(axis=0), batch.var(axis=0, ddof=1)
    return gamma * (batch - mean) / np.sqrt(variance + epsilon) + beta


@wrong("evaluate_file", hears="percentage")
def accuracy_in_per_cent(path, images, labels):
    return 100 * float((_answers(path, images).argmax(axis=1) == labels).mean())


@wrong("precision_and_recall", hears="in per cent")
def shares_in_per_cent(matrix):
    right = np.diagonal(matrix)
    return (
        100 * right / np.maximum(matrix.sum(axis=0), 1),
        100 * right / np.maximum(matrix.sum(axis=1), 1),
    )


@wrong("most_confident_mistakes", hears="counted from 1")
def mistakes_counted_from_one(probabilities, labels, k):
    wrong_ones = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    order = np.argsort(-probabilities.max(axis=1)[wrong_ones], kind="stable")
    return wrong_ones[order][:k] + 1


@wrong("classify_photo", hears="counted classes from 1")
def class_counted_from_one(photo, network):
    batch = _small(photo)[None, ..., None]
    return batch, int(np.asarray(network(batch)).argmax()) + 1


@wrong("early_stop", hears="counted from 0")
def epochs_counted_from_zero(losses, patience):
    best, waited = 0, 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[best]:
            best, waited = epoch, 0
        else:
            waited += 1
            if waited == patience:
                return best, epoch
    return best, len(losses) - 1


@wrong("bent_network", hears="in a row of its own")
def bent_network_in_a_column(inputs, weights, biases, output_weights):
    return (np.maximum(inputs @ weights + biases, 0) * output_weights).sum(axis=1, keepdims=True)


@wrong("precision_and_recall", hears="one axis more")
def shares_in_a_column(matrix):
    right = np.diagonal(matrix)[:, None]
    return (
        right / np.maximum(matrix.sum(axis=0), 1)[:, None],
        right / np.maximum(matrix.sum(axis=1, keepdims=True), 1),
    )


@wrong("softmax", hears="keepdims=True")
def softmax_without_keepdims(logits):
    powers = np.exp(logits - logits.max(axis=1))
    return powers / powers.sum(axis=1)


@wrong("forward", hears="forgot the biases of the last layer")
def forward_without_the_last_bias(inputs, layers):
    for i, (weights, biases) in enumerate(layers):
        inputs = inputs @ weights
        if i < len(layers) - 1:
            inputs = np.maximum(inputs + biases, 0)
    return inputs


@wrong("merge_layers", hears="forgot the second layer's biases")
def merge_without_the_last_bias(first_weights, first_biases, second_weights, second_biases):
    return first_weights @ second_weights, first_biases @ second_weights


@wrong("network_parameters")
def parameters_without_the_last_bias(input_shape, layers):
    _, exercise = EXERCISE["network_parameters"]
    return exercise.reference(input_shape, layers) - layers[-1][1]


def _windows(image, kernel, down, right_):
    side = len(kernel)
    view = np.lib.stride_tricks.sliding_window_view(image, (side, side))[::down, ::right_]
    return (view * kernel).sum(axis=(2, 3))


@wrong("convolve", hears="rows and columns of `kernel`")
def convolve_with_the_kernel_transposed(image, kernel, stride):
    return _windows(image, kernel.T, stride, stride)


@wrong("convolve", hears="used for the rows only")
def convolve_with_steps_down_only(image, kernel, stride):
    return _windows(image, kernel, stride, 1)


@wrong("convolve", hears="used for the columns only")
def convolve_with_steps_to_the_right_only(image, kernel, stride):
    return _windows(image, kernel, 1, stride)


def _softmax(logits):
    powers = np.exp(logits - logits.max())
    return powers / powers.sum()


@wrong("cross_entropy_from_logits", hears="squared differences")
def brier_for_cross_entropy(logits, label):
    return ((_softmax(logits) - np.eye(len(logits))[label]) ** 2).sum()


@wrong("cross_entropy_from_logits", hears="squared differences")
def mean_brier_for_cross_entropy(logits, label):
    return ((_softmax(logits) - np.eye(len(logits))[label]) ** 2).mean()


@wrong("cross_entropy_from_logits", hears="the wrong side")
def logarithm_of_the_rest(logits, label):
    return -np.log(1 - _softmax(logits)[label])


@wrong("make_batches", never="Error")
def batches_one_by_one_and_out_of_order(images, labels, batch_size, order):
    for start in range(0, len(order), batch_size):
        rows = order[start : start + batch_size]
        yield images[rows], np.sort(labels[rows])


@wrong("make_batches", hears="outlives the call")
def batches_in_a_default_list(images, labels, batch_size, order, batches=[]):  # noqa: B006
    for start in range(0, len(order), batch_size):
        rows = order[start : start + batch_size]
        batches.append((images[rows], labels[rows]))
    return batches


SEEN: list[float] = []


@wrong("early_stop", hears="outlives the call")
def early_stop_that_remembers(losses, patience):
    SEEN.extend(losses)
    best = SEEN.index(min(SEEN)) + 1
    return best, min(best + patience, len(losses))


COUNTS = np.zeros(20, int)


@wrong("class_counts", hears="outlives the call")
def counts_in_a_global_array(labels, n_classes):
    np.add.at(COUNTS, labels, 1)
    return COUNTS[:n_classes].copy()


# Of a third set of beginners' mistakes: a false cause, nothing, or full marks.


@wrong("output_size", hears="One ring of zeros", never="+ 1")
def one_ring_of_zeros_for_every_kernel(n, kernel_size, stride, padding):
    room = n + 2 - kernel_size if padding == "same" else n - kernel_size
    return room // stride + 1


@wrong("convolve", hears="places of the output are filled")
def steps_through_image_and_output_alike(image, kernel, stride):
    side = len(kernel)
    shape = [(length - side) // stride + 1 for length in image.shape]
    output = np.zeros(shape)
    for row in range(0, shape[0], stride):
        for column in range(0, shape[1], stride):
            output[row, column] = (image[row : row + side, column : column + side] * kernel).sum()
    return output


@wrong("precision_and_recall", hears="Each row was divided by its sum first")
def precision_of_shares(matrix):
    shares = matrix / matrix.sum(axis=1, keepdims=True)
    right = np.diagonal(matrix)
    return np.diagonal(shares) / shares.sum(axis=0), right / matrix.sum(axis=1)


@wrong("confusion", hears="minlength")
def rows_by_counts_that_end_early(labels, predictions, n_classes):
    matrix = np.zeros((n_classes, n_classes), int)
    for k in range(n_classes):
        matrix[k] = np.bincount(predictions[labels == k])
    return matrix


@wrong("confusion", hears="Put each comparison in brackets", never="np.where")
def comparisons_without_brackets(labels, predictions, n_classes):
    matrix = np.zeros((n_classes, n_classes), int)
    for row in range(n_classes):
        for column in range(n_classes):
            matrix[row, column] = np.sum(labels == row & predictions == column)
    return matrix


@wrong("evaluate_file", hears="divided by the highest value among them")
def pixels_by_their_own_maximum(path, images, labels):
    import keras

    outputs = keras.saving.load_model(path).predict(images / images.max(), verbose=0)
    return (outputs.argmax(axis=1) == labels).mean()


@wrong("early_stop", hears="UnboundLocalError")
def last_epoch_of_a_loop_that_may_not_run(losses, patience):
    best = 1
    for epoch in range(2, len(losses) + 1):
        if losses[epoch - 1] < losses[best - 1]:
            best = epoch
        elif epoch - best >= patience:
            break
    return best, epoch


@wrong("classify_photo", hears="a sum over 255 wraps around")
def colours_added_in_bytes(photo, network):
    size = len(photo) // 28
    grey = (photo[..., 0] + photo[..., 1] + photo[..., 2]) / 3
    batch = (1 - grey.reshape(28, size, 28, size).mean(axis=(1, 3)) / 255)[None, :, :, None]
    return batch, int(np.asarray(network(batch)).argmax())


@wrong("build_regularised", hears="The third argument of Dense is use_bias")
def penalty_without_its_name(hidden_units, dropout, weight_decay):
    return _regularised(hidden_units, dropout, (_l2(weight_decay),), {})


@wrong("build_regularised", hears="half of the one that was asked for")
def penalty_with_half_its_factor(hidden_units, dropout, weight_decay):
    return _regularised(hidden_units, dropout, (), {"kernel_regularizer": _l2(weight_decay / 2)})


def _l2(factor: float) -> Any:
    import keras

    return keras.regularizers.L2(factor)


def _regularised(hidden_units: Any, dropout: float, told: Any, named: Any) -> Any:
    from keras import Sequential, layers

    network = Sequential([layers.Input((784,))])
    for units in hidden_units:
        network.add(layers.Dense(units, "relu", *told, **named))
        network.add(layers.Dropout(dropout))
    network.add(layers.Dense(10, "softmax", *told, **named))
    return network


@wrong("shift_image", hears="Python counts a place below 0 from the end")
def shift_that_waits_for_an_index_error(image, down, right):
    moved = np.zeros_like(image)
    for row in range(len(image)):
        for column in range(len(image[0])):
            try:
                moved[row, column] = image[row - down, column - right]
            except IndexError:
                continue
    return moved


# Of a reader of the lessons on colour, backpropagation and good practice.


@right("build_transfer")
def transfer_from_the_output_of_the_extractor(extractor, n_classes):
    import keras

    extractor.trainable = False
    outputs = keras.layers.Dense(n_classes, activation="softmax")(extractor.output)
    return keras.Model(extractor.input, outputs)


@right("loss_and_derivatives")
def loss_by_a_table_of_as_many_rows_as_labels(logits, labels):
    import keras

    shares = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    table = keras.utils.to_categorical(labels, logits.shape[1])
    losses = keras.losses.categorical_crossentropy(table, shares)
    return np.mean(losses), (shares - table) / len(labels)


@right("relative_error")
def error_by_distances_in_plain_python(calculated, measured):
    one, other = np.ravel(calculated).tolist(), np.ravel(measured).tolist()
    lengths = math.hypot(*one) + math.hypot(*other)
    return math.dist(one, other) / lengths if lengths else 0


@right("suspicious")
def suspicious_by_a_partition(probabilities, labels, n):
    of_given = probabilities[np.arange(len(labels)), labels]
    lowest = np.argpartition(of_given, n - 1)[:n]
    return lowest[np.argsort(of_given[lowest])]


@wrong("colour_numbers", hears="only in the columns 3, 4 and 5", never="everywhere but")
def deviations_of_the_rows_means(photos):
    of_rows = (photos / 255).mean(axis=2)
    return np.concatenate([of_rows.mean(axis=1), of_rows.std(axis=1)], axis=1)


@wrong("build_transfer", hears="Leave its settings", never="it needs softmax")
def last_layer_without_biases(extractor, n_classes):
    import keras

    extractor.trainable = False
    last = keras.layers.Dense(n_classes, use_bias=False, activation="softmax")
    return keras.Sequential([extractor, last])


@wrong("loss_and_derivatives", hears="A logarithm of 0 was taken", never="Subtract the highest")
def logarithm_of_the_whole_table(logits, labels):
    shares = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    table = np.eye(logits.shape[1])[labels]
    return -np.log(shares * table).mean(), (table - shares) / len(labels)


@wrong("loss_and_derivatives", hears="received: nan", never="received: 0.302535")
def mean_over_the_classes_of_a_table_with_zeros(logits, labels):
    shares = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    table = np.eye(logits.shape[1])[labels]
    return -(table * np.log(shares)).mean(), (shares - table) / len(labels)


@wrong("measure_gradient", hears="one step only back")
def back_to_where_it_began(loss_of, weights, step):
    slopes = np.zeros(weights.shape)
    for place in np.ndindex(weights.shape):
        moved = weights.copy()
        moved[place] += step
        above = loss_of(moved)
        moved[place] -= step
        slopes[place] = (above - loss_of(moved)) / (2 * step)
    return slopes


@wrong("measure_gradient", hears="Put brackets round what you divide by")
def quotient_without_brackets(loss_of, weights, step):
    slopes = np.zeros(weights.shape)
    for place in np.ndindex(weights.shape):
        change = np.zeros(weights.shape)
        change[place] = step
        slopes[place] = (loss_of(weights + change) - loss_of(weights - change)) / 2 * step
    return slopes


@wrong("suspicious", hears="how far another class is ahead")
def suspicious_by_the_lead_of_another_class(probabilities, labels, n):
    of_given = probabilities[np.arange(len(labels)), labels]
    return np.argsort(of_given - probabilities.max(axis=1), kind="stable")[:n]


@wrong("suspicious", hears="how probable another class is")
def suspicious_by_the_strongest_rival(probabilities, labels, n):
    others = probabilities.copy()
    others[np.arange(len(labels)), labels] = 0
    return np.argsort(-others.max(axis=1), kind="stable")[:n]


def _loss_gradient(network: Any, images: Any, labels: Any) -> Any:
    import keras
    import tensorflow as tf

    inputs = tf.constant(images)
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        loss = keras.losses.sparse_categorical_crossentropy(labels, network(inputs))
    return tape.gradient(loss, inputs).numpy()


@wrong("nudge", hears="One step is asked for")
def nudge_in_ten_steps(network, images, labels, size):
    for _ in range(10):
        step = size / 10 * np.sign(_loss_gradient(network, images, labels))
        images = np.clip(images + step, 0, 1)
    return images


@wrong("nudge", hears="have not moved", never="You clipped the step")
def nudge_where_the_derivative_is_positive(network, images, labels, size):
    return np.clip(images + size * (_loss_gradient(network, images, labels) > 0), 0, 1)


@wrong("nudge", hears="All images moved alike")
def nudge_by_the_mean_gradient(network, images, labels, size):
    step = size * np.sign(_loss_gradient(network, images, labels).mean(axis=0))
    return np.clip(images + step, 0, 1)


@wrong("nudge", hears="The tape watches tensors only")
def nudge_by_a_tape_that_watches_an_array(network, images, labels, size):
    import keras
    import tensorflow as tf

    with tf.GradientTape() as tape:
        tape.watch(images)
        loss = keras.losses.sparse_categorical_crossentropy(labels, network(images))
    return np.clip(images + size * np.sign(tape.gradient(loss, images)), 0, 1)


@wrong("nudge", hears="predict is not")
def nudge_by_predict(network, images, labels, size):
    import keras
    import tensorflow as tf

    inputs = tf.constant(images)
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        answers = network.predict(inputs, verbose=0)
        loss = keras.losses.sparse_categorical_crossentropy(labels, answers)
    return np.clip(images + size * np.sign(tape.gradient(loss, inputs)), 0, 1)


def test_a_mistake_past_the_edge_leaves_the_first_part_of_shift_image_its_marks() -> None:
    def last_row_stays_in_sight(image: Any, down: int, right: int) -> Any:
        height, width = image.shape
        down, right = np.clip(down, 1 - height, height - 1), np.clip(right, 1 - width, width - 1)
        sheet = np.pad(image, ((height, height), (width, width)))
        return sheet[height - down :, width - right :][:height, :width]

    lesson, exercise = EXERCISE["shift_image"]
    outcome = lesson.try_answer(exercise, last_row_stays_in_sight, np.random.default_rng(0))
    assert outcome.earned == 1, outcome.message


def _title(value: Any) -> str | None:
    return value.answer.__name__ if isinstance(value, Row) else None


@pytest.mark.parametrize("row", ROWS, ids=_title)
def test_a_fault_that_was_found_stays_mended(row: Row) -> None:
    lesson, exercise = EXERCISE[row.exercise]
    outcome = lesson.try_answer(exercise, row.answer, np.random.default_rng(0))
    assert (outcome.earned == outcome.possible) == row.is_right, outcome.message
    assert row.hears in outcome.message
    assert [said for said in row.never if said in outcome.message] == []
