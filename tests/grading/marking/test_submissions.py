"""A notebook is read whatever state it is in, and the cells that its exercises need are found."""

import copy
import json
import time
from collections.abc import Callable
from functools import cache
from typing import Any

import nbformat
import pytest
from course_notebooks import lesson_on, nbgrader, read
from hypothesis import given, settings
from hypothesis import strategies as st

from course_utils.grading.marking.results import Outcome
from course_utils.grading.marking.submissions import Submission, fitness, read_submission

LESSON = lesson_on("one_hot_encoding")
RELEASE = read("notebooks", LESSON)
MINE = "def one_hot(labels, n_classes):\n    return 'mine'"


@cache
def solved_text() -> str:
    notebook = read("notebooks", LESSON)
    answers = {cell.id: cell.source for cell in read("solutions", LESSON).cells}
    for cell in notebook.cells:
        if nbgrader(cell).get("solution"):
            cell.source = answers[cell.id]
    return nbformat.writes(notebook)


def solved() -> Any:
    """A notebook with all answers, as plain JSON."""
    return json.loads(solved_text())


def cell_of(notebook: Any, identity: str) -> Any:
    return next(cell for cell in notebook["cells"] if cell.get("id") == identity)


def place_of(notebook: Any, identity: str) -> int:
    return int(notebook["cells"].index(cell_of(notebook, identity)))


def added(source: str, kind: str = "code", **more: Any) -> Any:
    cell = {"cell_type": kind, "id": "new", "metadata": {}, "source": source, **more}
    return {**cell, "outputs": [], "execution_count": None} if kind == "code" else cell


def submit(notebook: Any) -> Submission:
    return read_submission(json.dumps(notebook).encode(), RELEASE)


def told(submission: Submission) -> str:
    return " ".join(submission.notes)


# What is read ------------------------------------------------------------------------------------


def test_an_honest_notebook_needs_no_repair() -> None:
    assert submit(solved()).outcome is Outcome.GRADED


def test_no_notebook_is_missing() -> None:
    assert read_submission(None, RELEASE).outcome is Outcome.MISSING


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"])
def test_another_encoding_is_repaired(encoding: str) -> None:
    notebook = solved()
    cell_of(notebook, "one-hot-solution")["source"] = "naïve = 1"
    text = json.dumps(notebook, ensure_ascii=False).replace("→", "to")
    for letter in set(text) - set(bytes(range(256)).decode("cp1252", "ignore")):
        text = text.replace(letter, "")
    submission = read_submission(text.encode(encoding), RELEASE)
    assert submission.outcome is Outcome.REPAIRED
    assert submission.written["one_hot"] == "naïve = 1"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \n",
        b"\0" * 100,
        b"\xff\xfe",
        b"print('hello')",
        b"[1, 2]",
        b"null",
        b'{"name": "package"}',
        b'{"cells": ',
        b"<<<<<<< HEAD\n{}",
        b"%PDF-1.7",
        b"[" * 1_000_000,
        b'{"cells":' * 100_000,
        solved_text().encode()[:-100],
    ],
    ids=range(14),
)
def test_what_is_no_notebook_is_unreadable(content: bytes) -> None:
    submission = read_submission(content, RELEASE)
    assert submission.outcome is Outcome.UNREADABLE
    assert submission.notes[0].endswith(".")


@pytest.mark.parametrize("cells", [[], [1, None], {}, "text", [added("x = 1")]])
def test_a_notebook_without_the_lesson_s_cells_is_another_one(cells: Any) -> None:
    submission = submit({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells})
    assert submission.outcome is Outcome.MISSING


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("nbformat", 99),
        ("metadata", None),
        ("nbformat_minor", float("nan")),
        ("metadata", {"a number of 4,001 digits": 10**4000}),
    ],
)
def test_what_is_odd_elsewhere_does_not_matter(name: str, value: Any) -> None:
    assert submit({**solved(), name: value}).outcome is Outcome.GRADED


@pytest.mark.parametrize(
    "cell",
    [
        None,
        {},
        {"cell_type": "code"},
        {"cell_type": ["code"], "source": 3, "id": {}, "metadata": []},
        {"cell_type": "code", "source": [1, None, "x"], "metadata": {"nbgrader": 5, "tags": 1}},
        {"cell_type": "code", "source": "y", "metadata": {"nbgrader": {"grade_id": ["one_hot"]}}},
    ],
)
def test_an_odd_cell_does_not_hurt_the_others(cell: Any) -> None:
    notebook = solved()
    notebook["cells"].insert(0, cell)
    submission = submit(notebook)
    assert submission.outcome is Outcome.GRADED
    assert len(submission.written) == 3


