"""The threshold explorer: what is answered, what of it is right, and who is taken for whom."""

import numpy as np
import pytest

from course_utils.evaluation import coverage_and_accuracy
from course_utils.explorers import explore_threshold
from course_utils.explorers.mathematics.tallies import curve, tally
from course_utils.explorers.threshold import mistaken_for, percentage

NAMES = ["cat", "dog", "owl", "fox"]
RNG = np.random.default_rng(4)


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
    assert "answers 0 of 1 images (0.0 %), so there is no accuracy." in sentence


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


def share_cases(rng: np.random.Generator) -> list[tuple[int, int]]:
    wholes = rng.integers(0, 10_001, 300).tolist()
    return [(int(rng.integers(0, whole + 1)), whole) for whole in wholes]


COMPARED = {
    tally: [(*random_bytes(RNG), int(RNG.integers(0, 100)), 4) for _ in range(25)],
    curve: [random_bytes(RNG) for _ in range(25)],
    percentage: share_cases(RNG),
    mistaken_for: [(RNG.integers(0, 4, 4).tolist(), i % 4, NAMES) for i in range(100)],
}


@pytest.mark.parametrize("function", COMPARED)
def test_the_browser_calculates_as_python_does(same_in_browser, function) -> None:
    same_in_browser("threshold.js", function, COMPARED[function])


def test_the_most_common_mistake_is_named() -> None:
    assert mistaken_for([5, 2, 0], 0, ["cat", "dog", "owl"]) == "2 as dog"


@pytest.mark.parametrize(("part", "whole", "text"), [(1, 8, "12.5 %"), (0, 0, "none")])
def test_a_part_of_nothing_is_none(part: int, whole: int, text: str) -> None:
    assert percentage(part, whole) == text
