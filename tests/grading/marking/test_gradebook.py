"""Results go into nbgrader's gradebook and folders, and what a person has given stays."""

import json
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import closing
from pathlib import Path
from typing import Any

import nbformat
import pytest
from course_notebooks import nbgrader, read
from graded_class import (
    EVERYTHING,
    GRADED,
    LESSON,
    TEXT,
    autograded,
    files_of,
    gradebook,
    hand_in,
    hand_in_bytes,
    make_course,
    nbgrader_of,
    page_of,
    result,
)
from nbgrader import api
from nbgrader.server_extensions.formgrader import handlers
from nbgrader.server_extensions.formgrader.formgrader import HTMLExporter
from nbgrader.utils import is_grade
from traitlets.config import Config

from course_utils.grading import database
from course_utils.grading.database import GradebookError
from course_utils.grading.marking import gradebook as writer
from course_utils.grading.marking.autograded import read_work
from course_utils.grading.marking.collecting import collect
from course_utils.grading.marking.grade import current_results, grade_lesson
from course_utils.grading.marking.gradebook import Carried, carry
from course_utils.grading.marking.judging import Material, Task
from course_utils.grading.marking.results import Outcome

# nbgrader's own queries.
pytestmark = pytest.mark.filterwarnings("ignore:Object of type:sqlalchemy.exc.SAWarning")

ANSWER = {TEXT: "A label is a name."}
WRONG = "one_hot_row(label=1): not yet."


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course in which Ada has handed in, with a text."""
    made = make_course(tmp_path / "course")
    hand_in(made, "ada", ANSWER)
    return made


def marks(course: Path, student: str = "ada") -> dict[str, Any]:
    """Read a student's grades by the names of cells."""
    with gradebook(course) as book:
        notebook = book.find_submission_notebook(LESSON, LESSON, student)
        return {
            grade.name: (
                grade.auto_score,
                grade.manual_score,
                grade.extra_credit,
                grade.needs_manual_grade,
            )
            for grade in notebook.grades
        }


def comment(course: Path, cell: str) -> tuple[str | None, str | None]:
    """Read the grader's and a person's comment below an answer."""
    with gradebook(course) as book:
        found = book.find_comment(cell, LESSON, LESSON, "ada")
        return found.auto_comment, found.manual_comment


def mark_by_hand(course: Path, cell: str = TEXT) -> None:
    """Mark as the formgrader does."""
    with gradebook(course) as book:
        grade = book.find_grade(cell, LESSON, LESSON, "ada")
        grade.manual_score, grade.extra_credit, grade.needs_manual_grade = 1.5, 0.5, False
        book.db.commit()


# The lesson -------------------------------------------------------------------------------------


def cells_of(course: Path) -> list[Any]:
    """List all that a gradebook knows of the lesson, without ids."""
    with gradebook(course) as book:
        [assignment] = book.assignments
        [notebook] = assignment.notebooks
        rows = [*notebook.grade_cells, *notebook.solution_cells, *notebook.task_cells]
        found = [{"kind": type(row).__name__, **row.to_dict()} for row in rows]
        found += [row.to_dict() for row in notebook.source_cells]
        found.append({"kernelspec": notebook.kernelspec, "course": assignment.course_id})
    return sorted(({k: v for k, v in row.items() if k != "id"} for row in found), key=repr)


