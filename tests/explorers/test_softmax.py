"""The softmax explorer: three logits, all turned into probabilities together."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from course_utils.explorers import explore_softmax
from course_utils.explorers.softmax import cross_entropy, probabilities_after, softmax, winners

NAMES = ["cat", "dog", "bird"]


def random_logits(seed: int) -> list[tuple[list[float], float]]:
    """Draw logits and temperatures that the sliders can be moved to."""
    rng = np.random.default_rng(seed)
    return [
        ((rng.integers(-10, 11, 3) / 2).tolist(), float(rng.integers(1, 17) / 4))
        for _ in range(400)
    ]


def test_probabilities_sum_to_1_and_keep_the_order() -> None:
    for logits, temperature in random_logits(0):
        shares = softmax(logits, temperature)
        assert sum(shares) == pytest.approx(1)
        assert np.argmax(shares) == np.argmax(logits)


def test_a_shift_of_all_logits_changes_nothing() -> None:
    assert softmax([1001.0, 1002.0, 1000.0]) == softmax([1.0, 2.0, 0.0])


def test_one_logit_moves_all_probabilities() -> None:
    assert all(np.not_equal(softmax([1.0, 2.0, 0.0]), softmax([3.0, 2.0, 0.0])))


def test_cross_entropy_is_minus_the_logarithm_of_the_probability() -> None:
    for logits, temperature in random_logits(1):
        for label in range(3):
            loss = -np.log(softmax(logits, temperature)[label])
            assert cross_entropy(logits, label, temperature) == pytest.approx(loss)


def test_two_softmaxes_cannot_bring_the_loss_below_their_floor() -> None:
    best = explore_softmax(-5.0, 5.0, -5.0, 0.25, "dog", twice=True)
    assert best.loss == pytest.approx(np.log((np.e + 2) / np.e))


COMPARED = {
    softmax: random_logits(2),
    probabilities_after: [(*case, n) for case in random_logits(3) for n in (1, 2)],
    cross_entropy: [(logits, label, t) for logits, t in random_logits(4) for label in range(3)],
}


@pytest.mark.parametrize("function", COMPARED)
def test_the_browser_calculates_as_python_does(same_in_browser, function) -> None:
    atol = 1e-12 if function is cross_entropy else 0
    same_in_browser("softmax.js", function, COMPARED[function], rtol=1e-12, atol=atol)


def test_the_browser_names_the_same_winners(same_in_browser) -> None:
    same_in_browser("softmax.js", winners, [(logits,) for logits, _ in random_logits(5)])


def test_no_number_lies_so_near_a_tie_that_python_and_browser_could_round_apart() -> None:
    """A logit counts by its differences, so two differences stand for three logits."""
    differences = np.arange(-20, 21) / 2
    first, second, temperature = np.meshgrid(differences, differences, np.arange(1, 17) / 4)
    powers = np.exp(np.stack([first, second, 0 * first]) / temperature)
    once = powers / powers.sum(axis=0)
    twice = np.exp(once) / np.exp(once).sum(axis=0)
    for shares in (once, twice):
        hundredths = np.concatenate([shares, -np.log(shares)]) * 100
        assert np.abs(hundredths % 1 - 0.5).min() > 1e-9


def test_the_sentence_says_probabilities_answer_and_loss() -> None:
    assert explore_softmax().sentence() == (
        "The logits 1.0, 2.0 and 0.0 at temperature 1.00 give the probabilities cat 0.24, dog 0.67 "
        "and bird 0.09, which sum to 1. The prediction is dog. If the true class is dog, the "
        "cross-entropy is 0.41."
    )


def test_a_second_softmax_is_said() -> None:
    assert "Softmax ran twice" in explore_softmax(twice=True).sentence()


def test_equal_logits_share_the_answer() -> None:
    assert winners([2.0, 2.0, -1.0]) == "cat or dog"


def test_the_still_twin_marks_the_true_class_in_words() -> None:
    figure = Figure()
    explore_softmax(true_class="bird").draw(figure)
    labels = [label.get_text() for label in figure.axes[1].get_xticklabels()]
    assert labels == ["cat", "dog", "bird\n(true)"]
