"""Keys and drags in a real browser, and how long each takes until its picture is painted."""

import time
from pathlib import Path
from typing import Any

from benchmarks.jupyter_server import RUN_ALL, open_notebook
from benchmarks.report import BenchmarkError

_STOPWATCH = (Path(__file__).parent / "key_press.js").read_text(encoding="utf-8")
_CONTROLS = ".noUi-handle, input[type=checkbox]"
_READY_SECONDS = 180
_PAINT_SECONDS = 10
#: Once in hundreds of presses nothing is painted, why is not known; then the key is pressed again.
_ATTEMPTS = 3
#: Between two presses, so that the kernel has heard of the last one.
_PAUSE_SECONDS = 0.1
#: Of a drag: how far to each side, in pixels, how far with each move, and how long between two.
_REACH, _STRIDE, _MOVE_SECONDS = 60, 6, 0.03
_READY = """(withTwin) => {
  const failed = document.querySelector(
    ".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.error']");
  if (failed) return "failed: " + failed.innerText;
  const scene = document.querySelector(".course-explorer canvas");
  const image = document.querySelector(".widget-interact img");
  return scene && (image || !withTwin) ? "ready" : false;
}"""
_SHUT_DOWN = "async () => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()"


class Bench:
    """A page of JupyterLab: a notebook with one explorer and perhaps its `interact` twin below."""

    def __init__(self, running: Any, url: str, notebook: str, *, with_twin: bool = True) -> None:
        from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

        self.url = url
        self.page = running.new_page(viewport={"width": 1200, "height": 1600})
        self.page.add_init_script(_STOPWATCH)
        self._rightwards: dict[tuple[str, int], bool] = {}
        wait = _READY_SECONDS * 1000
        try:
            open_notebook(self.page, f"{url}/lab/tree/{notebook}", milliseconds=wait)
            self.page.evaluate(RUN_ALL)
            state = self.page.wait_for_function(_READY, arg=with_twin, timeout=wait).json_value()
        except PlaywrightTimeoutError:
            raise BenchmarkError(
                f"{notebook} showed no explorer within {_READY_SECONDS} s."
            ) from None
        if state != "ready":
            raise BenchmarkError(f"{notebook} {state}")
        time.sleep(1)  # until all is laid out

    def press(self, kind: str, n_presses: int) -> list[float]:
        """Move a kind's first two controls in turn, back and forth; return milliseconds a press."""
        place = {"scene": ".course-explorer", "interact": ".widget-interact"}[kind]
        controls = self.page.locator(place).first.locator(_CONTROLS)
        n_controls = min(2, controls.count())
        self._watch(kind)
        for number in range(n_presses):
            which = number % n_controls
            control = controls.nth(which)
            control.focus()
            for _ in range(_ATTEMPTS):
                self.page.keyboard.press(self._key(control, kind, which))
                if self._painted(number + 1):
                    break
            else:
                raise BenchmarkError(
                    f"{kind}, control {which + 1}: key press {number + 1} painted nothing in "
                    f"{_PAINT_SECONDS} s, {_ATTEMPTS} times."
                )
            time.sleep(_PAUSE_SECONDS)
        return self.page.evaluate("window.stopwatch.milliseconds")

    def drag(self, n_pictures: int) -> list[float]:
        """Drag the scene's first handle to and fro; return milliseconds from move to picture.

        Where there is none, the pointer is held down over what a press chooses from.
        """
        handles = self.page.locator(".course-handle:visible")
        handle = (handles if handles.count() else self.page.locator(".course-chooses")).first
        handle.scroll_into_view_if_needed()
        box = handle.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self._watch("scene")
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        end = time.monotonic() + _PAINT_SECONDS * n_pictures
        away, stride, painted = 0, _STRIDE, []
        while len(painted) < n_pictures:  # a move by less than a slider's step paints nothing
            if time.monotonic() > end:
                raise BenchmarkError(f"a drag painted only {len(painted)} pictures.")
            stride = -stride if abs(away + stride) > _REACH else stride
            away += stride
            self.page.mouse.move(x + away, y + away)
            time.sleep(_MOVE_SECONDS)
            painted = self.page.evaluate("window.stopwatch.milliseconds")
        self.page.mouse.up()
        return painted

    def _watch(self, kind: str) -> None:
        """Set the stopwatch to wait for pictures of a kind."""
        self.page.evaluate(
            "(kind) => Object.assign(window.stopwatch, {kind, pressed: null, milliseconds: []})",
            kind,
        )

    def _key(self, control: Any, kind: str, which: int) -> str:
        """Choose the key: on in the same direction, back from a slider's end."""
        if control.get_attribute("type") == "checkbox":
            return "Space"
        at, least, most = (
            float(control.get_attribute(f"aria-value{name}")) for name in ("now", "min", "max")
        )
        rightwards = self._rightwards.get((kind, which), True)
        rightwards = at < most if rightwards else at <= least
        self._rightwards[kind, which] = rightwards
        return "ArrowRight" if rightwards else "ArrowLeft"

    def _painted(self, n_pictures: int) -> bool:
        """Wait until so many pictures are painted; say whether they were."""
        from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

        enough = "(n) => window.stopwatch.milliseconds.length >= n"
        try:
            self.page.wait_for_function(
                enough, arg=n_pictures, timeout=_PAINT_SECONDS * 1000, polling=20
            )
        except PlaywrightTimeoutError:
            return False
        return True

    def shut_kernel_down(self) -> None:
        """Shut the notebook's kernel down, as a learner would, and prove that it is gone."""
        self.page.evaluate(_SHUT_DOWN)
        end = time.monotonic() + _PAINT_SECONDS
        while self.page.request.get(f"{self.url}/api/kernels").json():
            if time.monotonic() > end:
                raise BenchmarkError("the kernel did not shut down.")
            time.sleep(0.2)

    def close(self) -> None:
        """Close the page."""
        self.page.close()