def test_an_unknown_lesson_is_written_down_as_nbgrader_does(course: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    shutil.copytree(course, theirs)
    shutil.rmtree(theirs / "notebooks")
    assert nbgrader_of(theirs).generate_assignment(LESSON)["success"]
    carry(course, LESSON, [result("ada")])
    assert cells_of(course) == cells_of(theirs)


def test_a_lesson_that_nbgrader_has_written_down_is_taken_as_it_is(course: Path) -> None:
    assert nbgrader_of(course).generate_assignment(LESSON, force=True)["success"]
    before = cells_of(course)
    carry(course, LESSON, [result("ada")])
    assert cells_of(course) == before


def change_points(course: Path, points: int) -> None:
    for kind in ("solutions", "notebooks"):
        path = course / kind / LESSON / f"{LESSON}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            if cell.metadata.get("nbgrader", {}).get("grade_id") == TEXT:
                cell.metadata.nbgrader["points"] = points
        nbformat.write(notebook, path)


def test_other_points_in_the_solution_are_other_points_in_the_gradebook(course: Path) -> None:
    carry(course, LESSON, [result("ada")])
    change_points(course, 7)
    carry(course, LESSON, [result("ada")])
    assert nbgrader_of(course).get_submission(LESSON, "ada")["max_score"] == EVERYTHING + 7


def rename(course: Path, *kinds: str) -> None:
    for kind in kinds:
        path = course / kind / LESSON / f"{LESSON}.ipynb"
        path.write_text(path.read_text(encoding="utf-8").replace('"one_hot_shape"', '"shape"'))


def test_a_graded_cell_with_marks_that_was_renamed_is_refused(course: Path) -> None:
    carry(course, LESSON, [result("ada")])
    rename(course, "solutions", "notebooks")
    with pytest.raises(GradebookError, match="holds marks for one_hot_shape.*old name again"):
        carry(course, LESSON, [result("ada")])


def test_a_release_of_other_solutions_is_refused(course: Path) -> None:
    rename(course, "solutions")
    with pytest.raises(GradebookError, match="is not of these solutions.*course release"):
        carry(course, LESSON, [result("ada")])


def test_an_unknown_lesson_is_refused_with_those_there_are(course: Path) -> None:
    with pytest.raises(GradebookError, match=f"no lesson '99_none'.*{LESSON}"):
        carry(course, "99_none", [])


def without_names(notebook: Any) -> bytes:
    """Take away what a cell is known by, as some editors do."""
    for place, cell in enumerate(notebook.cells):
        cell.id = f"other-{place}"
        cell.metadata.pop("nbgrader", None)
    return nbformat.writes(notebook).encode()


REPAIRED: dict[str, Callable[[Any], bytes]] = {
    "in UTF-16": lambda notebook: nbformat.writes(notebook).encode("utf-16"),
    "in Latin-1": lambda notebook: nbformat.writes(notebook).encode("latin-1", "replace"),
    "without ids and names": without_names,
}


@pytest.mark.parametrize("repaired", REPAIRED)
def test_a_person_is_shown_the_answers_of_a_repaired_notebook(course: Path, repaired: str) -> None:
    path = course / "submitted" / "ada" / LESSON / f"{LESSON}.ipynb"
    notebook = read("notebooks", LESSON)
    for cell in notebook.cells:
        if nbgrader(cell).get("grade_id") == TEXT:
            cell.source = "Für Namen gibt es keine Mitte."
        elif nbgrader(cell).get("grade_id") == "one_hot_row":
            cell.source = "def one_hot_row(label, n_classes):\n    return np.eye(n_classes)[label]"
    path.write_bytes(REPAIRED[repaired](notebook))
    carry(course, LESSON, [result("ada")])
    shown = {
        nbgrader(cell).get("grade_id"): cell.source for cell in autograded(course, "ada").cells
    }
    assert shown[TEXT].endswith("gibt es keine Mitte.")
    assert "np.eye" in shown["one_hot_row"]
    assert marks(course)[TEXT][3]  # it waits for a person


def test_a_person_is_shown_the_notebook_that_was_judged(course: Path) -> None:
    folder = course / "submitted" / "ada" / LESSON
    (folder / f"{LESSON}.ipynb").rename(folder / "mine.ipynb")
    other = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("x" * 100_000)])
    (folder / "longer.ipynb").write_text(nbformat.writes(other), encoding="utf-8")
    carry(course, LESSON, [result("ada")])
    assert marks(course)[TEXT][3]


# Marks ------------------------------------------------------------------------------------------


