"""The page of `course try` in a real browser: photos dropped, pasted and chosen, and drawings."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from lab_page import drag_over, swipe_over
from PIL import Image

from benchmarks.jupyter_server import free_address
from course_utils.datasets import class_names, load_dataset
from course_utils.pretrained.rebuilding import build_trained
from course_utils.trying import save_notes
from course_utils.trying.network import SavedNetwork, load_network
from course_utils.trying.notes import read_notes

#: Gives the page a picture as a person's hand does, who lets it fall or pastes it.
_GIVE = """async ([kind, bytes]) => {
  const file = new File([new Uint8Array(bytes)], "photo.png", { type: "image/png" });
  const transfer = new DataTransfer();
  transfer.items.add(file);
  const how = { bubbles: true, cancelable: true };
  dispatchEvent(kind === "drop"
    ? new DragEvent("drop", { ...how, dataTransfer: transfer })
    : new ClipboardEvent("paste", { ...how, clipboardData: transfer }));
}"""


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped CNN for digits, saved as a learner's is."""
    path = tmp_path_factory.mktemp("model") / "digits.keras"
    build_trained("digits_cnn").save(path)
    save_notes(path, class_names("mnist"), like="mnist")
    return path


@pytest.fixture(scope="module")
def address(model: Path) -> Iterator[str]:
    """A running `course try`."""
    port = free_address().rpartition(":")[2]
    command = [sys.executable, "-u", "-m", "course_utils.cli", "try", str(model), "--no-browser"]
    run = subprocess.Popen([*command, "--port", port], stdout=subprocess.PIPE, text=True)
    with run:
        yield re.search(r"http\S+", run.stdout.readline()).group()
        run.terminate()


@pytest.fixture
def page(address: str, chromium: Any) -> Iterator[Any]:
    """The page, opened anew; it raises no error and asks nobody but this machine."""
    opened = chromium.new_page(color_scheme="light")
    errors: list[str] = []
    asked: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(address)
    opened.wait_for_selector("#class option", state="attached")
    yield opened
    opened.close()
    assert errors == []
    origin = address.partition("/?")[0]
    assert [url for url in asked if not url.startswith((origin, "blob:", "data:"))] == []


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A seven, written on paper."""
    _, (images, _) = load_dataset("mnist")
    paper = np.full((200, 300), 230, np.uint8)
    large = np.asarray(Image.fromarray(images[0]).resize((84, 84)))
    paper[80:164, 150:234] = 230 - (large / 255 * 200).astype(np.uint8)
    path = tmp_path_factory.mktemp("photo") / "photo.png"
    Image.fromarray(paper).save(path)
    return path


def answer_of(page: Any) -> str:
    page.wait_for_selector("#result:not([hidden])")
    return page.text_content("#answer")


def draw_a_one(page: Any, how: str) -> None:
    """Draw a line down the sheet."""
    box = page.locator("#sheet").bounding_box()
    spots = [(box["x"] + 140, box["y"] + box["height"] * part) for part in (0.2, 0.4, 0.6, 0.8)]
    if how == "mouse":
        drag_over(page, spots)
    elif how == "finger":
        swipe_over(page, spots)
    else:
        page.locator("#sheet").focus()
        for key in [*["ArrowUp"] * 8, "Space", *["ArrowDown"] * 16, "Space"]:
            page.keyboard.press(key)


@pytest.mark.parametrize("how", ["mouse", "finger", "keys"])
def test_a_line_that_is_drawn_is_taken_for_a_one(page: Any, how: str) -> None:
    draw_a_one(page, how)
    assert answer_of(page).startswith("1, with a confidence of ")


@pytest.mark.parametrize("how", ["drop", "paste", "choose"])
def test_a_photo_is_answered_as_the_network_answers(
    page: Any, how: str, photo: Path, model: Path
) -> None:
    if how == "choose":
        page.set_input_files("#file", photo)
    else:
        page.evaluate(_GIVE, [how, list(photo.read_bytes())])
    assert answer_of(page).startswith("7, with a confidence of ")
    saved = SavedNetwork(load_network(model), read_notes(model))
    expected = saved.answer(saved.see(photo, invert=False, frame=True, crop=False))
    shown = page.locator("#classes tr").nth(7).locator("td").first.text_content()
    percent = 100 * expected[7]
    assert shown == ("over 99.9 %" if percent > 99.9 else f"{percent:.1f} %")
    assert page.locator("#yours").is_visible()


def test_what_is_unlike_the_training_images_gets_a_warning(page: Any, photo: Path) -> None:
    page.set_input_files("#file", photo)
    answer_of(page)
    assert page.text_content("#warning") == ""
    page.locator("#frame").uncheck()
    page.locator("#warning", has_text="too bright").wait_for()


def test_a_photo_is_cut_where_that_is_ticked_and_it_is_not_framed(page: Any, photo: Path) -> None:
    page.set_input_files("#file", photo)
    answer_of(page)
    assert page.locator("#crop").is_disabled()
    page.locator("#frame").uncheck()
    page.locator("#warning", has_text="too bright").wait_for()
    squeezed = page.locator("#seen").get_attribute("src")
    page.locator("#crop").check()
    page.wait_for_function("src => document.querySelector('#seen').src !== src", arg=squeezed)


def test_the_evidence_is_that_of_the_chosen_class(page: Any, photo: Path) -> None:
    page.set_input_files("#file", photo)
    answer_of(page)
    assert "to the logit of 7" in page.text_content("#evidence")
    page.select_option("#class", "1")
    page.locator("#evidence", has_text=re.compile("(logit of|speaks for) 1")).wait_for()


def test_what_is_no_picture_is_refused_and_the_next_one_answered(
    page: Any, photo: Path, tmp_path: Path
) -> None:
    (tmp_path / "text.png").write_text("text")
    page.set_input_files("#file", tmp_path / "text.png")
    page.wait_for_selector("#error:not([hidden])")
    assert "no picture that can be read" in page.text_content("#error")
    page.set_input_files("#file", photo)
    assert answer_of(page).startswith("7, ")
    assert page.locator("#error").is_hidden()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_and_nothing_sticks_out(
    page: Any, photo: Path, theme: str, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 900})
    page.set_input_files("#file", photo)
    answer_of(page)
    assert [found["id"] for found in Axe().run(page).response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_without_its_token_the_page_says_what_to_open(page: Any, address: str) -> None:
    page.goto(address.partition("?")[0])
    page.wait_for_selector("#error:not([hidden])")
    assert "Open the whole address" in page.text_content("#error")
