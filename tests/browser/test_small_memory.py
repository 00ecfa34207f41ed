"""Where memory is small a lesson makes way for the next, and all work can be taken along."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.jupyter_server import KERNEL, OPEN

FIRST, SECOND = "01_loading_data", "02_one_hot_encoding"
WRITE = """(source) => {
  window.jupyterapp.shell.currentWidget.content.activeCell.model.sharedModel.setSource(source);
}"""
RUN = "void window.jupyterapp.commands.execute('notebook:run-cell')"
#: The states of the kernels of all notebooks that are open, by path.
STATES = """() => Object.fromEntries([...window.jupyterapp.shell.widgets("main")]
  .filter((widget) => widget.context)
  .map(({ context: { path, sessionContext } }) =>
    [path, sessionContext.session?.kernel?.status ?? "none"]))"""


def own(lesson: str) -> str:
    return f"{lesson}/{lesson}.ipynb"


@pytest.fixture(scope="module")
def page(small_lab: Any, chromium: Any) -> Iterator[Any]:
    """A page on which the second lesson was opened after a cell of the first was run."""
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{small_lab.url(FIRST)}?reset")
    page.wait_for_function(f"{KERNEL}?.status === 'idle'", timeout=60_000)
    page.evaluate("void window.jupyterapp.commands.execute('notebook:insert-cell-above')")
    page.evaluate(WRITE, "print(6 * 7)")
    page.evaluate(RUN)
    page.wait_for_selector(".jp-OutputArea-output >> text=42")
    page.evaluate(OPEN, own(SECOND))
    page.wait_for_function(f"{KERNEL}?.status === 'idle'", timeout=60_000)
    yield page
    page.close()


def test_the_lesson_before_is_stopped_once_the_next_is_open_and_says_so(page: Any) -> None:
    page.wait_for_selector("text=01 loading data was stopped", timeout=60_000)
    expected = {own(FIRST): "none", own(SECOND): "idle"}
    for _ in range(30):
        if (states := page.evaluate(STATES)) == expected:
            break
        page.wait_for_timeout(1_000)
    assert states == expected


def test_its_notebook_was_saved_with_what_it_had_shown(page: Any, small_lab: Any) -> None:
    page.wait_for_selector("text=01 loading data was stopped", timeout=60_000)
    page.wait_for_timeout(1_000)
    saved = json.loads((small_lab.notebooks / own(FIRST)).read_text(encoding="utf-8"))
    assert ["42\n"] in [o.get("text") for c in saved["cells"] for o in c.get("outputs", [])]


def test_a_click_takes_all_work_along_and_another_brings_it_back(
    page: Any, small_lab: Any, tmp_path: Path
) -> None:
    lesson = small_lab.notebooks / own(SECOND)
    (lesson.parent / "my_predictions.json").write_text("{}")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download my work").click()
    kept = tmp_path / "kept.zip"
    download.value.save_as(kept)
    with zipfile.ZipFile(kept) as archive:
        assert own(FIRST) in archive.namelist()
        work = archive.read(own(SECOND))
    lesson.write_bytes(lesson.read_bytes().replace(b"One-hot encoding", b"Something else"))
    (lesson.parent / "my_predictions.json").unlink()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Restore my work").click()
    chooser.value.set_files(kept)
    page.wait_for_selector("text=Your work is here again")
    assert lesson.read_bytes() == work
    assert (lesson.parent / "my_predictions.json").read_text() == "{}"


def test_what_is_no_archive_is_refused_in_a_sentence(page: Any, tmp_path: Path) -> None:
    (tmp_path / "other.zip").write_text("no zip")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Restore my work").click()
    chooser.value.set_files(tmp_path / "other.zip")
    page.wait_for_selector("text=This is not a whole zip file.")


def test_where_memory_is_large_both_stand_in_a_menu_alone(lab: Any, chromium: Any) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{lab.url(FIRST)}?reset")
    page.wait_for_function(f"{KERNEL}?.status === 'idle'", timeout=60_000)
    assert page.get_by_role("button", name="Download my work").count() == 0
    page.get_by_role("menuitem", name="File").click()
    for name in ("Download my work", "Restore my work"):
        assert page.get_by_role("menuitem", name=name).is_visible()
    page.close()
