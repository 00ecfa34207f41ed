"""How the work of a lesson is counted, and what the formula makes of it."""

from io import StringIO
from pathlib import Path
from typing import Any

import nbformat
import pytest
from rich.console import Console

from course_utils.grading.workload import Solution, Workload, tell, workloads

TITLE = "# A title\n\n**Time:** about 5 minutes."
WORDS_OF_TITLE = 6


def text(source: str, **nbgrader: Any) -> Any:
    return nbformat.v4.new_markdown_cell(source, metadata={"nbgrader": nbgrader})


def code(source: str, **nbgrader: Any) -> Any:
    return nbformat.v4.new_code_cell(source, metadata={"nbgrader": nbgrader})


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course without lessons."""
    (tmp_path / "solutions").mkdir()
    return tmp_path


def write(course: Path, name: str, *cells: Any) -> None:
    folder = course / "solutions" / name
    folder.mkdir()
    nbformat.write(nbformat.v4.new_notebook(cells=list(cells)), folder / f"{name}.ipynb")


def measured(course: Path, *cells: Any) -> Workload:
    write(course, "00_start_here", text(TITLE), *cells)
    return workloads(course)[0]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("Three plain words", 3),
        ("A [link to it](../01_other/01_other.ipynb) counts", 5),
        ("- a list\n- of `two = 2`", 5),
        ("<details><summary>Hint</summary>The idea\n\nin two paragraphs.</details> After", 1),
        ("| a | b |\n|---|---|\n| 1 | 2 |", 4),
        ("<b>bold</b> if 2 < 3", 4),
    ],
)
def test_words_are_those_that_stand_open(course: Path, source: str, words: int) -> None:
    assert measured(course, text(source)).words == WORDS_OF_TITLE + words


def test_a_model_answer_is_a_question_and_no_words(course: Path) -> None:
    lesson = measured(course, text("The model answer", grade=True, solution=True))
    assert (lesson.words, lesson.questions) == (WORDS_OF_TITLE, 1)


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("a = 1\n\n# a comment\nb = 2  # another", 2),
        ("import numpy as np\nfrom course_utils.plots import (\n    describe,\n    plot,\n)", 0),
        ('print(\n    "a text, which # says 1",\n    f"{value} more",\n    value,\n)', 2),
        ('def f():\n    """Say it."""\n    import keras\n    return 1', 2),
        ("explore_patch()", 0),
        ('prediction = predict("start_here.pixels")\nprediction', 0),
        ("prediction.explain()", 0),
        ('review_predictions("start_here")', 0),
    ],
)
def test_code_to_read_is_what_calculates(course: Path, source: str, lines: int) -> None:
    assert measured(course, code(source)).code_lines == lines


@pytest.mark.parametrize("key", ["pixels", "start_here.pixels"])
def test_boxes_and_explorers_are_counted_where_they_are_opened(course: Path, key: str) -> None:
    lesson = measured(
        course,
        code("from course_utils.explorers import explore_patch, predict"),
        code(f'prediction = predict("{key}")'),
        code("explorer = explore_patch()\nexplorer"),
        code("explore_patch(3)"),
        text("Insert `explore_patch()`."),
    )
    assert (lesson.right_places, lesson.explorers) == ([2], 2)


SOLUTION = """def f(x):
    y = x
    ### BEGIN SOLUTION
    # First this, then that.
    y = {}

    return y
    ### END SOLUTION"""


@pytest.mark.parametrize(
    ("value", "in_keras"),
    [
        ("keras.Sequential(x)", True),
        ("layers.Dense(10)(x)", True),
        ("x.fit(1, 2)", True),
        ("x.predict(1)", True),
        ("layers.append(x)", False),
        ("len(layers)", False),
        ("np.fit_to(x)", False),
    ],
)
def test_a_solution_knows_its_lines_and_whether_it_is_in_keras(
    course: Path, value: str, in_keras: bool
) -> None:
    lesson = measured(
        course,
        code(SOLUTION.format(value), solution=True),
        code("### BEGIN HIDDEN TESTS\nx = 1\n### END HIDDEN TESTS\ncheck_f(f)", grade=True),
    )
    assert lesson.solutions == [Solution(lines=2, in_keras=in_keras)]
    assert lesson.code_lines == 2


