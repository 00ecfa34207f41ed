"""Reading what was handed in against the lesson, and saying which of its cells run.

Where a solution cell is there several times, all copies run in order, so that the last one counts
as it does in Python. Copies that are as they were handed out are no answers, and do not run.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from course_utils.grading.marking import matching
from course_utils.grading.marking.matching import (
    Matching,
    bare,
    gives,
    is_as_given,
    is_check,
    is_text,
)
from course_utils.grading.marking.reading import Cell, UnreadableError, read_notebook
from course_utils.grading.marking.results import Outcome

_FOUND = {
    "grade_id": "by the name that nbgrader gave it, because its id was lost",
    "source": "by what it holds, because its id and nbgrader's name for it were lost",
    "place": "by its place, because its id and nbgrader's name for it were lost",
}


@dataclass(frozen=True)
class Script:
    """Cells that run in order.

    Attributes
    ----------
    cells : tuple of str
    stops : mapping of str to int
        How many of them stand before a graded cell, by its ``grade_id``.
    """

    cells: tuple[str, ...] = ()
    stops: Mapping[str, int] = field(default_factory=dict)

    def stop(self, grade_id: str) -> int:
        """Say how many cells run before a graded cell: all, if the student has deleted it."""
        return self.stops.get(grade_id, len(self.cells))

    def uses(self, *packages: str) -> bool:
        """Say whether a cell may use one of these packages."""
        return any(not matching.words(cell).isdisjoint(packages) for cell in self.cells)

    def changes(self, names: Iterable[str], after: int) -> bool:
        """Say whether a later cell may give these names another meaning."""
        return any(gives(source, name) for source in self.cells[after:] for name in names)


@dataclass(frozen=True)
class Submission:
    """A notebook that was handed in, read against the lesson.

    Attributes
    ----------
    needed : Script
        The cells that the exercises need: set-up, solutions, and what the student wrote.
    whole : Script
        All cells but graded ones and demonstrations.
    written : mapping of str to str
        The source of each solution cell that counts, by its ``grade_id``.
    texts : mapping of str to str
        The answers in words, by ``grade_id``.
    untouched, absent : frozenset of str
        Exercises whose cell is as it was handed out, and those that no cell defines.
    outcome : Outcome
        ``GRADED``, ``REPAIRED``, ``MISSING`` or ``UNREADABLE``.
    notes : tuple of str
        What was repaired or left out, a sentence each.
    """

    needed: Script = Script()
    whole: Script = Script()
    written: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    untouched: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    outcome: Outcome = Outcome.GRADED
    notes: tuple[str, ...] = ()


def read_submission(handed_in: bytes | None, release: Any) -> Submission:
    """Read a submission against the notebook that the student was given.

    Parameters
    ----------
    handed_in : bytes or None
        The notebook, whatever state it is in; None if there is none.
    release : NotebookNode
        The notebook that the student was given.

    Returns
    -------
    Submission
    """
    if handed_in is None:
        return Submission(outcome=Outcome.MISSING)
    try:
        notebook = read_notebook(handed_in)
    except UnreadableError as error:
        return Submission(outcome=Outcome.UNREADABLE, notes=(str(error),))
    found = Matching(notebook.cells, release)
    if not found.n_found:
        told = "None of this lesson's cells is in the notebook. Is it another lesson's?"
        return Submission(outcome=Outcome.MISSING, notes=(*notebook.notes, told))
    repairs = [*notebook.repairs, *_repairs(found)]
    return Submission(
        _script(found, is_whole=False),
        _script(found, is_whole=True),
        _written(found),
        _texts(found),
        frozenset(_untouched(found)),
        frozenset(_absent(found)),
        Outcome.REPAIRED if repairs else Outcome.GRADED,
        (*notebook.notes, *repairs),
    )


def fitness(handed_in: bytes, release: Any) -> tuple[int, int] | None:
    """Say how well a notebook fits: how many of the lesson's cells, how many answers; or None."""
    try:
        found = Matching(read_notebook(handed_in).cells, release)
    except UnreadableError:
        return None
    if not found.n_found:
        return None
    empty = {*_untouched(found), *_absent(found)}
    return found.n_found, len(found.exercises) - len(empty)


