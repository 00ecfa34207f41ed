"""What public functions require of their arguments, always in the same words.

Each function returns the argument in the form that its caller works with, or raises a TypeError
or ValueError that says what was expected, what came and what to do.
"""

import difflib
import math
import os
from collections.abc import Iterable, Mapping
from decimal import Decimal
from numbers import Real
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


def whole_number(
    name: str, value: object, least: int | None = None, greatest: int | None = None
) -> int:
    """Require a whole number, Python's or NumPy's, in a range."""
    expected = f"`{name}` must be a whole number{_range(least, greatest)}"
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise TypeError(f"{expected}; got {_shown(value)}. Write only digits: {name}={least or 0}.")
    _require_range(expected, name, int(value), least, greatest)
    return int(value)


def number(
    name: str, value: object, least: float | None = None, greatest: float | None = None
) -> float:
    """Require a finite number in a range."""
    expected = f"`{name}` must be a number{_range(least, greatest)}"
    if isinstance(value, bool) or not isinstance(value, Real | Decimal):
        raise TypeError(f"{expected}; got {_shown(value)}. Pass a single number.")
    if not math.isfinite(value):
        raise ValueError(
            f"{expected}; got {value}. Look for a division by zero in the lines before."
        )
    _require_range(expected, name, value, least, greatest)
    return float(value)


def boolean(name: str, value: object) -> bool:
    """Require True or False."""
    if not isinstance(value, bool | np.bool_):
        raise TypeError(
            f"`{name}` must be True or False; got {_shown(value)}. "
            f"Write {name}=True without quotes."
        )
    return bool(value)


def choice(name: str, value: Any, options: Iterable[Any]) -> Any:
    """Require one of a few strings or numbers."""
    known = list(options)
    if not isinstance(value, str | int | float | np.number) or value not in known:
        listed = ", ".join(map(repr, known))
        raise ValueError(
            f"`{name}` must be one of {listed}; got {_shown(value)}. Choose one of these."
        )
    return value


def known_name(value: object, known: Iterable[str], example: str) -> str:
    """Require one of the existing names; the error for a misspelt one suggests the nearest."""
    names = list(known)
    listed = ", ".join(f'"{name}"' for name in names)
    if not isinstance(value, str):
        raise TypeError(
            f"`name` must be a string, one of {listed}; got {type(value).__name__}. "
            f"Write it in quotes: {example}."
        )
    if value not in names:
        guess = nearest(value.strip().lower().replace("-", "_").replace(" ", "_"), names)
        hint = f'Did you mean "{guess}"?' if guess else "Choose one of these."
        raise ValueError(f'`name` must be one of {listed}; got "{value}". {hint}')
    return value


def nearest(value: object, known: Iterable[str], least: float = 0.6) -> str | None:
    """Find the name that was probably meant, if one is near: its likeness, from 0 to 1, is least.

    Examples
    --------
    >>> nearest("count", ["conj", "round"]), nearest("count", ["conj", "round"], 0.82)
    ('conj', None)
    """
    near = difflib.get_close_matches(value, known, 1, least) if isinstance(value, str) else []
    return near[0] if near else None


def array(name: str, values: object) -> NDArray:
    """Require something that NumPy can turn into an array."""
    try:
        return np.asarray(values)
    except ValueError:
        raise ValueError(
            f"`{name}` must have rows of equal lengths; got rows of different lengths. "
            "Give them all the same shape first."
        ) from None


def finite_array(name: str, values: object) -> NDArray:
    """Require an array of finite numbers, at least one."""
    numbers = array(name, values)
    if numbers.dtype.kind not in "biuf":
        raise TypeError(
            f"`{name}` must hold finite numbers; got {_shown(values)} of dtype {numbers.dtype}. "
            "Pass an array of numbers."
        )
    n_not_finite = np.count_nonzero(~np.isfinite(numbers)) if numbers.dtype.kind == "f" else 0
    if numbers.size == 0 or n_not_finite:
        what = (
            f"{n_not_finite} that are not finite"
            if numbers.size
            else f"none, in shape {numbers.shape}"
        )
        raise ValueError(f"`{name}` must hold finite numbers; got {what}. Look at the array first.")
    return numbers


def same_length(name: str, values: NDArray, other_name: str, others: NDArray) -> NDArray:
    """Require an array as long as another."""
    if len(values) != len(others):
        raise ValueError(
            f"`{name}` must be as many as `{other_name}`, {len(others)}; got {len(values)}. "
            "Pass those of the same images."
        )
    return values


def label_vector(labels: object) -> NDArray[np.integer]:
    """Require whole numbers of shape (n,)."""
    vector = array("labels", labels)
    if vector.ndim != 1 or vector.dtype.kind not in "iu":
        slip = "They look one-hot encoded already. " if vector.ndim == 2 else ""
        raise ValueError(
            f"`labels` must be integers of shape (n,); got {vector.dtype} {vector.shape}. "
            f"{slip}Pass the labels as load_dataset() gives them."
        )
    return vector