def test_each_graded_cell_gets_its_points(course: Path) -> None:
    carry(course, LESSON, [result("ada", one_hot_values=WRONG)])
    found = {name: mark[0] for name, mark in marks(course).items() if name != TEXT}
    assert found == {name: points for name, (_, points) in GRADED.items()} | {"one_hot_values": 0}


def test_a_text_waits_for_a_person(course: Path) -> None:
    assert carry(course, LESSON, [result("ada")]) == Carried(1, 1, ("ada",))


def test_a_text_that_was_not_written_gets_nothing_and_does_not_wait(course: Path) -> None:
    hand_in(course, "ada")
    assert carry(course, LESSON, [result("ada")]).waiting == ()
    assert marks(course)[TEXT] == (0.0, None, None, False)


def test_what_was_not_written_is_commented_on_as_nbgrader_does(course: Path) -> None:
    carry(course, LESSON, [result("ada")])
    assert comment(course, "one_hot") == ("No response.", None)


def test_the_formgrader_is_told_the_sum(course: Path) -> None:
    carry(course, LESSON, [result("ada", one_hot_values=WRONG)])
    told = nbgrader_of(course).get_submission(LESSON, "ada")
    expected = {"score": 6.0, "max_score": 11.0, "needs_manual_grade": True, "autograded": True}
    assert {name: told[name] for name in expected} == expected


def test_who_handed_nothing_in_has_no_submission(course: Path) -> None:
    with database.make_gradebook(course) as book:
        book.add_student("bob")
    assert carry(course, LESSON, [result("ada")]).missing == ("bob",)
    assert nbgrader_of(course).get_submission(LESSON, "bob")["autograded"] is False


@pytest.mark.parametrize("outcome", [Outcome.CRASHED, Outcome.TIMED_OUT, Outcome.TAMPERED])
def test_points_that_nobody_has_judged_carry_a_comment(course: Path, outcome: Outcome) -> None:
    hand_in(course, "ada", {"one_hot": "def one_hot(*_):\n    exit()"})
    carry(course, LESSON, [result("ada", one_hot_values=outcome)])
    assert marks(course)["one_hot_values"][0] == 0
    assert comment(course, "one_hot")[0] == f"{outcome}: one_hot: a sentence."


# What a person gives ----------------------------------------------------------------------------


def test_a_mark_by_hand_survives_regrading(course: Path) -> None:
    carry(course, LESSON, [result("ada")])
    mark_by_hand(course)
    carry(course, LESSON, [result("ada", key="f" * 16, one_hot_values=WRONG)])
    assert marks(course)[TEXT] == (None, 1.5, 0.5, False)


def test_a_mark_by_hand_goes_before_the_checks(course: Path) -> None:
    carry(course, LESSON, [result("ada", one_hot_values=WRONG)])
    mark_by_hand(course, "one_hot_values")
    assert carry(course, LESSON, [result("ada", one_hot_values=WRONG)]).waiting == ("ada",)
    assert marks(course)["one_hot_values"] == (0.0, 1.5, 0.5, False)


def test_a_mark_by_hand_waits_again_once_the_checks_say_otherwise(course: Path) -> None:
    carry(course, LESSON, [result("ada", one_hot_values=WRONG)])
    mark_by_hand(course, "one_hot_values")
    carry(course, LESSON, [result("ada")])
    assert marks(course)["one_hot_values"] == (2.0, 1.5, 0.5, True)


def test_a_mark_by_hand_waits_again_once_the_text_is_another(course: Path) -> None:
    carry(course, LESSON, [result("ada")])
    mark_by_hand(course)
    hand_in(course, "ada", {TEXT: "Labels are names, and here is why."})
    carry(course, LESSON, [result("ada")])
    assert marks(course)[TEXT] == (None, 1.5, 0.5, True)


def test_a_notebook_that_a_person_has_saved_is_still_known(course: Path) -> None:
    carry(course, LESSON, [result("ada")])
    mark_by_hand(course)
    path = course / "autograded" / "ada" / LESSON / f"{LESSON}.ipynb"
    nbformat.write(nbformat.read(path, as_version=4), path)
    assert carry(course, LESSON, [result("ada")]).waiting == ()


