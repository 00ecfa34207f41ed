"""A search for settings in a real JupyterLab: chosen by mouse, finger and keys, then spent."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from lab_page import OpenLesson, open_alone, sentence_below

from course_utils.explorers.search import setting
from course_utils.pretrained.search import DROPOUTS, RATES

SOURCE = """
from course_utils.explorers import explore_search
explorer = explore_search(budget=4)
explorer
"""
PLACES = [17, 28, 6, 39]  # of four trials


@pytest.fixture(scope="module")
def opened(lab: Any, chromium: Any) -> Iterator[OpenLesson]:
    """A notebook with nothing in it but the explorer."""
    opened = open_alone(lab, chromium, "search", SOURCE)
    yield opened
    opened.page.close()


@pytest.fixture
def lesson(opened: OpenLesson) -> OpenLesson:
    """The explorer as it opens, with all trials to spend."""
    opened.run_all()
    opened.page.wait_for_selector(".course-chooses")
    return opened


def on_page(lesson: OpenLesson, place: int) -> tuple[float, float]:
    """Return the middle of a cell; dropout 0 is the lowest row."""
    row, column = divmod(place, len(RATES))
    box = lesson.page.locator(".course-chooses").bounding_box()
    return (
        box["x"] + (column + 0.5) / len(RATES) * box["width"],
        box["y"] + (1 - (row + 0.5) / len(DROPOUTS)) * box["height"],
    )


def click(lesson: OpenLesson, place: int) -> None:
    lesson.page.mouse.click(*on_page(lesson, place))
    button(lesson, "Try this setting").click()


def tap(lesson: OpenLesson, place: int) -> None:
    lesson.page.touchscreen.tap(*on_page(lesson, place))
    button(lesson, "Try this setting").tap()


def button(lesson: OpenLesson, name: str) -> Any:
    return lesson.page.get_by_role("button", name=name, exact=True)


def status(lesson: OpenLesson) -> str:
    return lesson.page.locator(".course-tools [role=status]").text_content()


@pytest.mark.parametrize("choose", [click, tap], ids=["mouse", "finger"])
def test_a_cell_that_is_chosen_can_be_tried(
    lesson: OpenLesson, choose: Callable[[OpenLesson, int], None]
) -> None:
    choose(lesson, PLACES[0])
    said = sentence_below(lesson.page)
    assert "you have spent 1 of 4 trials" in said
    assert f"Your best so far is {setting(PLACES[0])}," in said
    assert lesson.python_says("explorer.tried", repr(PLACES[:1]))


def test_keys_choose_a_setting_and_spend_a_trial(lesson: OpenLesson) -> None:
    lesson.page.locator(".noUi-handle[aria-label='learning rate']").first.press("ArrowRight")
    button(lesson, "Try this setting").press("Enter")
    assert status(lesson) == "Tried a rate of 0.032 with dropout 0.4."
    assert lesson.python_says("explorer.tried", repr([4 * len(RATES) + 5]))


def test_the_same_setting_costs_nothing_twice(lesson: OpenLesson) -> None:
    for _ in range(2):
        click(lesson, PLACES[0])
    assert "already" in status(lesson)
    assert "spent 1 of 4" in sentence_below(lesson.page)


def test_a_spent_budget_shows_the_rivals_and_buys_no_more(lesson: OpenLesson) -> None:
    for place in [*PLACES, 3]:
        click(lesson, place)
    said = sentence_below(lesson.page)
    assert said.count("on fresh images") == 3
    assert status(lesson).startswith("Your budget is spent.")
    assert lesson.python_says("explorer.tried", repr(PLACES))
    assert eval(lesson.run_python("", "explorer.sentence()")) == said


def test_one_can_start_again(lesson: OpenLesson) -> None:
    click(lesson, PLACES[0])
    button(lesson, "Start again").click()
    assert "spent 0 of 4 trials" in sentence_below(lesson.page)
    assert lesson.python_says("explorer.tried", repr([]))


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_axe_finds_nothing(lesson: OpenLesson, theme: str) -> None:
    assert lesson.violations(".course-explorer", theme) == []


def test_the_console_has_no_error(lesson: OpenLesson) -> None:
    click(lesson, PLACES[0])
    assert lesson.errors == []


def test_trials_can_be_spent_when_the_kernel_has_stopped(lesson: OpenLesson) -> None:
    lesson.stop_kernel()
    click(lesson, PLACES[0])
    assert "spent 1 of 4" in sentence_below(lesson.page)
