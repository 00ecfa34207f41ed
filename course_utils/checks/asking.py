"""How a learner's function is asked: arguments in, plain data out.

Nothing here judges. What comes back can travel, so that a function that lives in another process
is asked in the same way.
"""

import contextlib
import copy
import io
import logging
import re
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence, ValuesView
from dataclasses import dataclass
from decimal import Decimal
from numbers import Real
from pathlib import Path
from types import FrameType
from typing import Any

import numpy as np

from course_utils.checks.bodies import read_body
from course_utils.checks.showing import show
from course_utils.checks.stopping import Stopped, own_place
from course_utils.checks.time_limit import OutOfTimeError, time_limit

_MOST_ITEMS = 100_000  # of an iterator: one without end must not stop the check
_MOST_OF_AN_ERROR = 20_000  # characters of its text that are looked at
#: Rooms of this package that do no exercise's work: what they show or load may be called.
_NO_WORK = ("datasets", "environment", "experiments", "plots", "predictions", "training")
#: Makes what a function is given of arguments that are plain data, for as long as it is asked.
Prepare = Callable[..., contextlib.AbstractContextManager[Sequence[Any]]]
_NOT_YET = object()
_COLOURS = re.compile("\x1b\\[[0-9;]*m")  # in which Keras sets a part of an error's text
#: The number of a layer's name in such a text: it counts what the process has made before.
_COUNTERS = re.compile(r"(?<=['/])([a-z]\w*?)_\d+(?=['/])")
_PLAIN = (type(None), type(...), bool, int, float, str, bytes, np.generic)


class Described:
    """What stands for something that is no plain data, and can travel as such."""


@dataclass(frozen=True)
class Foreign(Described):
    """What is no plain data, described by it."""

    kind: str  # the name of its type
    shown: str  # how Python writes it, shortened
    is_callable: bool = False  # a function, or something else that waits for brackets
    items: list[Any] | None = None  # what an iterator or a dictionary's values hand out


@dataclass(frozen=True)
class Answer:
    """What a learner's function did with one case.

    Attributes
    ----------
    returned : object
        Plain data: see :func:`plain`.
    error : str
        The name and text of what it raised, as in ``"ValueError: bad"``.
    line : str
        Its own line in which that happened.
    printed : bool
        Whether it printed anything.
    changed : tuple of (int, object)
        The place of each argument that is no longer what it was, and what it is now.
    course_functions : tuple of str
        The functions of this package that it called, without what these called in turn.
    body : str
        What its code tells where it returned nothing: see :mod:`course_utils.checks.bodies`.
    nearest : str
        The known name to which one that it misspelt is nearest.
    stood_for : tuple of (str, str)
        What the names in that line stood for, as in ``("weights", "shape (3, 2)")``.
    """

    returned: Any = None
    error: str = ""
    line: str = ""
    printed: bool = False
    changed: tuple[tuple[int, Any], ...] = ()
    course_functions: tuple[str, ...] = ()
    body: str = ""
    nearest: str = ""
    stood_for: tuple[tuple[str, str], ...] = ()


class Elsewhere:
    """A learner's function in another process, for whom a check asks it."""

    def asked_by(self, check: Any, arguments: Sequence[Any]) -> Answer:
        """Ask it there what a check asks here: with what the check prepares and describes."""
        raise NotImplementedError


def ask(
    function: Callable[..., Any],
    arguments: Sequence[Any],
    describe: Callable[..., Any] | None = None,
    prepare: Prepare | None = None,
    seconds: float | None = None,
) -> Answer:
    """Call a learner's function with copies of the arguments, and report what it did.

    What it prints, warns of and logs is kept off the page: nbgrader gives no marks to a graded
    cell that writes to standard error.

    Parameters
    ----------
    function : callable
        The learner's.
    arguments : sequence
        What to call it with.
    describe : callable, optional
        ``describe(returned, *given)`` makes plain data of what the function returned, and of what
        became of that which it was given; by default :func:`plain` does. Where nothing was
        returned, None or ``...``, nothing is described.
    prepare : callable, optional
        ``with prepare(*arguments) as given:`` makes what the function is given of arguments that
        are plain data, such as a file or a network.
    seconds : float, optional
        How long to wait for it, where the platform lets us stop it: see
        :func:`course_utils.checks.time_limit.time_limit`.

    Returns
    -------
    Answer

    Examples
    --------
    >>> ask(lambda pixels: pixels + 1, [2]).returned
    3
    >>> ask(lambda pixels: pixels / 0, [2]).error
    'ZeroDivisionError: division by zero'
    """
    copies = copy.deepcopy(list(arguments))
    printed = io.StringIO()
    used: list[str] = []
    with (
        warnings.catch_warnings(action="ignore"),
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(io.StringIO()),
        np.errstate(all="ignore"),
        _without_logging(),
        prepare(*copies) if prepare else contextlib.nullcontext(copies) as given,
    ):
        returned = _NOT_YET
        try:
            with time_limit(seconds), _noting_course_functions(used):
                result = function(*given)
                is_plain = describe is None or result is None or result is ...
                returned = plain(result) if is_plain else None  # a generator works only now
            if describe and not is_plain:
                returned = describe(result, *given)
        # A learner's exit() is no reason to leave; whoever interrupts the kernel has one.
        except (Exception, SystemExit, OutOfTimeError) as error:
            # What stops while it is described did not stop in a line of the function.
            place = own_place(function, error) if returned is _NOT_YET else Stopped()
            return Answer(
                error=_said(error),
                line=place.line,
                course_functions=tuple(used),
                nearest=place.nearest,
                stood_for=place.stood_for,
            )
    # What was made of an argument is not compared: `describe` looks at what became of it.
    trios = enumerate(zip(arguments, copies, given, strict=True))
    changed = [
        (place, plain(now))
        for place, (before, copied, now) in trios
        if now is copied and not _same(before, now)
    ]
    wrote = printed.closed or bool(printed.getvalue().strip())
    body = read_body(function) if result is None or result is Ellipsis else ""
    return Answer(returned, "", "", wrote, tuple(changed), tuple(used), body)