def test_a_source_may_be_a_list_of_lines() -> None:
    notebook = solved()
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"]).splitlines(keepends=True)
    assert submit(notebook) == submit(solved())


def test_half_of_a_pair_of_surrogates_can_be_kept() -> None:
    notebook = solved()
    cell_of(notebook, "one-hot-solution")["source"] = "'a \ud83d b'"
    submit(notebook).written["one_hot"].encode()


def test_nbformat_3_is_converted() -> None:
    old = nbformat.convert(nbformat.reads(solved_text(), as_version=4), 3)
    submission = read_submission(nbformat.v3.writes_json(old).encode(), RELEASE)
    assert submission.outcome is Outcome.REPAIRED
    assert "old format" in told(submission)
    assert submission.written == submit(solved()).written


def test_100_megabytes_of_outputs_do_no_harm() -> None:
    notebook = solved()
    line = "0.123456, " * 8 + "\n"
    text = [line] * 1_200_000
    cell_of(notebook, "one-hot-solution")["outputs"] = [{"output_type": "stream", "text": text}]
    assert len(submit(notebook).written) == 3


@pytest.mark.parametrize("filling", ["[],", "{},"])
def test_a_file_that_would_fill_the_memory_is_refused(filling: str) -> None:
    content = f'{{"cells": [{filling * (40_000_000 // len(filling))} 1]}}'.encode()
    assert read_submission(content, RELEASE).outcome is Outcome.UNREADABLE


def test_a_million_cells_are_cut_off() -> None:
    many = '{"cell_type":"code","source":"x=1"},' * 1_000_000
    content = solved_text().replace('"cells": [', f'"cells": [{many}', 1).encode()
    start = time.process_time()
    read_submission(content, RELEASE)
    assert time.process_time() - start < 20


@pytest.mark.parametrize(
    "source", ["one_hot " * 100_000, "import " * 100_000, " " * 500_000 + "x", "(" * 100_000]
)
def test_no_source_takes_long(source: str) -> None:
    notebook = solved()
    notebook["cells"].append(added(source))
    start = time.process_time()
    submission = submit(notebook)
    submission.needed.changes(["one_hot"], 0)
    assert time.process_time() - start < 5


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_no_damage_stops_the_reading(data: st.DataObject) -> None:
    notebook = solved()
    anything = st.recursive(
        st.none() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
        max_leaves=5,
    )
    for _ in range(10):
        cell = data.draw(st.sampled_from(notebook["cells"]))
        cell[data.draw(st.sampled_from(sorted(cell)))] = data.draw(anything)
    submit(notebook)


# Which cells run ---------------------------------------------------------------------------------


def test_only_what_the_exercises_need_runs() -> None:
    sources = submit(solved()).needed.cells
    assert [source.partition("(")[0] for source in sources[1:]] == [
        "def one_hot_row",
        "def one_hot",
        "def is_one_hot",
    ]


def test_of_the_lesson_s_imports_only_those_in_use_run() -> None:
    assert submit(solved()).needed.cells[0] == "import numpy as np"


def test_an_import_that_the_student_uses_runs() -> None:
    notebook = solved()
    notebook["cells"].append(added("to_categorical([1])"))
    assert "from keras.utils import to_categorical" in submit(notebook).needed.cells[0]


@pytest.mark.parametrize(
    ("source", "is_imported"),
    [
        ("def one_hot(labels, to_categorical):  # mine\n    return to_categorical", False),
        ("def a(to_categorical):\n    def b():\n        return to_categorical\n", False),
        ("def a(n):\n    return to_categorical(n)\n\ndef b(to_categorical):\n    return 1", True),
        ("def a(to_categorical):\n    return 1\n\nprint(to_categorical)", True),
        ("def a(to_categorical=to_categorical):\n    return 1", True),
        ("def a(to_categorical):\n    class B:\n        to_categorical = to_categorical", True),
        ("a = lambda to_categorical: to_categorical", True),
        ("def a(to_categorical:\n    return to_categorical", True),
    ],
)
def test_what_is_an_argument_of_every_function_in_a_cell_is_not_imported(
    source: str, is_imported: bool
) -> None:
    notebook = solved()
    cell_of(notebook, "one-hot-solution")["source"] = source
    loaded = "to_categorical" in submit(notebook).needed.cells[0]
    assert loaded is is_imported


def test_the_imports_are_the_lesson_s_also_where_the_student_changed_them() -> None:
    notebook = solved()
    cell_of(notebook, "set-up")["source"] = "import evil as np"
    assert submit(notebook).needed.cells[:2] == ("import numpy as np", "import evil as np")


