"""The page on which a saved network is tried: served on this machine, for this machine alone.

Only the page whose address holds the token may ask. Another web page in the same browser does not
know it, and is refused by its Origin and Host as well.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import io
import secrets
import tempfile
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tornado import httpserver, netutil, web

from course_utils import _arguments
from course_utils.datasets import describe_dataset
from course_utils.datasets.likeness import looks_unlike
from course_utils.trying.evidence import EvidenceMap
from course_utils.trying.network import SavedNetwork

_HERE = Path(__file__).parent
_PAGE = {"": "page.html", "page.js": "page.js", "page.css": "page.css"}
_TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}
_FIRST_PORT, _PORTS_TRIED = 8888, 50  # as JupyterLab does
_LARGEST_UPLOAD = 200_000_000  # bytes; how many pixels a picture may have is judged by its reader
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data: blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def serve(
    network: SavedNetwork,
    *,
    browser: bool = True,
    port: int | None = None,
    say: Callable[[str], None] = print,
) -> None:
    """Serve the page until Ctrl+C."""
    sockets = _listen(port)  # before anything runs, so that a wrong port is told at once
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(network, sockets, browser, say))
    say("Stopped.")


async def _serve(
    network: SavedNetwork, sockets: list[Any], browser: bool, say: Callable[[str], None]
) -> None:
    """Answer at the sockets, say where, and wait."""
    bound = sockets[0].getsockname()[1]
    token = secrets.token_urlsafe(16)
    server = httpserver.HTTPServer(
        application(network, token, bound), max_buffer_size=_LARGEST_UPLOAD
    )
    server.add_sockets(sockets)
    address = f"http://127.0.0.1:{bound}/?token={token}"
    say(f"Try {network.name} at {address}  Ctrl+C here stops it.")
    if browser:
        webbrowser.open(address)
    await asyncio.Event().wait()


def _listen(port: int | None) -> list[Any]:
    """Open a port of this machine: the one asked for, or the first that is free."""
    if port is not None:
        _arguments.whole_number("port", port, 1, 65535)
    tried = range(_FIRST_PORT, _FIRST_PORT + _PORTS_TRIED) if port is None else [port]
    for number in tried:
        try:
            return netutil.bind_sockets(number, "127.0.0.1")
        except OSError as error:
            why = error.strerror
    which = f"Port {port} cannot be" if port else f"No port from {_FIRST_PORT} on can be"
    raise RuntimeError(f"{which} opened ({why}). Choose another one with --port.")


def application(network: SavedNetwork, token: str, port: int) -> web.Application:
    """Make the page and what it asks."""
    try:
        evidence, no_evidence = EvidenceMap(network.network), ""
    except ValueError as error:
        evidence, no_evidence = None, str(error)
    told = {
        "network": network,
        "token": token,
        "hosts": {f"{name}:{port}" for name in ("127.0.0.1", "localhost")},
        "evidence": evidence,
        "no_evidence": no_evidence,
    }
    return web.Application(
        [
            (r"/(|page\.js|page\.css)", _Page, told),
            (r"/network", _Network, told),
            (r"/answer", _Answer, told),
        ],
        default_handler_class=_Nothing,
        default_handler_args=told,
        log_function=lambda handler: None,
    )


class _Handler(web.RequestHandler):
    """What every answer has in common: who may ask, and what a browser may do with it."""

    def initialize(self, **told: Any) -> None:
        self.told = told
        self.network: SavedNetwork = told["network"]

    def prepare(self) -> None:
        """Refuse other pages, and other names for this machine."""
        origin = self.request.headers.get("Origin")
        ours = {f"http://{host}" for host in self.told["hosts"]}
        if self.request.host not in self.told["hosts"] or (origin and origin not in ours):
            self.refuse("Only the page that `course try` has opened may ask this.")

    def require_token(self) -> None:
        """Refuse who does not know the address that the command printed."""
        given = self.request.headers.get("Authorization", "").encode()
        if not secrets.compare_digest(given, f"token {self.told['token']}".encode()):
            self.refuse("Open the whole address that `course try` has printed, with its token.")

    def refuse(self, words: str, status: int = 403) -> None:
        """Answer with a sentence that says why not."""
        self.set_status(status)
        self.finish({"error": words})

    def set_default_headers(self) -> None:
        """Let the page load from here alone, and stay out of others."""
        self.set_header("Content-Security-Policy", _POLICY)
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.set_header("Cache-Control", "no-store")
        self.clear_header("Server")


class _Page(_Handler):
    def get(self, name: str) -> None:
        """Give one of the page's three files."""
        file = _HERE / _PAGE[name]
        self.set_header("Content-Type", f"{_TYPES[file.suffix]}; charset=utf-8")
        self.finish(file.read_bytes())