def test_a_persons_comment_stays(course: Path) -> None:
    carry(course, LESSON, [result("ada")])
    with gradebook(course) as book:
        book.find_comment("one_hot", LESSON, LESSON, "ada").manual_comment = "See me."
        book.db.commit()
    carry(course, LESSON, [result("ada", one_hot_values=Outcome.CRASHED)])
    assert comment(course, "one_hot") == ("crashed: one_hot: a sentence.", "See me.")


# When it was handed in --------------------------------------------------------------------------


def hand_in_at(course: Path, text: str) -> None:
    (course / "submitted" / "ada" / LESSON / "timestamp.txt").write_text(text)


def test_the_time_is_read_as_nbgrader_writes_it(course: Path) -> None:
    hand_in_at(course, "2030-01-31 14:35:10.5 UTC")
    carry(course, LESSON, [result("ada")])
    with gradebook(course) as book:
        found = book.find_submission(LESSON, "ada").timestamp
    assert str(found) == "2030-01-31 14:35:10.500000"


@pytest.mark.parametrize("text", ["yesterday", "\0\ud800".encode("utf-8", "replace").decode()])
def test_a_time_that_is_none_is_a_note(course: Path, text: str) -> None:
    hand_in_at(course, text)
    [note] = carry(course, LESSON, [result("ada")]).notes
    assert note.startswith("ada: timestamp.txt holds no time")


def test_the_courses_rule_on_lateness_holds(course: Path) -> None:
    with (course / "nbgrader_config.py").open("a") as config:
        config.write('c.LateSubmissionPlugin.penalty_method = "zero"\n')
    hand_in_at(course, "2030-01-31 12:00 UTC")
    carry(course, LESSON, [result("ada")])
    with gradebook(course) as book:
        book.update_or_create_assignment(LESSON, duedate="2030-01-30 12:00 UTC")
    assert carry(course, LESSON, [result("ada")]).late == ("ada",)
    with gradebook(course) as book:
        assert book.find_submission(LESSON, "ada").late_submission_penalty == EVERYTHING


# The notebook -----------------------------------------------------------------------------------


def test_whoever_marks_sees_the_model_answer_below_the_students(course: Path) -> None:
    carry(course, LESSON, [result("ada")])
    cells = autograded(course, "ada").cells
    [place] = [place for place, cell in enumerate(cells) if cell.source == ANSWER[TEXT]]
    assert nbgrader(cells[place])["grade_id"] == TEXT
    assert "For marking: 1 point" in cells[place + 1].source
    assert "Students do not see this" in cells[place + 1].source


def test_no_page_of_feedback_shows_the_model_answer(course: Path) -> None:
    carry(course, LESSON, [result("ada")])
    assert nbgrader_of(course).generate_feedback(LESSON, force=False)["success"]
    assert "For marking" not in page_of(course, "ada").read_text(encoding="utf-8")
    nbgrader_of(course).generate_feedback(LESSON, force=True)  # nbgrader's own page
    page = page_of(course, "ada").read_text(encoding="utf-8")
    assert ANSWER[TEXT] in page
    assert "For marking" not in page


def test_the_notebook_shows_no_hidden_test(course: Path) -> None:
    carry(course, LESSON, [result("ada", one_hot_values=WRONG)])
    text = json.dumps(autograded(course, "ada"))
    assert "hidden" not in text.lower()


def test_the_notebook_says_below_each_graded_cell_what_came_of_it(course: Path) -> None:
    said = {"one_hot_shape": WRONG, "one_hot_values": Outcome.NOT_ATTEMPTED}
    carry(course, LESSON, [result("ada", is_one_hot_check=Outcome.TIMED_OUT, **said)])
    cells = [cell for cell in autograded(course, "ada").cells if is_grade(cell)]
    assert [cell.outputs[0].text for cell in cells if cell.cell_type == "code"] == [
        "✓ 2 of 2 points\n",
        f"✗ 0 of 1 points\n{WRONG}\n",
        "○ 0 of 2 points\none_hot: a sentence.\n",
        "✗ 0 of 3 points\ntimed out: is_one_hot: a sentence.\n",
    ]