def _script(found: Matching, *, is_whole: bool) -> Script:
    chosen: list[str] = []
    stops: dict[str, int] = {}
    for place, cell in enumerate(found.cells):
        given = found.of(place)
        if given and is_check(given):
            stops.setdefault(given.grade_id, len(chosen) + 1)
        if _may_run(found, place) and (is_whole or _is_students_own(cell, given)):
            chosen.append(cell.source)
    # Only what the lesson itself imports, and of that only what is needed: Keras takes seconds.
    words = set().union(*map(matching.words, chosen))
    imports = matching.imports(found.given)
    set_up = [line for line, names in imports.items() if names & words or "*" in names]
    return Script(("\n".join(set_up), *chosen), stops)


def _may_run(found: Matching, place: int) -> bool:
    """Say whether a cell may run at all."""
    cell, given = found.cells[place], found.of(place)
    if not bare(cell.source) or "demo" in (given or cell).tags:
        return False
    if given is None or is_check(given):
        # Of a graded cell the instructor's own runs; but the next one may be merged into it.
        return cell.kind == "code" and (not is_check(given or cell) or found.is_answer(cell))
    if is_text(given):
        return False
    if not matching.is_solution(given):
        return cell.kind == "code"
    written = [copy for copy in found.copies_of(place) if not is_as_given(copy, given)]
    if is_as_given(cell, given):
        return cell.kind == "code" and not written
    return cell.kind == "code" or not any(copy.kind == "code" for copy in written)


def _is_students_own(cell: Cell, given: Cell | None) -> bool:
    return (
        given is None
        or matching.is_solution(given)
        or (cell.source, cell.kind) != (given.source, given.kind)
    )


def _written(found: Matching) -> dict[str, str]:
    """Take the source of each solution cell, the last that runs if there are several."""
    return {
        given.grade_id: cell.source
        for place, cell in enumerate(found.cells)
        if (given := found.of(place)) and matching.is_solution(given) and _may_run(found, place)
    }


def _texts(found: Matching) -> dict[str, str]:
    """Take the answers in words, with the texts that the student put right behind them."""
    texts: dict[str, str] = {}
    for place, cell in enumerate(found.cells):
        given = found.of(place)
        if given is None or not is_text(given):
            continue
        parts = [cell.source]
        for behind in range(place + 1, len(found.cells)):
            if found.of(behind) or found.cells[behind].kind != "markdown":
                break
            parts.append(found.cells[behind].source)
        source = "\n\n".join(parts)
        if source.strip() != given.source.strip() or given.grade_id not in texts:
            texts[given.grade_id] = source
    return texts


def _untouched(found: Matching) -> Iterator[str]:
    """Name the exercises whose cells are as they were handed out, and that stand nowhere else."""
    for name, at in found.exercises.items():
        copies = [found.cells[place] for place in found.copies(at)]
        elsewhere = any(gives(cell.source, name) for cell in found.added())
        if copies and not elsewhere and all(is_as_given(copy, found.given[at]) for copy in copies):
            yield name


def _absent(found: Matching) -> Iterator[str]:
    for name, at in found.exercises.items():
        if not found.copies(at) and not any(gives(cell.source, name) for cell in found.cells):
            yield name


def _repairs(found: Matching) -> Iterator[str]:
    """Say what was put right, of those cells that hold answers."""
    for at, given in enumerate(found.given):
        copies = found.copies(at)
        if not matching.is_solution(given) or not copies:
            continue
        called, last = f"The cell {given.grade_id}", found.cells[copies[-1]]
        how = [found.how(place) for place in copies]
        if "id" not in how:
            yield f"{called} was found {_FOUND[how[-1]]}."
        if len(copies) > 1:
            yield f"{called} is there {len(copies)} times. The last one that was changed counts."
        schema = str(given.marks.get("schema_version"))
        if "id" in how and not last.marks:
            yield f"{called} had lost what nbgrader wrote into it."
        elif last.marks.get("schema_version", schema) != schema:
            yield f"{called} has marks of another version of nbgrader."
        if last.kind != given.kind:
            kind = "text" if is_text(given) else "code"
            yield f"{called} had become a cell of another kind, and was read as {kind}."
