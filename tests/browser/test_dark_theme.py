"""Matplotlib's white pictures in JupyterLab's dark theme."""

import base64
from collections.abc import Iterator
from typing import Any

import pytest
from lab_page import OpenLesson

SOURCES = {
    "chart": """
from matplotlib.figure import Figure
from course_utils.plots import Picture
figure = Figure()
figure.subplots().plot([1, 2])
Picture(figure, "A line that rises.")
""",
    "pixels": """
figure = Figure()
figure.subplots().imshow([[0, 255]], cmap="gray")
Picture(figure, "A black pixel and a white one.")
""",
}
#: The colour of a corner of what the page shows of a picture.
_CORNER = """async (png) => {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const g = new OffscreenCanvas(image.width, image.height).getContext("2d");
  g.drawImage(image, 0, 0);
  return [...g.getImageData(2, 2, 1, 1).data].slice(0, 3);
}"""


@pytest.fixture(scope="module")
def lesson(lab: Any, chromium: Any) -> Iterator[OpenLesson]:
    page = chromium.new_page(viewport={"width": 1280, "height": 1400})
    lesson = OpenLesson("dark", page)
    lesson.open(lab.write("dark", SOURCES))
    yield lesson
    page.close()


def corner(lesson: OpenLesson, alternative: str) -> list[int]:
    shown = lesson.page.get_by_alt_text(alternative).screenshot()
    return lesson.page.evaluate(_CORNER, base64.b64encode(shown).decode())


@pytest.fixture
def dark(lesson: OpenLesson) -> Iterator[OpenLesson]:
    lesson.set_theme("JupyterLab Dark")
    yield lesson
    lesson.set_theme("JupyterLab Light")


def test_a_chart_lies_on_white_in_the_light_theme(lesson: OpenLesson) -> None:
    assert corner(lesson, "A line that rises.") == [255, 255, 255]


def test_a_chart_is_as_dark_as_the_page(dark: OpenLesson) -> None:
    assert max(corner(dark, "A line that rises.")) <= 24


def test_a_picture_with_pixels_is_dimmed_and_not_turned_around(dark: OpenLesson) -> None:
    assert 190 <= min(corner(dark, "A black pixel and a white one.")) <= 225