def change(course: Path, how: Any) -> None:
    """Change what Ada has handed in."""
    path = course / "submitted" / "ada" / LESSON / f"{LESSON}.ipynb"
    notebook = json.loads(path.read_bytes())
    how(notebook["cells"])
    path.write_text(json.dumps(notebook))


def by_grade_id(cells: list[Any], name: str) -> Any:
    return next(c for c in cells if c["metadata"].get("nbgrader", {}).get("grade_id") == name)


def test_the_notebook_holds_none_of_a_students_outputs(course: Path) -> None:
    def shout(cells: list[Any]) -> None:
        output = {"output_type": "stream", "name": "stdout", "text": "x" * 1_000_000}
        by_grade_id(cells, "one_hot")["outputs"] = [output]

    change(course, shout)
    carry(course, LESSON, [result("ada")])
    assert "xxx" not in json.dumps(autograded(course, "ada"))


def test_a_graded_cell_that_was_changed_is_shown_as_it_was_given(course: Path) -> None:
    change(course, lambda cells: by_grade_id(cells, "one_hot_shape").update(source="pass"))
    carry(course, LESSON, [result("ada")])
    shown = by_grade_id(autograded(course, "ada").cells, "one_hot_shape")
    assert shown.source == "lesson.check_one_hot_shape(one_hot)"


def test_a_cell_that_was_deleted_is_back_after_the_one_before_it(course: Path) -> None:
    change(course, lambda cells: cells.remove(by_grade_id(cells, "one_hot_shape")))
    carry(course, LESSON, [result("ada")])
    names = [c.metadata.nbgrader.grade_id for c in autograded(course, "ada").cells if is_grade(c)]
    assert names == [*GRADED, TEXT]


def test_a_copied_cell_is_shown_once_as_an_answer_and_once_as_a_note(course: Path) -> None:
    def copy_answer(cells: list[Any]) -> None:
        copied = {**by_grade_id(cells, "one_hot"), "id": "copy", "source": "# a second try"}
        cells.insert(0, copied)

    change(course, copy_answer)
    carry(course, LESSON, [result("ada")])
    cells = autograded(course, "ada").cells
    assert (cells[0].source, cells[0].metadata) == ("# a second try", {})
    assert by_grade_id(cells, "one_hot").id == "one-hot-solution"


def test_cells_that_lost_ids_and_metadata_are_found_by_their_text(course: Path) -> None:
    def forget(cells: list[Any]) -> None:
        for cell in cells:
            del cell["id"]
            cell["metadata"] = {}

    change(course, forget)
    carry(course, LESSON, [result("ada")])
    given = nbformat.read(course / "notebooks" / LESSON / f"{LESSON}.ipynb", as_version=4).cells
    found = [cell.id for cell in autograded(course, "ada").cells]
    assert [cell.id for cell in given if cell.id not in found] == []


#: What may have been handed in in the place of a notebook.
BROKEN = {
    "nothing": b"",
    "no JSON": b"\x89PNG\r\n",
    "a list": b"[]",
    "no cells": b'{"nbformat": 4, "cells": 5}',
    "deep": b"[" * 100_000,
    "odd cells": json.dumps(
        {
            "nbformat": 4,
            "cells": [
                None,
                {},
                {"cell_type": "code", "id": 7, "source": [1, "x"], "metadata": []},
                {"cell_type": "code", "id": "a b", "source": "\ud800\0", "outputs": 5},
                {"cell_type": "markdown", "id": "title", "source": {}, "attachments": {"x": 1}},
                {"cell_type": "code", "metadata": {"nbgrader": {"grade_id": ["one_hot"]}}},
            ],
        }
    ).encode(),
}


