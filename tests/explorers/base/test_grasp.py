"""Every explorer on one page without a kernel, worked by mouse, by finger and by keys.

What can be dragged, chosen and read, each scene declares itself: the tests take hold of all of it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
import traitlets
from course_notebooks import COURSE
from ipywidgets.embed import dependency_state
from lab_page import drag_over, swipe_over
from wrong_calls.explorers import EXAMPLES, required_by

from course_utils import explorers
from course_utils.explorers import Explorer
from website.walking import ALIVE
from website.widgets import script

STATIC = COURSE / "website" / "sphinx" / "_static"
NAMES = [name for name in explorers.__all__ if name.startswith("explore_")]
#: Whither a handle is dragged, in pixels. It may be at an end of its way, so there are several.
WAYS = [(70, 50), (-70, -50), (70, -50), (-70, 50), (140, 0)]
Spot = tuple[float, float]
Move = Callable[[Any, Sequence[Spot]], None]

_ONLY_READ = ".course-glass:not(.course-chooses, [hidden]):has(.course-handle[hidden])"
#: The places of a box at which a pointer meets the box itself, and nothing that lies over it.
_MEETS = """(node) => {
  const { x, y, width, height } = node.getBoundingClientRect(), met = [];
  for (const down of [0.5, 0.15, 0.85, 0.3, 0.7]) {
    for (const across of [0.5, 0.1, 0.9, 0.25, 0.75]) {
      const spot = [x + across * width, y + down * height];
      if (document.elementFromPoint(...spot) === node) met.push(spot);
    }
  }
  return met;
}"""
#: What each control shows, by the label beside it, the sentence, and the picture.
_READ = """async (panel) => {
  while (panel.querySelector("[aria-busy=true]")) await new Promise(requestAnimationFrame);
  const controls = {};
  for (const row of panel.querySelectorAll(".widget-inline-hbox")) {
    const box = row.querySelector("input[type=checkbox]");
    const label = row.querySelector(box ? ".widget-label-basic" : ".widget-label").textContent;
    controls[label] = box ? box.checked
      : row.querySelector(".widget-readout")?.textContent ?? row.querySelector("input").value;
  }
  return [
    controls, panel.querySelector(".course-scene p").textContent,
    panel.querySelector("canvas").toDataURL(),
  ];
}"""
_PAGE = """<!doctype html>
<html lang="en" data-theme="light"><head><meta charset="utf-8"><title>Explorers</title>
<style>{style} body {{ margin: 8px; }}</style></head><body>{places}
<script>{states}</script><script>{widgets}</script></body></html>"""


@dataclass
class Shown:
    """An explorer in the browser, and the same in Python."""

    page: Any
    panel: Any
    explorer: Explorer

    def seen(self) -> tuple[dict[str, Any], str, str]:
        """Read controls, sentence and picture, and require that Python says the same sentence."""
        controls, sentence, picture = self.panel.evaluate(_READ)
        names = self.explorer.control_names()
        traits = {name: self.explorer.traits()[name] for name in names}
        values = {
            name: _value(trait, controls[trait.metadata["label"]]) for name, trait in traits.items()
        }
        for name, value in values.items():
            setattr(self.explorer, name, value)
        assert sentence.replace("\N{NO-BREAK SPACE}", " ") == self.explorer.sentence(), values
        return values, sentence, picture

    def panes(self) -> list[Any]:
        """Return all that a pointer can do something with."""
        return self.panel.locator(".course-glass:not([hidden])").all()

    def reads(self) -> bool:
        """Tell whether words stand beside the pointer."""
        return self.panel.locator(".course-reading").is_visible()


def _value(trait: Any, shown: Any) -> Any:
    """Turn what a control shows into the value of its trait."""
    if isinstance(trait, traitlets.Bool):
        return shown
    if isinstance(trait, traitlets.Enum):
        return {str(value): value for value in trait.values}[shown]
    kind = int if isinstance(trait, traitlets.Int) else float
    return kind(shown.replace("−", "-"))


@pytest.fixture(scope="module")
def alive(chromium: Any) -> Iterator[dict[str, Shown]]:
    """All explorers on one page that can be touched."""
    openers = {name: getattr(explorers, name) for name in NAMES}
    made = {
        name: explore(**{given: EXAMPLES[given] for given in required_by(explore)})
        for name, explore in openers.items()
    }
    panels = [explorer.panel for explorer in made.values()]
    places = [f'<div class="course-widget" data-model="{one.model_id}"></div>' for one in panels]
    html = _PAGE.format(
        style=(STATIC / "widgets.css").read_text(encoding="utf-8"),
        places="\n".join(places),
        states=script(dependency_state(panels, drop_defaults=False), "").replace("</", "<\\/"),
        widgets=(STATIC / "widgets.js").read_text(encoding="utf-8"),
    )
    page = chromium.new_page(viewport={"width": 1126, "height": 900}, has_touch=True)
    page.set_content(html)
    page.wait_for_function(ALIVE)
    page.wait_for_function("!document.querySelector('.course-scene canvas:not([aria-label])')")
    places = page.locator(".course-explorer").all()
    yield {
        name: Shown(page, panel, explorer)
        for (name, explorer), panel in zip(made.items(), places, strict=True)
    }
    page.close()


@pytest.fixture(params=NAMES)
def shown(request: pytest.FixtureRequest, alive: dict[str, Shown]) -> Shown:
    """One of the explorers, brought into sight."""
    shown = alive[request.param]
    shown.panel.scroll_into_view_if_needed()
    return shown


with_pointer = pytest.mark.parametrize("move", [drag_over, swipe_over], ids=["mouse", "finger"])


def changed(shown: Shown, act: Callable[[], None]) -> bool:
    """Do something; tell whether a control has moved, and require that the scene has followed."""
    before = shown.seen()
    act()
    after = shown.seen()
    if after[0] == before[0]:
        return False
    if after[1] != before[1]:  # or what has moved plays no part at present, as the sentence says
        assert after[2] != before[2], f"{before[0]} and {after[0]} look alike"
    return True


@with_pointer
def test_each_handle_moves_a_slider_and_the_scene_follows(shown: Shown, move: Move) -> None:
    panes = shown.panes()
    assert panes, "a pointer can do nothing here: let the scene declare its grasps"
    for pane in panes:
        handle = pane.locator(".course-handle")
        if not handle.is_visible():
            continue
        ways = (
            partial(move, shown.page, [(x, y), (x + right, y + down)])
            for right, down in WAYS
            for x, y in handle.evaluate(_MEETS)[:1]
        )
        assert any(changed(shown, way) for way in ways), pane.bounding_box()


@with_pointer
def test_a_press_on_what_can_be_chosen_chooses_it(shown: Shown, move: Move) -> None:
    panes = shown.panel.locator(".course-chooses:not([hidden])").all()
    presses = (
        partial(move, shown.page, [spot]) for pane in panes for spot in pane.evaluate(_MEETS)
    )
    assert not panes or any(changed(shown, press) for press in presses)


def test_what_cannot_be_moved_can_be_read(shown: Shown) -> None:
    for pane in shown.panel.locator(_ONLY_READ).all():
        spots = pane.evaluate(_MEETS)
        assert any(shown.page.mouse.move(*spot) or shown.reads() for spot in spots)
    shown.page.mouse.move(0, 0)
    assert not shown.reads()


@pytest.mark.parametrize(("name", "pane", "n_frames"), [
    ("explore_kernel", 2, 4), ("explore_kernel", 3, 2),
    ("explore_feature_maps", 4, 4), ("explore_feature_maps", 1, 1),
], ids=["product", "sum", "product of a filter", "sum of a filter"])  # fmt: skip
def test_what_is_pointed_at_is_framed_where_it_comes_from_and_goes_to(
    alive: dict[str, Shown], name: str, pane: int, n_frames: int
) -> None:
    shown = alive[name]
    for handle in shown.panel.locator(".noUi-handle").all():  # the tests before have moved them
        handle.press("Home")
    shown.panel.scroll_into_view_if_needed()
    frames = shown.panel.locator(".course-mark:not([hidden])")
    assert frames.count() == 0
    (x, y), *_ = shown.panes()[pane].evaluate(_MEETS)
    shown.page.mouse.move(x, y)
    assert frames.count() == n_frames
    places = {(box["x"], box["y"]) for box in (frame.bounding_box() for frame in frames.all())}
    assert len(places) == n_frames
    shown.page.mouse.move(0, 0)
    assert frames.count() == 0


def test_each_control_is_moved_by_keys(shown: Shown) -> None:
    for control in shown.panel.locator(".noUi-handle, input").all():
        kind = control.get_attribute("type")
        keys = ["Space"] if kind == "checkbox" else ["ArrowUp", "ArrowDown"]
        assert any(changed(shown, partial(control.press, key)) for key in keys)


def test_a_finger_scrolls_the_page_but_for_where_it_holds_something(
    alive: dict[str, Shown],
) -> None:
    shown = alive["explore_evidence"]
    pane = shown.panes()[0]
    for node, scrolls in ((pane.locator(".course-handle"), False), (pane, True)):
        shown.panel.scroll_into_view_if_needed()
        (x, y), *_ = node.evaluate(_MEETS)
        before, height = shown.seen(), shown.page.evaluate("scrollY")
        swipe_over(shown.page, [(x, y - part) for part in range(0, 120, 10)])
        shown.page.wait_for_timeout(100)
        assert (shown.page.evaluate("scrollY") != height) == scrolls
        assert (shown.seen() == before) == scrolls
