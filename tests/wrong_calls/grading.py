"""Wrong calls of grading."""

from pathlib import Path
from typing import Any

from course_utils.grading import (
    assigning,
    database,
    glossary,
    hidden,
    marking,
    mutants,
    outputs,
    release,
    school,
    story,
    trial,
    units,
    workload,
)
from course_utils.grading.marking import report
from wrong_calls.rows import COURSE, NOWHERE, Row, a_course, a_path, mistyped, row


def load_named_lessons(course: Any, names: Any = None) -> list[Any]:
    """Call the generator, which complains only once it is asked for a lesson."""
    return list(trial.load_lessons(course, names))


ROWS: list[Row] = [
    *a_path(release.find_course, name="start"),
    row(
        release.find_course,
        "/",
        error=FileNotFoundError,
        expected="nbgrader_config.py and solutions/",
        got="/ is not in a course",
    ),
    *a_course(release.lessons),
    *a_course(release.check_release),
    *a_course(release.make_release),
    *a_course(release.build_release, destination=COURSE),
    *a_course(release.differences, built=COURSE),
    *a_course(database.open_gradebook),
    *a_course(database.make_gradebook),
    *a_course(database.open_to_write),
    *a_course(database.gradebook_path),
    *a_course(assigning.enter_lessons, lessons=["02_one_hot_encoding"]),
    row(
        assigning.enter_lessons,
        COURSE,
        [],
        expected="`lessons` must be a list of names",
        got="got 0",
    ),
    *a_course(assigning.set_due_date, lesson="02_one_hot_encoding", due="2026-10-12"),
    row(
        assigning.set_due_date,
        COURSE,
        "02_one_hot_encoding",
        "next Monday",
        expected="`due` must be a date",
        got="got 'next Monday'",
    ),
    mistyped(
        assigning.set_due_date,
        COURSE,
        "02_one_hot_encoding",
        20261012,
        expected="`due` must be a date",
        got="got int",
    ),
    *a_course(school.plan_roster, roster=NOWHERE),
    *a_course(school.read_download, download=NOWHERE),
    *a_course(school.export_long),
    *a_course(school.fill_canvas, export=NOWHERE),
    *a_course(school.fill_moodle, export=NOWHERE),
    *a_course(marking.grade_lesson, lesson="02_one_hot_encoding"),
    *a_course(marking.carry, lesson="02_one_hot_encoding", results=[]),
    *a_course(marking.write_feedback, lesson="02_one_hot_encoding"),
    *(
        mistyped(marking.machines, value, expected="`scheduler` must be words", got="got ")
        for value in (8786, None)
    ),
    *(
        row(
            trial.list_answers,
            Path(path),
            error=FileNotFoundError,
            expected=path,
            got="is missing",
        )
        for path in (NOWHERE, "answers.py")
    ),
    *a_course(marking.current_results, lesson="01_loading_data"),
    row(
        marking.current_results,
        COURSE,
        "99_none",
        error=RuntimeError,
        expected="There is no lesson",
        got="'99_none'",
    ),
    *a_course(report.make_report),
    row(
        report.make_report,
        COURSE,
        ["99_none"],
        expected="There is no lesson",
        got="'99_none'",
    ),
    *a_course(workload.workloads),
    *a_course(workload.tell),
    row(
        release.build_release,
        COURSE,
        NOWHERE,
        error=FileNotFoundError,
        expected="`destination` must be an existing folder",
        got=NOWHERE,
    ),
    row(
        release.differences,
        COURSE,
        NOWHERE,
        error=FileNotFoundError,
        expected="`built` must be an existing folder",
        got=NOWHERE,
    ),
    *a_course(release.read_config),
    *a_path(release.read_notebook, name="path"),
    row(
        units.keep_with_units,
        28,
        error=TypeError,
        expected="`text` must be a string of Markdown",
        got="got int",
    ),
    row(
        units.keep_with_units,
        ["28 pixels"],
        error=TypeError,
        expected="`text` must be a string of Markdown",
        got="got list",
    ),
    row(
        release.read_notebook,
        COURSE,
        error=IsADirectoryError,
        expected="must be a notebook",
        got="it is a folder",
    ),
    *a_path(glossary.find_introductions, name="notebooks"),
    *a_path(glossary.read_definitions, name="path"),
    *a_path(glossary.find_places, COURSE / "solutions" / "glossary.toml", name="notebooks"),
    *a_path(glossary.make_glossary, COURSE / "solutions" / "glossary.toml", name="notebooks"),
    row(
        glossary.find_introductions,
        NOWHERE,
        error=FileNotFoundError,
        expected="`notebooks` must be an existing folder",
        got=NOWHERE,
    ),
    row(glossary.read_definitions, __file__, expected="must be TOML", got="it is not"),
    *a_course(load_named_lessons),
    row(load_named_lessons, COURSE, ["99_none"], expected="01_loading_data", got="'99_none'"),
    mistyped(
        load_named_lessons,
        COURSE,
        "01_loading_data",
        expected="`names` must be a list of names",
        got="got '01_loading_data'",
    ),
    mistyped(outputs.without_noise, {}, expected="NotebookNode", got="got dict"),
    mistyped(outputs.without_noise, None, expected="NotebookNode", got="got NoneType"),
    *a_path(outputs.run_notebook, name="path"),
    *a_path(outputs.save_outputs, name="path"),
    *(
        row(f, NOWHERE, error=FileNotFoundError, expected=NOWHERE, got="there is no such file")
        for f in (release.read_notebook, outputs.run_notebook, outputs.save_outputs)
    ),
    row(outputs.run_notebook, __file__, expected="must be a notebook", got="is not JSON"),
    *(
        row(
            hidden.find_answers,
            Path(folder),
            error=FileNotFoundError,
            expected="The hidden cases of lesson were not found",
            got=folder,
        )
        for folder in (f"{NOWHERE}/lesson", "/nowhere/lesson")
    ),
    *(
        row(story.tell, COURSE, name, expected="There is no exercise", got=repr(name))
        for name in ("one_hat", "")
    ),
    *(
        row(mutants.mutants, answer, expected="a function that a file defines with def", got=got)
        for answer, got in ((3, "got 3"), (len, "got <built-in function len>"))
    ),
]