def plain(value: Any) -> Any:
    """Make plain data of a value: numbers, text, lists, tuples, dictionaries and arrays.

    Fractions and decimals become floats, tensors and other tables arrays; all else is described by
    a :class:`Foreign`.

    Examples
    --------
    >>> plain(range(3)), plain({"a": (1, None)})
    ([0, 1, 2], {'a': (1, None)})
    >>> plain(iter("ab")).items
    ['a', 'b']
    """
    if isinstance(value, (*_PLAIN, Described)):
        return value
    if isinstance(value, Real | Decimal):  # a fraction is a number like any other
        with contextlib.suppress(Exception):
            return float(value)
    if isinstance(value, list | range):
        return [plain(item) for item in (value if isinstance(value, list) else value[:_MOST_ITEMS])]
    if isinstance(value, tuple):
        return tuple(plain(item) for item in value)
    if isinstance(value, Mapping):
        return {plain(key): plain(item) for key, item in value.items()}
    if isinstance(value, np.ndarray) or hasattr(value, "__array__"):
        with contextlib.suppress(Exception):
            array = np.asarray(value)
            if array.dtype != object:
                return array
            if array.ndim:
                return plain(array.tolist())
    items = None
    if isinstance(value, Iterator | ValuesView):
        items = [plain(item) for _, item in zip(range(_MOST_ITEMS), value, strict=False)]
    return Foreign(type(value).__name__, show(value), callable(value), items)


@contextlib.contextmanager
def _without_logging() -> Iterator[None]:
    """Silence loggers: a handler that was made before the check writes where it always did."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


def _said(error: BaseException) -> str:
    """Write an error's name and text in a line; its text may be a learner's own function."""
    try:
        text = " ".join(_COLOURS.sub("", str(error)[:_MOST_OF_AN_ERROR]).split())
        if "keras" in Path(traceback.extract_tb(error.__traceback__)[-1].filename).parts:
            text = _COUNTERS.sub(r"\1", text)
        return f"{type(error).__name__}: {text}"
    except Exception:
        return type(error).__name__


@contextlib.contextmanager
def _noting_course_functions(used: list[str]) -> Iterator[None]:
    """Note which functions of this package are called, however they are wrapped."""

    def note(frame: FrameType, event: str, _: Any) -> None:
        if event != "call":  # first, because this is asked of every step of every library
            return
        module = frame.f_globals.get("__name__", "")
        if module.startswith("course_utils.") and _does_work(module) and _is_own_call(frame):
            name = f"{module}.{frame.f_code.co_qualname}"
            used.extend([name] if name not in used else [])

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield
    finally:
        sys.setprofile(before)


def _does_work(module: str) -> bool:
    """Say whether a module's functions could do an exercise's work: not those that only show."""
    return module.split(".")[1] not in _NO_WORK and module != "course_utils.checks.check"


def _is_own_call(frame: FrameType) -> bool:
    """Say whether a call is the learner's: no import, and not made inside a function of ours."""
    if frame.f_globals.get("__name__") == __name__ or frame.f_code.co_name == "<module>":
        return False
    outer = frame.f_back
    if outer is not None and outer.f_code is plain.__code__:  # describing is our own work
        return False
    while outer is not None and outer.f_globals.get("__name__") != __name__:
        module = outer.f_globals.get("__name__", "")
        if outer.f_code.co_name == "<module>" or module.startswith("course_utils."):
            return False
        outer = outer.f_back
    return True


def _same(before: Any, after: Any) -> bool:
    """Compare two arguments, arrays and lists of arrays included."""
    with contextlib.suppress(Exception):  # what cannot be compared is no longer what it was
        return _equal(before, after)
    return False


def _equal(before: Any, after: Any) -> bool:
    if isinstance(before, np.ndarray):
        return (
            before.shape == np.shape(after)
            and before.dtype == getattr(after, "dtype", None)
            and np.array_equal(before, after, equal_nan=before.dtype.kind in "fc")
        )
    if isinstance(before, list | tuple):
        return len(before) == len(after) and all(map(_equal, before, after))
    return bool(before == after)
