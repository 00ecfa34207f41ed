"""The lesson on evaluation quotes the benchmark's figures where it explains them."""

import ast
import re

import pytest
from course_notebooks import lesson_on, read, results, table_rows

LESSON = lesson_on("evaluation")
#: Each row whose range the prose quotes, and the cells that do.
QUOTED = {
    "accuracy, training images": ["evaluate-read"],
    "accuracy, validation images": ["evaluate-read", "network-report-read", "threshold-read"],
    "accuracy, other fresh images of the training file": ["open-test-read"],
    "accuracy, test images": ["open-test-read"],
    "accuracy, validation minus test images": ["open-test-read"],
    "recall of the weakest class": ["network-report-read"],
    "mistakes with a shirt, as true class or as answer": ["network-report-read"],
    "mean confidence": ["own-words-answer"],
    "temperature of the lowest loss on the first half": ["temperature-read"],
    "expected calibration error on the second half": ["temperature-read"],
    "expected calibration error on the second half at this temperature": ["temperature-read"],
    "confidence of at least 0.9: answered": ["threshold-read"],
    "confidence of at least 0.9: right": ["threshold-read"],
    "two seeds: images that only one of them classifies correctly": ["pairs-read"],
    **{
        f"guesses: {how}": ["choosing-read"]
        for how in (
            "best of 100, on the 100 images it was chosen by",
            "the same one, on 9,900 fresh images",
        )
    },
}


def measured() -> dict[str, str]:
    """Read the benchmark's page: what, and the figure."""
    return {row[0]: row[1] for row in table_rows(results("evaluation")) if len(row) == 2}


def spoken(figure: str) -> str:
    """Write the range of a cell as lessons do: ``0.917 (0.909 to 0.924)`` as ``.909 to .924``."""
    ends = re.search(r"\((\S+) to (\S+)\)", figure).groups()
    return " to ".join(f"{float(x):.2f}" if float(x) > 1 else x.removeprefix("0") for x in ends)


@pytest.fixture(scope="module")
def sources() -> dict[str, str]:
    return {cell.id: cell.source for cell in read("solutions", LESSON).cells}


@pytest.mark.parametrize("row", QUOTED)
def test_a_quoted_range_is_the_measured_one(row: str, sources: dict[str, str]) -> None:
    wanted = spoken(measured()[row])
    assert [cell for cell in QUOTED[row] if wanted not in sources[cell]] == [], wanted


def test_the_five_seeds_are_those_of_the_benchmark(sources: dict[str, str]) -> None:
    (line,) = re.findall(r"^five = (.*)$", sources["five-seeds"], flags=re.MULTILINE)
    five = ast.literal_eval(line)
    assert ", ".join(f"{value:.4f}" for value in five) == measured()["accuracy, seed by seed"]


def test_the_distance_of_the_best_seed_from_the_worst_is_the_measured_one(
    sources: dict[str, str],
) -> None:
    apart = measured()["best and worst seed: standard errors apart, as pairs"]
    assert f"{apart} standard errors" in sources["seeds-read"]
