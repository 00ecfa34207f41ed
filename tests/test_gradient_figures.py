"""The lesson on backpropagation quotes the benchmark's figures, each in its table."""

import re

import pytest
from course_notebooks import lesson_on, read, results, table_rows, tables_on

from course_utils.predictions.questions import question

TEXT = {
    cell.id: cell.source
    for cell in read("solutions", lesson_on("backpropagation")).cells
    if cell.cell_type == "markdown"
}
((_, *MEASURED),) = tables_on(results("gradients"))
GIVEN = table_rows(TEXT["depth-table"])[2:]
DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
Row = list[str]


def number(written: str) -> float:
    """Read ``3.5 × 10⁻³`` or ``0.0035``, whatever comes in brackets behind it."""
    plain = re.sub(r" × 10([⁰-⁹¹²³⁻]+)", lambda m: f"e{m[1].translate(DIGITS)}", written)
    return float(plain.split()[0])


def ends(written: str) -> list[float]:
    """Read the range of ``0.9 (0.8 to 0.95)``, or of ``.8 to .95``."""
    inside = written.partition("(")[2].strip(")") or written
    return [float(end) for end in inside.split(" to ")]


def measured(layers: int, activation: str, initialisation: str) -> Row:
    return next(row for row in MEASURED if row[:3] == [str(layers), activation, initialisation])


def test_the_lesson_gives_each_row_of_the_page_in_order() -> None:
    assert [row[:3] for row in GIVEN] == [row[:3] for row in MEASURED]


@pytest.mark.parametrize(
    ("given", "found"), list(zip(GIVEN, MEASURED, strict=False)), ids=lambda row: ", ".join(row[:3])
)
def test_a_row_quotes_what_was_measured(given: Row, found: Row) -> None:
    medians = [number(cell) for cell in given[3:5]]
    assert medians == pytest.approx([number(cell) for cell in found[3:5]], rel=1e-9)
    shown = [ends(cell) for cell in given[5:7]]
    whole = [ends(cell) for cell in found[6:8]]
    assert [sorted({*pair}) for pair in shown] == [sorted({*pair}) for pair in whole]


def test_the_text_quotes_how_far_the_sigmoids_gradient_fell() -> None:
    median, low, high = (
        f"{float(value):.7f}"
        for value in re.findall(r"[\de.-]+(?=[ )])", f"{measured(10, 'sigmoid', 'Glorot')[5]} ")
        if "e" in value
    )
    assert f"{median} times as large" in TEXT["depth-read"]
    assert f"from {low} to {high}" in TEXT["depth-read"]
    assert median in TEXT["own-words-answer"]


def test_the_predict_box_rounds_the_last_layers_derivative() -> None:
    asked = question("backpropagation", "depth")
    last = number(measured(10, "sigmoid", "Glorot")[4])
    assert f"typically about {round(last, 3)}" in asked["question"]
    right = next(option for option in asked["options"] if option.get("right"))
    assert right["text"] == "less than a ten-thousandth of that"
    _, low, high = re.findall(r"[\d.]+e[+-]\d+", measured(10, "sigmoid", "Glorot")[5])
    assert float(low) < float(high) < 1e-4


@pytest.mark.parametrize(("page", "words"), [
    ("784-64-…-64-10", "64 neurons in each hidden layer"),
    ("SGD with rate 0.05", "SGD at a rate of 0.05"),
    ("first 12,000 training images", "on 12,000 digits"),
    ("over 5 seeds", "over five seeds"),
])  # fmt: skip
def test_the_text_says_the_settings_of_its_figures(page: str, words: str) -> None:
    assert page in results("gradients")
    assert words in TEXT["starts"]
