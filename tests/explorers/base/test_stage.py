"""The stage's colours can be read in JupyterLab's light and dark themes."""

import re

import pytest
from course_notebooks import COURSE

from course_utils._palette import BLACK, BLUE, GREEN, GREY, ORANGE, PALE_GREY, SKY

STAGE = (COURSE / "course_utils" / "explorers" / "base" / "stage.js").read_text(encoding="utf-8")
LEAST_CONTRAST_OF_TEXT = 4.5  # WCAG 2.2, level AA


def palette(theme: str) -> dict[str, str]:
    """Read a theme's colours by name."""
    body = re.search(rf"const {theme} = {{(.*?)}};", STAGE, flags=re.DOTALL)[1]
    return dict(re.findall(r'(\w+): "(#[0-9a-f]{6})"', body))


def luminance(colour: str) -> float:
    """Calculate the relative luminance that WCAG defines, 0 to 1."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_has_the_greatest_contrast() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", ["LIGHT", "DARK"])
@pytest.mark.parametrize("name", ["text", "faint", "first", "second", "third"])
def test_a_colour_that_words_are_written_in_stands_out(theme: str, name: str) -> None:
    colours = palette(theme)
    assert contrast(colours[name], colours["background"]) >= LEAST_CONTRAST_OF_TEXT


def test_light_pages_have_the_colours_of_the_still_pictures() -> None:
    light = palette("LIGHT")
    assert (light["first"], light["second"], light["third"]) == (BLUE, ORANGE, GREEN)
    assert (light["text"], light["faint"], light["grid"]) == (BLACK, GREY, PALE_GREY)


def test_what_marks_pixels_is_the_dark_pages_blue() -> None:
    assert palette("DARK")["first"] == SKY
