"""The notebook in which a person reads and marks: a student's cells, and what the checks said.

It is made of the students' version of the lesson and of what was handed in, so that it shows no
hidden test; below an answer in words stands the model answer, for whoever marks. Of outputs it
holds what the grader says, and none of the student's. A student's HTML is shown as text, because
the formgrader would run a script in it as the person who marks.
"""

import copy
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from course_utils.checks.showing import lay_out
from course_utils.grading._model_answers import with_models
from course_utils.grading.marking.reading import UnreadableError, cells_of, parse
from course_utils.grading.marking.results import CellResult, Outcome, Result
from course_utils.grading.marking.submissions import Submission, read_submission

#: Outcomes of a cell on which nobody has judged: its 0 points are no verdict.
NO_VERDICT = frozenset(
    {
        Outcome.MISSING,
        Outcome.TIMED_OUT,
        Outcome.OUT_OF_MEMORY,
        Outcome.CRASHED,
        Outcome.UNREADABLE,
        Outcome.TAMPERED,
    }
)
SUMMARY = "what-came-of-it"  # the cell at the top
_KEY = "course_result"
_MOST_CHARACTERS = 100_000  # of a cell
_MOST_CELLS = 1_000
_MOST_ATTACHED = 5_000_000  # characters of the pictures in a cell
#: A character that nobody sees. It keeps what it stands in from being more than text.
_JOINER = "\N{WORD JOINER}"
_MARKUP = re.compile(r"[<&](?=[A-Za-z/!?#])")
_ADDRESS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)(\\*:)(?=([\w.-]*)\S)", re.ASCII)
_HARMLESS = ("http", "https", "mailto")
#: Nothing that is read, and harm: some of it moves the cursor of a terminal.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True)
class Shown:
    """What stands in a notebook that is shown.

    Attributes
    ----------
    answers : mapping of str to str
        What stands in each cell that is to be filled in, by its ``grade_id``.
    key : str
        Of the result that it shows.
    """

    answers: Mapping[str, str]
    key: str


