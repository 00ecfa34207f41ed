"""Plain data travels unchanged; everything else is refused or told by its type."""

import json
import math
import socket
import struct
import threading
import time
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_utils.checks.asking import Foreign
from course_utils.sandbox.wire import Channel, DeadlineError, TooLargeError, WireError

Ends = tuple[Channel, socket.socket]


@pytest.fixture
def pair() -> Iterator[tuple[Channel, Channel]]:
    """Both ends of a connection."""
    ends = [Channel(end) for end in socket.socketpair()]
    yield ends[0], ends[1]
    for end in ends:
        end.close()


@pytest.fixture
def raw() -> Iterator[Ends]:
    """A channel, and a bare socket that may send it anything."""
    ours, theirs = socket.socketpair()
    yield Channel(ours), theirs
    ours.close()
    theirs.close()


def there_and_back(pair: tuple[Channel, Channel], value: Any) -> Any:
    """Send a value of any size from one end to the other."""
    sending = threading.Thread(target=pair[0].send, args=(value,))
    sending.start()
    received = pair[1].receive(time.monotonic() + 10)
    sending.join()
    return received


def frame(told: Any, body: bytes = b"") -> bytes:
    text = json.dumps(told).encode()
    return struct.pack("<IQ", len(text), len(body)) + text + body


plain_data = st.recursive(
    st.none()
    | st.booleans()
    | st.just(...)
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(st.characters(exclude_categories=["Cs"]))
    | st.binary(),
    lambda inner: (
        st.lists(inner)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner)
    ),
    max_leaves=10,
)


@given(plain_data)
def test_plain_data_arrives_as_it_was_sent(value: Any) -> None:
    ends = socket.socketpair()
    assert there_and_back((Channel(ends[0]), Channel(ends[1])), value) == value
    for end in ends:
        end.close()


@pytest.mark.parametrize("dtype", ["?", "i1", "<i4", ">i8", "u1", "f2", "f4", ">f8", "c8", "c16"])
@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 0, 4), (2, 3)])
def test_an_array_keeps_shape_and_values(pair: Any, dtype: str, shape: tuple[int, ...]) -> None:
    array = np.arange(math.prod(shape)).reshape(shape).astype(dtype)
    received = there_and_back(pair, array)
    assert received.shape == shape
    np.testing.assert_array_equal(received, array)


def test_an_array_keeps_its_dtype(pair: Any) -> None:
    assert there_and_back(pair, np.zeros(2, np.float16)).dtype == np.float16


def test_a_large_array_arrives(pair: Any) -> None:
    images = np.random.default_rng(0).integers(0, 256, (60000, 28, 28), np.uint8)
    np.testing.assert_array_equal(there_and_back(pair, images), images)


def test_a_received_array_can_be_written_to(pair: Any) -> None:
    received = there_and_back(pair, np.zeros(3))
    received[0] = 1
    assert received[0] == 1


def test_an_array_of_text_arrives(pair: Any) -> None:
    names = np.array([["coat", "bag"]])
    np.testing.assert_array_equal(there_and_back(pair, names), names)


def test_a_numpy_number_stays_one(pair: Any) -> None:
    assert type(there_and_back(pair, np.float32(0.5))) is np.float32


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_floats_that_json_does_not_know_arrive(pair: Any, value: float) -> None:
    np.testing.assert_equal(there_and_back(pair, value), value)


def test_a_number_of_many_digits_arrives(pair: Any) -> None:
    assert there_and_back(pair, -(10**500)) == -(10**500)


@pytest.mark.parametrize(
    "value",
    [10**10000, {1, 2}, object(), np.array("2026-01-01", "datetime64[D]"), np.array([None])],
    ids=["huge number", "set", "object", "dates", "objects"],
)
def test_what_is_no_plain_data_is_told_by_its_type(pair: Any, value: Any) -> None:
    assert there_and_back(pair, value).kind == type(value).__name__


def test_a_list_in_itself_is_told_by_its_type(pair: Any) -> None:
    endless: list[Any] = []
    endless.append(endless)
    received = there_and_back(pair, endless)
    while isinstance(received, list):
        [received] = received
    assert received == Foreign("list", "nested too deep")


def test_half_a_character_arrives_as_a_question_mark(pair: Any) -> None:
    assert there_and_back(pair, "a\ud800") == "a?"


class Poser(np.ndarray):
    """An array that claims to equal everything."""

    def __eq__(self, other: object) -> bool:  # type: ignore[override]
        return True


