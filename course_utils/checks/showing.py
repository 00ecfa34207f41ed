"""How a message writes a value: short, and in the words of the lesson."""

import re
import textwrap
from collections.abc import Sequence
from typing import Any

import numpy as np

_LONGEST = 160
_WIDTH = 80  # as wide as a feedback page shows it, and a terminal
_LONGEST_CALL = 118  # with a sign in front, 120
_ADDRESS = re.compile(" at 0x[0-9A-Fa-f]+")  # of an object in memory: another in each process
_COUNTER = re.compile(r"(?<=name=)([a-z]\w*?)_\d+\b")  # Keras numbers layers: as above
_HABITS = (
    np.dtype(np.float64),
    np.dtype(np.int64),
    np.dtype(bool),
)  # NumPy's own; not worth a word


def show(value: Any, longest: int = _LONGEST) -> str:
    """Write a value short enough for a message.

    Parameters
    ----------
    value : object
    longest : int, default 160
        How many characters it may take.

    Returns
    -------
    str

    Examples
    --------
    >>> show(np.zeros((2, 2), dtype=np.uint8))
    '[[0, 0], [0, 0]]'
    >>> show("a"), show(np.float64(0.5))
    ("'a'", '0.5')
    >>> show([(np.ones(2), 1)]), show([np.float64(0.5), 0])
    ('[([1., 1.], 1)]', '[0.5, 0]')
    """
    if isinstance(value, np.ndarray) and value.ndim:
        return shorten(_table(value, longest), longest)
    if isinstance(value, list | tuple) and _holds_numpy(value):
        inside = ", ".join(show(item, longest) for item in value)
        return shorten(f"({inside})" if isinstance(value, tuple) else f"[{inside}]", longest)
    if isinstance(value, np.generic | np.ndarray):
        value = value.item()
    if isinstance(value, float):
        return repr(float(f"{value:.9g}"))  # 0.3, not 0.30000000000000004
    shown = getattr(value, "shown", None)  # what only described data can travel as
    text = shown if isinstance(shown, str) else _written(value)
    return shorten(text, longest)


def _table(values: np.ndarray, longest: int) -> str:
    """Write an array, with as many entries at its ends as there is room for."""
    text = ""
    for most, at_ends in ((24, 3), (12, 3), (6, 2), (2, 1)):
        written = np.array2string(
            values, separator=", ", threshold=most, edgeitems=at_ends, precision=6
        )
        text = " ".join(written.split())
        for spaced, tight in (("[ ", "["), (" ]", "]"), (" ,", ",")):
            text = text.replace(spaced, tight)
        if len(text) <= longest:
            break
    return text


def _written(value: Any) -> str:
    """Write a value as Python does, without its place in memory; or its type, where it cannot."""
    try:
        return _COUNTER.sub(r"\1", _ADDRESS.sub("", " ".join(repr(value).split())))
    except Exception:  # a number of 5,000 digits, or an object with an own opinion
        return f"a value of type {type(value).__name__}"


def _holds_numpy(value: Any) -> bool:
    """Say whether Python would write ``array(`` or ``np.float64(`` into a list, or one in it."""
    inside = value if isinstance(value, list | tuple) else ()
    return isinstance(value, np.ndarray | np.generic) or any(map(_holds_numpy, inside))


def show_argument(value: Any, longest: int = 72) -> str:
    """Write an argument; of an array, a dtype that matters and a shape that cannot be seen too.

    Examples
    --------
    >>> show_argument(np.zeros((2, 2), dtype=np.uint8))
    '[[0, 0], [0, 0]] (uint8)'
    >>> show_argument(np.zeros((30, 2)))
    '[[0., 0.], [0., 0.], [0., 0.], ..., [0., 0.], [0., 0.], [0., 0.]] (shape (30, 2))'
    >>> show_argument(np.zeros((30, 30)), 24)
    'array of shape (30, 30)'
    """
    text = show(value, longest)
    if not isinstance(value, np.ndarray):
        return text
    notes = [] if value.dtype in _HABITS else [value.dtype.name]
    if text.endswith("…"):  # not even its corners fit
        text = f"array of shape {value.shape}"
    elif "..." in text:
        notes.append(f"shape {value.shape}")
    return f"{text} ({', '.join(notes)})" if notes else text


def show_call(
    name: str, parameters: Sequence[str], arguments: Sequence[Any], part: str = ""
) -> list[str]:
    """Write a call in one line. An argument that is too long for it gets a line of its own below.

    Parameters
    ----------
    name : str
        Of the function.
    parameters : sequence of str
        The names of its arguments.
    arguments : sequence
        What they are.
    part : str, default ""
        What stands behind the call.

    Returns
    -------
    list of str

    Examples
    --------
    >>> show_call("shift", ["image", "down"], [np.zeros((2, 2)), 1], ", the gap")
    ['shift(image=[[0., 0.], [0., 0.]], down=1), the gap']
    >>> show_call("total", ["row", "n"], [np.full(13, 0.25), 3])[0]
    'total(row, n=3)'
    """
    values = dict(zip(parameters, arguments, strict=True))
    short = {known: show_argument(value) for known, value in values.items()}
    # What is cut even in a line of its own is as well shown by its ends alone.
    whole = {known: show_argument(value, _LONGEST) for known, value in values.items()}
    whole |= {known: short[known] for known, text in whole.items() if "..." in text or "…" in text}
    below = [known for known in values if short[known] != whole[known]]
    while True:
        given = [known if known in below else f"{known}={short[known]}" for known in values]
        call = f"{name}({', '.join(given)}){part}"
        if len(call) <= _LONGEST_CALL or len(below) == len(values):
            return [call, *(f"{known}: {whole[known]}" for known in values if known in below)]
        left = [known for known in values if known not in below]
        below.append(max(left, key=lambda known: len(short[known])))


def lay_out(message: str) -> str:
    r"""Break the lines of a message between words, so that none is wider than a page.

    Examples
    --------
    >>> print(lay_out("f(x=1)\n  " + "word " * 20))
    f(x=1)
      word word word word word word word word word word word word word word word
        word word word word word
    """
    return "\n".join(map(_broken, message.splitlines()))


def _broken(line: str) -> str:
    """Break a line between words. Those that follow begin further in."""
    margin = " " * (len(line) - len(line.lstrip()))
    return textwrap.fill(
        line,
        _WIDTH,
        subsequent_indent=f"{margin}  ",
        break_on_hyphens=False,
        break_long_words=False,
    )


def shorten(text: str, longest: int = _LONGEST) -> str:
    """Cut a text, and show that it was cut."""
    return text if len(text) <= longest else text[: longest - 1] + "…"
