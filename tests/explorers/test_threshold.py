"""The threshold explorer: what is answered, what of it is right, and who is taken for whom."""

import numpy as np
import pytest

from course_utils.evaluation import coverage_and_accuracy
from course_utils.explorers import explore_threshold
from course_utils.explorers.mathematics.tallies import curve, tally
from course_utils.explorers.threshold import mistaken_for, percentage

NAMES = ["cat", "dog", "owl", "fox"]


def random_answers(rng: np.random.Generator, n: int = 300) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities, and labels of which about half are hit."""
    probabilities = rng.dirichlet(np.full(4, 0.4), n)
    labels = np.where(rng.random(n) < 0.5, probabilities.argmax(axis=1), rng.integers(0, 4, n))
    return probabilities, labels


def random_bytes(rng: np.random.Generator) -> tuple[bytes, bytes, bytes]:
    """Levels, answers and labels, as the browser gets them."""
    return traits_of(explore_threshold(*random_answers(rng), NAMES))


def traits_of(explorer) -> tuple[bytes, bytes, bytes]:
    return explorer.levels, explorer.answers, explorer.labels


@pytest.mark.parametrize("threshold", [0, 29, 50, 58, 80])
def test_coverage_and_accuracy_are_those_of_the_probabilities(threshold: int) -> None:
    probabilities, labels = random_answers(np.random.default_rng(0))
    probabilities[0] = [0.29, 0.29, 0.21, 0.21]  # 100 × 0.29 is a little less than 29
    explorer = explore_threshold(probabilities, labels, NAMES, threshold)
    answered, right = (row[threshold] for row in curve(*traits_of(explorer)))
    correct = probabilities.argmax(axis=1) == labels
    (coverage,), (accuracy,) = coverage_and_accuracy(
        probabilities.max(axis=1), correct, [threshold / 100]
    )
    assert answered == round(coverage * 300)
    assert right == round(accuracy * answered)


def test_the_matrix_holds_each_answered_image_once() -> None:
    explorer = explore_threshold(*random_answers(np.random.default_rng(1)), NAMES, threshold=60)
    answered, right = (row[60] for row in curve(*traits_of(explorer)))
    assert np.sum(explorer.matrix) == answered
    assert np.trace(explorer.matrix) == right


def test_a_row_of_the_matrix_is_a_true_class() -> None:
    assert explore_threshold([[0.9, 0.1]], [1]).matrix == [[0, 0], [1, 0]]


def test_a_threshold_that_nothing_reaches_leaves_no_accuracy() -> None:
    sentence = explore_threshold([[0.6, 0.4]], [0], threshold=80).sentence()
    assert "0 of 1 images are answered (0.0 %), so there is no accuracy." in sentence


def test_each_class_has_its_own_sentence() -> None:
    answers = random_answers(np.random.default_rng(2))
    sentences = {explore_threshold(*answers, NAMES, true_class=n).sentence() for n in NAMES}
    assert len(sentences) == 4


def test_10000_images_are_sent_as_three_bytes_each() -> None:
    explorer = explore_threshold(*random_answers(np.random.default_rng(3), 10_000))
    assert sum(map(len, traits_of(explorer))) == 30_000


def test_the_still_twin_is_drawn_even_when_nothing_is_answered() -> None:
    explorer = explore_threshold([[0.6, 0.4]], [0], threshold=80)
    assert explorer.picture().png.startswith(b"\x89PNG")


def test_the_browser_counts_the_matrix_as_python_does(in_browser) -> None:
    rng = np.random.default_rng(4)
    cases = [(*random_bytes(rng), int(rng.integers(0, 100)), 4) for _ in range(25)]
    in_js = [(*map(list, case[:3]), *case[3:]) for case in cases]
    assert in_browser("threshold.js", "tally", in_js) == [tally(*case) for case in cases]


def test_the_browser_draws_the_curve_that_python_counts(in_browser) -> None:
    rng = np.random.default_rng(5)
    cases = [random_bytes(rng) for _ in range(25)]
    in_js = [tuple(map(list, case)) for case in cases]
    assert in_browser("threshold.js", "curve", in_js) == [curve(*case) for case in cases]


def test_the_browser_writes_shares_as_python_does(in_browser) -> None:
    rng = np.random.default_rng(6)
    wholes = rng.integers(0, 10_001, 300).tolist()
    cases = [(int(rng.integers(0, whole + 1)), whole) for whole in wholes]
    assert in_browser("threshold.js", "percentage", cases) == [percentage(*case) for case in cases]


def test_the_browser_names_mistakes_as_python_does(in_browser) -> None:
    rng = np.random.default_rng(7)
    cases = [(rng.integers(0, 4, 4).tolist(), int(rng.integers(4)), NAMES) for _ in range(100)]
    expected = [mistaken_for(*case) for case in cases]
    assert in_browser("threshold.js", "mistakenFor", cases) == expected


def test_logits_are_refused_with_what_to_do() -> None:
    with pytest.raises(ValueError, match="Are they logits. Apply softmax first"):
        explore_threshold([[3.0, -1.0]], [0])


def test_names_that_a_slider_could_not_tell_apart_are_refused() -> None:
    with pytest.raises(ValueError, match="2 different names"):
        explore_threshold([[0.6, 0.4]], [0], ["cat", "cat"])


def test_the_commonest_mistake_is_named() -> None:
    assert mistaken_for([5, 2, 0], 0, ["cat", "dog", "owl"]) == "2 as dog"


@pytest.mark.parametrize(("part", "whole", "text"), [(1, 8, "12.5 %"), (0, 0, "none")])
def test_a_part_of_nothing_is_none(part: int, whole: int, text: str) -> None:
    assert percentage(part, whole) == text
