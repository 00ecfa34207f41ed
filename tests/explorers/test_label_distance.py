"""The label distance explorer: integers against one-hot rows."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from course_utils.explorers import explore_label_distance
from course_utils.explorers.label_distance import integer_distance, one_hot_distance

PAIRS = [(first, second) for first in range(10) for second in range(10)]


def test_the_one_hot_distance_is_that_of_the_rows() -> None:
    rows = np.eye(10)
    for first, second in PAIRS:
        assert one_hot_distance(first, second) == np.linalg.norm(rows[first] - rows[second])


COMPARED = {integer_distance: PAIRS, one_hot_distance: PAIRS}


@pytest.mark.parametrize("function", COMPARED)
def test_the_browser_measures_as_python_does(same_in_browser, function) -> None:
    same_in_browser("label_distance.js", function, COMPARED[function])


def test_the_sentence_names_classes_and_both_distances() -> None:
    assert explore_label_distance(1, 2).sentence() == (
        "Trouser (1) and Pullover (2) are 1 apart as integers and 1.41 apart as one-hot rows."
    )


def test_equal_labels_are_no_distance_apart() -> None:
    assert "same class, so they are 0 apart" in explore_label_distance(4, 4).sentence()


def test_own_names_take_the_place_of_the_clothes() -> None:
    names = [f"digit {label}" for label in range(10)]
    assert "digit 3 (3)" in explore_label_distance(3, 4, names).sentence()


def test_the_still_twin_draws_both_forms_on_the_same_scale() -> None:
    figure = Figure()
    explore_label_distance(1, 9).draw(figure)
    upper, lower = figure.axes
    assert upper.get_ylim() == lower.get_ylim()