def test_an_object_that_poses_as_an_array_arrives_as_its_numbers(pair: Any) -> None:
    received = there_and_back(pair, np.zeros(3).view(Poser))
    assert type(received) is np.ndarray


def test_a_number_with_methods_of_its_own_arrives_as_a_number(pair: Any) -> None:
    class Always(int):
        def __eq__(self, other: object) -> bool:
            return True

    assert type(there_and_back(pair, Always(3))) is int


@pytest.mark.parametrize(
    "sent",
    [
        struct.pack("<IQ", 2**32 - 1, 0),
        struct.pack("<IQ", 2, 2**63) + b"[]",
        struct.pack("<IQ", 3, 0) + b"{'a",
        struct.pack("<IQ", 2, 0) + b"\xff\xff",
        struct.pack("<IQ", 100_000, 0) + b"[" * 100_000,
        frame(["array", "f8", 2**40, 2**40], b"12345678"),
        frame(["array", "f8", 2], b"12345678"),
        frame(["array", "f8", -1], b""),
        frame(["array", "f8", True], b"12345678"),
        frame(["array", "O", 1], b"12345678"),
        frame(["array", "f8", *[1] * 40], b"12345678"),
        frame(["bytes", 5], b"1234"),
        frame(["list"], b"more"),
        frame(["dict", [["list"], 1]]),
        frame(["dict", [1]]),
        frame(["Verdict", {}]),
        frame(["Foreign", {"kind": 1}]),
        frame(["Foreign", []]),
        frame(["int", "0x1g"]),
        frame(["float", "1e5"]),
        frame(["text", ["a"], [2]]),
        frame({"a": 1}),
        frame([]),
        frame([[]]),
    ],
)
def test_a_malformed_frame_is_refused(raw: Ends, sent: bytes) -> None:
    channel, theirs = raw
    theirs.sendall(sent)
    with pytest.raises(WireError):
        channel.receive(time.monotonic() + 10)


def test_a_closed_connection_is_told(raw: Ends) -> None:
    channel, theirs = raw
    theirs.close()
    with pytest.raises(WireError, match="closed"):
        channel.receive()


def test_one_deadline_holds_however_slowly_a_frame_drips_in(raw: Ends) -> None:
    channel, theirs = raw
    whole, stop = frame("slow" * 100), threading.Event()

    def drip() -> None:
        for place in range(len(whole)):
            if stop.wait(0.05):
                return
            theirs.sendall(whole[place : place + 1])

    dripping = threading.Thread(target=drip)
    dripping.start()
    with pytest.raises(DeadlineError):
        channel.receive(time.monotonic() + 0.3)
    stop.set()
    dripping.join()


def test_a_deadline_holds_for_one_who_does_not_read(raw: Ends) -> None:
    channel, _ = raw
    with pytest.raises(DeadlineError):
        channel.send(np.zeros(10_000_000), time.monotonic() + 0.3)


def test_what_is_announced_is_not_allocated_before_it_comes(raw: Ends) -> None:
    import tracemalloc

    channel, theirs = raw
    theirs.sendall(struct.pack("<IQ", 2, 500 << 20) + b"[]")
    theirs.shutdown(socket.SHUT_WR)
    tracemalloc.start()
    with pytest.raises(WireError, match="closed"):
        channel.receive(time.monotonic() + 10)
    assert tracemalloc.get_traced_memory()[1] < 8 << 20
    tracemalloc.stop()


@pytest.mark.parametrize("value", [np.zeros(100), [0] * 100], ids=["array", "list"])
def test_what_takes_more_room_than_there_is_is_not_sent(
    pair: tuple[Channel, Channel], value: Any
) -> None:
    with pytest.raises(TooLargeError):
        pair[0].send(value, room=800)
    assert there_and_back(pair, "still in step") == "still in step"


def test_what_takes_more_room_than_there_is_is_not_received(raw: Ends) -> None:
    ours, theirs = raw
    theirs.sendall(struct.pack("<IQ", 2, 1000))
    with pytest.raises(WireError, match="too much"):
        ours.receive(time.monotonic() + 10, room=1000)


@pytest.mark.parametrize(("long", "short"), [(np.longdouble, float), (np.clongdouble, complex)])
def test_a_long_double_travels_as_a_double(
    pair: tuple[Channel, Channel], long: type, short: type
) -> None:
    arrays = there_and_back(pair, [np.array([0.1, np.inf], long), long(0.5)])
    np.testing.assert_array_equal(arrays[0], np.array([0.1, np.inf], long).astype(short))
    assert [array.dtype for array in arrays] == [np.dtype(short)] * 2
