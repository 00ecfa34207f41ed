"""A fingerprint of answers: equal where two functions answered the same cases alike."""

import re
from collections.abc import Mapping
from dataclasses import fields
from hashlib import sha256
from typing import Any

import numpy as np

from course_utils.checks.asking import Answer, Described, Foreign
from course_utils.checks.comparing import is_numeric

_NEARLY_WHOLE = 1e-6
_DIGITS, _FINEST = 5, 1e-4  # as far as checks compare numbers, more or less
#: Numbers of an array that are rounded: that takes eight times the memory of the largest answer.
_MOST_ROUNDED = 1 << 20
_ADDRESS = re.compile(r"0x[0-9a-f]+")


class Fingerprint:
    """Takes in answers one after another, and keeps none of them."""

    def __init__(self) -> None:
        self._hash = sha256()
        self._numbers: list[Any] = []  # single ones of an answer, which are rounded all at once
        self._is_empty = True

    def add(self, answer: Answer) -> None:
        """Take an answer in: what was returned or raised, and what became of the arguments."""
        self._is_empty = False
        self._put("answer", _ADDRESS.sub("", answer.error))
        self._take(answer.returned)
        for place, now in answer.changed:
            self._put("changed", place)
            self._take(now)
        if self._numbers:
            self._hash.update(_rounded(np.array(self._numbers, np.float64)).tobytes())
            self._numbers.clear()

    @property
    def text(self) -> str:
        """The fingerprint so far; empty before the first answer."""
        return "" if self._is_empty else self._hash.hexdigest()[:16]

    def _put(self, *words: Any) -> None:
        self._hash.update(repr(words).encode("utf-8", "replace"))

    def _take(self, value: Any) -> None:
        """Take a value in. A list of numbers and an array of them are the same, as in a check."""
        if isinstance(value, np.ndarray) and (
            value.size > _MOST_ROUNDED or value.dtype.kind == "c"
        ):
            # No exercise asks for such an array, and one by one its numbers would take an hour.
            self._put("array", value.dtype.str, value.shape)
            self._hash.update(np.ascontiguousarray(value).reshape(-1).data)
        elif _is_single(value) and is_numeric(value):
            self._put("number")
            self._numbers.append(value)
        elif is_numeric(value):
            numbers = np.asarray(value, np.float64)
            self._put("numbers", numbers.shape)
            self._hash.update(_rounded(numbers).tobytes())
        elif isinstance(value, Mapping):
            self._put("mapping", len(value))
            for key, item in value.items():
                self._take(key)
                self._take(item)
        elif isinstance(value, list | tuple | np.ndarray):
            self._put("list", len(value))
            for item in value:
                self._take(item)
        elif isinstance(value, Foreign):
            self._put("foreign", value.kind)  # how it is written may hold an address
            self._take(value.items)
        elif isinstance(value, Described):
            self._put(type(value).__name__)
            self._take([getattr(value, part.name) for part in fields(value)])  # type: ignore[arg-type]
        else:
            self._put(value)


def _is_single(value: Any) -> bool:
    is_scalar = isinstance(value, bool | int | float | np.generic)
    return is_scalar or (isinstance(value, np.ndarray) and not value.ndim)


def _rounded(numbers: np.ndarray) -> np.ndarray:
    """Round to a few digits, so that sums in another order are the same; but keep whole numbers."""
    with np.errstate(all="ignore"):
        sizes = np.abs(numbers)
        whole = np.round(numbers)
        powers = np.floor(np.log10(np.where(sizes > 0, sizes, 1))) - _DIGITS + 1
        steps = np.maximum(10.0**powers, _FINEST)
        rounded = np.round(numbers / steps) * steps
        near = np.abs(numbers - whole) <= _NEARLY_WHOLE * np.maximum(sizes, 1)
        found = np.where(near, whole, np.where(np.isfinite(numbers), rounded, numbers))
    # Both zeros are 0, and nan has many forms.
    return np.where(np.isnan(found), np.nan, found + 0.0)
