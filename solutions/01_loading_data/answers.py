"""Right and wrong answers to the exercises on loading data."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from sklearn.model_selection import StratifiedShuffleSplit, train_test_split

from course_utils.checks.loading_data import (
    check_brighten_limits,
    check_brighten_range,
    check_class_counts,
    check_hold_out_classes,
    check_hold_out_pairs,
)
from course_utils.grading.exercise import Exercise

Arguments = Iterator[tuple[Any, ...]]

# brighten -------------------------------------------------------------------------------------


def _brighten(images, amount):
    return np.clip(images.astype(np.int16) + amount, 0, 255).astype(np.uint8)


def _within(rng: np.random.Generator) -> Arguments:
    for _ in range(20):
        amount = int(rng.integers(5, 60)) * int(rng.choice([-1, 1]))
        yield rng.integers(60, 190, (3, 4, 5), dtype=np.uint8), amount
    yield rng.integers(60, 190, (3, 4, 5), dtype=np.uint8), -1


def _beyond(rng: np.random.Generator) -> Arguments:
    for _ in range(20):
        amount = int(rng.integers(60, 256)) * int(rng.choice([-1, 1]))
        yield rng.integers(0, 256, (3, 4, 5), dtype=np.uint8), amount


BRIGHTEN = Exercise(
    _brighten,
    {
        "brighten_range": (check_brighten_range, _within),
        "brighten_limits": (check_brighten_limits, _beyond),
    },
)


@BRIGHTEN.right
def brighten_in_floats(images, amount):
    bright = images.astype("float32") + amount
    bright[bright > 255] = 255
    bright[bright < 0] = 0
    return bright.astype("uint8")


@BRIGHTEN.right
def brighten_by_loops(images, amount):
    bright = np.empty_like(images)
    for place, value in np.ndenumerate(images):
        bright[place] = min(255, max(0, int(value) + amount))
    return bright


@BRIGHTEN.right
def brighten_by_table(images, amount):
    table = [min(255, max(0, value + amount)) for value in range(256)]
    return np.array(table, np.uint8)[images]


@BRIGHTEN.right
def brighten_by_room(images, amount):
    if amount >= 0:
        return np.uint8(255) - np.maximum(np.uint8(255) - images, amount) + np.uint8(amount)
    return np.maximum(images, -amount) - np.uint8(-amount)


@BRIGHTEN.right
def brighten_in_fractions(images, amount):
    return np.rint((images / 255 + amount / 255).clip(0, 1) * 255).astype(np.uint8)


@BRIGHTEN.wrong("NumPy's + looks after the range", says="uint8 cannot hold")
def brighten_by_plus(images, amount):
    return images + amount


@BRIGHTEN.wrong("Converting back rounds", says="astype cuts off")
def brighten_and_cut_off(images, amount):
    return ((images / 255 + amount / 255).clip(0, 1) * 255).astype(np.uint8)


@BRIGHTEN.wrong("What does not fit stays as it was", says="stayed as it was")
def leave_what_does_not_fit(images, amount):
    bright = images.astype(int) + amount
    return np.where((bright < 0) | (bright > 255), images, bright).astype(np.uint8)


@BRIGHTEN.wrong("A list is an array", says="a list, which has no dtype")
def brighten_to_lists(images, amount):
    return np.clip(images.astype(int) + amount, 0, 255).tolist()


@BRIGHTEN.wrong("The visible amounts are all amounts", says="These are the images as they came")
def brighten_visible_amounts(images, amount):
    known = amount in (5, -10, 100, -50)
    return _brighten(images, amount) if known else images


@BRIGHTEN.wrong("Clipping afterwards mends a wrapped sum", says="a dtype with more room")
def clip_too_late(images, amount):
    return np.clip(images + np.array(amount).astype(np.uint8), 0, 255)


@BRIGHTEN.wrong("Only white is a limit", says="A sum below 0 wrapped around")
def only_the_upper_limit(images, amount):
    return np.minimum(images.astype(np.int16) + amount, 255).astype(np.uint8)


@BRIGHTEN.wrong("Images may change their dtype", says="Images stay uint8")
def brighten_to_int64(images, amount):
    return np.clip(images.astype(np.int64) + amount, 0, 255)


@BRIGHTEN.wrong("The argument may be written into", says="changed its argument")
def brighten_in_place(images, amount):
    images[:] = np.clip(images.astype(np.int16) + amount, 0, 255)
    return images


# class_counts ---------------------------------------------------------------------------------


def _class_counts(labels, n_classes):
    return np.bincount(labels, minlength=n_classes)


def _labels(rng: np.random.Generator) -> Arguments:
    for _ in range(20):
        n_classes = int(rng.integers(5, 12))
        counts = rng.integers(2, 400, n_classes)
        counts[rng.choice(n_classes, 2, replace=False)] = 0
        counts[-1] = rng.choice([0, 300])
        labels = np.repeat(np.arange(n_classes), counts).astype(np.uint8)
        yield rng.permutation(labels), n_classes


CLASS_COUNTS = Exercise(_class_counts, {"class_counts_check": (check_class_counts, _labels)})


@CLASS_COUNTS.right
def counts_by_loop(labels, n_classes):
    counts = [0] * n_classes
    for label in labels:
        counts[label] += 1
    return counts


@CLASS_COUNTS.right
def counts_by_unique(labels, n_classes):
    counts = np.zeros(n_classes)
    seen, often = np.unique(labels, return_counts=True)
    counts[seen] = often
    return counts


@CLASS_COUNTS.right
def counts_by_one_hot(labels, n_classes):
    return tuple(np.eye(n_classes)[labels].sum(axis=0))


@CLASS_COUNTS.right
def counts_by_histogram(labels, n_classes):
    return np.histogram(labels, bins=np.arange(n_classes + 1))[0]


@CLASS_COUNTS.right
def counts_in_python_numbers(labels, n_classes):
    return np.array([labels.tolist().count(k) for k in range(n_classes)], dtype=object)


@CLASS_COUNTS.wrong(
    "A histogram's bins are the classes", says="Each class needs a piece of its own"
)
def counts_in_bins(labels, n_classes):
    return np.histogram(labels, bins=n_classes)[0]


@CLASS_COUNTS.wrong("There are always ten classes", says="for each of the `n_classes`")
def counts_of_ten(labels, n_classes):
    return np.bincount(labels, minlength=10)


@CLASS_COUNTS.wrong("A generator is a list", says="Put list( ) around it")
def counts_not_yet_made(labels, n_classes):
    return (int((labels == k).sum()) for k in range(n_classes))


@CLASS_COUNTS.wrong("uint8 arithmetic is safe", says="wrapped around")
def counts_in_uint8(labels, n_classes):
    counts = np.zeros(n_classes, labels.dtype)
    for label in labels:
        counts[label] += 1
    return counts


@CLASS_COUNTS.wrong("Indexing counts repeats", says="whether a class occurs")
def counts_by_fancy_index(labels, n_classes):
    counts = np.zeros(n_classes, int)
    counts[labels] += 1
    return counts


@CLASS_COUNTS.wrong("A row of n numbers ends at index n", says="its last index is")
def class_counts_past_the_end(labels, n_classes):
    counts = [0] * n_classes
    for i in range(len(labels) + 1):
        counts[labels[i]] += 1
    return counts


@CLASS_COUNTS.wrong("A dict is a row of counts", says="That is a dict")
def counts_in_dict(labels, n_classes):
    return {k: int((labels == k).sum()) for k in range(n_classes)}


@CLASS_COUNTS.wrong("The sample's answer will do", says="There should be one row")
def counts_of_the_sample(labels, n_classes):
    return [1, 0, 3, 0]


# hold_out -------------------------------------------------------------------------------------


def _hold_out(images, labels, fraction, seed):
    return train_test_split(images, labels, test_size=fraction, stratify=labels, random_state=seed)


def _counts_held(images, labels, fraction, seed):
    return tuple((fraction * np.bincount(labels)).astype(int).tolist())


def _splits(rng: np.random.Generator) -> Arguments:
    for n_classes in range(4, 14):
        fraction = (0.125, 0.25, 0.375, 0.5, 0.75)[n_classes % 5]  # one of them is no nth part
        counts = 8 * rng.integers(1, 7, n_classes)
        labels = rng.permutation(np.repeat(np.arange(n_classes), counts)).astype(np.uint8)
        images = rng.integers(0, 256, (len(labels), 4, 5), dtype=np.uint8)
        yield images, labels, fraction, int(rng.integers(0, 1000))


HOLD_OUT = Exercise(
    _hold_out,
    {
        "hold_out_pairs": (check_hold_out_pairs, _splits),
        "hold_out_classes": (check_hold_out_classes, _splits),
    },
    expect=_counts_held,
)


@HOLD_OUT.right
def hold_out_by_hand(images, labels, fraction, seed):
    order = np.random.default_rng(seed).permutation(len(labels))
    held = []
    for k in set(labels.tolist()):
        of_class = [i for i in order if labels[i] == k]
        held += of_class[: round(fraction * len(of_class))]
    kept = [i for i in order if i not in set(held)]
    return images[kept], images[held], labels[kept], labels[held]


@HOLD_OUT.right
def hold_out_by_splitter(images, labels, fraction, seed):
    splitter = StratifiedShuffleSplit(1, test_size=fraction, random_state=seed)
    kept, held = next(splitter.split(images, labels))
    return images[kept], images[held], labels[kept], labels[held]


@HOLD_OUT.right
def hold_out_by_positions(images, labels, fraction, seed):
    kept, held = train_test_split(
        np.arange(len(labels)), train_size=1 - fraction, stratify=labels, random_state=seed
    )
    return list(images[kept]), list(images[held]), labels[kept].tolist(), labels[held].tolist()


@HOLD_OUT.right
def hold_out_by_mask_in_floats(images, labels, fraction, seed):
    rng, mask = np.random.default_rng(seed), np.zeros(len(labels), bool)
    for k in np.unique(labels):
        of_class = np.flatnonzero(labels == k)
        mask[rng.choice(of_class, int(fraction * len(of_class)), replace=False)] = True
    kept, held = images[~mask].astype(float), images[mask].astype(float)
    return kept, held, labels[~mask].astype(float), labels[mask].tolist()


def _first_of_each_class(labels, fraction, classes, rng=None):
    """Positions kept and held out, the held ones first of their class; shuffled if `rng`."""
    kept, held = [], []
    for k in classes:
        of_class = np.flatnonzero(labels == k)
        if rng is not None:
            of_class = rng.permutation(of_class)
        n_held = int(fraction * len(of_class))
        held += of_class[:n_held].tolist()
        kept += of_class[n_held:].tolist()
    return kept, held


@HOLD_OUT.wrong("Shuffling afterwards is a choice by chance", says="before they are shuffled")
def chosen_then_shuffled(images, labels, fraction, seed):
    kept, held = _first_of_each_class(labels, fraction, np.unique(labels))
    held = np.random.default_rng(seed).permutation(held)
    return images[kept], images[held], labels[kept], labels[held]


@HOLD_OUT.wrong("Two splits are enough", says="seeds 48 and 50 held out the same images")
def two_splits_only(images, labels, fraction, seed):
    return _hold_out(images, labels, fraction, seed % 2)


@HOLD_OUT.wrong("There are always ten classes", says="Do you go through every class")
def ten_classes(images, labels, fraction, seed):
    rng = np.random.default_rng(seed)
    kept, held = _first_of_each_class(labels, fraction, range(10), rng)
    return images[kept], images[held], labels[kept], labels[held]


@HOLD_OUT.wrong("Images are rows of features", says="Images and labels keep their shape")
def flattened(images, labels, fraction, seed):
    kept, held, *both_labels = _hold_out(images, labels, fraction, seed)
    return kept.reshape(len(kept), -1), held.reshape(len(held), -1), *both_labels


@HOLD_OUT.wrong("A split scales", says="A split changes no pixel")
def scaled_on_the_way(images, labels, fraction, seed):
    return _hold_out(images / 255, labels, fraction, seed)


@HOLD_OUT.wrong("Positions are images", says="Are these indices?")
def positions_only(images, labels, fraction, seed):
    return _hold_out(np.arange(len(labels)), labels, fraction, seed)


@HOLD_OUT.wrong("Labels have to be one-hot", says="keep their shape")
def one_hot_on_the_way(images, labels, fraction, seed):
    kept, held, *both = _hold_out(images, labels, fraction, seed)
    return kept, held, *(np.eye(labels.max() + 1)[part] for part in both)


@HOLD_OUT.wrong("Drawing with replacement is a split", says="exactly one")
def drawn_with_replacement(images, labels, fraction, seed):
    rng = np.random.default_rng(seed)
    kept, held = _first_of_each_class(labels, fraction, np.unique(labels))
    return images[kept], images[rng.choice(held, len(held))], labels[kept], labels[held]


@HOLD_OUT.wrong("The labels' parts may change places", says="parts of the labels are swapped")
def labels_swapped(images, labels, fraction, seed):
    kept, held, kept_labels, held_labels = _hold_out(images, labels, fraction, seed)
    return kept, held, held_labels, kept_labels


@HOLD_OUT.wrong("A random split is balanced", says="not stratified")
def not_stratified(images, labels, fraction, seed):
    return train_test_split(images, labels, test_size=fraction, random_state=seed)


@HOLD_OUT.wrong("The end of the data is a fair part", says="one end of the data")
def take_the_end(images, labels, fraction, seed):
    kept = len(labels) - int(fraction * len(labels))
    return images[:kept], images[kept:], labels[:kept], labels[kept:]


@HOLD_OUT.wrong("Held-out images may stay in training", says="leakage")
def leaks(images, labels, fraction, seed):
    _, held, _, held_labels = _hold_out(images, labels, fraction, seed)
    return images, held, labels, held_labels


@HOLD_OUT.wrong("Images and labels may be shuffled apart", says="shuffled separately")
def shuffled_apart(images, labels, fraction, seed):
    parts = _hold_out(images, labels, fraction, seed)
    rng = np.random.default_rng(seed)
    return parts[0], parts[1], rng.permutation(parts[2]), rng.permutation(parts[3])


@HOLD_OUT.wrong("One seed fits all", says="The seed that is passed in is ignored")
def fixed_seed(images, labels, fraction, seed):
    return _hold_out(images, labels, fraction, 48)


@HOLD_OUT.wrong("A split need not be repeatable", says="two calls with seed")
def without_seed(images, labels, fraction, seed):
    return _hold_out(images, labels, fraction, None)


@HOLD_OUT.wrong("The fraction is what is kept", says="The parts are swapped")
def fraction_is_kept(images, labels, fraction, seed):
    return train_test_split(images, labels, train_size=fraction, stratify=labels, random_state=seed)


@HOLD_OUT.wrong("Pairs are returned as Keras loads them", says="in another order")
def pairs_of_split(images, labels, fraction, seed):
    kept, held, kept_labels, held_labels = _hold_out(images, labels, fraction, seed)
    return kept, kept_labels, held, held_labels


@HOLD_OUT.wrong("Only the held-out part matters", says="expected: four parts")
def only_held_out(images, labels, fraction, seed):
    return _hold_out(images, labels, fraction, seed)[1::2]


@HOLD_OUT.wrong("Five per cent is always right", says="To hold out are 10 of 40")
def fixed_fraction(images, labels, fraction, seed):
    return train_test_split(images, labels, test_size=0.1, stratify=labels, random_state=seed)


@HOLD_OUT.wrong("The same number from each class is fair", says="not stratified")
def equally_many(images, labels, fraction, seed):
    order = np.random.default_rng(seed).permutation(len(labels))
    rank = [np.sum(labels[order[:i]] == labels[order[i]]) for i in range(len(order))]
    order = order[np.argsort(rank, kind="stable")]  # the first of each class, then the second
    held, kept = np.split(order, [int(fraction * len(labels))])
    return images[kept], images[held], labels[kept], labels[held]


EXERCISES = [BRIGHTEN, CLASS_COUNTS, HOLD_OUT]
