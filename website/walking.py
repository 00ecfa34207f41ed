"""A real browser on the pages of the site: what is wrong with each of them, in words."""

import functools
import gzip
import http.server
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

WIDTHS = (1280, 390)
MOST_BYTES = 1_000_000  # gzipped, of a page with all that it loads before anyone scrolls
_THEMES = ("light", "dark")
ALIVE = """() => !globalThis.courseWidgets
  || document.documentElement.dataset.courseWidgets === "alive\""""
_OPEN_ALL = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
_SET_THEME = "(theme) => { document.documentElement.dataset.theme = theme; }"
_SETTLE = 300  # milliseconds, until colours have changed and scenes are drawn


@contextmanager
def served(html: Path) -> Iterator[str]:
    """Serve a site on this machine alone; yield its address."""
    handler = functools.partial(_Quiet, directory=str(html))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *given: Any) -> None:
        """Say nothing: what cannot be loaded is an error in the browser's console."""


class Visit:
    """A page of the site in a browser, at one width, and what was found wrong with it so far."""

    def __init__(self, browser: Any, site: Path, address: str, name: str, width: int) -> None:
        self.name = name
        self.width = width
        self.faults: list[str] = []
        self._site = site
        self._address = address
        self._loaded: set[str] = set()
        self._context = browser.new_context(viewport={"width": width, "height": 900})
        self.page = self._context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self._note(str(error)))
        self.page.on("request", lambda request: self._take(request.url))
        self.page.goto(f"{address}{name}")
        self.page.wait_for_function(ALIVE)

    def close(self) -> None:
        """Close the page, and forget what the browser kept for it."""
        self._context.close()

    def _hear(self, told: Any) -> None:
        if told.type == "error":
            self._note(f"{told.text} ({told.location['url']})")

    def _note(self, fault: str) -> None:
        self.faults.append(f"{self.name} at {self.width}: {fault}")

    def _take(self, url: str) -> None:
        if url.startswith(self._address):
            self._loaded.add(url.removeprefix(self._address).partition("?")[0].partition("#")[0])
        elif not url.startswith(("data:", "blob:")):
            self._note(f"asks for {url}")

    def check(self) -> list[str]:
        """Look for all that can be wrong; return what is."""
        self.check_weight()
        self.check_width()
        self.page.evaluate(_OPEN_ALL)
        self.check_access()
        self.check_explorers()
        self.check_predictions()
        return self.faults

    def check_weight(self) -> None:
        """Add up what was loaded, as a server sends it."""
        contents = ((self._site / name).read_bytes() for name in sorted(self._loaded) if name)
        weight = sum(len(gzip.compress(content, mtime=0)) for content in contents)
        if weight > MOST_BYTES:
            self._note(f"weighs {weight:,} bytes, which is more than {MOST_BYTES:,}")

    def check_width(self) -> None:
        """Require that nobody has to scroll sideways."""
        width = self.page.evaluate("document.documentElement.scrollWidth")
        if width > self.width:
            self._note(f"is {width} pixels wide")

    def check_access(self) -> None:
        """Let axe-core look, with its default rules, in both themes."""
        from axe_playwright_python.sync_playwright import Axe

        for theme in _THEMES:
            self.page.evaluate(_SET_THEME, theme)
            self.page.wait_for_timeout(_SETTLE)
            # It would fetch the style sheets that others import, from a wrong place.
            found = Axe().run(self.page, options={"preload": False})
            for rule in found.response["violations"]:
                for node in rule["nodes"]:
                    self._note(f"{rule['id']} ({theme}): {node['html'][:200]}")

    def check_explorers(self) -> None:
        """Require that each slider moves the sentence and the picture of its explorer."""
        for panel in self.page.locator(".course-explorer").all():
            for slider in panel.locator(".noUi-handle").all():
                seen = []
                for key in ("Home", "End"):
                    slider.press(key)
                    seen.append(_scene(panel))
                (words, picture), (other_words, other_picture) = seen
                if words == other_words or picture == other_picture:
                    self._note(f"{slider.get_attribute('aria-label')!r} moves nothing: {words}")

    def check_predictions(self) -> None:
        """Require that predictions are locked, explained, there after a reload, and reviewed."""
        boxes = self.page.locator(".course-predict").all()
        for box in boxes:
            box.locator("input[type=radio]").nth(1).check()
            box.get_by_role("button").click()
        if not boxes:
            return
        self._look_at_predictions(len(boxes), "Locked in and kept in this browser.")
        self.page.reload()
        self.page.wait_for_function(ALIVE)
        self._look_at_predictions(len(boxes), "You locked this in earlier")

    def _look_at_predictions(self, n_boxes: int, status: str) -> None:
        shown = {
            "say where they are kept": self.page.locator(".course-predict [role=status]"),
            "are explained": self.page.locator(".course-explanation"),
        }
        for what, words in zip(shown, (status, "You were 50 % sure."), strict=True):
            n_found = shown[what].filter(has_text=words).count()
            if n_found != n_boxes:
                self._note(f"{n_found} of {n_boxes} predictions {what}")
        if self.page.locator(".course-predict button:visible").count():
            self._note("a locked prediction can be locked again")
        reviews = self.page.locator(".course-review").filter(has_text=f"of your {n_boxes} pred")
        if reviews.count() != self.page.locator(".course-review").count():
            self._note("the predictions are not reviewed")


def _scene(panel: Any) -> tuple[str, str]:
    picture = panel.locator(".course-scene canvas").evaluate("canvas => canvas.toDataURL()")
    return panel.locator(".course-scene p").text_content(), picture


def walk(browser: Any, html: Path, pages: Sequence[str], tell: Callable[[str], Any]) -> list[str]:
    """Visit pages at each width and search the site; return what is wrong."""
    faults = []
    with served(html) as address:
        for name in pages:
            tell(name)
            for width in WIDTHS:
                visit = Visit(browser, html, address, name, width)
                faults += visit.check()
                visit.close()
        if not any("convolution" in page for page in found_by_search(browser, address, "stride")):
            faults.append("the search for stride does not find the lesson on convolution")
    return list(dict.fromkeys(faults))


def found_by_search(browser: Any, address: str, words: str) -> list[str]:
    """Name the pages that the site's search finds."""
    page = browser.new_page()
    try:
        page.goto(f"{address}search.html?q={words}")
        page.locator("#search-results ul.search li a").first.wait_for()
        links = page.locator("#search-results ul.search li a").all()
        return [link.get_attribute("href").partition("#")[0].partition("?")[0] for link in links]
    finally:
        page.close()
