"""The checks of the exercises on loading data: what is asked, known slips, and what is said."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from course_utils.checks.check import Case, Check
from course_utils.checks.comparing import EXACT, Numbers, Slips, is_numeric
from course_utils.checks.outcome import CheckError
from course_utils.checks.showing import show


def _shape(received: Any) -> tuple[int, ...] | None:
    return np.shape(received) if is_numeric(received) else None


# brighten ---------------------------------------------------------------------------------------

_PIXELS = np.array([[[10, 20, 30], [40, 50, 60]]], np.uint8)
_EXTREMES = np.array([[[0, 100, 200], [250, 255, 30]]], np.uint8)
#: images, amount, expected
_WITHIN: list[Case] = [
    (_PIXELS, 5, np.array([[[15, 25, 35], [45, 55, 65]]])),
    (_PIXELS, -10, np.array([[[0, 10, 20], [30, 40, 50]]])),
]
_BEYOND: list[Case] = [
    (_EXTREMES, 100, np.array([[[100, 200, 255], [255, 255, 130]]])),
    (_EXTREMES, -50, np.array([[[0, 50, 150], [200, 205, 0]]])),
]

_UNIFORM = "Every pixel is the same. Does the result depend on the images?"


def _brightness_slips(images: Numbers, amount: int, _: Any) -> Slips:
    roomy = images.astype(np.int64) + amount
    wrapped = (
        "Values wrapped around, because uint8 starts again from 0 after 255, and from 255 below 0. "
        "Has the sum a dtype with more room? And is what np.clip returns used before it becomes "
        "uint8 again?"
    )
    return [
        ("These are the images as they came. Is what you add written into the array that you "
         "return?", images),
        (wrapped, roomy % 256),
        ("A sum below 0 wrapped around. Darkening has a limit too.", np.minimum(roomy, 255) % 256),
        ("A pixel whose sum has no room stayed as it was. It should become 0 or 255.",
         np.where((roomy < 0) | (roomy > 255), images, roomy)),
        ("Some pixels are one too dark: astype cuts off everything after the decimal point. If you "
         "divide on the way, round before you change the dtype.",
         (np.clip(images / 255 + amount / 255, 0, 1) * 255).astype(np.uint8),
         np.clip((images / 255 + amount / 255) * 255, 0, 255).astype(np.uint8)),
        ("A sum above 255 wrapped around. White is a limit too.", np.maximum(roomy, 0) % 256),
        ("The sum left the range of a pixel. A result below 0 becomes 0, and one above 255 becomes "
         "255.", roomy),
        ("One limit is one too high: 255 is the highest value, and 256 wraps around to 0.",
         np.clip(roomy, 0, 256) % 256),
        ("You multiplied. Brightening adds the same amount to each pixel, black ones too.",
         *(np.clip(rounded(images * (1 + amount / whole)), 0, 255).astype(np.uint8)
           for whole in (255, 100) for rounded in (np.positive, np.round))),
        ("The images became brighter. A negative amount makes them darker.",
         np.clip(images.astype(np.int64) + abs(amount), 0, 255)),
        ("Black pixels stayed black. They are pixels like the others, and become brighter too.",
         np.where(images == 0, 0, np.clip(roomy, 0, 255))),
        (_UNIFORM, np.zeros(images.shape)),
        ("This is the answer to another case. Does your result depend on the images and on the "
         "amount?", *(case[-1] for case in (*_WITHIN, *_BEYOND))),
    ]  # fmt: skip


def _explain_brightness(received: Any, images: Numbers, *_: Any) -> str:
    is_other = is_numeric(received) and _shape(received) != images.shape
    return "Brightening changes values, never the shape." if is_other else ""


check_brighten_range = Check(
    "brighten(images, amount)",
    _WITHIN,
    _brightness_slips,
    explain=_explain_brightness,
    dtype=np.uint8,
    meanings={
        r"out of bounds for uint(?:16|32|64)": "A dtype without a sign, such as uint16, holds no "
        "negative number, and `amount` may be one. Take one with a sign, such as int16.",
        "OverflowError": "uint8 cannot hold a number below 0 or above 255, so not every amount "
        "fits. Do the pixels have more room when you calculate?",
    },
    tolerance=EXACT,
)
# Any dtype will do here, because the first part alone is about the dtype.
check_brighten_limits = check_brighten_range.then("past the limits", cases=_BEYOND, dtype=None)

# class_counts -----------------------------------------------------------------------------------

#: labels, n_classes, expected
_COUNTS: list[Case] = [
    (np.array([2, 0, 2, 2], np.uint8), 4, np.array([1, 0, 3, 0])),
    (np.array([1] * 300 + [0] * 20, np.uint8), 2, np.array([20, 300])),
]


def _count_slips(labels: Numbers, n_classes: int, expected: Numbers) -> Slips:
    seen = np.flatnonzero(expected)
    return [
        ("A count went past 255 and wrapped around, as counts that are kept in uint8 do.",
         expected % 256),
        ("These are proportions, but the exercise asks for counts.", expected / len(labels)),
        ("You added the labels up. A label is a name: each image counts as 1, whichever class it "
         "belongs to.", expected * np.arange(n_classes)),
        ("This tells whether a class occurs, but not how often. Does each image add 1? (A line "
         "such as counts[labels] += 1 adds 1 only once at an index that occurs several times.)",
         expected > 0),
        ("np.histogram cuts the way from the lowest to the highest label into pieces of one "
         "width, and these are no classes. Each class needs a piece of its own.",
         np.histogram(labels, bins=n_classes)[0]),
        ("All counts are 0. Does the counting happen inside the loop?", np.zeros(n_classes)),
        ("Each count is one index too early, because classes start at 0.",
         np.append(expected[1:], 0)),
        ("Each count is one index too late, because classes start at 0.",
         np.append(0, expected)),
        ("There are counts only for the classes that occur in these labels. A class that does not "
         "occur has the count 0 and keeps its index.", expected[seen], [seen, expected[seen]]),
        ("The counts end at the highest label that occurs. The classes after it have the count 0.",
         expected[: seen[-1] + 1]),
        ("That is one count too many, because labels run from 0 to n_classes - 1.",
         np.append(expected, 0)),
        ("These are pairs of class and count. The index already gives the class, so return the "
         "counts alone.",
         np.column_stack([np.arange(n_classes), expected])),
        ("Only the count of the last class is left. Does each round of the loop begin the counts "
         "anew?", expected[-1:], expected[-1]),
        ("Each class got the number of all images. A comparison has an entry for each image, True "
         "or False, and its length counts both.", np.full(n_classes, len(labels))),
        ("These are the labels as they came.", labels),
    ]  # fmt: skip


def _explain_counts(received: Any, _: Numbers, __: int, expected: Numbers) -> str:
    if isinstance(received, dict):
        return "That is a dict. Return a list or an array, in which the index gives the class."
    if _shape(received) not in (None, expected.shape):
        if np.ndim(received) == 0 and is_numeric(received):
            return "That is one number. Each class needs a count of its own."
        return "There should be one row with a count for each of the `n_classes` classes."
    if is_numeric(received) and np.array_equal(np.sort(received), np.sort(expected)):
        return "These counts are right but out of order: the one at index k belongs to label k."
    return ""


check_class_counts = Check(
    "class_counts(labels, n_classes)", _COUNTS, _count_slips, explain=_explain_counts
)

# hold_out ---------------------------------------------------------------------------------------

_IMAGES = np.arange(40 * 6).reshape(40, 2, 3).astype(np.uint8)
_LABELS = np.repeat(np.arange(3), (20, 12, 8)).astype(np.uint8)

#: images, no two of which are equal, labels, fraction, seed, how many of each class are held out
_SPLITS: list[Case] = [(_IMAGES, _LABELS, 0.25, 48, (5, 3, 2))]

_PARTS = ("train_images", "held_images", "train_labels", "held_labels")
_OTHER_SEEDS = (0, 1, 2, 3)  # beyond the first; 0 asks it again


def _four_parts(received: Any) -> tuple[Numbers, ...]:
    several = isinstance(received, tuple | list)
    if not several or len(received) != 4:
        came = f"{len(received)} parts" if several else show(received)
        raise CheckError(f"expected: four parts ({', '.join(_PARTS)})\nreceived: {came}")
    for name, part in zip(_PARTS, received, strict=True):
        if not is_numeric(part) or np.ndim(part) == 0:
            raise CheckError(f"expected: {name} as an array of numbers\nreceived: {show(part)}")
    return tuple(map(np.asarray, received))


def _demand_pairs(parts: Sequence[Any], images: Numbers, labels: Numbers, *case: Any) -> str:
    """Demand every image in one part, as it came and with its own label."""
    if told := _demand_sizes(parts, len(labels), sum(case[-1])) or _demand_shapes(parts, images):
        return told
    own = dict(zip(_rows(images), labels, strict=True))
    seen = [*_rows(parts[0]), *_rows(parts[1])]
    if strange := sum(pixels not in own for pixels in seen):
        return (
            f"expected: the images as they came\nreceived: {strange} of {len(labels)} that are "
            "not among those passed in\nA split changes no pixel."
        )
    if set(seen) != set(own):
        return (
            "expected: each image in exactly one part\nreceived: some in both parts or in none\n"
            "An image that is in both leaks from training into validation."
        )
    given = (*parts[2], *parts[3])
    if apart := sum(own[pixels] != label for pixels, label in zip(seen, given, strict=True)):
        return (
            f"expected: each image with its own label\nreceived: {apart} of {len(labels)} with "
            "the label of another image\nImages and labels were shuffled separately, but one "
            "shuffle must move both."
        )
    return ""


def _demand_sizes(parts: Sequence[Any], n_images: int, n_held: int) -> str:
    """Demand that each part has as many images or labels as the fraction says."""
    n_train, n_given = n_images - n_held, len(parts[0]) + len(parts[1])
    wanted, sizes = (n_train, n_held, n_train, n_held), tuple(map(len, parts))
    if sizes == wanted:
        return ""
    per_cent = round(100 * n_held / n_images)
    reasons: dict[tuple[int, ...], str] = {
        (n_held, n_train, n_held, n_train): "The parts are swapped: `fraction` is what is held "
        "out, not what is kept.",
        (n_train, n_train, n_held, n_held): "The parts come in another order: both images "
        "come before both labels.",
        (n_train, n_held, n_held, n_train): "The two parts of the labels are swapped.",
        (n_images - per_cent, per_cent) * 2: f"You held out {per_cent} images, and {per_cent} is "
        "the fraction in per cent. A whole number as `test_size` counts images: pass the fraction "
        "itself.",
    }
    reason = reasons.get(sizes, f"To hold out are {n_held} of {n_images}, which `fraction` tells.")
    if sizes[0] == n_images:
        reason = "The held-out images are still in the training part: that is leakage."
    elif sizes not in reasons and n_given != n_images:
        reason = (
            f"Together the two parts have {n_given} images of {n_images}: each image belongs in "
            "exactly one. Do you go through every class, and take no image twice?"
        )
    names = ", ".join(_PARTS)
    return f"expected: {names} of lengths {wanted}\nreceived: lengths {sizes}\n{reason}"


def _demand_shapes(parts: Sequence[Any], images: Numbers) -> str:
    """Demand that images keep their height and width, and that labels have one axis."""
    for name, part in zip(_PARTS, parts, strict=True):
        shape = (len(part), *images.shape[1:]) if name.endswith("images") else (len(part),)
        if part.shape != shape:
            positions = "Are these indices? Return the images at these indices."
            reason = positions if part.ndim == 1 else "Images and labels keep their shape."
            return f"expected: {name} of shape {shape}\nreceived: shape {part.shape}\n{reason}"
    return ""


def _rows(images: Numbers) -> list[tuple[float, ...]]:
    """Recognise images by their pixels, whatever their dtype."""
    return [tuple(image.ravel().tolist()) for image in images]


def _compare_seeds(cases: Sequence[Case], results: Sequence[Any]) -> str | Sequence[Case]:
    """Demand the same split of the same seed, and other splits of others. Asks for them first."""
    n_splits = len({tuple(_rows(case[0])) for case in cases})
    if n_splits == len(cases):
        return [(*case[:3], case[3] + step, case[4]) for step in _OTHER_SEEDS for case in cases]
    for place in range(n_splits):
        seed = cases[place][3]
        first, again, *others = (set(_rows(parts[1])) for parts in results[place::n_splits])
        if first != again:
            return (
                f"two calls with seed {seed} held out different images.\nThe seed alone must "
                "decide, so that others get the same split as you."
            )
        if first in others:
            other = seed + _OTHER_SEEDS[1 + others.index(first)]
            return (
                f"seeds {seed} and {other} held out the same images.\nThe seed that is passed in "
                "is ignored, or the images are chosen before they are shuffled."
            )
    return ""


def _demand_classes(parts: Sequence[Any], _: Numbers, labels: Numbers, *case: Any) -> str:
    """Demand the same fraction of each class."""
    held_labels, held = parts[3], case[-1]
    n_held = sum(held)
    if held_labels.ndim != 1 or not np.isin(held_labels, labels).all():
        return (
            "expected: the held-out labels, unchanged, as the last of the four parts\n"
            f"received: {show(held_labels)}\nBoth images come before both labels."
        )
    counts = np.bincount(held_labels.astype(np.intp), minlength=len(held))
    if np.array_equal(counts, held):
        return ""
    if any(np.array_equal(held_labels, end) for end in (labels[-n_held:], labels[:n_held])):
        reason = "You took one end of the data as it is stored. Data is often sorted by class, so "
        reason += "shuffle first."
    elif len(held_labels) == n_held:
        reason = "The split is not stratified: each class should give the same fraction of its "
        reason += "images."
    else:
        reason = f"{n_held} labels of {len(labels)} should be held out."
    if not counts.all():
        reason += f" Class {np.argmin(counts)} is not held out at all."
    of_each = f"{show(np.asarray(held))} held out of each class"
    return f"expected: {of_each}\nreceived: {show(counts)}\n{reason}"


_HOLD_OUT = "hold_out(images, labels, fraction, seed)"
check_hold_out_pairs = Check(
    _HOLD_OUT,
    _SPLITS,
    form=_four_parts,
    demand=_demand_pairs,
    compares=False,
    whole=_compare_seeds,
    meanings={
        "'stratify' parameter .* Got (?:True|False)": "`stratify` is no switch. It has to be "
        "told which class each image belongs to."
    },
)
check_hold_out_classes = check_hold_out_pairs.then(demand=_demand_classes, whole=None)
