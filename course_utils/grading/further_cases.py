"""Drawing the further cases of the checks, from the right answers that their authors keep."""

import itertools
import json
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from course_utils._files import write_aside
from course_utils.checks.asking import Answer, plain
from course_utils.checks.check import Case, Check
from course_utils.checks.comparing import alike, is_numeric, n_numbers
from course_utils.checks.further import (
    Further,
    NearMiss,
    further,
    rounded,
    same_trace,
    trace,
    written,
)
from course_utils.grading.exercise import Exercise
from course_utils.grading.mutants import mutants
from course_utils.grading.trial import load_lessons

FOLDER = Path("course_utils", "checks", "further")
_SEED = 1
_MOST_DRAWN, _MOST_SMALL, _MOST_PAIRS, _MOST_NEAR = 24, 10, 12, 200
_MOST = 40
_MOST_NUMBERS = 2000  # in all drawn cases of a check: they travel with the course
_SHORTER = 15, 5, 2, 1  # to which a size is cut

#: Edits that say too little to a learner who has not seen the right answer.
_VAGUE = {
    "does in every case what belongs to one of them",
    "does not add something that it should",
    "does not divide by something that it should",
    "does not multiply by something that it should",
    "does not subtract something that it should",
    "exchanges two indices",
    "leaves out a step",
    "leaves out an element",
    "leaves out an index",
    "takes two values apart in the wrong order",
}

Arguments = tuple[Any, ...]


def make_further_cases(course: Path, names: list[str] | None = None) -> Iterator[str]:
    """Draw the further cases of exercises anew, and name each file that has changed, or say "".

    Parameters
    ----------
    course : Path
        The course's folder.
    names : list of str, optional
        Lessons; by default all.

    Yields
    ------
    str
    """
    folder = course / FOLDER
    folder.mkdir(exist_ok=True)
    for lesson in load_lessons(course, names):
        for exercise in lesson.exercises:
            parts = {
                check.part: written(draw_further(exercise, grade_id))
                for grade_id, (check, _) in exercise.parts.items()
                if has_further(exercise, grade_id)
            }
            path = folder / f"{exercise.name}.json"
            text = _text(parts) if parts else ""
            before = path.read_text(encoding="utf-8") if path.is_file() else ""
            if text and text != before:
                write_aside(path, text)
            yield path.name if text != before else ""
    further.cache_clear()


def has_further(exercise: Exercise, grade_id: str) -> bool:
    """Say whether a part is asked further cases: where asking is quick, and results compare."""
    check, draw = exercise.parts[grade_id]
    return bool(draw and check.compares and not (check.describe or check.prepare))


def draw_further(exercise: Exercise, grade_id: str, *, near_misses: bool = True) -> Further:
    """Draw the further cases of a part, always the same, and what near misses give in them."""
    check, _ = exercise.parts[grade_id]
    drawing = exercise.hidden_cases(grade_id, np.random.default_rng(_SEED))
    drawn = _evenly([tuple(map(rounded, check.arguments(case))) for case in drawing])
    valid = _Valid(exercise, grade_id, drawn)
    small = sorted((one for base in drawn[:8] for one in _smaller(base, valid)), key=n_numbers)
    pairs = itertools.islice(_pairs(drawn, valid), _MOST_PAIRS)
    small = _different(small)
    chosen = _different([*small[:_MOST_SMALL], *_few(drawn), *pairs, *small[:_MOST_SMALL:-1]])
    chosen = chosen[:_MOST]
    visible = [tuple(check.arguments(case)) for case in check.cases]
    cases = [valid.case(one) for one in chosen if not any(_same(one, v) for v in visible)]
    asked = [*check.cases, *cases]
    near = itertools.islice(_near_misses(exercise, check, asked), _MOST_NEAR if near_misses else 0)
    return Further(cases, list(near))


class _Valid:
    """Judges whether arguments keep an exercise's contract: all right answers give one result."""

    def __init__(self, exercise: Exercise, grade_id: str, drawn: Sequence[Arguments]) -> None:
        self._exercise, self._check = exercise, exercise.parts[grade_id][0]
        self._equal = set.intersection(*map(_equal_sizes, drawn))
        self._promised = exercise.promises.get(grade_id)
        self._askers = [self._check.asker(answer) for answer in exercise.right_answers]

    def case(self, arguments: Arguments) -> tuple[Any, ...]:
        """Add what is expected."""
        expected = self._exercise.expected(self._check, arguments)
        return (*arguments, *(rounded(plain(one)) for one in expected))

    def __call__(self, arguments: Arguments, like: Arguments) -> bool:
        """Say whether these arguments may be asked as well as those."""
        if self._promised and not self._promised(*arguments):
            return False
        if not self._equal <= _equal_sizes(arguments):
            return False
        pairs = list(zip(like, arguments, strict=True))
        if not all(_keeps_sums(*pair) and _keeps_variety(*pair) for pair in pairs):
            return False
        try:
            with warnings.catch_warnings(action="ignore"), np.errstate(all="ignore"):
                case, model = self.case(arguments), self.case(like)
                self._check.slips_of(case)  # its formulas rely on the contract, too
        except Exception:
            return False
        results = self._check.expected(case), self._check.expected(model)
        if not all(itertools.starmap(_is_like, zip(*results, strict=True))):
            return False
        return not any(
            self._check.judge([case], [ask(arguments)], fresh=True) for ask in self._askers
        )