def show_work(
    handed_in: bytes, release: Any, result: Result, models: Mapping[str, str]
) -> tuple[str, Shown]:
    """Make the notebook that a person reads, as a file's text.

    Parameters
    ----------
    handed_in : bytes
        The notebook as it was handed in; whatever cannot be read of it is left out.
    release : NotebookNode
        The one that students were given.
    result : Result
        What came of it.
    models : mapping of str to str
        The model answers, by the ``grade_id`` of the answers.
    """
    said = {cell.grade_id: cell for cell in result.cells}
    cells = [] if result.outcome == Outcome.UNREADABLE else list(_read(handed_in))
    shown = [_shown(cell, given, said) for cell, given in _in_order(cells, release.cells)]
    _fill_in(shown, read_submission(handed_in, release), release)
    shown = with_models(shown, models)
    _give_ids(shown)
    answers = _answers(shown)
    if result.notes or result.outcome != Outcome.GRADED:
        shown.insert(0, _summary(result))
    notebook = {
        "cells": shown,
        "metadata": {**release.metadata, _KEY: result.key},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    text = json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    return text, Shown(answers, result.key)


def read_work(path: Path) -> Shown | None:
    """Read a notebook that was made here, or return None for one that nbgrader has made.

    Raises
    ------
    UnreadableError
        If it is no notebook, or none any more.
    """
    try:
        notebook = json.loads(path.read_bytes())
        key = notebook["metadata"].get(_KEY)
        return None if key is None else Shown(_answers(notebook["cells"]), key)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise UnreadableError(f"{path} is no notebook any more.") from None


def is_answer(marks: Mapping[str, Any]) -> bool:
    """Tell whether a student writes in a cell, by nbgrader's metadata."""
    return bool(marks.get("solution") or marks.get("task"))


def sentence(cell: CellResult) -> str:
    """Say what came of a graded cell, with its outcome where that is no verdict."""
    if cell.outcome in NO_VERDICT:
        return lay_out(f"{cell.outcome}: {cell.message}") if cell.message else f"{cell.outcome}."
    return lay_out(cell.message)


def sign(earned: float, possible: float, outcome: Outcome) -> str:
    """Give a mark its sign: ✓ for everything, ○ for not attempted, ✗ otherwise."""
    if earned >= possible:
        return "✓"
    return "○" if outcome == Outcome.NOT_ATTEMPTED else "✗"


def clean(text: str) -> str:
    """Leave out what is no character, so that a text can be written and shown."""
    return _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n"))


def _answers(cells: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Take out what a student has written, as it was written."""
    marked = [(cell, cell["metadata"].get("nbgrader", {})) for cell in cells]
    return {
        marks["grade_id"]: "".join(cell["source"]).replace(_JOINER, "")
        for cell, marks in marked
        if is_answer(marks)
    }


def _read(handed_in: bytes) -> Iterator[dict[str, Any]]:
    """Read the cells of a notebook, of whatever quality."""
    try:
        document, _ = parse(handed_in)
    except UnreadableError:
        return
    for cell in islice(cells_of(document), _MOST_CELLS):
        if isinstance(cell, dict):
            yield _plain(cell)


def _plain(cell: Mapping[str, Any]) -> dict[str, Any]:
    """Take out of a cell what is needed of it."""
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    source = clean(source).replace(_JOINER, "") if isinstance(source, str) else ""
    if len(source) > _MOST_CHARACTERS:
        source = f"{source[:_MOST_CHARACTERS]}\n… (the rest is too long to be shown)"
    metadata = cell.get("metadata")
    marks = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id = marks.get("grade_id") if isinstance(marks, dict) else None
    kind = cell.get("cell_type")
    found = {
        "id": name if isinstance(name := cell.get("id"), str) else None,
        "grade_id": grade_id if isinstance(grade_id, str) else None,
        # The formgrader would pass a raw cell on to the browser as it is.
        "cell_type": "code" if kind == "code" else "markdown",
        "source": source,
    }
    attached = cell.get("attachments")
    if kind == "markdown" and _are_attachments(attached):
        found["attachments"] = attached
    return found


def _are_attachments(attached: Any) -> bool:
    """Tell whether this is what nbformat calls attachments: pictures by name and type."""
    return (
        isinstance(attached, dict)
        and all(isinstance(bundle, dict) for bundle in attached.values())
        and all(
            re.fullmatch(r"image/\w+", kind)
            and isinstance(data, str)
            and re.fullmatch(r"[A-Za-z0-9+/=\s]*", data)
            for bundle in attached.values()
            for kind, data in bundle.items()
        )
        and len(json.dumps(attached)) <= _MOST_ATTACHED
    )


def _in_order(
    cells: Sequence[dict[str, Any]], release: Sequence[Any]
) -> list[tuple[dict[str, Any] | None, Any]]:
    """Pair a student's cells with those that were given, and put back those that count.

    A cell is found by its id, by its ``grade_id``, or by what stands in it. A copy stays, as a
    cell of the student's own.
    """
    pairs: list[tuple[dict[str, Any] | None, Any]] = [(cell, None) for cell in cells]
    left = {given.id: given for given in release}
    for name in ("id", "grade_id", "source"):
        wanted: dict[str, list[Any]] = {}
        for given in left.values():
            wanted.setdefault(_named(given)[name], []).append(given)
        for place, (cell, paired) in enumerate(pairs):
            found = wanted.get(cell[name]) if cell and cell[name] and paired is None else None
            if found:
                given = found.pop(0)
                pairs[place] = (cell, given)
                del left[given.id]
    before = None
    for given in release:
        if given.id in left and given.metadata.get("nbgrader"):
            places = [place for place, (_, one) in enumerate(pairs) if one is before]
            pairs.insert(places[0] + 1 if before is not None and places else 0, (None, given))
            del left[given.id]
        if given.id not in left:
            before = given
    return pairs


def _named(given: Any) -> dict[str, Any]:
    """Say by what a cell that was given is known."""
    grade_id = given.metadata.get("nbgrader", {}).get("grade_id")
    return {"id": given.id, "grade_id": grade_id, "source": given.source}


def _shown(
    cell: dict[str, Any] | None, given: Any, said: Mapping[str, CellResult]
) -> dict[str, Any]:
    """Make the cell that is shown: the instructor's where it grades, else the student's."""
    marks = given.metadata.get("nbgrader", {}) if given is not None else {}
    kind = given.cell_type if marks else cell["cell_type"] if cell else given.cell_type
    own = cell is not None and (not marks or is_answer(marks))
    source = cell["source"] if own and cell else given.source
    if kind == "markdown" and (given is None or source != given.source):
        source = _harmless(source, cell.get("attachments", {}) if cell else {})
    shown: dict[str, Any] = {
        "id": given.id if given is not None else cell["id"] if cell else None,
        "cell_type": kind,
        "metadata": copy.deepcopy(dict(given.metadata)) if given is not None else {},
        "source": source,
    }
    if kind == "code":
        shown |= {"execution_count": None, "outputs": []}
        if marks.get("grade_id") in said:
            shown["outputs"] = [_output(_told(said[marks["grade_id"]]))]
    elif own and cell and "attachments" in cell:
        shown["attachments"] = cell["attachments"]
    return shown


def _harmless(text: str, attached: Mapping[str, Any]) -> str:
    """Keep HTML, scripts in links, and pictures that are not there out of a student's Markdown.

    The formgrader runs the first two as the person who marks, and stops at the third.
    """

    def guard(found: re.Match[str]) -> str:
        scheme, colon, name = found.groups()
        is_known = (scheme == "attachment" and name in attached) or scheme.lower() in _HARMLESS
        return f"{scheme}{'' if is_known and colon == ':' else _JOINER}{colon}"

    return _ADDRESS.sub(guard, _MARKUP.sub(lambda found: f"{found[0]}{_JOINER}", text))


def _told(cell: CellResult) -> str:
    points = f"{cell.earned:g} of {cell.possible:g} points"
    told = f"{sign(cell.earned, cell.possible, cell.outcome)} {points}"
    return f"{told}\n{sentence(cell)}".rstrip() + "\n"


def _fill_in(shown: Sequence[dict[str, Any]], read: Submission, release: Any) -> None:
    """Write an answer that the judge has found elsewhere into the cell that was left for it.

    A person must mark what was judged, also where its cell has lost what it was known by.
    """
    found = {**read.written, **read.texts}
    given = {
        cell.metadata.get("nbgrader", {}).get("grade_id"): cell.source for cell in release.cells
    }
    for cell in shown:
        marks = cell["metadata"].get("nbgrader", {})
        name = marks.get("grade_id")
        if is_answer(marks) and name in found and cell["source"].strip() == given[name].strip():
            source = clean(found[name])
            if cell["cell_type"] == "markdown" and source.strip() != given[name].strip():
                source = _harmless(source, cell.get("attachments", {}))
            cell["source"] = source


def _output(text: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": "stdout", "text": clean(text)}


def _summary(result: Result) -> dict[str, Any]:
    """Say at the top what came of the whole. An output is shown as it stands; Markdown is not."""
    return {
        "id": SUMMARY,
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "source": "# Added by the grader: what came of this submission",
        "outputs": [_output("\n".join([f"Outcome: {result.outcome}", *result.notes]) + "\n")],
    }


def _give_ids(cells: Sequence[dict[str, Any]]) -> None:
    """Give every cell an id of its own, as the format demands."""
    taken = {SUMMARY}
    for place, cell in enumerate(cells):
        name = cell["id"]
        if not isinstance(name, str) or not re.fullmatch(r"[\w-]{1,64}", name, re.ASCII):
            name = f"cell-{place}"
        while name in taken:
            name = f"{name[:50]}-{place}"
        taken.add(name)
        cell["id"] = name
