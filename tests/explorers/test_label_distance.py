"""The label distance explorer: integers against one-hot rows."""

import numpy as np
import pytest

from course_utils.explorers import explore_label_distance
from course_utils.explorers.label_distance import integer_distance, one_hot_distance

PAIRS = [(first, second) for first in range(10) for second in range(10)]


def test_the_one_hot_distance_is_that_of_the_rows() -> None:
    rows = np.eye(10)
    for first, second in PAIRS:
        assert one_hot_distance(first, second) == np.linalg.norm(rows[first] - rows[second])


def test_the_browser_measures_integers_as_python_does(in_browser) -> None:
    distances = in_browser("label_distance.js", "integerDistance", PAIRS)
    assert distances == [integer_distance(*pair) for pair in PAIRS]


def test_the_browser_measures_rows_as_python_does(in_browser) -> None:
    distances = in_browser("label_distance.js", "oneHotDistance", PAIRS)
    assert distances == [one_hot_distance(*pair) for pair in PAIRS]


def test_the_sentence_names_classes_and_both_distances() -> None:
    assert explore_label_distance(1, 2).sentence() == (
        "Trouser (1) and Pullover (2): 1 apart as integers, 1.41 apart as one-hot rows."
    )


def test_equal_labels_are_no_distance_apart() -> None:
    assert "same class: 0 apart" in explore_label_distance(4, 4).sentence()


def test_own_names_take_the_place_of_the_clothes() -> None:
    names = [f"digit {label}" for label in range(10)]
    assert "digit 3 (3)" in explore_label_distance(3, 4, names).sentence()


def test_too_few_names_are_refused_with_their_number() -> None:
    with pytest.raises(ValueError, match=r"`names` must be a list of 10 names.*got 2"):
        explore_label_distance(names=["cat", "dog"])


def test_a_label_above_nine_is_refused_with_its_limit() -> None:
    with pytest.raises(ValueError, match="must be a whole number from .*9.*; got"):
        explore_label_distance(second=10)


def test_the_still_twin_draws_both_spellings_on_the_same_scale() -> None:
    from matplotlib.figure import Figure

    figure = Figure()
    explore_label_distance(1, 9).draw(figure)
    upper, lower = figure.axes
    assert upper.get_ylim() == lower.get_ylim()