def _equal_sizes(arguments: Arguments) -> set[tuple[int, int, int, int]]:
    """Find the axes of two arguments that have the same size, as (place, axis, place, axis)."""
    sizes = [
        (place, axis, size)
        for place, value in enumerate(arguments)
        if is_numeric(value)
        for axis, size in enumerate(np.shape(value))
    ]
    return {
        (*one[:2], *other[:2])
        for one, other in itertools.combinations(sizes, 2)
        if one[0] != other[0] and one[2] == other[2]
    }


def _is_like(result: Any, model: Any) -> bool:
    """Say whether a result holds something, and no nan where there was none."""
    if isinstance(result, str | bool):
        return True
    array, known = np.asarray(result), np.asarray(model)
    if array.dtype.kind not in "biuf":
        return True
    return array.size > 0 and (bool(np.isfinite(array).all()) or not np.isfinite(known).all())


def _keeps_sums(model: Any, value: Any) -> bool:
    """Say whether rows that sum to 1 still do."""
    if not (isinstance(model, np.ndarray) and model.ndim > 1 and model.dtype.kind in "fiu"):
        return True
    summed = np.allclose(model.sum(axis=-1), 1)
    return not summed or (value.ndim > 1 and np.allclose(value.sum(axis=-1), 1))


def _keeps_variety(model: Any, value: Any) -> bool:
    """Say whether a table of unlike numbers still is one: a constant one has no deviation."""
    if not (isinstance(model, np.ndarray) and model.ndim > 1):
        return True
    return value.min() != value.max() or model.min() == model.max()


def _smaller(arguments: Arguments, valid: _Valid) -> Iterator[Arguments]:
    """Cut arguments shorter, along one axis or along all that have the same size, step by step."""
    now = arguments
    while cut := next((one for one in _cuts(now) if valid(one, now)), None):
        now = cut
        yield now


def _cuts(arguments: Arguments) -> Iterator[Arguments]:
    axes = [
        (place, axis, length)
        for place, value in enumerate(arguments)
        for axis, length in enumerate(np.shape(value) if isinstance(value, np.ndarray) else ())
        if length > 1
    ]
    for length in sorted({length for *_, length in axes}, reverse=True):
        alike = [(place, axis) for place, axis, other in axes if other == length]
        groups = [alike, *([one] for one in alike if len(alike) > 1)]
        for short, group in itertools.product(_SHORTER, groups):
            if short < length:
                cut = list(arguments)
                for place, axis in group:
                    cut[place] = np.take(cut[place], range(short), axis)
                yield tuple(cut)


def _pairs(drawn: Sequence[Arguments], valid: _Valid) -> Iterator[Arguments]:
    """Take a case and change one argument in it, each in turn: it may make a difference."""
    for place in range(len(drawn[0]) if len(drawn[0]) > 1 else 0):
        for base in drawn[:2]:
            changed = ((*base[:place], other[place], *base[place + 1 :]) for other in drawn)
            yield from itertools.islice(
                (one for one in changed if not _same(one, base) and valid(one, base)), 1
            )


def _near_misses(exercise: Exercise, check: Check, cases: Sequence[Case]) -> Iterator[NearMiss]:
    """Find what functions give that are one edit away from a right answer, each result once."""
    arguments = [tuple(check.arguments(case)) for case in cases]
    right = [trace(check.expected(case)[check.result]) for case in cases]
    known: list[list[float | str | None]] = [list(right)]
    for slip in _slips(check, cases):
        known.append([one if one is not None else r for one, r in zip(slip, right, strict=True)])
    answers = (exercise.reference, *exercise.right_answers)
    edited: Iterator[tuple[str, Callable[..., Any]]] = (
        (edit.says, edit) for answer in answers for edit in mutants(answer)
    )
    for says, function in itertools.chain(_misreadings(exercise, check), edited):
        says_little = says in _VAGUE or _are_unlike(says, check, arguments)
        found = [] if says_little else _traces(check, function, arguments)
        traces = [one and one[0] for one in found]
        wrong = [one for one, r in zip(traces, right, strict=False) if not same_trace(one, r)]
        if any(one is not None for one in wrong) and not any(
            all(map(same_trace, traces, others)) for others in known
        ):
            known.append(traces)
            yield NearMiss(says, tuple(one and one[1] for one in found))


