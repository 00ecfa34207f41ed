"""A Chromium without a window, for the benchmarks and the browser tests."""

import contextlib
import shutil
from collections.abc import Iterator
from typing import Any

from benchmarks.report import BenchmarkError

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


@contextlib.contextmanager
def browser() -> Iterator[Any]:
    """Run a Chromium without a window; yield Playwright's browser."""
    path = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if path is None:
        raise BenchmarkError("no Chromium found. Install it (Debian: apt-get install chromium).")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        try:
            yield running
        finally:
            running.close()
