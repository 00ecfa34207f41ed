"""How two processes that do not trust each other exchange plain data.

A frame is two lengths, a JSON text, and the bytes of its arrays. Nothing is unpickled, so a frame
can be wrong, but it can run nothing. Every length is checked before anything is allocated.
"""

import json
import math
import socket
import struct
import time
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

import numpy as np

from course_utils.checks.asking import Described, Foreign

_LENGTHS = struct.Struct("<IQ")  # of the JSON text, and of the bytes behind it
_MOST_BYTES = 512 << 20  # all training images in float64 are 376 MB
_MOST_TEXT = 4 << 20
_PER_CHARACTER = 16  # a list of numbers takes so many times more memory than its text
#: What a reply may take beside the room that is left for it, in terms of what was asked: in float64
#: a picture takes eight times what it took.
TIMES_WHAT_WAS_ASKED = 8
_MOST_DIGITS = 2000  # of a whole number, in base 16
_DEEPEST = 50
_DTYPES = {"b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16"}
#: What decoding may run into where a frame is not what it says.
_MALFORMED = (
    AttributeError, LookupError, OverflowError, RecursionError, TypeError, ValueError
)  # fmt: skip
_FLOATS = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}


class WireError(Exception):
    """What came is no frame, or the other side has closed."""


class TooLargeError(WireError):
    """What was to be sent is more than there is room for."""


class DeadlineError(Exception):
    """The other side took longer than it was given."""


class Channel:
    """One end of a connection over which plain data goes.

    Parameters
    ----------
    end : socket
        A stream, connected.
    described : mapping of str to type, optional
        The classes that stand for what is no plain data, by name, which may come from the other
        side; by default :class:`Foreign` alone.
    """

    def __init__(
        self, end: socket.socket, described: Mapping[str, type[Described]] | None = None
    ) -> None:
        self._end = end
        self.weight = 0  # of the last frame that was sent or came
        self._described = described or {Foreign.__name__: Foreign}

    def send(self, value: Any, deadline: float | None = None, room: int | None = None) -> None:
        """Send plain data, before a moment of :func:`time.monotonic` if one is given.

        Parameters
        ----------
        value : plain data
            See :func:`course_utils.checks.asking.plain`.
        deadline : float, optional
            Until when it must have gone.
        room : int, optional
            How many bytes the other side has for it.

        Raises
        ------
        TooLargeError
            If it is more than that, or than any frame may hold. Nothing has been sent.
        """
        buffers: list[Any] = []
        text = json.dumps(_encode(value, buffers), allow_nan=False).encode()
        n_bytes = sum(map(len, buffers))
        if not self._fits(len(text), n_bytes, room):
            raise TooLargeError(f"{len(text):,} characters, and {n_bytes:,} bytes of arrays")
        for part in (_LENGTHS.pack(len(text), n_bytes) + text, *buffers):
            self._send_all(memoryview(part), deadline)

    def receive(self, deadline: float | None = None, room: int | None = None) -> Any:
        """Receive plain data. One deadline holds for all of it, however it drips in."""
        n_text, n_bytes = _LENGTHS.unpack(self._receive_exactly(_LENGTHS.size, deadline))
        if not self._fits(n_text, n_bytes, room):
            raise WireError(f"too much was sent: {n_text:,} characters, {n_bytes:,} bytes")
        text = self._receive_exactly(n_text, deadline)
        body = _Body(self._receive_exactly(n_bytes, deadline))
        try:
            value = self._decode(json.loads(text), body)
        except WireError:
            raise
        except _MALFORMED as error:
            raise WireError(f"malformed: {type(error).__name__}") from None
        if body.left:
            raise WireError(f"malformed: {body.left:,} bytes too many")
        return value

    def _fits(self, n_text: int, n_bytes: int, room: int | None) -> bool:
        self.weight = n_bytes + _PER_CHARACTER * n_text
        may_be = n_text <= _MOST_TEXT and n_bytes <= _MOST_BYTES
        return may_be and (room is None or self.weight <= room)

    def close(self) -> None:
        """Let go of the connection."""
        self._end.close()

    def _send_all(self, part: memoryview, deadline: float | None) -> None:
        while part.nbytes:
            self._end.settimeout(_left(deadline))
            try:
                part = part[self._end.send(part[: 1 << 20]) :]
            except TimeoutError:
                raise DeadlineError from None
            except OSError as error:
                raise WireError(f"closed: {error.strerror}") from None

    def _receive_exactly(self, n: int, deadline: float | None) -> bytearray:
        received = bytearray()  # grows with what comes, not with what is announced
        while len(received) < n:
            self._end.settimeout(_left(deadline))
            try:
                some = self._end.recv(min(n - len(received), 1 << 20))
            except TimeoutError:
                raise DeadlineError from None
            except OSError as error:
                raise WireError(f"closed: {error.strerror}") from None
            if not some:
                raise WireError("closed")
            received += some
        return received

    def _decode(self, told: Any, body: "_Body") -> Any:
        if told is None or isinstance(told, bool | int | float | str):
            return told
        kind, *rest = told  # a list whose first item says what the others are
        if kind == "list":
            return [self._decode(item, body) for item in rest]
        if kind == "tuple":
            return tuple(self._decode(item, body) for item in rest)
        if kind == "dict":
            return {self._decode(key, body): self._decode(item, body) for key, item in rest}
        if kind == "...":
            return ...
        (first, *others) = rest
        if kind == "int":
            return int(first, 16)
        if kind == "float":
            return _FLOATS[first]
        if kind == "bytes":
            return bytes(body.take(_length(first)))
        if kind in ("array", "scalar"):
            array = _array(first, others, body)
            return array[()] if kind == "scalar" else array
        if kind == "text":
            return _text_array([str(item) for item in first], others[0])
        found = self._described[kind]
        decoded = {name: self._decode(item, body) for name, item in first.items()}
        return found(**decoded)