def _are_unlike(says: str, check: Check, arguments: Sequence[Arguments]) -> bool:
    """Say whether an edit puts an argument for another of another form, a number for an array.

    Where a result equals what that gives, it is an accident: nobody writes it.
    """
    found = re.fullmatch(r"uses `(\w+)` where `(\w+)` belongs", says)
    if not found or not set(found.groups()) <= set(check.parameters):
        return False
    one, other = map(check.parameters.index, found.groups())
    return any(_form(values[one]) != _form(values[other]) for values in arguments)


def _form(value: Any) -> Any:
    return np.ndim(value) if is_numeric(value) else type(value)


def _misreadings(exercise: Exercise, check: Check) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Make functions that are right for another argument than the one that they were given."""
    right = exercise.expect or exercise.reference
    for place, name in enumerate(check.parameters):
        for says, change in _CHANGES:

            def misread(*arguments: Any, place: int = place, change: Any = change) -> Any:
                changed = change(arguments[place])
                return right(*arguments[:place], changed, *arguments[place + 1 :])

            yield says.format(name), misread


def _only(kind: Any, change: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Change an argument of a kind, and refuse any other."""

    def changed(value: Any) -> Any:
        if not isinstance(value, kind) or isinstance(value, bool):
            raise TypeError
        return change(value)

    return changed


#: What a function may take an argument for.
_CHANGES: Sequence[tuple[str, Callable[[Any], Any]]] = (
    ("leaves out `{}`, as if it were 0", _only((np.ndarray, float), lambda value: 0 * value)),
    ("takes `{}` for 1 throughout", _only((np.ndarray, int, float), lambda value: 0 * value + 1)),
    ("takes `{}` for one less than it is", _only(int, lambda value: value - 1)),
    ("takes `{}` for one more than it is", _only(int, lambda value: value + 1)),
    ("turns the sign of `{}`", _only((np.ndarray, float), lambda value: -value)),
    ("exchanges the rows and columns of `{}`", _only(np.ndarray, np.transpose)),
    ("reads `{}` from the end", _only((np.ndarray, list), lambda value: value[::-1])),
    ("takes the last number of `{}` away", _only((np.ndarray, list), lambda value: value[:-1])),
    ("takes the first number of `{}` away", _only((np.ndarray, list), lambda value: value[1:])),
)


def _slips(check: Check, cases: Sequence[Case]) -> Iterator[list[float | str | None]]:
    given = [check.slips_of(case) for case in cases]
    for key in dict.fromkeys(key for slips in given for key in slips):
        yield [trace(slips[key]) if key in slips else None for slips in given]


def _traces(
    check: Check, function: Callable[..., Any], asked: Sequence[Arguments]
) -> list[tuple[float | str, float | str] | None]:
    """Ask a function; of each answer, trace what is compared and all that came back."""
    asker = check.asker(function)
    found: list[tuple[float | str, float | str] | None] = []
    for arguments in asked:
        answer: Answer = asker(arguments)
        found.append(check.traces_of(answer))
        if found[0] is None:  # it stops with an error wherever it is asked
            return [None] * len(asked)
    return found


def _few(drawn: Sequence[Arguments]) -> list[Arguments]:
    """Keep as many drawn cases as are not too long to travel."""
    room, kept = _MOST_NUMBERS, []
    for arguments in sorted(drawn, key=n_numbers):
        room -= n_numbers(arguments)
        if room > 0:
            kept.append(arguments)
    return kept


def _evenly(drawn: Sequence[Arguments]) -> list[Arguments]:
    step = max(1, -(-len(drawn) // _MOST_DRAWN))
    return list(drawn[::step])


def _different(found: Sequence[Arguments]) -> list[Arguments]:
    kept: list[Arguments] = []
    for one in found:
        if not any(_same(one, other) for other in kept):
            kept.append(one)
    return kept


def _same(one: Sequence[Any], other: Sequence[Any]) -> bool:
    """Say whether arguments are the same, whatever lists and arrays they stand in."""
    return all(
        alike(a, b, 1e-9) or (not isinstance(a, np.ndarray) and repr(a) == repr(b))
        for a, b in zip(one, other, strict=True)
    )


def _text(parts: dict[str, Any]) -> str:
    """Write a case a line, so that a change shows which one it was."""
    told = []
    for part, kept in parts.items():
        cases = ",\n".join(json.dumps(case) for case in kept["cases"])
        near = ",\n".join(json.dumps(miss) for miss in kept["near misses"])
        told.append(f'{json.dumps(part)}: {{"cases": [\n{cases}\n], "near misses": [\n{near}\n]}}')
    return "{" + ",\n".join(told) + "}\n"


__all__: list[str] = []  # for `course cases` alone
