"""Answers to the exercises on loading data, right and wrong."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
from sklearn.model_selection import StratifiedShuffleSplit, train_test_split

from course_utils.grading.exercise import Exercise

Arguments = Iterator[tuple[Any, ...]]


# --- describe_images -----------------------------------------------------------------------------


def describe_images_reference(images):
    n_images, height, width = images.shape
    return n_images, height, width, height * width


def image_stacks(rng: np.random.Generator) -> Arguments:
    for _ in range(10):
        n_images, height, width = (int(n) for n in rng.integers((2, 4, 12), (40, 11, 30)))
        yield (rng.integers(0, 256, (n_images, height, width), dtype=np.uint8),)


describe_images = Exercise("describe_images", describe_images_reference, image_stacks)


@describe_images.right
def describe_by_len(images):
    first = images[0]
    return [len(images), len(first), len(first[0]), first.size]


@describe_images.right
def describe_as_array(images):
    return np.array([*images.shape, images.reshape(len(images), -1).shape[1]])


@describe_images.right
def describe_in_numpy_floats(images):
    n_images, height, width = map(np.float64, images.shape)
    return n_images, height, width, height * width


@describe_images.right
def describe_by_counting(images):
    height = sum(1 for _ in images[0])
    return len(images), height, images.shape[2], images.nbytes // images.itemsize // len(images)


@describe_images.wrong("Every image is square", says="Not every image is square")
def describe_squares(images):
    return *images.shape, images.shape[2] ** 2


@describe_images.wrong("A pixel has three numbers", says="are for colour")
def describe_in_colour(images):
    return *images.shape, 3 * images[0].size


@describe_images.wrong("Features = number of axes", says="How many axes")
def features_are_axes(images):
    return *images.shape, images[0].ndim


@describe_images.wrong("The images are counted last", says="Axis 0 counts the images")
def images_counted_last(images):
    n_images, height, width = images.shape
    return height, width, n_images, height * width


@describe_images.wrong("A shape is one number", says="expected four numbers")
def describe_in_pairs(images):
    return images.shape, images[0].size


@describe_images.wrong("Features = images", says="counted images as features")
def features_are_images(images):
    n_images, height, width = images.shape
    return n_images, height, width, n_images


@describe_images.wrong("All pixels of all images are features", says="all the images together")
def features_are_all_pixels(images):
    return *images.shape, images.size


@describe_images.wrong("The width comes first", says="Height and width are swapped")
def width_first(images):
    n_images, width, height = images.shape
    return n_images, height, width, height * width


@describe_images.wrong("Rows and columns add up", says="do not add up")
def features_added(images):
    n_images, height, width = images.shape
    return n_images, height, width, height + width


@describe_images.wrong("A row is an image's features", says="counted one axis only")
def features_are_columns(images):
    return *images.shape, images.shape[-1]


@describe_images.wrong("Fashion-MNIST's numbers are everybody's", says="fixed numbers")
def describe_fashion_mnist(images):
    return 60000, 28, 28, 784


@describe_images.wrong("The sample's answer will do", says="fixed numbers")
def describe_the_sample(images):
    return 7, 2, 3, 6


@describe_images.wrong("The shape is the whole answer", says="expected four numbers")
def only_the_shape(images):
    return images.shape


@describe_images.wrong("Printing is returning", says="prints its answer")
def describe_by_printing(images):
    n_images, height, width = images.shape
    print(n_images, height, width, height * width)


# --- brighten ------------------------------------------------------------------------------------


def brighten_reference(images, amount):
    return np.clip(images.astype(np.int16) + amount, 0, 255).astype(np.uint8)


def images_and_amounts(rng: np.random.Generator) -> Arguments:
    for i in range(10):
        amount = int(rng.integers(60, 200)) * (1 if i % 2 else -1)
        yield rng.integers(0, 256, (3, 4, 5), dtype=np.uint8), amount


brighten = Exercise("brighten", brighten_reference, images_and_amounts)


@brighten.right
def brighten_in_floats(images, amount):
    bright = images.astype("float32") + amount
    bright[bright > 255] = 255
    bright[bright < 0] = 0
    return bright.astype("uint8")


@brighten.right
def brighten_by_loops(images, amount):
    bright = np.empty_like(images)
    for place, value in np.ndenumerate(images):
        bright[place] = min(255, max(0, int(value) + amount))
    return bright


@brighten.right
def brighten_by_table(images, amount):
    table = [min(255, max(0, value + amount)) for value in range(256)]
    return np.array(table, np.uint8)[images]


@brighten.right
def brighten_by_room(images, amount):
    if amount >= 0:
        return np.uint8(255) - np.maximum(np.uint8(255) - images, amount) + np.uint8(amount)
    return np.maximum(images, -amount) - np.uint8(-amount)


@brighten.right
def brighten_in_fractions(images, amount):
    return np.rint((images / 255 + amount / 255).clip(0, 1) * 255).astype(np.uint8)


@brighten.right
def brighten_by_an_int16_amount(images, amount):
    return (images + np.int16(amount)).clip(0, 255).astype("u1")


@brighten.right
def brighten_nested_lists(images, amount):
    rows = [[[max(0, min(255, p + amount)) for p in row] for row in i] for i in images.tolist()]
    return np.array(rows, dtype=np.uint8)


@brighten.wrong("NumPy's + looks after the range", says="uint8 has no place for")
def brighten_by_plus(images, amount):
    return images + amount


@brighten.wrong("Converting back rounds", says="astype cuts off")
def brighten_and_cut_off(images, amount):
    return ((images / 255 + amount / 255).clip(0, 1) * 255).astype(np.uint8)


@brighten.wrong("256 values end at 256", says="One limit is one too high")
def limit_of_256(images, amount):
    return np.clip(images.astype(int) + amount, 0, 256).astype(np.uint8)


@brighten.wrong("An amount has no sign", says="A negative amount makes them darker")
def brighten_only(images, amount):
    return np.clip(images.astype(int) + abs(amount), 0, 255).astype(np.uint8)


@brighten.wrong("What does not fit stays as it was", says="Go through your steps")
def leave_what_does_not_fit(images, amount):
    bright = images.astype(int) + amount
    return np.where((bright < 0) | (bright > 255), images, bright).astype(np.uint8)


@brighten.wrong("A list is an array", says="received list")
def brighten_to_lists(images, amount):
    return np.clip(images.astype(int) + amount, 0, 255).tolist()


@brighten.wrong("The visible amounts are all amounts", says="nothing was added")
def brighten_visible_amounts(images, amount):
    known = amount in (5, -10, 100, -50)
    return brighten_reference(images, amount) if known else images


@brighten.wrong("uint8 arithmetic is safe", says="wrapped around")
def brighten_and_wrap(images, amount):
    return (images + np.int64(amount)).astype(np.uint8)


@brighten.wrong("Clipping afterwards mends a wrapped sum", says="np.clip after the sum")
def clip_too_late(images, amount):
    return np.clip(images + np.array(amount).astype(np.uint8), 0, 255)


@brighten.wrong("A pixel may be any number", says="left the range")
def brighten_without_limits(images, amount):
    return images.astype(np.int16) + amount


@brighten.wrong("Only white is a limit", says="A sum below 0 wrapped around")
def only_the_upper_limit(images, amount):
    return np.minimum(images.astype(np.int16) + amount, 255).astype(np.uint8)


@brighten.wrong("Images may change their dtype", says="expected an array of dtype uint8")
def brighten_to_int64(images, amount):
    return np.clip(images.astype(np.int64) + amount, 0, 255)


@brighten.wrong("Brighter means multiplied", says="You multiplied")
def brighten_by_factor(images, amount):
    return np.clip(images * (1 + amount / 255), 0, 255).astype(np.uint8)


@brighten.wrong("The argument may be written into", says="changed its argument")
def brighten_in_place(images, amount):
    images[:] = np.clip(images.astype(np.int16) + amount, 0, 255)
    return images


@brighten.wrong("Returned unchanged", says="nothing was added")
def brighten_nothing(images, amount):
    return images


@brighten.wrong("All zeros", says="Every pixel is the same")
def brighten_to_zeros(images, amount):
    return np.zeros_like(images)


@brighten.wrong("The sample's answer will do", says="the answer to another case")
def brighten_the_sample(images, amount):
    return np.array([[[15, 25, 35], [45, 55, 65]]], np.uint8)


@brighten.wrong("NumPy widens for a negative number", says="OverflowError")
def brighten_in_uint8(images, amount):
    return np.where(images > 255 - amount, 255, images + amount).astype(np.uint8)


# --- add_channel_axis ----------------------------------------------------------------------------


def add_channel_axis_reference(images):
    return images[..., np.newaxis]


add_channel_axis = Exercise("add_channel_axis", add_channel_axis_reference, image_stacks)


@add_channel_axis.right
def channel_by_expand_dims(images):
    return np.expand_dims(images, -1)


@add_channel_axis.right
def channel_by_reshape(images):
    return images.reshape(*images.shape, 1)


@add_channel_axis.right
def channel_by_loops(images):
    return [[[[pixel] for pixel in row] for row in image] for image in images.tolist()]


@add_channel_axis.right
def channel_in_float(images):
    return np.stack([images], axis=3).astype(np.float32)


@add_channel_axis.right
def channel_by_moveaxis(images):
    return np.moveaxis(images[None], 0, -1)


@add_channel_axis.right
def channel_image_by_image(images):
    return [image[:, :, None] for image in images]


@add_channel_axis.right
def channel_set_and_put_back(images):
    images.shape = (*images.shape, 1)
    longer = images.copy()
    images.shape = images.shape[:3]
    return longer


@add_channel_axis.wrong("A network wants 0 to 1", says="the pixels hold other values")
def channel_and_scaled(images):
    return images[..., None] / 255


@add_channel_axis.wrong("int8 holds what uint8 holds", says="the pixels hold other values")
def channel_in_int8(images):
    return images.astype(np.int8)[..., None]


@add_channel_axis.wrong("The shape is the array", says="the shape as four numbers")
def channel_of_the_shape(images):
    return (*images.shape, 1)


@add_channel_axis.wrong("Image files are read column by column", says="reshape only refills")
def channel_by_columns(images):
    return images.ravel(order="F").reshape(*images.shape, 1)


@add_channel_axis.wrong("The channel stands between", says="between rows and columns")
def channel_between(images):
    return images[:, :, None, :]


@add_channel_axis.wrong("Grey images need no channel axis", says="There is no channel axis")
def no_channel(images):
    return images


@add_channel_axis.wrong("The new axis is the batch's", says="where the batch is counted")
def axis_in_front(images):
    return images[np.newaxis]


@add_channel_axis.wrong("Channels come first", says="the channel last")
def channel_first(images):
    return images[:, np.newaxis]


@add_channel_axis.wrong("An image has three channels", says="A grey image has one")
def three_channels(images):
    return np.stack([images] * 3, axis=-1)


@add_channel_axis.wrong("One image is all there is", says="An axis is lost")
def only_the_first_image(images):
    return images[0][..., np.newaxis]


@add_channel_axis.wrong("The features are flat", says="An axis is lost")
def flat_channel(images):
    return images.reshape(len(images), -1, 1)


@add_channel_axis.wrong("Transpose adds an axis harmlessly", says="have changed places")
def transposed(images):
    return images.transpose(0, 2, 1)[..., np.newaxis]


@add_channel_axis.wrong("Reshape equals transpose", says="reshape only refills")
def reshaped_transpose(images):
    return images.T.reshape(*images.shape, 1)


@add_channel_axis.wrong("Every image is 28 x 28", says="ValueError: cannot reshape")
def fixed_to_28(images):
    return images.reshape(-1, 28, 28, 1)


@add_channel_axis.wrong("All zeros of the right shape", says="every pixel is 0")
def channel_of_zeros(images):
    return np.zeros((*images.shape, 1), np.uint8)


@add_channel_axis.wrong("Shape can be set in place", says="changed its argument")
def channel_in_place(images):
    images.shape = (*images.shape, 1)
    return images


# --- class_counts --------------------------------------------------------------------------------


def class_counts_reference(labels, n_classes):
    return np.bincount(labels, minlength=n_classes)


def labels_and_classes(rng: np.random.Generator) -> Arguments:
    for _ in range(10):
        n_classes = int(rng.integers(5, 12))
        absent = rng.choice(n_classes, 2, replace=False)
        present = np.setdiff1d(np.arange(n_classes), absent)
        labels = np.repeat(present, rng.integers(2, 400, len(present)))
        yield rng.permutation(labels).astype(np.uint8), n_classes


class_counts = Exercise("class_counts", class_counts_reference, labels_and_classes)


@class_counts.right
def counts_by_loop(labels, n_classes):
    counts = [0] * n_classes
    for label in labels:
        counts[label] += 1
    return counts


@class_counts.right
def counts_by_comparison(labels, n_classes):
    return np.array([(labels == k).sum() for k in range(n_classes)])


@class_counts.right
def counts_by_unique(labels, n_classes):
    counts = np.zeros(n_classes)
    seen, often = np.unique(labels, return_counts=True)
    counts[seen] = often
    return counts


@class_counts.right
def counts_by_one_hot(labels, n_classes):
    return tuple(np.eye(n_classes)[labels].sum(axis=0))


@class_counts.right
def counts_by_counter(labels, n_classes):
    counter = Counter(labels)
    return [counter[k] for k in range(n_classes)]


@class_counts.right
def counts_by_histogram(labels, n_classes):
    return np.histogram(labels, bins=np.arange(n_classes + 1))[0]


@class_counts.right
def counts_in_python_numbers(labels, n_classes):
    return np.array([labels.tolist().count(k) for k in range(n_classes)], dtype=object)


@class_counts.wrong("A histogram's bins are the classes", says="place k belongs to label k")
def counts_in_bins(labels, n_classes):
    return np.histogram(labels, bins=n_classes)[0]


@class_counts.wrong("Labels start at 1", says="one place too early")
def counts_from_one(labels, n_classes):
    return [int((labels == k).sum()) for k in range(1, n_classes + 1)]


@class_counts.wrong("n_classes is a label too", says="one place too many")
def counts_to_n_classes(labels, n_classes):
    return np.bincount(labels, minlength=n_classes + 1)


@class_counts.wrong("There are always ten classes", says="for each of the `n_classes`")
def counts_of_ten(labels, n_classes):
    return np.bincount(labels, minlength=10)


@class_counts.wrong("A generator is a list", says="in an array or a list")
def counts_not_yet_made(labels, n_classes):
    return (int((labels == k).sum()) for k in range(n_classes))


@class_counts.wrong("Counts come with their class", says="These are pairs")
def counts_in_pairs(labels, n_classes):
    return [(k, int((labels == k).sum())) for k in range(n_classes)]


@class_counts.wrong("Returned unchanged", says="the labels as they came")
def counts_are_labels(labels, n_classes):
    return labels


@class_counts.wrong("The classes are those seen in this batch", says="only the classes seen")
def counts_of_seen(labels, n_classes):
    return np.unique(labels, return_counts=True)[1]


@class_counts.wrong("np.unique's answer is the counts", says="only the classes seen")
def unique_as_it_is(labels, n_classes):
    return np.unique(labels, return_counts=True)


@class_counts.wrong("The greatest label says how many classes there are", says="greatest label")
def counts_to_greatest(labels, n_classes):
    return np.bincount(labels)


@class_counts.wrong("uint8 arithmetic is safe", says="wrapped around")
def counts_in_uint8(labels, n_classes):
    counts = np.zeros(n_classes, labels.dtype)
    for label in labels:
        counts[label] += 1
    return counts


@class_counts.wrong("Label 3 is worth three", says="A label is a name")
def sums_of_labels(labels, n_classes):
    return [int(labels[labels == k].sum()) for k in range(n_classes)]


@class_counts.wrong("Shares are counts", says="These are shares")
def shares(labels, n_classes):
    return np.bincount(labels, minlength=n_classes) / len(labels)


@class_counts.wrong("Indexing counts repeats", says="whether a class occurs")
def counts_by_fancy_index(labels, n_classes):
    counts = np.zeros(n_classes, int)
    counts[labels] += 1
    return counts


@class_counts.wrong("A dict is a row of counts", says="received the dict")
def counts_in_dict(labels, n_classes):
    return {k: int((labels == k).sum()) for k in range(n_classes)}


@class_counts.wrong("All zeros", says="All counts are 0")
def counts_of_zeros(labels, n_classes):
    return [0] * n_classes


@class_counts.wrong("The sample's answer will do", says="expected [20, 300]")
def counts_of_the_sample(labels, n_classes):
    return [1, 0, 3, 0]


# --- hold_out ------------------------------------------------------------------------------------


def hold_out_reference(images, labels, fraction, seed):
    return train_test_split(images, labels, test_size=fraction, stratify=labels, random_state=seed)


def splits(rng: np.random.Generator) -> Arguments:
    for _ in range(10):
        fraction = float(rng.choice([0.125, 0.25, 0.5]))
        n_classes = int(rng.integers(4, 14))
        counts = 8 * rng.integers(1, 7, size=n_classes)
        labels = rng.permutation(np.repeat(np.arange(n_classes), counts)).astype(np.uint8)
        images = rng.integers(0, 256, (len(labels), 4, 5), dtype=np.uint8)
        yield images, labels, fraction, int(rng.integers(0, 1000))


def same_shares(expected, received):
    """Any shuffle will do, as long as each class gives the same share to each part."""
    return all(
        sorted(np.asarray(wanted).tolist()) == sorted(np.asarray(got).tolist())
        for wanted, got in zip(expected[2:], received[2:], strict=True)
    )


hold_out = Exercise("hold_out", hold_out_reference, splits, same_shares)


@hold_out.right
def hold_out_by_hand(images, labels, fraction, seed):
    order = np.random.default_rng(seed).permutation(len(labels))
    held = []
    for k in set(labels.tolist()):
        of_class = [i for i in order if labels[i] == k]
        held += of_class[: round(fraction * len(of_class))]
    kept = [i for i in order if i not in set(held)]
    return images[kept], images[held], labels[kept], labels[held]


@hold_out.right
def hold_out_by_splitter(images, labels, fraction, seed):
    splitter = StratifiedShuffleSplit(1, test_size=fraction, random_state=seed)
    kept, held = next(splitter.split(images, labels))
    return images[kept], images[held], labels[kept], labels[held]


@hold_out.right
def hold_out_by_positions(images, labels, fraction, seed):
    kept, held = train_test_split(
        np.arange(len(labels)), train_size=1 - fraction, stratify=labels, random_state=seed
    )
    return list(images[kept]), list(images[held]), labels[kept].tolist(), labels[held].tolist()


@hold_out.right
def hold_out_by_growing_arrays(images, labels, fraction, seed):
    rng = np.random.default_rng(seed)
    kept, held = np.zeros((0, *images.shape[1:])), np.zeros((0, *images.shape[1:]))
    kept_labels, held_labels = np.array([]), np.array([])  # floats, as np.array makes them
    for k in np.unique(labels):
        order = rng.permutation(np.where(labels == k)[0])
        n_held = int(fraction * len(order))
        held = np.concatenate([held, images[order[:n_held]]])
        kept = np.concatenate([kept, images[order[n_held:]]])
        held_labels = np.append(held_labels, labels[order[:n_held]])
        kept_labels = np.append(kept_labels, labels[order[n_held:]])
    return kept, held, kept_labels, held_labels


@hold_out.right
def hold_out_by_mask(images, labels, fraction, seed):
    rng, mask = np.random.default_rng(seed), np.zeros(len(labels), bool)
    for k in np.unique(labels):
        of_class = np.flatnonzero(labels == k)
        mask[rng.choice(of_class, int(fraction * len(of_class)), replace=False)] = True
    return images[~mask], images[mask], labels[~mask].astype(int), labels[mask].tolist()


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


@hold_out.wrong("Shuffling afterwards is a choice by chance", says="before they are shuffled")
def chosen_then_shuffled(images, labels, fraction, seed):
    kept, held = _first_of_each_class(labels, fraction, np.unique(labels))
    held = np.random.default_rng(seed).permutation(held)
    return images[kept], images[held], labels[kept], labels[held]


@hold_out.wrong("Two splits are enough", says="seeds 48 and 50 held out the same images")
def two_splits_only(images, labels, fraction, seed):
    return hold_out_reference(images, labels, fraction, seed % 2)


@hold_out.wrong("There are always ten classes", says="Do you go through every class")
def ten_classes(images, labels, fraction, seed):
    rng = np.random.default_rng(seed)
    kept, held = _first_of_each_class(labels, fraction, range(10), rng)
    return images[kept], images[held], labels[kept], labels[held]


@hold_out.wrong("Images are rows of features", says="Images and labels keep their form")
def flattened(images, labels, fraction, seed):
    kept, held, *both_labels = hold_out_reference(images, labels, fraction, seed)
    return kept.reshape(len(kept), -1), held.reshape(len(held), -1), *both_labels


@hold_out.wrong("A split scales", says="A split changes no pixel")
def scaled_on_the_way(images, labels, fraction, seed):
    return hold_out_reference(images / 255, labels, fraction, seed)


@hold_out.wrong("Positions are images", says="Are these positions?")
def positions_only(images, labels, fraction, seed):
    return hold_out_reference(np.arange(len(labels)), labels, fraction, seed)


@hold_out.wrong("Labels have to be one-hot", says="keep their form")
def one_hot_on_the_way(images, labels, fraction, seed):
    kept, held, *both = hold_out_reference(images, labels, fraction, seed)
    return kept, held, *(np.eye(labels.max() + 1)[part] for part in both)


@hold_out.wrong("Drawing with replacement is a split", says="exactly one")
def drawn_with_replacement(images, labels, fraction, seed):
    rng = np.random.default_rng(seed)
    kept, held = _first_of_each_class(labels, fraction, np.unique(labels))
    return images[kept], images[rng.choice(held, len(held))], labels[kept], labels[held]


@hold_out.wrong("The labels' parts may change places", says="parts of the labels are swapped")
def labels_swapped(images, labels, fraction, seed):
    kept, held, kept_labels, held_labels = hold_out_reference(images, labels, fraction, seed)
    return kept, held, held_labels, kept_labels


@hold_out.wrong("A random split is balanced", says="not stratified")
def not_stratified(images, labels, fraction, seed):
    return train_test_split(images, labels, test_size=fraction, random_state=seed)


@hold_out.wrong("The end of the data is a fair part", says="one end of the data")
def take_the_end(images, labels, fraction, seed):
    kept = len(labels) - int(fraction * len(labels))
    return images[:kept], images[kept:], labels[:kept], labels[kept:]


@hold_out.wrong("Held-out images may stay in training", says="leakage")
def leaks(images, labels, fraction, seed):
    _, held, _, held_labels = hold_out_reference(images, labels, fraction, seed)
    return images, held, labels, held_labels


@hold_out.wrong("Images and labels may be shuffled apart", says="shuffled apart")
def shuffled_apart(images, labels, fraction, seed):
    parts = hold_out_reference(images, labels, fraction, seed)
    rng = np.random.default_rng(seed)
    return parts[0], parts[1], rng.permutation(parts[2]), rng.permutation(parts[3])


@hold_out.wrong("One seed fits all", says="The seed that is passed in is ignored")
def fixed_seed(images, labels, fraction, seed):
    return hold_out_reference(images, labels, fraction, 48)


@hold_out.wrong("A split need not be repeatable", says="two calls with seed")
def without_seed(images, labels, fraction, seed):
    return hold_out_reference(images, labels, fraction, None)


@hold_out.wrong("The fraction is what is kept", says="The parts are swapped")
def fraction_is_kept(images, labels, fraction, seed):
    return train_test_split(images, labels, train_size=fraction, stratify=labels, random_state=seed)


@hold_out.wrong("Pairs are returned as Keras loads them", says="in another order")
def pairs_of_split(images, labels, fraction, seed):
    kept, held, kept_labels, held_labels = hold_out_reference(images, labels, fraction, seed)
    return kept, kept_labels, held, held_labels


@hold_out.wrong("Only the held-out part matters", says="expected four parts")
def only_held_out(images, labels, fraction, seed):
    return hold_out_reference(images, labels, fraction, seed)[1::2]


@hold_out.wrong("Five per cent is always right", says="Did you use `fraction`?")
def fixed_fraction(images, labels, fraction, seed):
    return train_test_split(images, labels, test_size=0.1, stratify=labels, random_state=seed)


@hold_out.wrong("The same number from each class is fair", says="not stratified")
def equally_many(images, labels, fraction, seed):
    order = np.random.default_rng(seed).permutation(len(labels))
    queues = {k: [i for i in order if labels[i] == k] for k in np.unique(labels)}
    held = []
    while len(held) < int(fraction * len(labels)):
        for queue in queues.values():
            if queue and len(held) < int(fraction * len(labels)):
                held.append(queue.pop())
    kept = [i for i in order if i not in set(held)]
    return images[kept], images[held], labels[kept], labels[held]


EXERCISES = [describe_images, brighten, add_channel_axis, class_counts, hold_out]