def image_size(value: object) -> tuple[int, int]:
    """Require two positive whole numbers."""
    expected = "`image_size` must be (height, width), two whole numbers of pixels"
    advice = "Write for instance image_size=(28, 28)."
    if not isinstance(value, tuple | list):
        raise TypeError(f"{expected}; got {value!r}. {advice}")
    whole = all(isinstance(n, int | np.integer) and not isinstance(n, bool) for n in value)
    if len(value) != 2 or not whole or min(value) < 1:
        raise ValueError(f"{expected}, each at least 1; got {value!r}. {advice}")
    return int(value[0]), int(value[1])


def class_names_for(labels: NDArray[np.integer], class_names: object) -> list[str]:
    """Require a name for each label. By default the labels themselves are the names."""
    greatest = int(labels.max(initial=0))
    names = (
        list(map(str, range(greatest + 1)))
        if class_names is None
        else name_list("class_names", class_names)
    )
    if labels.size and (labels.min() < 0 or greatest >= len(names)):
        raise ValueError(
            f"`labels` must lie between 0 and {len(names) - 1}, with one name each; got "
            f"{labels.min()} to {greatest}. Pass class_names(...) of the same data."
        )
    return names


def text(name: str, value: object) -> str:
    """Require a string that is not blank, and return it without surrounding spaces."""
    if not isinstance(value, str) or not value.strip():
        raise TypeError(
            f"`{name}` must be words; got {type(value).__name__}. Write them in quotes."
        )
    return value.strip()


def name_list(name: str, values: object, n: int | None = None, each: str = "class") -> list[str]:
    """Require a list of strings: `n` of them, if it is given, one for each of something."""
    expected = f"`{name}` must be a list of {'' if n is None else f'{n} '}names, one per {each}"
    advice = "Pass them as in ['cat', 'dog']."
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise TypeError(f"{expected}; got {_shown(values)}. {advice}")
    names = list(values)
    wrong = [value for value in names if not isinstance(value, str)]
    if wrong:
        raise TypeError(f"{expected}; got {_shown(wrong[0])} among them. {advice}")
    if not names or (n is not None and len(names) != n):
        raise ValueError(f"{expected}; got {len(names)}. Give each {each} its name.")
    return names


def names_or_numbers(name: str, values: object, n: int, each: str = "class") -> list[str]:
    """Require `n` names; by default count from 0."""
    return list(map(str, range(n))) if values is None else name_list(name, values, n, each)


def mapping(name: str, values: object) -> Mapping[str, Any]:
    """Require arrays by name, at least one."""
    expected = f"`{name}` must hold arrays by name"
    advice = "Pass for instance {'raw': images}."
    if not isinstance(values, Mapping):
        raise TypeError(f"{expected}; got {_shown(values)}. {advice}")
    if not values:
        raise ValueError(f"{expected}; got none. {advice}")
    return values


def path(name: str, value: object) -> Path:
    """Require a string or a path."""
    if not isinstance(value, str | os.PathLike):
        raise TypeError(
            f"`{name}` must be a string or a path; got {_shown(value)}. "
            f'Write it in quotes: {name}="my-folder".'
        )
    return Path(value).expanduser()


def folder(name: str, value: object) -> Path:
    """Require an existing folder."""
    found = path(name, value)
    if not found.exists():
        raise FileNotFoundError(
            f"`{name}` must be an existing folder; there is none at {found.absolute()}. "
            "Check the spelling, and from which folder the notebook runs."
        )
    if not found.is_dir():
        raise NotADirectoryError(
            f"`{name}` must be a folder; {found} is a file. Pass the folder that contains it."
        )
    return found


def file(name: str, value: object) -> Path:
    """Require an existing file."""
    found = path(name, value)
    if not found.is_file():
        raise FileNotFoundError(
            f"`{name}` must be a file; there is none at {found.absolute()}. "
            "Check the spelling, and from which folder the notebook runs."
        )
    return found


def _range(least: float | None, greatest: float | None) -> str:
    """Describe a range in words."""
    if least is None:
        return ""
    return f" of at least {least}" if greatest is None else f" from {least} to {greatest}"


def _require_range(
    expected: str, name: str, value: Any, least: float | None, greatest: float | None
) -> None:
    """Raise if a number is out of its range."""
    if (least is not None and value < least) or (greatest is not None and value > greatest):
        raise ValueError(f"{expected}; got {value}. Choose `{name}` in this range.")


def _shown(value: object) -> str:
    """Describe what came: small things by their value, others by their type and shape."""
    if isinstance(value, np.ndarray):
        return f"an array {value.dtype} {value.shape}"
    if value is None or isinstance(value, str | int | float | np.generic):
        return repr(value) if len(repr(value)) <= 60 else f"a long {type(value).__name__}"
    return f"a {type(value).__name__}"
