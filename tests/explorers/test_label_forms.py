"""The label forms explorer: a one-hot row and an integer come to the same loss."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from course_utils.explorers import explore_label_forms
from course_utils.explorers.label_forms import answer_percents, true_class_loss

PERCENTS = range(2, 97)


def test_every_answer_is_made_of_probabilities() -> None:
    for dog in PERCENTS:
        assert sum(answer_percents(dog)) == 100
        assert min(answer_percents(dog)) > 0


def test_the_loss_is_that_of_the_one_hot_row() -> None:
    percents = answer_percents(70)
    for label in range(3):
        products = np.eye(3)[label] * -np.log(np.array(percents) / 100)
        assert true_class_loss(percents, label) == pytest.approx(products.sum())


def test_the_browser_shares_out_as_python_does(same_in_browser) -> None:
    same_in_browser("label_forms.js", answer_percents, [(dog,) for dog in PERCENTS])


def test_the_browser_calculates_the_same_losses(same_in_browser) -> None:
    cases = [(answer_percents(dog), label) for dog in PERCENTS for label in range(3)]
    same_in_browser("label_forms.js", true_class_loss, cases, rtol=1e-6)


def test_no_loss_lies_so_near_a_tie_that_python_and_browser_could_round_apart() -> None:
    losses = [
        true_class_loss(answer_percents(dog), label) for dog in PERCENTS for label in range(3)
    ]
    to_the_tie = [abs((100 * loss) % 1 - 0.5) for loss in losses]
    assert min(to_the_tie) > 1e-9


def test_the_sentence_says_both_ways_and_that_they_agree() -> None:
    assert explore_label_forms(70, 1).sentence() == (
        "The true class is dog. With its one-hot row the loss is 0 × 2.66 + 1 × 0.36 + 0 × 1.47 = "
        "0.36. The integer label picks the value at index 1, 0.36, so both forms give the same "
        "loss."
    )


def test_the_still_twin_writes_the_loss() -> None:
    figure = Figure()
    explore_label_forms(70, 1).draw(figure)
    assert "sum of products 0.36" in figure.axes[0].texts[0].get_text()
