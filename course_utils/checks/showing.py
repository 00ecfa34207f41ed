"""How a message writes a value: short, and in the words of the lesson."""

import re
from typing import Any

import numpy as np

_LONGEST = 160
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
    >>> show([(np.ones(2), 1)])
    '[([1., 1.], 1)]'
    """
    if isinstance(value, np.ndarray) and value.ndim:
        text = np.array2string(value, separator=", ", threshold=24, precision=6)
        text = " ".join(text.split())
        for spaced, tight in (("[ ", "["), (" ]", "]"), (" ,", ",")):
            text = text.replace(spaced, tight)
        return shorten(text, longest)
    if isinstance(value, list | tuple) and _holds_arrays(value):
        inside = ", ".join(show(item, longest) for item in value)
        return shorten(f"({inside})" if isinstance(value, tuple) else f"[{inside}]", longest)
    if isinstance(value, np.generic | np.ndarray):
        value = value.item()
    if isinstance(value, float):
        return repr(float(f"{value:.9g}"))  # 0.3, not 0.30000000000000004
    shown = getattr(value, "shown", None)  # what only described data can travel as
    text = shown if isinstance(shown, str) else _written(value)
    return shorten(text, longest)


def _written(value: Any) -> str:
    """Write a value as Python does, without its place in memory; or its type, where it cannot."""
    try:
        return _COUNTER.sub(r"\1", _ADDRESS.sub("", " ".join(repr(value).split())))
    except Exception:  # a number of 5,000 digits, or an object with an own opinion
        return f"a value of type {type(value).__name__}"


def _holds_arrays(value: Any) -> bool:
    """Say whether Python would write ``array(`` into a list, or a list in it."""
    inside = value if isinstance(value, list | tuple) else ()
    return isinstance(value, np.ndarray) or any(map(_holds_arrays, inside))


def show_argument(value: Any, longest: int = 72) -> str:
    """Write an argument; of an array, a dtype that matters and a shape that cannot be seen too.

    Examples
    --------
    >>> show_argument(np.zeros((2, 2), dtype=np.uint8))
    '[[0, 0], [0, 0]] (uint8)'
    >>> show_argument(np.zeros((30, 2)))
    '[[0., 0.], [0., 0.], [0., 0.], ..., [0., 0.], [0., 0.], [0., 0.]] (shape (30, 2))'
    """
    text = show(value, longest)
    if not isinstance(value, np.ndarray):
        return text
    notes = [] if value.dtype in _HABITS else [value.dtype.name]
    notes += [f"shape {value.shape}"] if "..." in text or text.endswith("…") else []
    return f"{text} ({', '.join(notes)})" if notes else text


def shorten(text: str, longest: int = _LONGEST) -> str:
    """Cut a text, and show that it was cut."""
    return text if len(text) <= longest else text[: longest - 1] + "…"
