"""The check of the baseline: how often the most frequent class of training is right."""

import numpy as np

from course_utils.checks.check import Check
from course_utils.checks.comparing import HARD_CODED, Numbers, Slips
from course_utils.checks.forms import one_number

#: train_labels, validation_labels, expected. No class is as frequent as another.
_BASELINE = [
    (np.array([3, 3, 0, 3, 1, 0, 3]), np.array([0, 0, 3, 1, 3, 0, 0, 1, 1]), 2 / 9),
    (np.array([1, 1, 1, 4, 4]), np.array([4, 1, 1, 1, 4]), 0.6),
]


def _baseline_slips(train: Numbers, validation: Numbers, expected: float) -> Slips:
    classes, counts = np.unique(train, return_counts=True)
    held_counts = np.unique(validation, return_counts=True)[1]
    shares = counts / len(train)
    held_shares = np.array([(validation == c).mean() for c in classes])
    return [
        ("You took the class that is most frequent among the validation labels. That is "
         "leakage: the answer has to be chosen from the training labels alone.",
         held_counts.max() / len(validation)),
        ("You measured on the training labels. They choose the answer; the validation labels "
         "tell you how often it is right.", shares.max()),
        ("That is 1 divided by the number of classes. It is the baseline only where all "
         "classes are equally frequent.", 1 / len(classes)),
        ("That is 1 divided by the number of possible labels. Count how often each occurs.",
         1 / (int(train.max()) + 1)),
        ("That is the class itself. Return the fraction of images for which it is correct.",
         classes[counts.argmax()]),
        ("That is a number of images. Divide by how many there are.", expected * len(validation)),
        ("That is in per cent. Return a fraction from 0 to 1.", expected * 100),
        ("That is the fraction that the baseline gets wrong.", 1 - expected),
        ("You guess each class as often as it occurs. Guessing the most frequent one every "
         "time is right more often.", shares @ held_shares),
        ("You divided by the number of training labels. Divide by the number of validation labels.",
         expected * len(validation) / len(train)),
        ("That is a constant. Whether 90 % is good depends on the labels: there is data where "
         "giving the same answer every time reaches it.", 0.9),
        ("0 cannot be right here: giving the same answer every time is correct for some labels.",
         0),
        *((HARD_CODED, case[-1]) for case in _BASELINE),
    ]  # fmt: skip


check_baseline_accuracy = Check(
    "baseline_accuracy(train_labels, validation_labels)",
    _BASELINE,
    _baseline_slips,
    form=one_number,
    tolerance=1e-6,
)