def every_described() -> dict[str, type[Described]]:
    """Name each class that stands for what is no plain data, for what comes from our own side."""
    found: dict[str, type[Described]] = {}
    left: list[type[Described]] = [Described]
    while left:
        for kind in left.pop().__subclasses__():
            found[kind.__name__] = kind
            left.append(kind)
    return found


class _Body:
    """The bytes behind a text, taken from the front."""

    def __init__(self, received: bytearray) -> None:
        self._received, self._at = received, 0

    @property
    def left(self) -> int:
        return len(self._received) - self._at

    def take(self, n: int) -> memoryview:
        if n > self.left:
            raise WireError("malformed: an array is longer than its bytes")
        taken = memoryview(self._received)[self._at : self._at + n]
        self._at += n
        return taken


def _left(deadline: float | None) -> float | None:
    if deadline is None:
        return None
    left = deadline - time.monotonic()
    if left <= 0:
        raise DeadlineError
    return left


def _length(told: Any) -> int:
    if type(told) is not int or told < 0:
        raise WireError("malformed: a length is none")
    return told


def _text_array(texts: list[str], shape: list[Any]) -> Any:
    if (
        len(texts) * max(map(len, texts), default=0) > _MOST_TEXT
    ):  # each takes as much as the longest
        raise WireError("malformed: an array of texts is too large")
    return np.array(texts, dtype=np.str_).reshape([_length(n) for n in shape])


def _array(dtype: str, shape: list[Any], body: _Body) -> Any:
    if dtype not in _DTYPES or len(shape) > 32:
        raise WireError("malformed: an array of another kind")
    lengths = [_length(n) for n in shape]
    kind, count = np.dtype(f"<{dtype}"), math.prod(lengths)
    if _extent(lengths) > _MOST_BYTES:
        raise WireError("malformed: an array is longer than its bytes")
    taken = body.take(count * kind.itemsize)
    if dtype == "b1":  # a byte of another value than 0 and 1 is no truth value
        return (np.frombuffer(taken, np.uint8) != 0).reshape(lengths)
    # A copy, which can be written to and stands where the processor wants it.
    return np.frombuffer(taken, kind).astype(kind.newbyteorder("=")).reshape(lengths)


def _extent(shape: Sequence[int]) -> int:
    """Multiply what is not 0: an array that is empty one way may be without end in the other."""
    return math.prod(filter(None, shape))


def _encode(value: Any, buffers: list[Any], depth: int = 0) -> Any:
    if depth > _DEEPEST:
        return _foreign(value, "nested too deep")
    if value is None or isinstance(value, bool):
        return value
    if value is ...:
        return ["..."]
    if isinstance(value, np.ndarray | np.generic):
        return _encode_array(value, buffers)
    if isinstance(value, str):
        # A half of a surrogate pair is no text that can be sent.
        return str.encode(value, "utf-8", "replace").decode()
    if isinstance(value, int):
        whole = int.__index__(value)
        if -(2**63) <= whole < 2**64:
            return whole
        told = hex(whole)
        return ["int", told] if len(told) < _MOST_DIGITS else _foreign(value, "a very long number")
    if isinstance(value, float):
        number = float.__float__(value)
        return number if math.isfinite(number) else ["float", repr(number)]
    if isinstance(value, bytes):
        buffers.append(value)
        return ["bytes", len(value)]
    if isinstance(value, list | tuple):
        kind = "list" if isinstance(value, list) else "tuple"
        return [kind, *(_encode(item, buffers, depth + 1) for item in value)]
    if isinstance(value, Mapping):
        items = value.items()
        return ["dict", *([_encode(part, buffers, depth + 1) for part in item] for item in items)]
    if isinstance(value, Described):
        names = [one.name for one in fields(value)]  # type: ignore[arg-type]
        inside = {name: _encode(getattr(value, name), buffers, depth + 1) for name in names}
        return [type(value).__name__, inside]
    return _foreign(value, str(type(value)))


def _encode_array(value: Any, buffers: list[Any]) -> Any:
    # Of a subclass only the numbers count, whatever its methods say.
    array = np.ascontiguousarray(np.asarray(value)).reshape(np.shape(value))
    kind = "scalar" if isinstance(value, np.generic) else "array"
    if array.dtype.kind == "U" and kind == "scalar":
        return str(value)
    if array.dtype.kind == "U":
        return ["text", array.ravel().tolist(), list(array.shape)]
    if array.dtype.kind in "fc" and array.dtype.itemsize > 8 * (1 + (array.dtype.kind == "c")):
        # How long a long double is depends on the processor.
        array = array.astype(np.float64 if array.dtype.kind == "f" else np.complex128)
    told = array.dtype.str[1:]
    if told not in _DTYPES or _extent(array.shape) > _MOST_BYTES:
        return _foreign(value, f"an array of {array.dtype}")
    array = array.astype(array.dtype.newbyteorder("<"), copy=False)
    if array.nbytes:
        buffers.append(array.reshape(-1).view(np.uint8))
    return [kind, told, *array.shape]


def _foreign(value: Any, shown: str) -> Any:
    return ["Foreign", {"kind": type(value).__name__[:200], "shown": shown[:200]}]
