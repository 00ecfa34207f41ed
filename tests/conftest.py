"""What several tests share: a real Chromium, and the explorers' mathematics called inside it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scenes import as_json, name_in_js
from xdist.scheduler import LoadScopeScheduling

from benchmarks.browser import browser
from benchmarks.report import BenchmarkError
from course_utils.explorers import Explorer

ROOT = Path(__file__).parent.parent
SCENES = {path.name: path for path in (ROOT / "course_utils" / "explorers").rglob("*.js")}

_BROWSER = "tests/browser/"
#: Folders whose tests stay together, because they share what takes long to make.
_TOGETHER = (_BROWSER, "tests/website/")
#: What takes minutes is begun first, so that the end finds no worker alone with it.
_LONGEST_FIRST = (_BROWSER, "tests/hub/", "solutions/", "tests/website/", "tests/grading/")


class _Units(LoadScopeScheduling):
    """What one worker runs in one go: all that needs JupyterLab, or the site, or else a file.

    Two JupyterLabs at once would share their settings, and wait for each other's training. Groups
    by `xdist_group` are not an option: pytest 9 ignores where xdist 3.8 keeps them.
    """

    def _split_scope(self, nodeid: str) -> str:
        own = nodeid.partition("::")[0]
        return next((folder for folder in _TOGETHER if nodeid.startswith(folder)), own)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling | None:
    return _Units(config, log) if config.getvalue("dist") == "loadfile" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(
        key=lambda item: next(
            (rank for rank, start in enumerate(_LONGEST_FIRST) if item.nodeid.startswith(start)),
            len(_LONGEST_FIRST),
        )
    )


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

    ``in_browser("wraparound.js", "wrap", [(300,), (-1,)])`` returns ``[44, 255]``. A scene stands
    in the module in which it plays, a file that scenes share stands alone.
    """
    modules = {
        explorer.scene: explorer._esm
        for explorer in Explorer.__subclasses__()
        if "scene" in vars(explorer)
    }
    page = chromium.new_page()

    def call(scene: str, function: str, cases: list[tuple[Any, ...]]) -> list[Any]:
        source = modules.get(scene) or SCENES[scene].read_text(encoding="utf-8")
        return page.evaluate(_CALL, [source, function, as_json(cases)])

    yield call
    page.close()


@pytest.fixture(scope="session")
def same_in_browser(in_browser: Callable[..., list[Any]]) -> Callable[..., None]:
    """Demand that the browser calculates what Python does, to the bit or as near as `rtol` says.

    ``same_in_browser("wraparound.js", full_turns, [(300,), (-1,)])`` calls its ``fullTurns``, too.
    """

    def compare(
        scene: str, function: Callable[..., Any], cases: list[tuple[Any, ...]], **near: float
    ) -> None:
        seen = as_json(in_browser(scene, name_in_js(function.__name__), cases))
        expected = [as_json(function(*case)) for case in cases]
        if near:
            for one, other in zip(seen, expected, strict=True):
                np.testing.assert_allclose(one, other, **near)
        else:
            assert seen == expected

    return compare
