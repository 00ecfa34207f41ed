"""An explorer on a phone, and in a window that is zoomed to 200 %: its sliders can be worked."""

from collections.abc import Iterator
from typing import Any

import pytest
from lab_page import OpenLesson

SOURCES = {
    "patch": "from course_utils.explorers import explore_patch\nexplore_patch()",
    "kernel": "from course_utils.explorers import explore_kernel\nexplore_kernel()",
}
#: A window of 1280 × 900 pixels at 200 % has as much room as one of half its size.
SIZES = {"phone": (390, 844), "zoomed": (640, 450)}
#: In CSS pixels: what a finger can move a slider by.
LEAST_WIDTH = 100


@pytest.fixture(scope="module", params=SIZES)
def page(request: pytest.FixtureRequest, lab: Any, chromium: Any) -> Iterator[Any]:
    """A page of this size under a finger, with an explorer in it."""
    width, height = SIZES[request.param]
    context = chromium.new_context(viewport={"width": width, "height": height}, has_touch=True)
    page = context.new_page()
    OpenLesson("narrow", page).open(lab.write("narrow", SOURCES))
    yield page
    context.close()


def sliders(page: Any) -> Iterator[tuple[Any, dict[str, float], Any]]:
    """Bring each slider into sight; yield its handle, where its track is, and the sentence."""
    for panel in page.locator(".course-explorer").all():
        for row in panel.locator(".widget-slider").all():
            row.scroll_into_view_if_needed()
            track = row.locator(".noUi-target").bounding_box()
            yield row.locator(".noUi-handle"), track, panel.locator(".course-scene p")


def test_every_slider_has_room_between_the_edges_of_the_page(page: Any) -> None:
    notebook = page.locator(".jp-WindowedPanel-outer").bounding_box()
    right = notebook["x"] + notebook["width"]
    for _, track, _ in sliders(page):
        assert track["width"] >= LEAST_WIDTH
        assert notebook["x"] <= track["x"]
        assert track["x"] + track["width"] <= right


def test_no_label_is_cut_off(page: Any) -> None:
    labels = page.locator(".course-explorer .widget-label, .course-explorer .widget-label-basic")
    cut = "labels => labels.filter(l => l.scrollWidth > l.clientWidth).map(l => l.textContent)"
    assert labels.evaluate_all(cut) == []


def test_a_touch_moves_every_slider_and_the_sentence_follows(page: Any) -> None:
    for handle, track, sentence in sliders(page):
        before = (handle.get_attribute("aria-valuenow"), sentence.text_content())
        at_its_end = float(before[0]) > float(handle.get_attribute("aria-valuemin"))
        x = track["x"] + (1 if at_its_end else track["width"] - 1)
        page.touchscreen.tap(x, track["y"] + track["height"] / 2)
        after = (handle.get_attribute("aria-valuenow"), sentence.text_content())
        assert before[0] != after[0]
        assert before[1] != after[1]
