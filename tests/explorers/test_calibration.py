"""The calibration explorer: bins, their gaps, and what a temperature does to them."""

import numpy as np
import pytest

from course_utils.evaluation import expected_calibration_error
from course_utils.explorers import explore_calibration
from course_utils.explorers.calibration import (
    calibration_error,
    confidences_at,
    reliability,
    verdict,
)


def random_logits(rng: np.random.Generator, n: int = 200) -> tuple[np.ndarray, np.ndarray]:
    """Logits of five classes, and labels drawn from them at temperature 2."""
    logits = rng.normal(0, 4, (n, 5)).astype(np.float32)
    powers = np.exp(logits / 2)
    shares = powers / powers.sum(axis=1, keepdims=True)
    return logits, np.array([rng.choice(5, p=row / row.sum()) for row in shares.astype(float)])


def test_confidences_are_softmax_at_the_temperature() -> None:
    logits, labels = random_logits(np.random.default_rng(0))
    explorer = explore_calibration(logits, labels)
    for temperature in (0.2, 1.0, 3.7):
        powers = np.exp((logits - logits.max(axis=1, keepdims=True)) / temperature)
        expected = (powers / powers.sum(axis=1, keepdims=True)).max(axis=1)
        np.testing.assert_allclose(
            confidences_at(explorer.below, 5, temperature), expected, atol=0.005
        )


def test_the_calibration_error_is_that_of_the_course() -> None:
    rng = np.random.default_rng(1)
    sure, right = rng.random(400), (rng.random(400) < 0.6).astype(np.uint8)
    bins = reliability(sure.tolist(), right.tobytes(), 12)
    assert calibration_error(bins) == pytest.approx(expected_calibration_error(sure, right, 12))


def test_the_temperature_that_made_the_labels_is_the_best() -> None:
    answers = random_logits(np.random.default_rng(2), 4_000)
    errors = {t: calibration_error(explore_calibration(*answers, t).bins) for t in (1.0, 2.0, 4.0)}
    assert min(errors, key=errors.get) == 2.0


def test_a_temperature_changes_no_answer() -> None:
    answers = random_logits(np.random.default_rng(3))
    cold, hot = (explore_calibration(*answers, temperature) for temperature in (0.2, 4.0))
    assert cold.correct == hot.correct


def test_10000_images_of_ten_classes_are_sent_as_two_bytes_a_logit() -> None:
    logits = np.random.default_rng(4).normal(size=(10_000, 10))
    assert len(explore_calibration(logits, np.zeros(10_000, int)).below) == 200_000


def test_logits_far_apart_do_not_wrap_round() -> None:
    explorer = explore_calibration([[5_000.0, 0.0], [0.0, -5_000.0]], [0, 0])
    assert confidences_at(explorer.below, 2, 0.2) == [1.0, 1.0]


@pytest.mark.parametrize("temperature", [0.2, 4.0])
@pytest.mark.parametrize("n_bins", [2, 30])
def test_the_still_twin_is_drawn_at_every_end(temperature: float, n_bins: int) -> None:
    answers = random_logits(np.random.default_rng(5))
    explorer = explore_calibration(*answers, temperature, n_bins)
    assert explorer.picture().png.startswith(b"\x89PNG")


def confidence_cases(rng: np.random.Generator) -> list[tuple[bytes, int, float]]:
    explorers = [explore_calibration(*random_logits(rng)) for _ in range(20)]
    return [(explorer.below, 5, float(rng.uniform(0.2, 4))) for explorer in explorers]


def bin_cases(rng: np.random.Generator) -> list[tuple[list[float], bytes, int]]:
    cases = [
        (rng.random(80).tolist(), bytes(rng.integers(0, 2, 80).tolist()), int(rng.integers(2, 31)))
        for _ in range(40)
    ]
    return [*cases, ([1.0, 0.5, 0.0], bytes([1, 0, 1]), 2)]


def gap_cases(rng: np.random.Generator) -> list[tuple[list[list[float]]]]:
    return [
        ([[float(rng.integers(1, 50)), *rng.random(2).tolist()] for _ in range(6)],)
        for _ in range(60)
    ]


COMPARED = {
    confidences_at: (confidence_cases(np.random.default_rng(6)), 1e-7),
    reliability: (bin_cases(np.random.default_rng(7)), 1e-7),
    calibration_error: (gap_cases(np.random.default_rng(8)), 1e-12),
}


@pytest.mark.parametrize("function", COMPARED)
def test_the_browser_calculates_as_python_does(same_in_browser, function) -> None:
    cases, rtol = COMPARED[function]
    same_in_browser("calibration.js", function, cases, rtol=rtol)


def test_the_browser_judges_as_python_does(same_in_browser) -> None:
    cases = [(0.9, 0.8), (0.7, 0.8), (0.8, 0.8), (0.8, 0.805), (0.815, 0.8)]
    same_in_browser("calibration.js", verdict, cases)


@pytest.mark.parametrize(
    ("accuracy", "judged"),
    [
        (0.7, "overconfident"),
        (0.9, "underconfident"),
        (0.8, "about as confident as it is accurate"),
    ],
)
def test_a_confidence_of_80_percent_is_judged_by_the_accuracy(accuracy: float, judged: str) -> None:
    assert verdict(0.8, accuracy) == judged