def test_what_the_student_added_or_changed_runs_in_order() -> None:
    notebook = solved()
    notebook["cells"].insert(0, added("first = 1"))
    cell_of(notebook, "eye")["source"] = "second = 2"
    notebook["cells"].append(added("third = 3"))
    own = [source for source in submit(notebook).needed.cells if source[-1].isdigit()]
    assert own == ["first = 1", "second = 2", "third = 3"]


def test_the_whole_holds_the_lesson_s_other_cells() -> None:
    assert "np.eye(3)[[1, 2, 1]]" in submit(solved()).whole.cells


@pytest.mark.parametrize("part", ["needed", "whole"])
def test_a_graded_cell_never_runs(part: str) -> None:
    notebook = solved()
    cell_of(notebook, "one-hot-shape")["source"] = "lesson.check_one_hot_shape = print"
    script = getattr(submit(notebook), part)
    assert not any("check_one_hot_shape" in source for source in script.cells)


def test_a_changed_graded_cell_is_no_reason_to_accuse() -> None:
    notebook = solved()
    cell_of(notebook, "one-hot-shape")["source"] = "pass"
    assert submit(notebook).outcome is Outcome.GRADED


def test_a_deleted_graded_cell_does_not_matter() -> None:
    notebook = solved()
    notebook["cells"].remove(cell_of(notebook, "one-hot-shape"))
    assert submit(notebook).outcome is Outcome.GRADED


@pytest.mark.parametrize("part", ["needed", "whole"])
def test_a_demonstration_never_runs(part: str) -> None:
    notebook = solved()
    release = copy.deepcopy(RELEASE)
    cell_of(release, "eye")["metadata"]["tags"] = ["demo"]
    cell_of(notebook, "eye")["source"] = "train_for_hours()"
    submission = read_submission(json.dumps(notebook).encode(), release)
    assert "train_for_hours()" not in getattr(submission, part).cells


def test_a_solution_runs_whatever_tag_it_was_given() -> None:
    notebook = solved()
    cell_of(notebook, "one-hot-solution")["metadata"]["tags"] = ["demo"]
    assert "one_hot" in submit(notebook).written


def test_a_graded_cell_is_judged_where_it_stands() -> None:
    notebook = solved()
    notebook["cells"].append(added("one_hot = one_hot([1], 3)"))
    script = submit(notebook).needed
    assert not any(
        "one_hot = " in source for source in script.cells[: script.stop("one_hot_shape")]
    )


def test_a_deleted_graded_cell_is_judged_at_the_end() -> None:
    notebook = solved()
    notebook["cells"].remove(cell_of(notebook, "one-hot-shape"))
    script = submit(notebook).needed
    assert script.stop("one_hot_shape") == len(script.cells)


@pytest.mark.parametrize(
    "source",
    [
        "def one_hot(a, b): ...",
        "one_hot = lambda a, b: 1",
        "from helper import one_hot",
        "one_hot, x = 1, 2",
    ],
)
def test_a_later_cell_that_gives_a_name_is_noticed(source: str) -> None:
    notebook = solved()
    notebook["cells"].append(added(source))
    script = submit(notebook).needed
    assert script.changes(["one_hot"], script.stop("one_hot_shape"))


@pytest.mark.parametrize("source", ["one_hot([1], 3)", "one_hot == 1", "x = one_hot([1], n=2)"])
def test_a_later_cell_that_only_uses_a_name_changes_nothing(source: str) -> None:
    notebook = solved()
    notebook["cells"].append(added(source))
    script = submit(notebook).needed
    assert not script.changes(["one_hot"], script.stop("one_hot_shape"))


# What is repaired --------------------------------------------------------------------------------


def without_ids(notebook: Any) -> None:
    for cell in notebook["cells"]:
        cell.pop("id", None)


def without_marks(notebook: Any) -> None:
    for cell in notebook["cells"]:
        cell["metadata"].pop("nbgrader", None)


def without_either(notebook: Any) -> None:
    without_ids(notebook)
    without_marks(notebook)


def with_another_schema(notebook: Any) -> None:
    for cell in notebook["cells"]:
        if marks := cell["metadata"].get("nbgrader"):
            marks["schema_version"] = 1


def with_text_for_code(notebook: Any) -> None:
    cell_of(notebook, "one-hot-solution")["cell_type"] = "markdown"


def with_raw_for_code(notebook: Any) -> None:
    cell_of(notebook, "one-hot-solution")["cell_type"] = "raw"


def with_code_for_text(notebook: Any) -> None:
    cell_of(notebook, "own-words")["cell_type"] = "code"


def with_the_solution_in_a_new_cell(notebook: Any) -> None:
    place = place_of(notebook, "one-hot-solution")
    notebook["cells"][place] = added(notebook["cells"][place]["source"])


