"""Beginners' mistakes in the lesson "Loading data"."""

import numpy as np
from sklearn.model_selection import train_test_split

from benchmarks.beginners import mistake

# brighten -------------------------------------------------------------------------------------


@mistake("brighten", cause="It gives room above 255 only: uint16 cannot hold a negative amount.")
def uint16_for_room(images, amount):
    roomy = images.astype(np.uint16)
    roomy = roomy + amount
    return np.clip(roomy, 0, 255).astype(np.uint8)


@mistake("brighten", cause="np.clip returns a new array, but its result is not kept.")
def clipped_result_not_kept(images, amount):
    roomy = images.astype(np.int16) + amount
    np.clip(roomy, 0, 255)
    return roomy.astype(np.uint8)


@mistake("brighten", cause="It gives the loop's variable a new value, which changes no pixel.")
def loop_variable_changed(images, amount):
    roomy = images.astype(np.int16)
    for image in roomy:
        for row in image:
            for pixel in row:
                pixel = min(255, max(0, pixel + amount))
    return roomy.astype(np.uint8)


@mistake("brighten", cause="It takes the height for the width, so only square images come out.")
def as_many_columns_as_rows(images, amount):
    brighter = np.zeros_like(images)
    n_images = images.shape[0]
    size = images.shape[1]
    for i in range(n_images):
        for row in range(size):
            for column in range(size):
                total = int(images[i, row, column]) + amount
                brighter[i, row, column] = max(0, min(255, total))
    return brighter


@mistake(
    "brighten", cause="It leaves black pixels alone, as if they were background and no pixels."
)
def background_left_black(images, amount):
    roomy = images.astype(np.int16)
    roomy[roomy > 0] += amount
    return np.clip(roomy, 0, 255).astype(np.uint8)


# class_counts ---------------------------------------------------------------------------------


@mistake("class_counts", cause="It adds 1 at a list of indices, which counts repeated ones once.")
def repeated_labels_counted_once(labels, n_classes):
    counts = np.zeros(n_classes, dtype=int)
    counts[labels] += 1
    return counts


@mistake("class_counts", cause="It goes through the labels, not the classes: one count for each.")
def a_count_for_each_label(labels, n_classes):
    counts = []
    for label in labels:
        counts.append(int(np.sum(labels == label)))
    return counts


@mistake("class_counts", cause="It takes the mean of the comparison, which is a share, no count.")
def shares_of_the_labels(labels, n_classes):
    return [float((labels == k).mean()) for k in range(n_classes)]


@mistake("class_counts", cause="The second argument of np.bincount is the weights, not minlength.")
def minlength_in_the_wrong_place(labels, n_classes):
    return np.bincount(labels, n_classes)


@mistake(
    "class_counts",
    cause="A histogram cuts lowest to highest label into bins, which are no classes.",
)
def bins_between_the_labels(labels, n_classes):
    counts, _edges = np.histogram(labels, bins=n_classes)
    return counts


# hold_out -------------------------------------------------------------------------------------


@mistake("hold_out", cause="It passes fraction and seed without names, so they count as arrays.")
def fraction_and_seed_without_names(images, labels, fraction, seed):
    train_images, held_images, train_labels, held_labels = train_test_split(
        images, labels, fraction, seed, stratify=labels
    )
    return train_images, held_images, train_labels, held_labels


@mistake(
    "hold_out", cause="It turns the fraction into per cent, which is read as that many images."
)
def fraction_in_per_cent(images, labels, fraction, seed):
    per_cent = int(fraction * 100)
    return train_test_split(images, labels, test_size=per_cent, stratify=labels, random_state=seed)


@mistake(
    "hold_out", cause="rng.choice may draw an image twice unless replace=False, and leaves others."
)
def drawn_with_replacement(images, labels, fraction, seed):
    rng = np.random.default_rng(seed)
    train = []
    for k in np.unique(labels):
        of_this_class = np.flatnonzero(labels == k)
        n_train = round((1 - fraction) * len(of_this_class))
        train.extend(rng.choice(of_this_class, size=n_train))
    held = [i for i in range(len(labels)) if i not in train]
    return images[train], images[held], labels[train], labels[held]


@mistake("hold_out", cause="It always takes the last images of each class and never uses the seed.")
def last_images_of_each_class(images, labels, fraction, seed):
    train = []
    held = []
    for k in np.unique(labels):
        of_this_class = np.flatnonzero(labels == k)
        n_train = len(of_this_class) - round(fraction * len(of_this_class))
        train.extend(of_this_class[:n_train])
        held.extend(of_this_class[n_train:])
    return images[train], images[held], labels[train], labels[held]


@mistake("hold_out", cause="It unrolls the images before the split, so they lose their shape.")
def images_unrolled(images, labels, fraction, seed):
    rows = images.reshape(len(images), -1)
    return train_test_split(rows, labels, test_size=fraction, stratify=labels, random_state=seed)
