"""A notebook that is opened and not run: the explorers' pictures and sentences are there."""

from typing import Any

import nbformat
import pytest

from course_utils.explorers import explore_patch
from course_utils.predictions import predict


@pytest.fixture(scope="module")
def page(lab: Any, chromium: Any) -> Any:
    """A notebook as JupyterLab saved it yesterday, opened today; its kernel is long gone."""
    notebook = nbformat.v4.new_notebook()
    for name, shown in (("patch", explore_patch()), ("box", predict("start_here.pixels"))):
        bundle, _ = shown._repr_mimebundle_()
        output = nbformat.v4.new_output("execute_result", data=bundle, execution_count=1)
        cell = nbformat.v4.new_code_cell(name, outputs=[output], execution_count=1)
        notebook.cells.append(cell)
    nbformat.write(notebook, lab.notebooks / "yesterday.ipynb")
    page = chromium.new_page()
    page.goto(f"{lab.address}/lab/tree/yesterday.ipynb?reset")
    page.wait_for_selector(".jp-OutputArea-output")
    yield page
    page.close()


def test_an_explorer_leaves_its_picture_with_its_sentence(page: Any) -> None:
    picture = page.locator("figure img")
    picture.wait_for()
    assert picture.get_attribute("alt") == explore_patch().sentence()
    assert page.locator("figcaption").inner_text() == explore_patch().sentence()


def test_a_predict_box_leaves_its_question_and_options(page: Any) -> None:
    page.get_by_text("How many numbers does the computer store").first.wait_for()
    assert page.locator("ol li").count() == 4