#: What a student may write in the hope that it runs where it is marked.
SCRIPTS = {
    "a script": "<script>alert(1)</script>",
    "a picture": "<img src=x onerror=alert(1)>",
    "a link": "[look](javascript:alert(1))",
    "a comment": "<!--><svg/onload=alert(1)>-->",
    "an attachment": "![look](attachment:it.png)",
    "an entity": "[look](javascript&colon;alert(1)) ![x](attachm&#101;nt:it.png)",
    "a backslash": "[look](javascript\\:alert(1)) ![x](attachment\\:it.png)",
    "a reference": "[look]\n\n[look]: JavaScript:alert(1)",
}


def formgrader_page(course: Path) -> str:
    """Make the page that the formgrader shows of Ada's notebook."""
    config = Config({"HTMLExporter": {"template_name": "formgrade"}})
    config.HTMLExporter.extra_template_basedirs = [handlers.template_path]
    names = ("assignment_id", "notebook_id", "submission_id", "base_url", "student")
    resources = {**dict.fromkeys(names, "x"), "index": 0, "total": 1}
    path = course / "autograded" / "ada" / LESSON / f"{LESSON}.ipynb"
    return HTMLExporter(config=config).from_filename(str(path), resources=resources)[0]


#: A script that a browser would run: its own element, an event of another, or a link.
LIVE = r"<script>alert|<[^>]*\son\w+=\W?alert|(?:href|src)=\W?javascript:"


def test_what_finds_scripts_finds_them() -> None:
    found = re.findall(
        LIVE, "<script>alert(1) <img src=x onerror=alert(1)> <a href='javascript:x'>"
    )
    assert len(found) == 3


def test_no_script_of_a_students_gets_into_the_formgrader(course: Path) -> None:
    attached = {"it.png": {"image/png": 'x" onerror="alert(1)'}}

    def write(cells: list[Any]) -> None:
        for kind in ("markdown", "raw", "code"):
            for source in SCRIPTS.values():
                cell = {"cell_type": kind, "metadata": {}, "source": source}
                cells.append({**cell, "attachments": attached})
        text = "\n\n".join(SCRIPTS.values())
        by_grade_id(cells, TEXT).update(source=text, attachments=attached)

    change(course, write)
    carry(course, LESSON, [result("ada")])
    assert re.findall(LIVE, formgrader_page(course), re.IGNORECASE) == []


def test_a_picture_in_an_answer_is_shown(course: Path) -> None:
    def paste(cells: list[Any]) -> None:
        attached = {"it.png": {"image/png": "iVBORw0KGgo="}}
        by_grade_id(cells, TEXT).update(source="![it](attachment:it.png)", attachments=attached)

    change(course, paste)
    carry(course, LESSON, [result("ada")])
    shown = by_grade_id(autograded(course, "ada").cells, TEXT)
    assert shown.source == "![it](attachment:it.png)"
    assert shown.attachments == {"it.png": {"image/png": "iVBORw0KGgo="}}


def test_an_answer_with_html_is_told_as_it_was_written(course: Path) -> None:
    written = "Is a <b>label</b> < 10 &amp; see: data:x, https://example.org?"
    hand_in(course, "ada", {TEXT: written})
    carry(course, LESSON, [result("ada")])
    path = course / "autograded" / "ada" / LESSON / f"{LESSON}.ipynb"
    shown = read_work(path)
    assert shown is not None
    assert shown.answers[TEXT] == written


@pytest.mark.parametrize("kind", BROKEN)
def test_whatever_was_handed_in_becomes_a_valid_notebook_with_every_graded_cell(
    kind: str, course: Path
) -> None:
    hand_in_bytes(course, "ada", BROKEN[kind])
    carry(course, LESSON, [result("ada", one_hot_row_check=Outcome.UNREADABLE)])
    notebook = autograded(course, "ada")
    nbformat.validate(notebook)
    names = [c.metadata.nbgrader.grade_id for c in notebook.cells if is_grade(c)]
    assert sorted(names) == sorted([*GRADED, TEXT])


