"""Where a learner stands follows from what is in the folder: saved outputs and predictions."""

import json
from pathlib import Path

import pytest

from course_utils.learner.standing import standing

FIRST, SECOND = "01_loading_data", "02_one_hot_encoding"
PASSED = {"output_type": "stream", "name": "stdout", "text": ["✓ f does what it should.\n"]}
FAILED = {"output_type": "error", "traceback": ["\x1b[31m✗ f: expected 2, got 3.\x1b[0m\nLook."]}
UNTOUCHED = {"output_type": "error", "traceback": ["○ f returns nothing yet."]}


def check(name: str, *outputs: dict) -> dict:
    return {
        "cell_type": "code",
        "metadata": {"nbgrader": {"grade": True, "solution": False}},
        "source": [f"lesson.check_{name}({name})"],
        "outputs": list(outputs),
    }


def text(words: str) -> dict:
    return {"cell_type": "markdown", "metadata": {}, "source": words}


def box(name: str) -> dict:
    source = f'prediction = lesson.predict("{name}")\nprediction'
    return {"cell_type": "code", "metadata": {}, "source": source, "outputs": []}


def write(folder: Path, lesson: str, *cells: dict) -> None:
    (folder / lesson).mkdir(parents=True, exist_ok=True)
    (folder / lesson / f"{lesson}.ipynb").write_text(json.dumps({"cells": cells}))


def lock_in(folder: Path, lesson: str, **entries: dict) -> None:
    keyed = {f"{lesson.partition('_')[2]}.{name}": entry for name, entry in entries.items()}
    (folder / lesson / "my_predictions.json").write_text(json.dumps(keyed))


@pytest.mark.parametrize(
    ("outputs", "done"), [([PASSED], True), ([FAILED], False), ([UNTOUCHED], False), ([], False)]
)
def test_an_exercise_is_solved_once_its_check_has_said_so(
    outputs: list, done: bool, tmp_path: Path
) -> None:
    write(tmp_path, FIRST, text("# Loading data"), check("f", *outputs))
    assert standing(tmp_path).lessons[0].done is done


def test_an_exercise_with_two_checks_needs_both(tmp_path: Path) -> None:
    write(tmp_path, FIRST, text("# Loading data"), check("f", PASSED), check("f"))
    assert [len(lesson.exercises) for lesson in standing(tmp_path).lessons] == [1]
    assert not standing(tmp_path).lessons[0].done


def test_the_overview_counts_and_names_the_next_exercise_with_its_section(tmp_path: Path) -> None:
    write(tmp_path, FIRST, text("# Loading data"), check("f", PASSED))
    cells = text("# One-hot encoding"), text("Words.\n\n## Exercise: rows"), check("g", FAILED)
    write(tmp_path, SECOND, *cells, box("average"))
    assert list(standing(tmp_path).overview()) == [
        "01 Loading data      exercises 1 of 1, predictions 0 of 0",
        "02 One-hot encoding  exercises 0 of 1, predictions 0 of 1",
        "",
        'Next: One-hot encoding, "Exercise: rows". Write g.',
    ]


def test_at_the_end_nothing_comes_next(tmp_path: Path) -> None:
    write(tmp_path, FIRST, text("# Loading data"), check("f", PASSED))
    assert list(standing(tmp_path).overview())[-1] == (
        "You have solved every exercise of the course."
    )


def test_the_review_begins_with_the_wrong_prediction_one_was_surest_of(tmp_path: Path) -> None:
    write(tmp_path, SECOND, text("# One-hot"), box("average"), text("## Width"), box("width"))
    wrong = {"option": "x", "choice": "this", "right": False}
    lock_in(
        tmp_path, SECOND, average={**wrong, "confidence": 60}, width={**wrong, "confidence": 90}
    )
    lines = list(standing(tmp_path).review())
    sections = [line for line in lines if line.startswith("One-hot, ")]
    assert sections == ['One-hot, "Width"', 'One-hot, "One-hot"']
    assert "  You were 90 % sure of: this" in lines
    assert "  The answer is: (4, 6)" in lines


def test_the_review_tells_what_a_check_objects_to_and_leaves_out_what_is_right(
    tmp_path: Path,
) -> None:
    cells = (
        text("# Loading"),
        check("f", FAILED),
        text("## Later"),
        check("g", PASSED),
        box("width"),
    )
    write(tmp_path, SECOND, *cells)
    lock_in(tmp_path, SECOND, width={"choice": "(4, 6)", "right": True, "confidence": 90})
    assert list(standing(tmp_path).review()) == [
        'Loading, "Loading"',
        "  ✗ f: expected 2, got 3.",
        "  Look.",
        "",
    ]


def test_a_notebook_that_is_none_is_named_with_what_to_do(tmp_path: Path) -> None:
    write(tmp_path, FIRST)
    (tmp_path / FIRST / f"{FIRST}.ipynb").write_text("<<<<<<<")
    with pytest.raises(ValueError, match=f"{FIRST}.ipynb cannot be read.*course lab"):
        standing(tmp_path)


def test_what_is_no_lesson_is_left_out(tmp_path: Path) -> None:
    write(tmp_path, FIRST, text("# Loading data"))
    write(tmp_path, "99_mine", text("# Mine"))
    (tmp_path / FIRST / f"{FIRST}.new.ipynb").write_text("{}")
    assert [lesson.name for lesson in standing(tmp_path).lessons] == [FIRST]
