"""A lesson opened in a real JupyterLab, and its explorers moved by keyboard."""

import contextlib
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import nbformat
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from benchmarks.jupyter_server import KERNEL, OPEN, RUN_ALL, open_notebook

_WAIT_SECONDS = 20
_LIGHT = "JupyterLab Light"  # in which a page opens
_LATE_MS, _MOST_ASKS = 60_000, 3
_MOST_STEPS = 30  # of a long slider: six presses of a key

#: Asks the kernel for what its explorers hold, in the order in which they were made.
_ASK = """
import json, ipywidgets
from course_utils.explorers import Explorer
_explorers = [w for w in ipywidgets.widgets.widget._instances.values() if isinstance(w, Explorer)]
_explorers = _explorers[{first}:{last}]
_answer = json.dumps([
    {{"name": type(e).__name__, "sentence": e.sentence(),
     "numbers": {{n: getattr(e, n) for n in e.control_names()}},
     "labels": {{e.traits()[n].metadata["label"]: n for n in e.control_names()}}}}
    for e in _explorers
])
"""
_CELLS = "window.jupyterapp.shell.currentWidget.content.model.toJSON().cells"
_RUN_ALL = "window.jupyterapp.commands.execute('notebook:run-all-cells')"
_CLOSE = "window.jupyterapp.shell.currentWidget.dispose()"
#: Whether every code cell carries the number of its run, or one has stopped those below it.
_ENDED = f"""((cells) =>
  cells.every((cell) => cell.execution_count !== null) ||
  cells.some((cell) =>
    !cell.metadata.tags?.includes("raises-exception") &&
    cell.outputs.some((output) => output.output_type === "error"))
)({_CELLS}.filter((cell) => cell.cell_type === "code"))"""

#: Whether every widget is on the page, and every scene is drawn. A scene is drawn when it comes
#: near the window, so the first that is not is brought there.
_DRAWN = """() => {
  const views = document.querySelectorAll(".jp-OutputArea-output:not(.lm-mod-hidden)");
  if ([...views].some((view) => view.textContent === "Loading widget...")) return false;
  const blank = [...document.querySelectorAll(".course-explorer")]
    .find((panel) => !panel.querySelector(".course-scene canvas[aria-label]"));
  blank?.scrollIntoView();
  return !blank;
}"""
#: JupyterLab covers the page while it changes its theme.
_THEME_IS_SET = """(theme) => document.body.dataset.jpThemeName === theme &&
  !document.querySelector("#jupyterlab-splash")"""


def sentence_below(panel: Any) -> str:
    """Return an explorer's sentence as Python says it, without the page's no-break spaces."""
    return panel.locator(".course-scene p").text_content().replace("\N{NO-BREAK SPACE}", " ")


@dataclass
class Slider:
    """Where a slider stood, and what its explorer showed there."""

    value: str
    sentence: str
    picture: str
    python_sentence: str
    python_value: Any


_ALL_IN_SIGHT = """
html, body { height: 100% !important; }
.jp-Cell { content-visibility: visible !important; }
"""
_HEIGHT = """Math.max(
  ...[...document.querySelectorAll(".jp-WindowedPanel-outer")].map((e) => e.scrollHeight)
)"""