def test_pictures_are_there_for_the_person_who_marks_but_no_pages(course: Path) -> None:
    for name in ("plot.png", "page.html", "plot.svg"):
        (course / "submitted" / "ada" / LESSON / name).write_bytes(b"x")
    carry(course, LESSON, [result("ada")])
    found = {path.name for path in (course / "autograded" / "ada" / LESSON).iterdir()}
    assert found & {"plot.png", "page.html", "plot.svg"} == {"plot.png"}


def test_what_was_handed_in_stays_as_it_is(course: Path) -> None:
    before = files_of(course / "submitted")
    carry(course, LESSON, [result("ada")])
    assert files_of(course / "submitted") == before


# One writer -------------------------------------------------------------------------------------


def test_carrying_again_changes_no_file(course: Path) -> None:
    carry(course, LESSON, [result("ada", one_hot_values=WRONG)])
    before = files_of(course)
    assert carry(course, LESSON, [result("ada", one_hot_values=WRONG)]) == Carried(1, 0, ("ada",))
    assert files_of(course) == before


def test_one_new_result_leaves_the_others_alone(course: Path) -> None:
    hand_in(course, "bob", ANSWER)
    carry(course, LESSON, [result("ada"), result("bob")])
    assert (
        carry(course, LESSON, [result("ada"), result("bob", one_hot_values=WRONG)]).n_changed == 1
    )


@pytest.fixture
def impatience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_PATIENCE_SECONDS", 0.05)


