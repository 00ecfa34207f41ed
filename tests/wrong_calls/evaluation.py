"""Wrong calls of what measures and shows a network's answers."""

import numpy as np

from course_utils import evaluation, plots
from wrong_calls.rows import (
    IMAGES,
    LABELS,
    NAMES,
    RAGGED,
    Row,
    mistyped,
    name_list,
    numbers,
    place,
    row,
    whole_number,
)

SHARES = np.full((3, 2), 0.5)
LOGITS = np.array([[3.0, 0.0], [0.0, 2.0], [1.0, 0.0]])
MAPS = np.ones((2, 3, 2))
SURE, RIGHT = np.array([0.9, 0.8, 0.7]), np.array([True, False, True])


def confuse(**numbers_: object) -> object:
    return evaluation.confusion(LABELS, LABELS, **{"n_classes": 3, **numbers_})


def by_class(**numbers_: object) -> object:
    return evaluation.accuracy_by_class(LABELS, LABELS, **{"n_classes": 3, **numbers_})


def table(**numbers_: object) -> object:
    return evaluation.calibration_table(SURE, RIGHT, **numbers_)


def covered(thresholds: object) -> object:
    return evaluation.coverage_and_accuracy(SURE, RIGHT, thresholds)


def answers_refused(function, *rest) -> list[Row]:
    """What each measure of confidences refuses."""
    share, either = "`confidences` must be numbers from 0 to 1", "`correct` must be True or False"
    return [
        row(function, [1.2], [1], *rest, expected=share, got="got 1.2"),
        row(function, [[0.5]], [1], *rest, expected=f"{share} of shape (n,)", got="shape (1, 1)"),
        mistyped(function, None, [1], *rest, expected="finite numbers", got="got None"),
        row(function, SURE, [0, 1, 2], *rest, expected=either, got="got int64 (3,)"),
        row(function, SURE, RAGGED, *rest, expected="equal lengths", got="of different lengths"),
        row(function, SURE, [True], *rest, expected="as many as `confidences`, 3", got="got 1"),
    ]


ROWS: list[Row] = [
    *(
        call
        for function in (evaluation.confusion, evaluation.accuracy_by_class)
        for call in (
            row(function, [0.5], [0], 2, expected="`labels` must be integers", got="float64 (1,)"),
            row(
                function, LABELS, SHARES, 3, expected="`predictions` must be", got="float64 (3, 2)"
            ),
            row(function, LABELS, [0, 1, 3], 3, expected="between 0 and 2", got="got 0 to 3"),
            row(function, LABELS, [0], 3, expected="as many as `labels`, 3", got="got 1"),
            row(function, LABELS, RAGGED, 3, expected="equal lengths", got="got rows of different"),
        )
    ),
    *whole_number(confuse, "n_classes", "of at least 2", outside=1),
    *whole_number(by_class, "n_classes", "of at least 2", outside=1),
    *answers_refused(evaluation.calibration_table),
    *answers_refused(evaluation.expected_calibration_error),
    *answers_refused(evaluation.coverage_and_accuracy, [0.5]),
    *answers_refused(plots.plot_reliability),
    *whole_number(table, "n_bins", "from 1 to 100", outside=0),
    row(covered, [50], expected="`thresholds` must be numbers from 0 to 1", got="got 50"),
    mistyped(covered, None, expected="`thresholds` must hold finite numbers", got="got None"),
    row(evaluation.spread, [0.9], expected="at least two numbers", got="got shape (1,)"),
    mistyped(evaluation.spread, ["a"], expected="finite numbers", got="dtype <U1"),
    row(evaluation.spread, [[1, 2]], expected="a row of at least two", got="got shape (1, 2)"),
    *numbers(evaluation.class_evidence, "maps", np.eye(2)),
    row(evaluation.class_evidence, np.eye(2), np.eye(4), expected="(..., height,", got="(2, 2)"),
    *(
        row(evaluation.class_evidence, MAPS, weights, expected="must have shape (12, n_cl", got=got)
        for weights, got in ((np.eye(3), "got (3, 3)"), (np.ones(12), "got (12,)"))
    ),
    mistyped(evaluation.class_evidence, MAPS, "a", expected="`weights` must hold", got="got 'a'"),
    *place(plots.plot_reliability, SURE, RIGHT),
    *numbers(plots.plot_confusion, "matrix", ["a", "b"]),
    *place(plots.plot_confusion, np.eye(2), ["a", "b"]),
    row(plots.plot_confusion, np.zeros((2, 3)), NAMES, expected="as many rows", got="(2, 3)"),
    row(plots.plot_confusion, -np.eye(2), ["a", "b"], expected="must hold counts", got="lowest -1"),
    *name_list(plots.plot_confusion, 2, np.eye(2)),
    mistyped(
        plots.plot_confusion,
        np.eye(2),
        ["a", "b"],
        numbers="yes",
        expected="True or False",
        got="got 'yes'",
    ),
    *numbers(plots.plot_predictions, "images", LABELS, LABELS),
    *place(plots.plot_predictions, IMAGES, LABELS, LABELS, name="figure"),
    row(plots.plot_predictions, IMAGES[0], LABELS, LABELS, expected="grey images", got="(4, 4)"),
    row(plots.plot_predictions, IMAGES, SHARES, LABELS, expected="3 whole numbers", got="(3, 2)"),
    row(plots.plot_predictions, IMAGES, LABELS, [0], expected="`labels` must be 3", got="(1,)"),
    row(
        plots.plot_predictions,
        IMAGES,
        LABELS,
        LABELS,
        ["cat", "dog"],
        expected="between 0 and 1, with one name each",
        got="got 0 to 2",
    ),
    row(
        plots.plot_predictions,
        IMAGES,
        LABELS,
        LABELS,
        confidences=[1],
        expected="`confidences` must be 3 numbers",
        got="(1,)",
    ),
    *whole_number(
        lambda **n: plots.plot_predictions(IMAGES, LABELS, LABELS, **n),
        "n_columns",
        "of at least 1",
        outside=0,
    ),
    *place(plots.plot_confidences, IMAGES[0], [0.5, 0.5], 0, name="figure"),
    row(plots.plot_confidences, IMAGES, [0.5, 0.5], 0, expected="grey images", got="(1, 3, 4, 4)"),
    row(plots.plot_confidences, IMAGES[0], SHARES, 0, expected="one row", got="(3, 2). Pick the"),
    row(plots.plot_confidences, IMAGES[0], [3, -1], 0, expected="between 0 and 1", got="got -1"),
    row(plots.plot_confidences, IMAGES[0], [0.5, 0.5], 2, expected="from 0 to 1", got="got 2"),
    *name_list(plots.plot_confidences, 2, IMAGES[0], [0.5, 0.5], 0),
    *place(plots.plot_confidence_grid, IMAGES, SHARES, [0, 1, 0], name="figure"),
    row(plots.plot_confidence_grid, IMAGES, SHARES[:2], [0, 1, 0], expected="3 rows", got="(2, 2)"),
    row(plots.plot_confidence_grid, IMAGES, LOGITS, LABELS, expected="0 and 1", got="0 to 3"),
    row(plots.plot_confidence_grid, IMAGES, SHARES, LABELS, expected="one name", got="0 to 2"),
    *whole_number(
        lambda **n: plots.plot_confidence_grid(IMAGES, SHARES, [0, 1, 0], **n),
        "n_columns",
        "of at least 1",
        outside=0,
    ),
]
