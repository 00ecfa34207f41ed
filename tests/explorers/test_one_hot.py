"""The one-hot explorer: one label, its row, and what happens where it does not fit."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from course_utils.explorers import explore_one_hot
from course_utils.explorers.one_hot import hot_column, row_text

CASES = [(label, n_classes) for n_classes in range(2, 13) for label in range(-3, 13)]


def test_the_hot_column_is_the_one_that_numpy_writes_to() -> None:
    for label, n_classes in CASES:
        row = np.zeros(n_classes)
        column = hot_column(label, n_classes)
        if column is None:
            with pytest.raises(IndexError):
                row[label] = 1
        else:
            row[label] = 1
            assert row.argmax() == column


def test_the_row_is_written_as_numpy_counts_it() -> None:
    assert row_text(2, 4) == str(np.eye(4, dtype=int)[2].tolist())


COMPARED = {
    hot_column: CASES,
    row_text: [(column, n) for n in range(2, 13) for column in range(n)],
}


@pytest.mark.parametrize("function", COMPARED)
def test_the_browser_calculates_as_python_does(same_in_browser, function) -> None:
    same_in_browser("one_hot.js", function, COMPARED[function])


def test_a_label_that_fits_gets_its_row() -> None:
    sentence = explore_one_hot(2, 4).sentence()
    assert sentence == "Label 2 of 4 classes becomes [0, 0, 1, 0], with sum 1 and argmax 2."


def test_a_label_without_a_column_is_said_not_to_fit() -> None:
    assert "does not fit: 5 classes have only columns 0 to 4" in explore_one_hot(9, 5).sentence()


def test_a_negative_label_is_said_to_be_wrong_without_an_error() -> None:
    assert "a wrong row without any error" in explore_one_hot(-1, 10).sentence()


def test_no_classes_at_all_are_refused() -> None:
    with pytest.raises(ValueError, match="`n_classes` must be at least 1; got 0"):
        hot_column(0, 0)


def test_the_still_twin_draws_one_filled_box_a_class_and_a_dashed_one_beside() -> None:
    figure = Figure()
    explore_one_hot(9, 5).draw(figure)
    assert [text.get_text() for text in figure.axes[0].texts] == ["0"] * 5 + ["?"]