def test_training_is_what_the_lesson_gives_and_not_what_the_learner_writes(course: Path) -> None:
    lesson = measured(
        course,
        code("network.fit(images, labels)"),
        code(SOLUTION.format("x.fit(1)"), solution=True),
    )
    assert lesson.trainings == 1


def a_workload(**counts: Any) -> Workload:
    nothing: dict[str, Any] = {
        "name": "00_only",
        "title": "Only",
        "words": 0,
        "terms": 0,
        "right_places": [],
        "explorers": 0,
        "code_lines": 0,
        "trainings": 0,
        "solutions": [],
        "questions": 0,
    }
    return Workload(**{**nothing, **counts})


@pytest.mark.parametrize(
    ("counts", "minutes"),
    [
        ({}, 0),
        ({"words": 1}, 5),
        ({"words": 1000}, 5),
        ({"words": 1001}, 10),
        ({"code_lines": 100}, 10),
        ({"questions": 1}, 5),
        ({"right_places": [0, 1], "explorers": 4}, 15),
        ({"solutions": [Solution(7, False)]}, 10),
        ({"solutions": [Solution(8, False)]}, 15),
        ({"solutions": [Solution(12, False)]}, 15),
        ({"solutions": [Solution(200, False)]}, 15),
    ],
)
def test_minutes_follow_the_formula(counts: dict[str, Any], minutes: int) -> None:
    assert a_workload(**counts).minutes == minutes


@pytest.mark.parametrize(
    ("name", "title", "required"),
    [
        ("01_one", "One", True),
        ("11_more", "More (optional)", False),
        ("13_capstone", "Capstone: a project", False),
    ],
)
def test_what_is_optional_and_the_capstone_stand_apart(
    name: str, title: str, required: bool
) -> None:
    assert a_workload(name=name, title=title).required is required


def told(course: Path) -> str:
    """Print the table as `course lessons` does, wide enough for its sentences."""
    printed = StringIO()
    Console(width=120, file=printed).print(tell(course))
    return printed.getvalue()


def test_terms_are_what_a_lesson_has_in_bold(course: Path) -> None:
    assert measured(course, text("A **kernel** slides; its **stride** says how far.")).terms == 2


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        (["A **kernel** has a **stride**."], "Each of the 2 terms of the glossary is bold once."),
        (
            ["Two **kernels**.", "A **kernel**."],
            "Terms of the glossary that are not bold once: kernel (00_first, 00_first), stride "
            "(nowhere).",
        ),
    ],
    ids=["once", "twice and not at all"],
)
def test_the_table_says_which_terms_are_not_bold_once(
    course: Path, texts: list[str], sentence: str
) -> None:
    write(course, "00_first", text("# First"), *map(text, texts))
    definitions = 'kernel = "What slides."\nstride = "How far it slides."\n'
    (course / "solutions" / "glossary.toml").write_text(definitions)
    assert sentence in told(course).splitlines()


def test_the_table_adds_up_what_is_required(course: Path) -> None:
    write(course, "00_first", text("# First"), code("network.fit(x, y)"), text("word " * 1600))
    write(course, "01_more", text("# More (optional)"), text("word " * 600))
    lines = told(course).splitlines()
    sums = [line.split()[:4] for line in lines if line.startswith((" required", " all"))]
    assert sums == [["required,", "no", "capstone", "10"], ["all", "15", "2,203", "0"]]
    assert any("01 More (optional)" in line for line in lines)
    assert "The first training is in 00_first." in lines
    assert any(line.startswith("minutes = words / 200 + 1.5 per predict box") for line in lines)
