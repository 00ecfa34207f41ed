"""Numbers stay with their units, and nothing else is touched."""

import pytest

from course_utils.grading.units import keep_with_units


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("95 % of them", "95~% of them"),
        ("47 MB, 4 GB and 525 kB", "47~MB, 4~GB and 525~kB"),
        ("up to 20 seconds", "up to 20~seconds"),
        ("28 × 28 × 1", "28~×~28~×~1"),
        ("28 pixels", "28~pixels"),
        ("(0.9 × 0.1)", "(0.9~×~0.1)"),
    ],
)
def test_a_number_stays_with_its_unit(text: str, kept: str) -> None:
    assert keep_with_units(text).replace("\N{NO-BREAK SPACE}", "~") == kept


@pytest.mark.parametrize(
    "text",
    [
        "`28 × 28`",
        "```\n95 % of them\n```",
        "$3 × 3$",
        "[a page](some 20 seconds.md)",
        '<img alt="28 × 28">',
        "a **1 × 1 convolution**",
        "3 sets, 4 minds",
        "a % b",
        "no number",
    ],
)
def test_what_is_no_number_with_a_unit_stays_as_it_is(text: str) -> None:
    assert keep_with_units(text) == text
