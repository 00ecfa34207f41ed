"""The page's server: the same answers as the network's own, for the page alone."""

import asyncio
import base64
import io
import json
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
from PIL import Image
from tornado import httpserver, netutil
from trying.networks import grey_cnn, network

from course_utils.datasets import class_names, load_dataset
from course_utils.trying import server
from course_utils.trying.evidence import EvidenceMap
from course_utils.trying.network import SavedNetwork
from course_utils.trying.notes import Notes

NAMES = ["cup", "fork", "plate"]
GREYS = np.random.default_rng(1).integers(0, 256, (8, 12), np.uint8)


class Reply(NamedTuple):
    """What came back."""

    status: int
    headers: Any
    body: bytes

    @property
    def told(self) -> dict[str, Any]:
        return json.loads(self.body)


Ask = Callable[..., Reply]


@pytest.fixture
def serving() -> Iterator[Callable[[SavedNetwork], Ask]]:
    """Serve a network until the test ends; the answer is a function that asks the server."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    def serve(saved: SavedNetwork) -> Ask:
        sockets = netutil.bind_sockets(0, "127.0.0.1")
        port = sockets[0].getsockname()[1]

        async def listen() -> None:
            httpserver.HTTPServer(server.application(saved, "secret", port)).add_sockets(sockets)

        asyncio.run_coroutine_threadsafe(listen(), loop).result()

        def ask(path: str, body: bytes | None = None, **headers: str) -> Reply:
            given = {"Authorization": "token secret", **headers}
            given = {name: value for name, value in given.items() if value}
            request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", body, given)
            try:
                with urllib.request.urlopen(request) as found:
                    return Reply(found.status, found.headers, found.read())
            except urllib.error.HTTPError as error:
                return Reply(error.code, error.headers, error.read())

        return ask

    yield serve
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


@pytest.fixture
def ask(serving: Callable[[SavedNetwork], Ask]) -> Ask:
    """A server with a small CNN of three classes."""
    return serving(SavedNetwork(grey_cnn(), Notes(NAMES), "small.keras"))


def as_png(pixels: np.ndarray) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "PNG")
    return stream.getvalue()


def pixels_of(answer: dict[str, Any]) -> np.ndarray:
    """Read what the network saw from an answer."""
    encoded = answer["picture"].removeprefix("data:image/png;base64,")
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(encoded))))


def test_an_answer_equals_predict_and_its_evidence_the_maps(ask: Ask) -> None:
    made, told = grey_cnn(), ask("/answer", as_png(GREYS)).told
    batch = GREYS[np.newaxis, ..., np.newaxis].astype(np.float32)
    expected = made.predict(batch, verbose=0)[0]
    np.testing.assert_allclose(told["probabilities"], expected, atol=1e-6)
    assert told["best"] == told["class"] == expected.argmax()
    evidence = EvidenceMap(made).evidence(batch, np.zeros_like(batch), told["best"])
    np.testing.assert_allclose(told["evidence"], evidence, atol=1e-5)
    assert np.array_equal(pixels_of(told), GREYS)


def test_the_evidence_is_for_the_class_that_is_asked_for(ask: Ask) -> None:
    first, last = (ask(f"/answer?class={k}", as_png(GREYS)).told for k in (0, 2))
    assert (first["class"], last["class"]) == (0, 2)
    assert first["evidence"] != last["evidence"]
    assert first["probabilities"] == last["probabilities"]


@pytest.mark.parametrize("asked", ["9", "-1", "cup", "²"])
def test_a_class_that_does_not_exist_gives_the_evidence_of_the_answer(ask: Ask, asked: str) -> None:
    told = ask(f"/answer?class={urllib.request.quote(asked)}", as_png(GREYS)).told
    assert told["class"] == told["best"]


def test_light_and_dark_are_swapped_in_pictures_and_not_in_drawings(ask: Ask) -> None:
    photo, drawing = (ask(f"/answer?invert=1{more}", as_png(GREYS)) for more in ("", "&drawn=1"))
    assert np.array_equal(pixels_of(photo.told), 255 - GREYS)
    assert np.array_equal(pixels_of(drawing.told), GREYS)


def test_a_wide_picture_is_cut_or_squeezed_as_the_page_asks(ask: Ask) -> None:
    wide = np.zeros((8, 36), np.uint8)
    wide[:, 12:24] = GREYS
    cut, squeezed = (ask(f"/answer{how}", as_png(wide)) for how in ("?crop=1", ""))
    assert np.array_equal(pixels_of(cut.told), GREYS)
    assert not pixels_of(squeezed.told)[:, 0].any()


def test_the_network_is_described(ask: Ask) -> None:
    told = ask("/network").told
    assert told["name"] == "small.keras"
    assert told["class_names"] == NAMES
    assert told["parameters"] == grey_cnn().count_params()
    assert told["input"].startswith("8 × 12 pixels in grey, with values from 0 to 255 (a layer")
    assert told["no_evidence"] == ""


def test_where_there_is_no_evidence_map_it_says_why(
    serving: Callable[[SavedNetwork], Ask],
) -> None:
    from keras import layers

    made = network(layers.Input((8, 12)), layers.Flatten(), layers.Dense(3))
    ask = serving(SavedNetwork(made, Notes(NAMES)))
    assert "no feature maps" in ask("/network").told["no_evidence"]
    assert ask("/answer", as_png(GREYS)).told["evidence"] is None


@pytest.fixture
def ask_about_digits(serving: Callable[[SavedNetwork], Ask]) -> Ask:
    """A server with a network whose notes say that it learnt from MNIST."""
    from keras import layers

    made = network(layers.Input((28, 28)), layers.Flatten(), layers.Dense(10))
    return serving(SavedNetwork(made, Notes(class_names("mnist"), "mnist")))


def test_a_photographed_digit_is_framed_or_called_unlike(ask_about_digits: Ask) -> None:
    _, (images, _) = load_dataset("mnist")
    page = np.full((200, 200), 230, np.uint8)
    page[60:116, 90:146] = 230 - (images[0].repeat(2, 0).repeat(2, 1) / 255 * 200).astype(np.uint8)
    framed, whole = (
        ask_about_digits(f"/answer{how}", as_png(page)).told for how in ("?frame=1", "")
    )
    assert framed["warning"] == ""
    assert "too bright" in whole["warning"]
    assert "training images of MNIST" in whole["warning"]


def test_a_black_picture_gets_a_warning(ask: Ask) -> None:
    told = ask("/answer", as_png(np.zeros((8, 12), np.uint8))).told
    assert told["warning"].startswith("The picture is black.")


@pytest.mark.parametrize(("path", "body", "told"), [
    ("/answer", b"", "no picture that can be read"),
    ("/answer", b"text", "no picture that can be read"),
    ("/answer?frame=1", as_png(np.full((50, 50), 200, np.uint8)), "Nothing in this picture stands"),
    ("/answer?frame=1&drawn=1", as_png(np.zeros((50, 50), np.uint8)), "Nothing in this drawing"),
])  # fmt: skip
def test_what_cannot_be_answered_is_refused_with_what_to_do(
    ask: Ask, path: str, body: bytes, told: str
) -> None:
    reply = ask(path, body)
    assert reply.status == 400
    assert told in reply.told["error"]
    assert "/tmp" not in reply.told["error"]


def test_a_picture_of_too_many_pixels_is_refused_in_one_sentence(ask: Ask) -> None:
    reply = ask("/answer", as_png(np.zeros((7000, 7000), np.uint8)))
    assert "178 million; this picture has more" in reply.told["error"]


@pytest.mark.parametrize("headers", [
    {"Authorization": ""},
    {"Authorization": "token other"},
    {"Authorization": "token sécret"},
    {"Origin": "http://example.com"},
    {"Origin": "null"},
    {"Host": "example.com"},
    {"Host": "127.0.0.1:1"},
])  # fmt: skip
@pytest.mark.parametrize("path", ["/network", "/answer"])
def test_other_pages_are_refused(ask: Ask, path: str, headers: dict[str, str]) -> None:
    headers = {name: value.encode().decode("latin-1") for name, value in headers.items()}
    reply = ask(path, as_png(GREYS) if path == "/answer" else None, **headers)
    assert reply.status == 403
    assert list(reply.told) == ["error"]


def test_the_page_is_served_with_a_policy_that_keeps_it_on_this_machine(ask: Ask) -> None:
    for path, kind in (("/", "html"), ("/page.js", "javascript"), ("/page.css", "css")):
        reply = ask(path, Authorization="")
        assert reply.status == 200
        assert reply.headers["Content-Type"] == f"text/{kind}; charset=utf-8"
        assert reply.headers["Content-Security-Policy"].startswith("default-src 'none'; ")
        assert b"http" not in reply.body.replace(b"http://www.w3.org/2000/svg", b"")


@pytest.mark.parametrize("path", ["/server.py", "/..%2fserver.py", "/page.html"])
def test_there_is_nothing_else(ask: Ask, path: str) -> None:
    assert ask(path).status == 404


def test_a_port_that_is_taken_is_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(RuntimeError, match=rf"Port {port} cannot be opened .* with --port"):
            server._listen(port)


def test_the_page_is_offered_to_this_machine_alone() -> None:
    (listening,) = server._listen(None)
    with listening:
        assert listening.getsockname()[0] == "127.0.0.1"


def test_the_pages_files_are_those_that_are_shipped() -> None:
    shipped = {path.name for path in Path(server.__file__).parent.glob("page.*")}
    assert shipped == set(server._PAGE.values())
