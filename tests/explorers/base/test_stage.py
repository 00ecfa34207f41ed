"""The stage: its colours can be read in light and dark, and slow work is done in slices."""

import re
from typing import Any

import pytest
from course_notebooks import COURSE

from course_utils._palette import BLACK, BLUE, GREEN, GREY, ORANGE, PALE_GREY, SKY

BASE = COURSE / "course_utils" / "explorers" / "base"
STAGE = (BASE / "stage.js").read_text(encoding="utf-8")
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


#: A scene that counts to `end` and takes 4 milliseconds for each number.
COUNTING = """
const begun = [];
const scene = {
  height: 20,
  draw() {},
  sentence: ({ found }) => String(found ?? 0),
  slow: {
    key: ({ end }) => end && String(end),
    *found({ end }) {
      begun.push(end);
      for (let i = 1; i <= end; i++) {
        for (const until = performance.now() + 4; performance.now() < until;);
        yield i;
      }
    },
  },
};
"""
#: Shows it, sets `end` to each of some values once the scene has counted to half of it, and returns
#: what was seen at each drawing: the words, and whether the scene was busy.
PLAY = """async ([source, ends]) => {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const { default: scene } = await import(url), el = document.createElement("div"), seen = [];
  let heard, end = ends.shift();
  const model = {
    get: (name) => ({ _numbers: ["end"], _limits: {}, end })[name],
    on: (_, draw) => { heard = draw; }, off() {}, set() {}, save_changes() {},
  };
  el.style.width = "300px";
  document.body.append(el);
  el.addEventListener("course-drawn", () => {
    const words = Number(el.querySelector("p").textContent);
    seen.push([words, el.getAttribute("aria-busy") === "true"]);
    if (ends.length && words >= end / 2) {
      end = ends.shift();
      setTimeout(heard);
    }
  });
  const leave = scene.render({ model, el });
  while (ends.length || el.getAttribute("aria-busy") !== "false") {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  leave();
  el.remove();
  return seen;
}"""


def played(chromium: Any, *ends: int) -> list[tuple[int, bool]]:
    files = (STAGE, *((BASE / name).read_text() for name in ("grasp.js", "numbers.js")), COUNTING)
    page = chromium.new_page()
    seen = page.evaluate(PLAY, ["\n".join(files), list(ends)])
    page.close()
    return [(words, busy) for words, busy in seen]


def test_slow_work_is_shown_as_it_goes_on_and_is_busy_until_it_is_done(chromium: Any) -> None:
    seen = played(chromium, 20)
    words = [count for count, _ in seen]
    assert words == sorted(words)
    assert (words[0], words[-1]) == (0, 20)
    assert len(set(words)) > 4  # pictures in between, for nothing to freeze
    busy = [busy for _, busy in seen]
    assert busy == [True] * (len(seen) - 1) + [False]


def test_slow_work_begins_anew_when_something_else_is_wanted(chromium: Any) -> None:
    seen = played(chromium, 20, 12)
    words = [count for count, _ in seen]
    assert words.count(0) == 2
    assert words[-1] == 12
    assert max(words) < 20


def test_slow_work_that_is_no_longer_wanted_is_dropped(chromium: Any) -> None:
    assert played(chromium, 20, 0)[-1] == (0, False)