def test_a_gradebook_that_another_program_writes_is_left_alone(
    course: Path, impatience: None
) -> None:
    carry(course, LESSON, [result("ada")])
    before = files_of(course)
    with closing(sqlite3.connect(course / "gradebook.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(GradebookError, match="is locked.*try again"):
            carry(course, LESSON, [result("ada", one_hot_values=WRONG)])
    assert files_of(course) == before


@pytest.mark.parametrize("change", ["DELETE FROM", "DROP TABLE"])
def test_a_gradebook_without_its_version_is_refused(course: Path, change: str) -> None:
    carry(course, LESSON, [result("ada")])
    with closing(sqlite3.connect(course / "gradebook.db")) as book, book:
        book.execute(f"{change} alembic_version")
    before = files_of(course)
    with pytest.raises(GradebookError, match="older nbgrader.*nbgrader db upgrade"):
        carry(course, LESSON, [result("ada", one_hot_values=WRONG)])
    assert files_of(course) == before


@pytest.mark.parametrize("is_first", [True, False])
def test_a_failure_half_way_writes_nothing(
    course: Path, monkeypatch: pytest.MonkeyPatch, is_first: bool
) -> None:
    hand_in(course, "bob", ANSWER)
    if not is_first:
        carry(course, LESSON, [result("ada"), result("bob")])
    before = files_of(course)
    write = Path.write_bytes

    def write_but_one(path: Path, content: bytes) -> int:
        if b"bob" in content:
            raise OSError(28, "No space left on device")
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", write_but_one)
    with pytest.raises(GradebookError, match="nothing was: No space left on device. Make room"):
        carry(course, LESSON, [result("ada", one_hot_values=WRONG), result("bob", notes=("bob",))])
    assert files_of(course) == before


def test_a_kill_between_gradebook_and_folders_is_mended_by_the_next_run(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    carry(course, LESSON, [result("ada")])
    with monkeypatch.context() as patched:
        patched.setattr(writer.Stage, "move", lambda _: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            carry(course, LESSON, [result("ada", one_hot_values=WRONG)])
    carry(course, LESSON, [result("ada", one_hot_values=WRONG)])
    assert by_grade_id(autograded(course, "ada").cells, "one_hot_values").outputs[0].text[0] == "✗"
    assert marks(course)["one_hot_values"][0] == 0


def test_nothing_is_left_behind(course: Path) -> None:
    carry(course, LESSON, [result("ada")])
    assert list(course.rglob("*.tmp")) + list(course.rglob(".*")) == []


class Nobody(Executor):
    """Nobody who judges."""

    def submit(self, function: Any, /, task: Task, *_: Any, **__: Any) -> Future[Any]:
        raise AssertionError(f"{task.student} is to be judged")


@pytest.fixture
def kept(course: Path) -> Path:
    """A course in which results are kept for what is handed in, and the solution's for it."""
    seed = course / "results" / "seed"
    seed.parent.mkdir(exist_ok=True)
    seed.write_text("7\n")
    material = Material.read(course, LESSON, 7)
    handed_in = collect(course / "submitted" / "ada" / LESSON, LESSON)
    task = Task(material, "ada", handed_in.notebook, handed_in.files)
    result("ada", key=task.key, one_hot_values=WRONG).write(course)
    reference = Task(material, ".reference", material.solution)
    result(".reference", key=reference.key).write(course)
    return course


def grade_again(course: Path) -> Carried:
    """Do what `course grade` does, where nothing is to be judged."""
    found = grade_lesson(course, LESSON, ["ada"], executor=Nobody(), kind="unsafe")
    return carry(course, LESSON, [one.result for one in found])


def test_grading_again_makes_from_results_all_but_what_a_person_gave(kept: Path) -> None:
    before = grade_again(kept)
    told = nbgrader_of(kept).get_submission(LESSON, "ada")["score"]
    for folder in ("autograded", "feedback"):
        shutil.rmtree(kept / folder)
    (kept / "gradebook.db").unlink()
    assert grade_again(kept) == before == Carried(1, 1, ("ada",))
    assert nbgrader_of(kept).get_submission(LESSON, "ada")["score"] == told


def test_a_result_of_other_work_than_is_handed_in_now_does_not_count(kept: Path) -> None:
    hand_in(kept, "ada", {TEXT: "Another text."})
    found = {task.student: result for task, result in current_results(kept, LESSON)}
    assert found["ada"] is None


def test_carrying_builds_no_grammar_of_internet_addresses(course: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from course_utils.grading.marking.master import Master\n"
        f"Master.read(Path({str(course)!r}), {LESSON!r})\n"
        "print('rfc3987_syntax' in sys.modules)\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"


# nbgrader's own commands ------------------------------------------------------------------------


def test_nbgrader_releases_pages_also_of_what_did_not_come_through_its_exchange(
    course: Path, tmp_path: Path
) -> None:
    exchange = tmp_path / "exchange"
    exchange.mkdir()
    exchange.chmod(0o777)
    hand_in(course, "bob")
    carry(course, LESSON, [result("ada"), result("bob")])
    released = nbgrader_of(course, exchange).release_feedback(LESSON)
    assert released["success"], released.get("error")
    assert len(list(exchange.rglob("*.html"))) == 2


def test_nbgrader_makes_a_page_of_its_own_of_the_notebook(course: Path) -> None:
    carry(course, LESSON, [result("ada")])
    made = nbgrader_of(course).generate_feedback(LESSON, "ada", force=True)
    assert made["success"], made.get("error")


def test_a_secret_that_came_with_the_notebook_is_the_one_by_which_its_page_is_fetched(
    course: Path,
) -> None:
    (course / "submitted" / "ada" / LESSON / "submission_secret.txt").write_text("5ec3e7")
    carry(course, LESSON, [result("ada")])
    kept = course / "feedback" / "ada" / LESSON / "submission_secret.txt"
    assert kept.read_text() == "5ec3e7"


def test_the_gradebook_is_nbgraders(course: Path) -> None:
    carry(course, LESSON, [result("ada")])
    with gradebook(course) as book:
        [row] = book.submission_dicts(LESSON)
    assert (row["score"], row["max_score"]) == (EVERYTHING, 11.0)
    assert api.Base.metadata.tables.keys() <= {
        name
        for (name,) in sqlite3.connect(course / "gradebook.db").execute(
            "SELECT name FROM sqlite_master"
        )
    }
