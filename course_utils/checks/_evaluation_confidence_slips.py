"""Known slips with confidences and with differences: what each gives, and its name."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_utils.checks import _evaluation_samples as samples
from course_utils.checks._slips import HARD_CODED, Slips, lazy


def mistakes_slips(probabilities: NDArray[Any], labels: NDArray[Any], k: int) -> Slips:
    """List what the known slips would make of these answers."""
    sure = probabilities.max(axis=1)
    wrong = probabilities.argmax(axis=1) != labels
    places = np.flatnonzero(wrong)
    order = np.argsort(-sure[wrong])
    of_truth = probabilities[np.arange(len(labels)), labels]
    padded = np.argsort(-np.where(wrong, sure, 0), kind="stable")[:k]
    found = f"There are only {len(places)} mistakes. Give fewer places than k."
    subset = (
        "Those are places among the mistakes alone. Whoever wants to look at the image needs its "
        "place among all images."
    )
    return [
        (subset, order[:k]),
        ("The order is turned round: the most confident comes first.", places[order][:k][::-1]),
        ("Those are the least confident mistakes.", places[np.argsort(sure[wrong])][:k]),
        ("Those are the most confident answers, right ones included.", np.argsort(-sure)[:k]),
        (
            "Those are the most confident right answers. Mistakes are asked for.",
            np.flatnonzero(~wrong)[np.argsort(-sure[~wrong])][:k],
        ),
        (
            "You sorted by the probability of the true class. The confidence is that of the "
            "answer.",
            places[np.argsort(of_truth[wrong])][:k],
        ),
        ("Those are confidences. The places of the images are asked for.", sure[wrong][order][:k]),
        ("Those are the first mistakes, not yet sorted by confidence.", places[:k]),
        ("Those are all mistakes. Take the first k of them.", places[order]),
        ("That says of each image whether it is a mistake. Places are asked for.", wrong),
        (found, padded),
        ("Those are the wrong answers themselves. The places of the images are asked for.",
         probabilities.argmax(axis=1)[places[order][:k]]),
        *((HARD_CODED, case[-1]) for case in samples.MISTAKES),
        ("Every value is 0. Look for the mistakes.", np.zeros(k)),
    ]  # fmt: skip


def coverage_slips(probabilities: NDArray[Any], labels: NDArray[Any], threshold: float) -> Slips:
    """List what the known slips would take for coverage."""
    sure, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == labels
    kept = sure >= threshold
    return [
        (_at_threshold(), (sure > threshold).mean()),
        ("That is how many are answered. Coverage is the fraction of all.", kept.sum()),
        ("That is in per cent. Give a fraction, from 0 to 1.", 100 * kept.mean()),
        ("That is the fraction that is not answered.", (~kept).mean()),
        (
            "That counts what is sure and also right. Coverage asks only who is answered.",
            (kept & right).mean(),
        ),
        (
            "That compares every probability with the threshold. Only the greatest of each row "
            "is the confidence.",
            (probabilities >= threshold).mean(),
        ),
        (
            "That is 1 minus the threshold. Coverage has to be counted.",
            1 - threshold,
        ),
        ("That is the accuracy of all answers.", right.mean()),
        *((HARD_CODED, case[3]) for case in samples.COVERAGE if case[3]),
    ]


def answered_slips(probabilities: NDArray[Any], labels: NDArray[Any], threshold: float) -> Slips:
    """List what the known slips would take for the accuracy of the answered."""
    sure, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == labels
    kept = sure >= threshold
    above = sure > threshold
    none = "Nothing is answered, so there is no accuracy. Give nan; a "
    slips: list[tuple[str, Any]] = []
    if not kept.any():
        slips += [
            (f"{none}0 would look like a failure.", 0.0),
            (f"{none}1 would look like a success.", 1.0),
        ]
    if above.any():
        slips.append((_at_threshold(), right[above].mean()))
    if not kept.all():
        slips.append(("That is the accuracy of what is not answered.", right[~kept].mean()))
    if kept.any():
        slips += [
            ("That is in per cent. Give a fraction, from 0 to 1.", 100 * right[kept].mean()),
            ("That is the fraction that is wrong.", 1 - right[kept].mean()),
            ("That is their mean confidence, not how many are right.", sure[kept].mean()),
        ]
    return [
        *slips,
        (
            "You divided by all images. Divide by those that are answered.",
            (kept & right).mean(),
        ),
        ("That is the accuracy of all answers, sure or not.", right.mean()),
        ("That is how many are right. Divide by how many are answered.", (kept & right).sum()),
        *((HARD_CODED, case[4]) for case in samples.COVERAGE[:1]),
    ]


def apart_slips(accuracy_a: float, n_a: int, accuracy_b: float, n_b: int) -> Slips:
    """List what the known slips would make of two accuracies."""
    difference = abs(accuracy_a - accuracy_b)
    first, second = accuracy_a * (1 - accuracy_a) / n_a, accuracy_b * (1 - accuracy_b) / n_b
    error = np.sqrt(first + second)
    both = n_a + n_b
    pooled = (accuracy_a * n_a + accuracy_b * n_b) / both
    pooled_error = np.sqrt(pooled * (1 - pooled) * (1 / n_a + 1 / n_b))
    one = "That is the standard error of one network. Both are uncertain."
    return [
        ("The sign does not matter: how far apart is asked for.", -difference / error),
        ("The root is missing: p (1 − p) / n is the square of a standard error.",
         difference / (first + second)),
        ("You added the two standard errors. Add their squares, then take the root.",
         difference / (np.sqrt(first) + np.sqrt(second))),
        (one, difference / np.sqrt(first)),
        (one, difference / np.sqrt(second)),
        ("n is missing: the more images, the smaller the standard error.",
         difference / np.sqrt(first * n_a + second * n_b)),
        ("Each network has its own number of images.",
         difference / np.sqrt((first * n_a + second * n_b) / n_a)),
        ("Each network has its own number of images.",
         difference / np.sqrt((first * n_a + second * n_b) / n_b)),
        ("Each network has its own number of images.",
         difference / np.sqrt((first * n_a + second * n_b) / both)),
        ("You used one common accuracy for both networks. Each has its own.",
         difference / pooled_error),
        ("1 − p is missing.", difference / np.sqrt(accuracy_a / n_a + accuracy_b / n_b)),
        ("That is upside down: difference divided by standard error.", error / difference),
        ("That is the difference alone. Measure it in standard errors.", difference),
        ("That is the standard error alone. Divide the difference by it.", error),
        ("You decided: yes or no. A number is asked for.", float(difference > 2 * error)),
        *lazy((), [case[-1] for case in samples.APART]),
    ]  # fmt: skip


def _at_threshold() -> str:
    return (
        "An answer whose confidence is exactly the threshold is given, too: at least, not more "
        "than."
    )
