"""The capstone's model answer fits the lesson's functions, its log and the benchmark's page."""

import re
from typing import Any

import pytest
from course_notebooks import COURSE, lesson_on, read, results, table_rows

from course_utils.experiments import ExperimentLog

LESSON = lesson_on("capstone")


@pytest.fixture(scope="module")
def sources() -> dict[str, str]:
    """The sources of the lesson's cells, by id."""
    return {cell.id: cell.source for cell in read("solutions", LESSON).cells}


@pytest.fixture(scope="module")
def functions(sources: dict[str, str]) -> dict[str, Any]:
    """What the lesson gives to learners: build, choose_optimizer, run_experiment."""
    space: dict[str, Any] = {}
    for cell in ("keras", "build", "run-experiment"):
        exec(sources[cell], space)
    return space


def experiments() -> list[dict[str, Any]]:
    return ExperimentLog(COURSE / "benchmarks" / "results" / "capstone.jsonl").rows("experiment")


def rows_of(text: str, n_columns: int) -> list[list[str]]:
    """The rows of all tables with so many columns, without a 0 before the point."""
    rows = table_rows(re.sub(r"\b0\.", ".", text))
    return [row for row in rows if len(row) == n_columns]


@pytest.mark.parametrize("row", experiments(), ids=lambda row: str(row["number"]))
def test_a_learner_can_make_each_experiment_of_the_answer(
    functions: dict[str, Any], row: dict[str, Any]
) -> None:
    assert row["settings"].keys() <= functions["KNOWN"]
    network = functions["build"](row["settings"], n_classes=10)
    assert network.count_params() == row["parameters"]
    decay = functions["choose_optimizer"](row["settings"], n_steps=8).weight_decay
    assert decay == row["settings"].get("weight_decay", 0)


def test_settings_that_nothing_knows_are_refused(functions: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="batchnorm"):
        functions["run_experiment"](None, {}, {"units": 16, "batchnorm": True}, 0)


def test_the_card_quotes_each_class_as_it_was_measured(sources: dict[str, str]) -> None:
    page = rows_of(results("capstone"), 4)
    measured = {name: (recall, precision, worst) for name, recall, precision, worst in page}
    quoted = [row for row in rows_of(sources["card-answer"], 4) if row[0] in measured]
    assert len(quoted) == 10
    for name, recall, precision, worst in quoted:
        count, _, other = worst.partition(" as ")
        assert (recall, precision, f"as {other}: {count}") == measured[name]


def test_the_card_quotes_the_log(sources: dict[str, str]) -> None:
    steps = [float(row[1]) for row in rows_of(sources["card-answer"], 2)[2:]]
    logged = [row["validation_accuracy"] for row in experiments()]
    assert steps == logged[:9]


def test_the_text_quotes_the_networks_for_which_nothing_was_chosen(
    sources: dict[str, str],
) -> None:
    page = rows_of(results("capstone"), 4)
    ((held, test, gap),) = [
        row[1:] for row in page if row[0].startswith("units 128") and "(" in row[1]
    ]
    ranges = [re.search(r"\((.*)\)", cell).group(1) for cell in (held, test, gap)]
    assert ranges[0] in sources["why-test"]
    assert ranges[1] in sources["why-test"]
    assert ranges[1] in sources["card-answer"]
    assert ranges[2] in sources["card-answer"]


def test_the_card_quotes_the_fresh_seeds(sources: dict[str, str]) -> None:
    seeds = [row for row in rows_of(results("capstone"), 3) if row[0].isdigit()]
    seconds, validation = ([float(row[column]) for row in seeds] for column in (1, 2))
    ends = f"{min(validation):.3f} to {max(validation):.3f}".replace("0.", ".")
    assert f"validation {ends} and test" in sources["card-answer"]
    assert f"with {min(seconds):.0f} to {max(seconds):.0f} CPU seconds" in sources["card-answer"]
    tested = re.search(r"test accuracy \S+ \((.*?)\)", results("capstone")).group(1)
    assert f"test **{tested.replace('0.', '.')}**" in sources["card-answer"]
