"""The lesson on colour and photos quotes the figures of two benchmarks."""

import re

import numpy as np
import pytest
from course_notebooks import lesson_on, read, results, table_rows

from course_utils.predictions.questions import question
from course_utils.pretrained.colouring import SATURATION, class_hues, colour_of

CELLS = {cell.id: cell.source for cell in read("solutions", lesson_on("colour_and_photos")).cells}


def rows(text: str) -> dict[str, list[str]]:
    """Read the rows of all tables of a text, by their first cells; a lesson writes .5 for 0.5."""
    return {
        first: [re.sub(r"\b0\.", ".", cell) for cell in rest] for first, *rest in table_rows(text)
    }


COLOURS, TRANSFER = rows(results("colours")), rows(results("transfer"))
#: Rows of the lesson's table of cures, and of the page.
CURES = {
    "`RandomHue`": "all, and RandomHue",
    "random brightness of each channel": "all, and random gains of the channels",
    "grey, the mean of the channels": "all, and grey by the mean of the channels",
}


@pytest.mark.parametrize("row", ["all in their class's colour", "95 % in their class's colour"])
def test_the_table_of_the_shortcut_quotes_what_was_measured(row: str) -> None:
    own, any_colour, _, follow = COLOURS[row]
    assert rows(CELLS["shortcut-read"])[row] == [own, any_colour, follow]


@pytest.mark.parametrize("row", CURES)
def test_the_table_of_cures_quotes_what_was_measured(row: str) -> None:
    assert rows(CELLS["cure-read"])[row] == COLOURS[CURES[row]][:2]


def test_every_row_of_the_shortcut_is_in_the_lesson() -> None:
    quoted = {*rows(CELLS["shortcut-read"]), *CURES.values()}
    assert COLOURS.keys() - quoted <= {"Training garments", ":---"}  # the header and its rule


def test_the_prose_repeats_the_figure_of_shapes() -> None:
    mean = COLOURS["all, and RandomHue"][0].partition(" ")[0]
    assert f"{mean} is what shapes are worth here" in CELLS["cure-read"]


def test_the_predict_box_rounds_and_quotes_what_was_measured() -> None:
    entry = question("colour_and_photos", "any_colour")
    own, any_colour, _, follow = COLOURS["all in their class's colour"]
    assert any_colour in entry["explanation"]
    right = next(option["text"] for option in entry["options"] if option.get("right"))
    assert right.startswith(f"about {100 * float(any_colour.partition(' ')[0]):.0f} %")
    assert "more than half of its answers follow" in right
    assert float(follow.partition(" ")[0]) > 0.5
    assert "more than 99 %" in entry["question"]
    assert float(own.partition("(")[2].partition(" ")[0]) > 0.99


def test_the_table_of_digits_quotes_what_was_measured() -> None:
    quoted = rows(CELLS["borrowed-read"])
    for n in ("100", "1,000"):
        assert quoted[n] == TRANSFER[n]


def test_the_predict_box_says_which_features_are_better() -> None:
    right = next(
        option["text"]
        for option in question("colour_and_photos", "borrowed")["options"]
        if option.get("right")
    )
    assert right.startswith("higher")
    pixels, features = TRANSFER["100"]
    highest_of_pixels = float(pixels.partition(" to ")[2].strip(")"))
    assert highest_of_pixels < float(features.partition("(")[2].partition(" ")[0])


@pytest.mark.parametrize(
    "row",
    [
        "six numbers of colour",
        "small CNN from scratch",
        "frozen features, new last layer",
        "the same, last block tuned",
    ],
)
def test_the_table_of_photos_quotes_what_was_measured(row: str) -> None:
    assert rows(CELLS["transfer-read"])[row] == TRANSFER[row][:3]


def test_the_model_answer_quotes_what_colour_alone_reaches() -> None:
    most = TRANSFER["six numbers of colour"][2].partition(" ")[0]
    assert f"a balanced accuracy of {most} among four classes" in CELLS["own-words-answer"]
    assert float(most) > 2 * 0.25  # "far more often than one guess in four"


def test_the_lesson_colours_garments_as_the_benchmark_does() -> None:
    from matplotlib.colors import hsv_to_rgb

    assert f"hsv_to_rgb([(k / 10, {SATURATION}, 1) for k in range(10)])" in CELLS["tint"]
    expected = hsv_to_rgb([(k / 10, SATURATION, 1) for k in range(10)])
    np.testing.assert_allclose([colour_of(hue) for hue in class_hues()], expected)
