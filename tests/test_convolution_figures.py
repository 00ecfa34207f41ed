"""The lesson on convolutional networks quotes the benchmark's figures."""

import re

import numpy as np
import pytest
from course_notebooks import lesson_on, read, results, table_rows

from course_utils.explorers.learning_filters import cosine, size_of
from course_utils.pretrained.checkpoints import load_checkpoints

TEXT = {
    cell.id: cell.source
    for topic in ("convolution", "convolutional_networks")
    for cell in read("solutions", lesson_on(topic)).cells
    if cell.cell_type == "markdown"
}
PAGE = results("convolution")
#: The lesson's table of first filters has two columns: the random size, and the hand-made size.
FILTERS = {
    "learnt, from a random pattern": ("learnt", "learnt, begun at the hand-made size"),
    "made by hand, and kept": ("by hand at the random size, kept", "by hand, kept"),
    "random, and kept": ("random, kept", "random at the hand-made size, kept"),
}


def rows(text: str) -> dict[str, list[str]]:
    """Read the rows of all tables of a text, by their first cells; a lesson writes .5 for 0.5."""
    return {
        first: [re.sub(r"\b0\.", ".", cell) for cell in rest] for first, *rest in table_rows(text)
    }


MEASURED = rows(PAGE)
NETWORKS = [name for name in MEASURED if name.startswith(("MLP", "CNN"))]


@pytest.mark.parametrize("name", NETWORKS)
def test_the_duel_quotes_what_was_measured(name: str) -> None:
    assert rows(TEXT["duel-spread"])[name] == MEASURED[name]


@pytest.mark.parametrize("name", FILTERS)
def test_the_table_of_first_filters_quotes_what_was_measured(name: str) -> None:
    assert rows(TEXT["learnt-read"])[name] == [MEASURED[row][-1] for row in FILTERS[name]]


def test_the_text_quotes_the_ranges_and_the_shifts() -> None:
    true, shuffled = (
        MEASURED[name][-1].split("(")[1].strip(")") for name in ("MLP", "MLP, pixels shuffled")
    )
    assert f"{true} on the original images and {shuffled} on the shuffled" in TEXT["shuffled-read"]
    at = {pixels: [cell.split()[0] for cell in MEASURED[pixels]] for pixels in "024"}
    falls = [f"from {before} to {after}" for before, after in zip(at["0"], at["2"], strict=True)]
    for quoted in (*falls, f"with {' and '.join(at['4'])}"):
        assert quoted in TEXT["shift-read"]


def test_the_text_subtracts_the_means_of_first_filters() -> None:
    means = {
        name: [float(MEASURED[row][-1].split()[0]) for row in FILTERS[name]] for name in FILTERS
    }
    gains = [f"{sized - small:.3f}".removeprefix("0") for small, sized in means.values()]
    assert f"Each row gains {min(gains)} to {max(gains)}" in TEXT["learnt-read"]
    learnt, by_hand, _ = means.values()
    leads = [f"{ours - x:.3f}".removeprefix("0") for ours, x in zip(by_hand, learnt, strict=True)]
    assert f"by only {' or '.join(leads)}" in TEXT["learnt-read"]


def short(value: float, digits: int = 2) -> str:
    """Write a share as the lesson does."""
    return f"{value:.{digits}f}".removeprefix("0")


def test_the_text_says_how_far_the_checkpoints_kernels_have_come() -> None:
    first, early, last = (
        next(one for one in load_checkpoints() if one["step"] == step) for step in (0, 100, 10_692)
    )
    kernels = {one["step"]: np.reshape(one["weights"], (9, 8)).T for one in (first, early, last)}
    cosines = {
        step: sorted(map(cosine, kernels[0], own), reverse=True) for step, own in kernels.items()
    }
    text = TEXT["filters-text"]
    accuracies = [short(one["accuracy"], 3) for one in (first, early)]
    assert f"accuracy has risen from {' to '.join(accuracies)}" in text
    assert f"the lowest cosine is still {short(cosines[100][-1])}:" in text
    *others, least = cosines[10_692]
    assert f"the cosines are {short(least)} to {short(others[0])}, and" in text
    times = sorted(
        size_of(now) / size_of(then)
        for then, now in zip(*map(kernels.get, (0, 10_692)), strict=True)
    )
    assert f"{times[0]:.1f} to {times[-1]:.1f} times as large" in text
    assert cosine(kernels[0][0], kernels[10_692][0]) == least  # "only filter 0"


def test_random_kernels_are_as_alike_as_the_text_says() -> None:
    rng = np.random.default_rng(0)
    drawn = [abs(cosine(*rng.uniform(-1, 1, (2, 9)))) for _ in range(20_000)]
    assert f"about {short(np.mean(drawn))} between random ones" in TEXT["born"]