class _Nothing(_Handler):
    def prepare(self) -> None:
        """Say that there is no such page."""
        self.refuse("There is nothing at this address.", 404)


class _Network(_Handler):
    def get(self) -> None:
        """Describe the network."""
        self.require_token()
        if self._finished:
            return
        notes = self.network.notes
        self.finish(
            {
                "name": self.network.name,
                "parameters": self.network.network.count_params(),
                "input": self.network.input_in_words(),
                "class_names": self.network.class_names,
                "grey": self.network.channels != 3,
                "invert": notes.invert,
                "frame": notes.frame,
                "crop": notes.crop,
                "no_evidence": self.told["no_evidence"],
            }
        )


class _Answer(_Handler):
    def post(self) -> None:
        """Answer a picture: as the network sees it, its probabilities, and its evidence."""
        self.require_token()
        if self._finished:
            return
        try:
            self.finish(self._answer())
        except ValueError as error:
            self.refuse(str(error), 400)

    def _answer(self) -> dict[str, Any]:
        drawn = self._asked("drawn")
        frame = self._asked("frame") and self.network.channels != 3
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "This picture"
            file.write_bytes(self.request.body)
            try:
                picture = self.network.see(
                    file,
                    invert=self._asked("invert") and not drawn,
                    frame=frame,
                    crop=self._asked("crop"),
                )
            except ValueError as error:
                raise ValueError(_about_a_picture(str(error), file, drawn)) from None
        probabilities = self.network.answer(picture)
        best = int(probabilities.argmax())
        chosen = self.get_query_argument("class", "")
        k = int(chosen) if chosen.isdecimal() and int(chosen) < len(probabilities) else best
        return {
            "picture": _as_png(picture),
            "probabilities": probabilities.tolist(),
            "best": best,
            "warning": self._warning(picture),
            "class": k,
            "evidence": self._evidence(picture, k),
        }

    def _asked(self, name: str) -> bool:
        return self.get_query_argument(name, "") == "1"

    def _warning(self, picture: NDArray[np.uint8]) -> str:
        """Say how the picture differs from all that the network learnt from."""
        like = self.network.notes.like
        if not picture.any():
            return "The picture is black. The network answers all the same."
        looks = looks_unlike(picture[np.newaxis], like)[1] if like else {}
        if not like or not looks:
            return ""
        return (
            f"What the network sees here is {', '.join(looks)}, compared with the training images "
            f"of {describe_dataset(like).title}. It may misread it."
        )

    def _evidence(self, picture: NDArray[np.uint8], k: int) -> list[list[float]] | None:
        evidence: EvidenceMap | None = self.told["evidence"]
        if evidence is None:
            return None
        seen, blank = map(self.network.batch, (picture, np.zeros_like(picture)))
        return evidence.evidence(seen, blank, k).tolist()


def _about_a_picture(words: str, file: Path, drawn: bool) -> str:
    """Turn what a reader of folders says into what a person can do on the page."""
    if "cannot be framed" in words:
        thing = "drawing" if drawn else "picture"
        return (
            f"Nothing in this {thing} stands out enough from its ground to be cropped and centred. "
            "Draw with a thicker line, take the photo in better light, or untick the cropping."
        )
    if "cannot be read as one" in words:
        return "This is no picture that can be read here. Choose a JPEG, a PNG or a WebP."
    return words.replace(f"; {file}", "; this picture").replace(str(file), file.name)


def _as_png(picture: NDArray[np.uint8]) -> str:
    """Write a picture as an address that holds it."""
    from PIL import Image

    stream = io.BytesIO()
    Image.fromarray(picture).save(stream, "PNG")
    return f"data:image/png;base64,{base64.b64encode(stream.getvalue()).decode()}"
