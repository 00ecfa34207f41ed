"""The lesson on going further quotes the benchmark's figures, seed by seed."""

import ast
import re

import pytest
from course_notebooks import lesson_on, read, results, table_rows

LESSON = lesson_on("going_further")
NAMED = {
    "plain": "plain",
    "normalised": "batch normalisation",
    "plain_sgd": "plain, SGD 0.01",
    "normalised_sgd": "batch normalisation, SGD 0.01",
    "plain_digits": "digits, plain",
    "flipped_digits": "digits, left-right flips",
    "flipped": "left-right flips",
    "shifted": "shifts of up to 2 pixels",
    "plain_20": "20 epochs, plain",
    "flipped_20": "20 epochs, left-right flips",
    "decayed_20": "20 epochs, weight decay 0.0005",
    "constant 0.0001": "constant 0.0001",
    "step decay from 0.001": "step decay",
    "cosine from 0.001": "cosine",
    "constant 0.01": "constant 0.01",
    "cosine from 0.01": "cosine from 0.01",
    "the same, 30 % warm-up": "cosine from 0.01, warm-up 30 %",
}


def measured() -> dict[str, list[float]]:
    """Read the accuracies of each setting, seed by seed, from the benchmark's page."""
    return {
        row[1]: [float(value) for value in row[4].split()]
        for row in table_rows(results("techniques"))
        if len(row) == 5 and re.fullmatch(r"[\d. ]+", row[4])
    }


def quoted() -> dict[str, list[float]]:
    """Find each list of numbers that the lesson's cells give a name."""
    found = {}
    for cell in read("solutions", LESSON).cells:
        if cell.cell_type != "code":
            continue
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.List):
                found[node.targets[0].id] = node.value
            elif isinstance(node, ast.Dict):
                found |= {k.value: v for k, v in zip(node.keys, node.values, strict=True)}
    return {name: ast.literal_eval(node) for name, node in found.items() if name in NAMED}


def test_each_setting_of_the_benchmark_is_quoted_by_the_lesson() -> None:
    assert sorted(NAMED.values()) == sorted(measured())


@pytest.mark.parametrize("name", NAMED)
def test_the_lesson_quotes_what_was_measured(name: str) -> None:
    assert quoted()[name] == measured()[NAMED[name]]
