"""What known slips would give in the capstone's exercises. No answer is calculated here."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_utils.checks import _capstone_samples as samples
from course_utils.checks._slips import HARD_CODED, Slips

Row = Mapping[str, Any]
Truth = Callable[[NDArray[Any], NDArray[Any]], Any]

_TOLERANCE = 1e-5


def baseline_slips(train: NDArray[Any], validation: NDArray[Any], expected: float) -> Slips:
    """List what the known slips would call the baseline."""
    classes, counts = np.unique(train, return_counts=True)
    held_counts = np.unique(validation, return_counts=True)[1]
    shares = counts / len(train)
    held_shares = np.array([(validation == c).mean() for c in classes])
    return [
        (
            "You took the class that is most frequent among the validation labels. That is "
            "leakage: the answer has to be chosen from the training labels alone.",
            held_counts.max() / len(validation),
        ),
        (
            "You measured on the training labels. They choose the answer; the validation labels "
            "say how often it is right.",
            shares.max(),
        ),
        (
            "That is 1 divided by the number of classes. It is the baseline only where all "
            "classes are equally frequent.",
            1 / len(classes),
        ),
        ("That is 1 divided by the number of labels that could be. Count how often each occurs.",
         1 / (int(train.max()) + 1)),
        ("That is the class itself. The share of images that it gets right is asked for.",
         classes[counts.argmax()]),
        ("That is a number of images. Divide by how many there are.", expected * len(validation)),
        ("That is per cent. A share is asked for, 0 to 1.", expected * 100),
        ("That is the share that the baseline gets wrong.", 1 - expected),
        (
            "You guess each class as often as it occurs. Guessing the most frequent one every "
            "time is right more often.",
            shares @ held_shares,
        ),
        ("You divided by the number of training labels. The validation images are judged.",
         expected * len(validation) / len(train)),
        (
            "That is a constant. Whether 90 % is good depends on the labels: there is data where "
            "saying the same every time reaches it.",
            0.9,
        ),
        ("0 is what an empty answer gives. Somebody who always says the same is sometimes right.",
         0),
        *((HARD_CODED, case[-1]) for case in samples.BASELINE),
    ]  # fmt: skip


def choice_slips(rows: Sequence[Row], max_parameters: float, max_seconds: float) -> Slips:
    """List which experiment the known slips would choose."""

    def most(name: str, chosen: Sequence[Row] = rows, sign: int = 1) -> Any:
        return max(chosen, key=lambda row: sign * row.get(name, 0))["number"]

    small = [row for row in rows if row["parameters"] <= max_parameters]
    short = [row for row in rows if row["cpu_seconds"] <= max_seconds]
    under = [
        row for row in rows
        if row["parameters"] < max_parameters and row["cpu_seconds"] < max_seconds
    ]  # fmt: skip
    slips: list[tuple[str, Any]] = []
    if all("test_accuracy" in row for row in rows):
        slips += [
            (
                "You chose by the test set. Then it has helped to choose, and its accuracy no "
                "longer says what new images will give. Choose by validation accuracy.",
                most("test_accuracy"),
            ),
            (
                "You chose by training accuracy. It rewards learning by heart. Choose by "
                "validation accuracy.",
                most("training_accuracy"),
            ),
        ]
    slips += [
        ("You ignored the budget. An experiment over it does not count.",
         most("validation_accuracy")),
        ("You ignored the CPU seconds. Both limits hold.", most("validation_accuracy", small)),
        ("You ignored the parameters. Both limits hold.", most("validation_accuracy", short)),
        (
            "You refused an experiment that meets a limit exactly. At most means that equal is "
            "within.",
            most("validation_accuracy", under) if under else -1,
        ),
        ("You chose the lowest validation accuracy.", most("validation_accuracy", sign=-1)),
        ("You chose the most parameters. Larger is not better by itself.", most("parameters")),
        ("You chose the fewest parameters. They decide only between equal validation accuracies.",
         most("parameters", sign=-1)),
        ("That is the last experiment. The last one need not be the best.", rows[-1]["number"]),
        ("That is the first experiment.", rows[0]["number"]),
    ]  # fmt: skip
    return slips


def is_tie(rows: Sequence[Row], number: Any, expected: int) -> bool:
    """Say whether another experiment with the same validation accuracy was chosen."""
    by_number = {row["number"]: row["validation_accuracy"] for row in rows}
    return number in by_number and by_number[number] == by_number[expected]


_TOO_LARGE = "Your tolerance is too large: a probability that had moved passed. Allow 0.00001."

#: What slips about shapes would say about two arrays of predictions. An error is no answer.
SHAPE_SLIPS: list[tuple[str, Truth]] = [
    ("You always say True. Look at the arrays.", lambda b, a: True),
    ("You compare shapes only. Look at the values too.", lambda b, a: b.shape == a.shape),
    (
        "Arrays of different shapes passed: NumPy stretches one row over all others "
        "(broadcasting). Compare the shapes first.",
        lambda b, a: np.allclose(b, a, rtol=0, atol=_TOLERANCE),
    ),
    (
        "You compared only as many images as both have. A missing image is a difference.",
        lambda b, a: (np.abs(b[: len(a)] - a[: len(b)]) <= _TOLERANCE).all(),
    ),
]

#: What slips about values would say about two arrays of the same shape.
VALUE_SLIPS: list[tuple[str, Truth]] = [
    ("You always say False. Rounding in the last digits is no change.", lambda b, a: False),
    (
        "You demand equality in every digit. Another order of adding up changes the seventh "
        "digit: allow differences up to 0.00001.",
        np.array_equal,
    ),
    (
        "You compare the answers (argmax) only. The probabilities behind them may have changed "
        "while every answer stayed.",
        lambda b, a: np.array_equal(b.argmax(axis=1), a.argmax(axis=1)),
    ),
    (
        "You compare a mean or a sum. Changes in both directions cancel, and exchanged images "
        "leave it as it was. Compare value by value.",
        lambda b, a: abs(b.mean() - a.mean()) <= _TOLERANCE,
    ),
    (
        "One equal value is enough for you. Every value must agree.",
        lambda b, a: (np.abs(b - a) <= _TOLERANCE).any(),
    ),
    (
        "You look at values that fell only. Drop the signs: a value may have risen too.",
        lambda b, a: ((b - a) <= _TOLERANCE).all(),
    ),
    (
        "You look at values that rose only. Drop the signs: a value may have fallen too.",
        lambda b, a: ((a - b) <= _TOLERANCE).all(),
    ),
    (
        "A value that is not a number (nan) passed: every comparison with it is False. Ask "
        "whether all differences are small, not whether one is large.",
        lambda b, a: not (np.abs(b - a) > _TOLERANCE).any(),
    ),
    (
        "The order of the values got lost. Compare each image with itself, class by class.",
        lambda b, a: np.allclose(
            np.sort(b, axis=None), np.sort(a, axis=None), rtol=0, atol=_TOLERANCE
        ),
    ),
    *(
        (_TOO_LARGE, lambda b, a, most=most: np.allclose(b, a, rtol=0, atol=most))
        for most in (0.0011, 0.011, 0.051, 0.11, 0.21, 0.5)
    ),
]


def failure_slips(matrix: NDArray[Any], n: int, expected: Sequence[Any]) -> Slips:
    """List which confusions the known slips would name."""
    counts = np.asarray(matrix, np.float64)
    rows = counts.sum(axis=1, keepdims=True)
    off = ~np.eye(len(counts), dtype=bool)
    with np.errstate(all="ignore"):
        of_true, of_answer = counts / rows, counts / counts.sum(axis=0)
    of_all = counts / counts.sum()

    def top(ranking: NDArray[Any], shown: NDArray[Any], allowed: NDArray[Any] = off) -> Any:
        places = [p for p in np.argwhere(allowed) if ranking[tuple(p)] > -np.inf]
        places.sort(key=lambda p: -ranking[tuple(p)])
        return [(int(i), int(j), shown[i, j]) for i, j in places[:n]]

    swapped = (
        "The axes are swapped: a row of the matrix is a true class, a column is an answer, and "
        "the true class comes first."
    )
    by_counts = (
        "You ranked by counts. A class with many images then hides one that fails more often. "
        "Divide by the true class's images first."
    )
    diagonal = "The diagonal is in it. It holds what was right."
    return [
        (diagonal, top(of_true, of_true, ~np.zeros_like(off))),
        (diagonal, top(counts, counts, ~np.zeros_like(off))),
        (swapped, [(j, i, share) for i, j, share in expected]),
        (swapped, top(of_answer.T, of_answer.T)),
        (swapped, [(j, i, share) for i, j, share in top(of_answer, of_answer)]),
        (by_counts, top(counts, of_true)),
        (by_counts, top(counts, counts)),
        (by_counts + " And counts are no shares.", top(of_true, counts)),
        (
            "You divided by all images. Divide by the images of the true class: by the sum of "
            "its row.",
            top(of_all, of_all),
        ),
        (
            "You divided by the sum of a column: by how often that answer was given. Divide by "
            "the images of the true class, the sum of its row.",
            top(of_answer, of_answer),
        ),
        ("Those are the rarest. The largest share comes first.", top(-of_true, of_true)),
        ("The order is turned round: the largest share comes first.", list(expected)[::-1]),
        ("That is per cent. A share is asked for, 0 to 1.", top(of_true, 100 * of_true)),
        (
            "You added up both directions. A shirt taken for a coat is another mistake than a "
            "coat taken for a shirt.",
            top(of_true + of_true.T, of_true + of_true.T),
        ),
        *((HARD_CODED, case[-1][:n]) for case in samples.FAILURES),
    ]
