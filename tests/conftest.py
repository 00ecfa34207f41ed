"""What several tests share: a real Chromium, and the explorers' mathematics called inside it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.browser import browser
from benchmarks.report import BenchmarkError

ROOT = Path(__file__).parent.parent
SCENES = ROOT / "course_utils" / "explorers"

_CALL = """async ([source, name, cases]) => {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const module = await import(url);
  return cases.map((given) => module[name](...given));
}"""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A running Chromium. Where there is none the test is skipped; in CI it fails."""
    try:
        with browser() as running:
            yield running
    except BenchmarkError as error:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(str(error))


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