def with_a_copy(notebook: Any) -> None:
    solution = cell_of(notebook, "one-hot-solution")
    notebook["cells"].append({**solution, "id": "pasted"})


def with_a_copy_of_the_same_id(notebook: Any) -> None:
    notebook["cells"].append(cell_of(notebook, "one-hot-solution"))


DAMAGE: dict[Callable[[Any], None], str] = {
    without_ids: "by the name that nbgrader gave it",
    without_marks: "had lost what nbgrader wrote",
    without_either: "by what it holds",
    with_another_schema: "another version of nbgrader",
    with_text_for_code: "was read as code",
    with_raw_for_code: "was read as code",
    with_code_for_text: "was read as text",
    with_the_solution_in_a_new_cell: "by what it holds",
    with_a_copy: "is there 2 times",
    with_a_copy_of_the_same_id: "is there 2 times",
}


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda damage: damage.__name__)
def test_a_repair_says_what_was_done(damage: Callable[[Any], None]) -> None:
    notebook = solved()
    damage(notebook)
    submission = submit(notebook)
    assert submission.outcome is Outcome.REPAIRED
    assert DAMAGE[damage] in told(submission)


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda damage: damage.__name__)
def test_a_repair_finds_every_answer(damage: Callable[[Any], None]) -> None:
    notebook = solved()
    damage(notebook)
    submission, honest = submit(notebook), submit(solved())
    assert (submission.written, submission.texts) == (honest.written, honest.texts)


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda damage: damage.__name__)
def test_a_repair_runs_every_solution(damage: Callable[[Any], None]) -> None:
    notebook = solved()
    damage(notebook)
    assert {*submit(solved()).needed.cells} <= {*submit(notebook).needed.cells}


def test_of_two_solutions_the_last_counts() -> None:
    notebook = solved()
    solution = cell_of(notebook, "one-hot-solution")
    notebook["cells"].append({**solution, "id": "pasted", "source": MINE})
    assert submit(notebook).written["one_hot"] == MINE


def test_a_copy_as_it_was_handed_out_does_not_count() -> None:
    notebook = solved()
    solution = cell_of(notebook, "one-hot-solution")
    stub = "".join(cell_of(RELEASE, "one-hot-solution")["source"])
    notebook["cells"].append({**solution, "id": "pasted", "source": stub})
    assert stub not in submit(notebook).needed.cells


def test_a_solution_merged_into_a_graded_cell_runs() -> None:
    notebook = solved()
    check, solution = cell_of(notebook, "one-hot-row-check"), cell_of(notebook, "one-hot-solution")
    check["source"] = [*check["source"], "\n", *solution["source"]]
    notebook["cells"].remove(solution)
    assert any("def one_hot(" in source for source in submit(notebook).needed.cells)


# What was answered -------------------------------------------------------------------------------


def test_the_notebook_as_handed_out_is_untouched() -> None:
    submission = read_submission(nbformat.writes(RELEASE).encode(), RELEASE)
    assert submission.untouched == {"one_hot_row", "one_hot", "is_one_hot"}


def test_a_changed_body_is_an_attempt() -> None:
    assert not submit(solved()).untouched


def test_a_remark_is_no_attempt() -> None:
    notebook = json.loads(nbformat.writes(RELEASE))
    cell_of(notebook, "one-hot-solution")["source"].append("  # how?\n")
    assert "one_hot" in submit(notebook).untouched


def test_a_definition_elsewhere_is_an_attempt() -> None:
    notebook = json.loads(nbformat.writes(RELEASE))
    notebook["cells"].append(added(MINE))
    assert "one_hot" not in submit(notebook).untouched


def test_a_deleted_solution_is_absent() -> None:
    notebook = solved()
    notebook["cells"].remove(cell_of(notebook, "one-hot-solution"))
    assert submit(notebook).absent == {"one_hot"}


def test_a_text_goes_on_in_the_cell_behind_it() -> None:
    notebook = solved()
    cell_of(notebook, "own-words")["source"] = "First."
    notebook["cells"].insert(place_of(notebook, "own-words") + 1, added("Second.", "markdown"))
    assert submit(notebook).texts["own_words"] == "First.\n\nSecond."


def test_a_text_that_lost_everything_is_found_by_its_place() -> None:
    notebook = solved()
    notebook["cells"][place_of(notebook, "own-words")] = added("My words.", "markdown")
    assert submit(notebook).texts["own_words"] == "My words."


def test_a_notebook_with_answers_fits_better_than_one_without() -> None:
    empty, full = nbformat.writes(RELEASE).encode(), solved_text().encode()
    assert (fitness(full, RELEASE) or ()) > (fitness(empty, RELEASE) or ())


def test_what_is_no_notebook_fits_not_at_all() -> None:
    assert fitness(b"", RELEASE) is None