@dataclass
class OpenLesson:
    """A page with a lesson in it, all cells run.

    Attributes
    ----------
    name : str
        The lesson's.
    page : playwright.sync_api.Page
    errors : list of str
        What the browser's console called an error, so far.
    """

    name: str
    page: Any
    errors: list[str] = field(default_factory=list)

    def open(self, url: str) -> None:
        """Open a notebook, in JupyterLab's page if that is there already, and run all its cells."""
        self.open_only(url)
        self.page.evaluate(RUN_ALL)
        self._wait_for_the_end()
        with contextlib.suppress(PlaywrightTimeoutError):  # the tests name what is missing then
            self.page.wait_for_function(_DRAWN, timeout=60_000)

    def open_only(self, url: str) -> None:
        """Open a notebook as :meth:`open` does, and run nothing."""
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        if self.page.url == "about:blank":
            open_notebook(self.page, url)
        else:
            self.page.evaluate(OPEN, url.partition("/lab/tree/")[2])
            self.page.wait_for_function(f"{KERNEL}?.status === 'idle'", timeout=60_000)

    def run_all(self) -> None:
        """Run all cells, and wait for the last."""
        self.page.evaluate(_RUN_ALL)
        self._wait_for_the_end()

    def _wait_for_the_end(self) -> None:
        # Asked in every frame, as is usual, reading the cells would keep a core from the kernel.
        ended = f"{KERNEL}.status === 'idle' && {_ENDED}"
        self.page.wait_for_function(ended, polling=500, timeout=900_000)

    def _note(self, message: Any) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def cells(self) -> list[Any]:
        """Return the cells as JupyterLab holds them, with their outputs."""
        return nbformat.from_dict(self.page.evaluate(_CELLS))

    def code_cells(self) -> list[Any]:
        """Return the code cells."""
        return [cell for cell in self.cells() if cell.cell_type == "code"]

    def panels(self) -> list[Any]:
        """Return the explorers' panels, in the order of the page."""
        return self.page.locator(".course-explorer").all()

    def ask_python(self, panel: int | None = None) -> list[dict[str, Any]]:
        """Return what the kernel's own explorers hold: all of them, or the one of a panel."""
        first, last = ("", "") if panel is None else (panel, panel + 1)
        expression = self.run_python(_ASK.format(first=first, last=last), "_answer")
        return json.loads(eval(expression))

    def run_python(self, code: str, expression: str = "None") -> str:
        """Run code in the lesson's kernel, unseen; return an expression's repr.

        A busy machine may lose the page's connection, and the answer with it: then it is asked
        again, because nobody would ever stop waiting.
        """
        ask = f"""async ([code, expression]) => {{
          const future = {KERNEL}.requestExecute({{
            code, silent: true, store_history: false, user_expressions: {{ it: expression }},
          }});
          const late = new Promise((resolve) => setTimeout(resolve, {_LATE_MS}, null));
          const reply = await Promise.race([future.done, late]);
          return reply && reply.content.user_expressions.it.data["text/plain"];
        }}"""
        for _ in range(_MOST_ASKS):
            if (answer := self.page.evaluate(ask, [code, expression])) is not None:
                return answer
        raise AssertionError(f"the kernel of {self.name} does not answer")

    def python_says(self, expression: str, expected: str) -> bool:
        """Wait until an expression in the lesson's kernel is what is expected, for 20 seconds."""
        for _ in range(200):
            if self.run_python("", expression) == expected:
                return True
            self.page.wait_for_timeout(100)
        return False

    def close(self) -> None:
        """Close the notebook as it is; JupyterLab's page stays."""
        self.page.evaluate(_CLOSE)

    def stop_kernel(self) -> None:
        """Shut the kernel down for good."""
        self.page.evaluate(f"{KERNEL}.shutdown()")
        self.page.wait_for_function(f"{KERNEL}.status === 'dead'")

    def set_theme(self, theme: str) -> None:
        """Change JupyterLab's theme, and wait until the page is seen in it."""
        change = "theme => window.jupyterapp.commands.execute('apputils:change-theme', { theme })"
        self.page.evaluate(change, theme)
        self.page.wait_for_function(_THEME_IS_SET, arg=theme)

    def violations(self, selector: str, theme: str = _LIGHT) -> list[str]:
        """Return what axe-core finds wrong below a selector, in a window as high as the notebook.

        JupyterLab's page has a height of 0, and a cell out of sight is not drawn. axe-core compares
        no colours of what it takes for invisible.
        """
        from axe_playwright_python.sync_playwright import Axe

        assert self.page.locator(selector).count(), f"nothing on the page matches {selector}"
        if theme != _LIGHT:
            self.set_theme(theme)
        size = self.page.viewport_size
        style = self.page.add_style_tag(content=_ALL_IN_SIGHT)
        height = self.page.evaluate(_HEIGHT)
        self.page.set_viewport_size({"width": size["width"], "height": int(height) + 300})
        found = Axe().run(self.page, context=selector).response["violations"]
        self.page.set_viewport_size(size)
        style.evaluate("tag => tag.remove()")
        if theme != _LIGHT:
            self.set_theme(_LIGHT)
        return [f"{v['id']} ({v['impact']}): {v['nodes'][0]['html'][:200]}" for v in found]

    def move(self, panel: int, slider: int) -> list[Slider]:
        """Move a slider to its lowest, a middle and its highest value by keyboard."""
        box = self.panels()[panel]
        box.scroll_into_view_if_needed()
        handle = box.locator(".noUi-handle").nth(slider)
        handle.focus()
        steps = self._steps(handle)
        seen = []
        way = min(steps // 2, _MOST_STEPS)
        middle = [self._way(way)] if steps > 1 else []  # two values have none between them
        for keys in (["Home"], *middle, ["End"]):
            for key in keys:
                self.page.keyboard.press(key)
            seen.append(self._look(panel, slider))
        return seen

    def _steps(self, handle: Any) -> int:
        """Count a slider's steps from its ends and one step of an arrow key."""
        values = []
        for key in ("End", "Home", "ArrowRight"):
            self.page.keyboard.press(key)
            values.append(float(handle.get_attribute("aria-valuenow")))
        greatest, least, second = values
        self.page.keyboard.press("Home")
        return round((greatest - least) / (second - least))

    @staticmethod
    def _way(steps: int) -> list[str]:
        """Return the keys that climb so many steps; PageUp takes five."""
        return ["PageUp"] * (steps // 5) + ["ArrowRight"] * (steps % 5)

    def _look(self, panel: int, slider: int) -> Slider:
        """Read slider, sentence and picture, and wait for Python to say the same sentence."""
        box = self.panels()[panel]
        handle = box.locator(".noUi-handle").nth(slider)
        end = time.monotonic() + _WAIT_SECONDS
        while True:
            sentence = sentence_below(box)
            (python,) = self.ask_python(panel)
            if python["sentence"] == sentence or time.monotonic() > end:
                break
            self.page.wait_for_timeout(100)
        trait = python["labels"][handle.get_attribute("aria-label")]
        return Slider(
            value=handle.get_attribute("aria-valuetext"),
            sentence=sentence,
            picture=box.locator("canvas").evaluate("canvas => canvas.toDataURL()"),
            python_sentence=python["sentence"],
            python_value=python["numbers"][trait],
        )


def open_alone(lab: Any, chromium: Any, name: str, source: str) -> OpenLesson:
    """Open a notebook in which there is one cell, on a page that can be touched."""
    cell = nbformat.v4.new_code_cell(source, id=name)
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = nbformat.v4.new_notebook(cells=[cell], metadata=kernel)
    nbformat.write(notebook, lab.notebooks / f"{name}.ipynb")
    page = chromium.new_page(viewport={"width": 1280, "height": 1000}, has_touch=True)
    opened = OpenLesson(name, page)
    opened.open(f"{lab.address}/lab/tree/{name}.ipynb")
    return opened


def drag_over(page: Any, places: Sequence[tuple[float, float]]) -> None:
    """Drag with the mouse from one place of the page over others."""
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=6)
    page.mouse.up()


def swipe_over(page: Any, places: Sequence[tuple[float, float]]) -> None:
    """Drag with a finger from one place of the page over others."""
    finger = page.context.new_cdp_session(page)
    kinds = ["touchStart", *["touchMove"] * (len(places) - 1)]
    for kind, (x, y) in zip(kinds, places, strict=True):
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    finger.detach()
