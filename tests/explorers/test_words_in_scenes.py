"""Every word of every scene is inside its canvas, on a wide page and on a phone."""

import base64
from collections.abc import Iterator
from typing import Any

import pytest
import traitlets
from wrong_calls.explorers import EXAMPLES, required_by

from course_utils import explorers
from course_utils.explorers import Explorer

EXPLORERS = [name for name in explorers.__all__ if name.startswith("explore_")]
#: The widest scene, and what JupyterLab leaves on a phone of 390 pixels.
WIDTHS = (640, 284)
#: What a word may stand out by: a letter's own overhang.
SLACK = 1

#: Plays a scene and notes where it writes; returns the words that are cut off.
_PLAY = """async ([source, numbers, width, slack]) => {
  const bytes = (text) => new DataView(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer);
  const values = {};
  for (const [name, value] of Object.entries(numbers)) {
    values[name] = value?.bytes === undefined ? value : bytes(value.bytes);
  }
  const cut = [];
  const proto = CanvasRenderingContext2D.prototype, write = proto.fillText;
  proto.fillText = function (words, x, y, ...rest) {
    const box = this.measureText(words), dots = window.devicePixelRatio, { canvas } = this;
    const corners = [
      [x - box.actualBoundingBoxLeft, y - box.actualBoundingBoxAscent],
      [x + box.actualBoundingBoxRight, y + box.actualBoundingBoxDescent],
    ].map(([left, top]) => this.getTransform().transformPoint(new DOMPoint(left, top)));
    const fits = corners.every((corner) =>
      corner.x >= -slack * dots && corner.x <= canvas.width + slack * dots &&
      corner.y >= -slack * dots && corner.y <= canvas.height + slack * dots);
    if (!fits) cut.push(words);
    return write.call(this, words, x, y, ...rest);
  };
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const { default: scene } = await import(url);
  const el = document.createElement("div");
  el.style.width = `${width}px`;
  document.body.append(el);
  const model = { get: (name) => values[name], on() {}, off() {}, set() {}, save_changes() {} };
  const drawn = new Promise((resolve) => {
    el.addEventListener("course-drawn", resolve, { once: true });
  });
  const end = scene.render({ model, el });
  await drawn;
  end();
  el.remove();
  proto.fillText = write;
  return cut;
}"""


def numbers_of(explorer: Explorer) -> dict[str, Any]:
    """Return what a scene is given, as it can be passed to a page."""
    state = explorer.get_state()
    return {
        name: {"bytes": base64.b64encode(value).decode()}
        if isinstance(value, bytes | memoryview)
        else value
        for name, value in state.items()
        if not name.startswith(("_esm", "_css", "_view", "_model", "layout"))
    }


def ends_of(explorer: Explorer) -> Iterator[tuple[str, Any]]:
    """List each control with its least and its greatest value, or all its names."""
    for name in explorer.control_names():
        trait = explorer.traits()[name]
        for value in getattr(trait, "values", None) or (
            (False, True) if isinstance(trait, traitlets.Bool) else (trait.min, trait.max)
        ):
            yield name, value


@pytest.fixture(scope="module")
def page(chromium: Any) -> Any:
    page = chromium.new_page(viewport={"width": 1280, "height": 1000})
    yield page
    page.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", EXPLORERS)
def test_no_word_of_a_scene_is_cut_off(name: str, width: int, page: Any) -> None:
    explore = getattr(explorers, name)
    explorer = explore(**{argument: EXAMPLES[argument] for argument in required_by(explore)})
    cut = {}
    for control, value in ends_of(explorer):
        first = getattr(explorer, control)
        setattr(explorer, control, value)
        given = [explorer._esm, numbers_of(explorer), width, SLACK]
        cut[control, value] = page.evaluate(_PLAY, given)
        setattr(explorer, control, first)
    assert {end: words for end, words in cut.items() if words} == {}
