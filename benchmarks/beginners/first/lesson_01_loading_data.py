"""Beginners' mistakes in the lesson "Loading data"."""

import numpy as np
from sklearn.model_selection import train_test_split

from benchmarks.beginners import mistake

# brighten -------------------------------------------------------------------------------------


@mistake("brighten", cause="It adds in uint8, so sums above 255 have wrapped before the clipping.")
def clip_after_the_sum_has_wrapped(images, amount):
    brighter = images + amount
    return np.clip(brighter, 0, 255)


@mistake("brighten", cause="It has room for the sum but never limits it to the range 0 to 255.")
def room_but_no_limits(images, amount):
    roomy = images.astype(np.int16)
    roomy = roomy + amount
    return roomy.astype(np.uint8)


@mistake("brighten", cause="It limits the result at 255 only, and forgets that it may be below 0.")
def only_the_upper_limit(images, amount):
    roomy = images.astype(np.int16) + amount
    roomy[roomy > 255] = 255
    return roomy.astype(np.uint8)


@mistake("brighten", cause="It does not turn the result back into uint8.")
def still_int16(images, amount):
    roomy = images.astype(np.int16)
    return np.clip(roomy + amount, 0, 255)


@mistake("brighten", cause="It writes the result into the images it was given.")
def writes_into_the_images(images, amount):
    for i in range(len(images)):
        roomy = images[i].astype(np.int16) + amount
        images[i] = np.clip(roomy, 0, 255)
    return images


@mistake("brighten", cause="It takes 256 for the upper limit, so white wraps round to black.")
def limit_of_256(images, amount):
    roomy = images.astype(np.int16) + amount
    clipped = np.clip(roomy, 0, 256)
    return clipped.astype(np.uint8)


@mistake("brighten", cause="It asks `if` about a whole array, which has no single truth value.")
def if_on_a_whole_array(images, amount):
    roomy = images.astype(np.int16) + amount
    if roomy > 255:
        roomy = 255
    if roomy < 0:
        roomy = 0
    return roomy.astype(np.uint8)


@mistake("brighten", cause="It takes the amount for a percentage of each pixel and multiplies.")
def amount_in_per_cent(images, amount):
    brighter = images * (1 + amount / 100)
    return np.clip(brighter, 0, 255).astype(np.uint8)


# class_counts ---------------------------------------------------------------------------------


@mistake(
    "class_counts", cause="It ignores n_classes, so classes above the highest label are missing."
)
def counts_up_to_the_highest_label(labels, n_classes):
    return np.bincount(labels)


@mistake("class_counts", cause="It takes the length of the comparison, not its number of Trues.")
def length_of_the_comparison(labels, n_classes):
    counts = []
    for k in range(n_classes):
        counts.append(len(labels == k))
    return counts


@mistake("class_counts", cause="It calls a method of lists, count, which an array does not have.")
def arrays_cannot_count(labels, n_classes):
    counts = []
    for k in range(n_classes):
        counts.append(labels.count(k))
    return counts


@mistake("class_counts", cause="The list is a default argument, so it still holds the last counts.")
def list_kept_as_a_default(labels, n_classes, counts=[]):  # noqa: B006
    for k in range(n_classes):
        counts.append(int((labels == k).sum()))
    return counts


@mistake("class_counts", cause="It adds up the labels of a class, where it should count them.")
def labels_added_up(labels, n_classes):
    counts = np.zeros(n_classes, dtype=int)
    for label in labels:
        counts[label] = counts[label] + label
    return counts


@mistake("class_counts", cause="It believes that range includes its end, and loses the last class.")
def last_class_forgotten(labels, n_classes):
    counts = []
    for k in range(n_classes - 1):
        counts.append(np.sum(labels == k))
    return counts


@mistake("class_counts", cause="The counts have the labels' dtype, uint8, and wrap after 255.")
def counts_in_uint8(labels, n_classes):
    counts = np.zeros(n_classes, dtype=labels.dtype)
    for label in labels:
        counts[label] += 1
    return counts


@mistake("class_counts", cause="Each round begins a new list, so only the last count is left.")
def list_begun_anew_in_each_round(labels, n_classes):
    for k in range(n_classes):
        counts = []
        counts.append(np.sum(labels == k))
    return counts


# hold_out -------------------------------------------------------------------------------------


@mistake("hold_out", cause="It does not stratify, so the classes are not held out in proportion.")
def held_out_without_stratify(images, labels, fraction, seed):
    return train_test_split(images, labels, test_size=fraction, random_state=seed)


@mistake("hold_out", cause="It returns images and labels of each part together, in another order.")
def part_after_part(images, labels, fraction, seed):
    train_images, held_images, train_labels, held_labels = train_test_split(
        images, labels, test_size=fraction, stratify=labels, random_state=seed
    )
    return train_images, train_labels, held_images, held_labels


@mistake("hold_out", cause="It takes the fraction for the part to train on, not the one held out.")
def fraction_to_train_on(images, labels, fraction, seed):
    return train_test_split(images, labels, train_size=fraction, stratify=labels, random_state=seed)


@mistake("hold_out", cause="It copies the seed 48 from the lesson and ignores its own seed.")
def always_seed_48(images, labels, fraction, seed):
    return train_test_split(images, labels, test_size=fraction, stratify=labels, random_state=48)


@mistake("hold_out", cause="It shuffles images and labels with two seeds, which parts the pairs.")
def images_and_labels_split_apart(images, labels, fraction, seed):
    train_images, held_images = train_test_split(
        images, test_size=fraction, stratify=labels, random_state=seed
    )
    train_labels, held_labels = train_test_split(
        labels, test_size=fraction, stratify=labels, random_state=seed + 1
    )
    return train_images, held_images, train_labels, held_labels


@mistake("hold_out", cause="It believes that stratify is switched on with True; it wants labels.")
def stratify_switched_on(images, labels, fraction, seed):
    return train_test_split(images, labels, test_size=fraction, stratify=True, random_state=seed)


@mistake("hold_out", cause="The images held out stay among the training images as well.")
def held_out_images_stay_in_training(images, labels, fraction, seed):
    _, held_images, _, held_labels = train_test_split(
        images, labels, test_size=fraction, stratify=labels, random_state=seed
    )
    return images, held_images, labels, held_labels


@mistake("hold_out", cause="It scales the pixels, although each image should keep its own.")
def split_and_scaled(images, labels, fraction, seed):
    train_images, held_images, train_labels, held_labels = train_test_split(
        images, labels, test_size=fraction, stratify=labels, random_state=seed
    )
    train_images = train_images / 255
    held_images = held_images / 255
    return train_images, held_images, train_labels, held_labels
