"""What several tests share: a real Chromium, and the explorers' mathematics called inside it."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
SCENES = ROOT / "course_utils" / "explorers"

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_CALL = """async ([source, name, cases]) => {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const module = await import(url);
  return cases.map((given) => module[name](...given));
}"""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A running Chromium. Where there is none the test is skipped; in CI it fails."""
    path = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if path is None:
        message = "no Chromium found: install it (Debian: apt-get install chromium) and run again"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def in_browser(chromium: Any) -> Iterator[Callable[..., list[Any]]]:
    """Call an exported function of a scene file in the browser, once for each case.

    ``in_browser("wraparound.js", "wrap", [(300,), (-1,)])`` returns ``[44, 255]``.
    """
    page = chromium.new_page()

    def call(scene: str, function: str, cases: list[tuple[Any, ...]]) -> list[Any]:
        source = (SCENES / scene).read_text(encoding="utf-8")
        return page.evaluate(_CALL, [source, function, [list(case) for case in cases]])

    yield call
    page.close()
