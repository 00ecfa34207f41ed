"""A notebook that was run, saved and closed in JupyterLab, and opened when its kernel was gone."""

from typing import Any

import nbformat
import pytest
from lab_page import OpenLesson

from course_utils.explorers import explore_patch

SOURCES = {
    "explorer": "from course_utils.lessons import start_here as lesson\nlesson.explore_patch()",
    "box": 'prediction = lesson.predict("pixels")\nprediction',
    "explanation": "prediction.explain()",
    "bar": """import keras
import numpy as np
from course_utils.training import progress
network = keras.Sequential([keras.layers.Dense(1)])
network.compile(loss="mse")
network.fit(np.zeros((64, 2)), np.zeros(64), epochs=2, verbose=0, callbacks=[progress()])
print("trained")""",
    "passing-bar": "from tqdm.auto import tqdm\nfor _ in tqdm(range(3), leave=False):\n    pass",
}
_SAVE = "window.jupyterapp.commands.execute('docmanager:save')"
_TRUSTED = """window.jupyterapp.shell.currentWidget.content.model.cells.get(0).trusted"""


@pytest.fixture(scope="module")
def reopened(lab: Any, chromium: Any) -> Any:
    """A notebook with nothing in it but what widgets show, run and saved, and opened again."""
    url = lab.write("yesterday", SOURCES)
    page = chromium.new_page(viewport={"width": 1280, "height": 1000})
    evening = OpenLesson("yesterday", page)
    evening.open(url)
    page.evaluate(_SAVE)
    evening.stop_kernel()
    evening.close()
    page.close()
    page = chromium.new_page(viewport={"width": 1280, "height": 1000})
    morning = OpenLesson("yesterday", page)
    morning.open_only(url)
    yield morning
    page.close()


def shown(lesson: OpenLesson, name: str) -> Any:
    """Return what stands below a cell."""
    return (
        lesson.page.locator(".jp-CodeCell")
        .nth(list(SOURCES).index(name))
        .locator(".jp-OutputArea-output")
    )


def test_jupyterlab_trusts_it_and_would_show_its_widgets(reopened: OpenLesson) -> None:
    assert reopened.page.evaluate(_TRUSTED)


def test_an_explorer_shows_its_picture_with_its_sentence(reopened: OpenLesson) -> None:
    output = shown(reopened, "explorer")
    output.locator("figure img").wait_for()
    assert output.locator("img").get_attribute("alt") == explore_patch().sentence()
    assert output.locator("figcaption").inner_text() == explore_patch().sentence()


def test_it_says_how_to_make_the_explorer_move(reopened: OpenLesson) -> None:
    shown(reopened, "explorer").get_by_text("Run this cell to make it move.").wait_for()


def test_a_predict_box_shows_its_question_and_options(reopened: OpenLesson) -> None:
    output = shown(reopened, "box")
    output.get_by_text("How many numbers does the computer store").wait_for()
    assert output.locator("ol li").count() == 4
    letters = output.locator("ol").evaluate("list => getComputedStyle(list).listStyleType")
    assert letters == "lower-alpha"
    output.get_by_text("Run this cell to answer it.").wait_for()


def test_an_explanation_can_be_opened(reopened: OpenLesson) -> None:
    shown(reopened, "explanation").locator("summary").click()
    assert shown(reopened, "explanation").get_by_text("height and width are added").is_visible()


def test_a_progress_bar_says_how_far_it_came(reopened: OpenLesson) -> None:
    shown(reopened, "bar").get_by_text("Epoch 2 of 2: 100%").wait_for()


def test_a_bar_that_had_closed_shows_nothing(reopened: OpenLesson) -> None:
    shown(reopened, "bar").get_by_text("Epoch 2 of 2: 100%").wait_for()
    assert shown(reopened, "passing-bar").all_inner_texts() == [""]


def test_nothing_is_called_an_error(reopened: OpenLesson) -> None:
    reopened.page.get_by_text("Run this cell to make it move.").wait_for()
    assert reopened.page.get_by_text("Error displaying widget").count() == 0


def test_the_file_holds_no_state_of_widgets(reopened: OpenLesson, lab: Any) -> None:
    assert "widgets" not in nbformat.read(lab.notebooks / "yesterday.ipynb", 4).metadata


def test_run_again_the_explorer_moves(reopened: OpenLesson) -> None:
    reopened.run_all()
    handle = shown(reopened, "explorer").locator(".noUi-handle").first
    handle.focus()
    sentence = shown(reopened, "explorer").locator(".course-scene p")
    before = sentence.text_content()
    reopened.page.keyboard.press("End")
    assert sentence.text_content() != before
    assert reopened.page.get_by_text("Run this cell").count() == 0
