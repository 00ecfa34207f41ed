"""A real Chromium on pages of the site; `make site ARGS=--check` visits all of them."""

from collections.abc import Iterator
from typing import Any

import pytest
from built_site import LIVE, Site

from website.walking import WIDTHS, Visit, found_by_search, served

LESSON = f"{LIVE[-1]}/{LIVE[-1]}.html"
PAGES = [
    "index.html",
    LESSON,
    "contents.html",
    "search.html",
]


@pytest.fixture(scope="module")
def address(site: Site) -> Iterator[str]:
    with served(site.html) as address:
        yield address


@pytest.fixture
def visit(site: Site, address: str, chromium: Any) -> Iterator[Any]:
    """Open a page; what was opened is closed at the end."""
    opened = []

    def go(name: str, width: int = 1280) -> Visit:
        opened.append(Visit(chromium, site.html, address, name, width))
        return opened[-1]

    yield go
    for one in opened:
        one.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_wrong_with_a_page(visit: Any, page: str, width: int) -> None:
    assert visit(page, width).check() == []


def test_a_lesson_shows_its_explorers_and_boxes(visit: Any) -> None:
    page = visit(LESSON).page
    shown = [page.locator(what).count() for what in (".course-explorer", ".course-predict")]
    assert shown == [2, 3]


def test_the_cover_reads_what_is_drawn(visit: Any) -> None:
    page = visit("index.html").page
    sentence = page.locator(".course-scene p")
    page.get_by_role("button", name="Clear").click()
    assert sentence.text_content().startswith("The picture is empty")
    page.locator(".course-sheet").focus()
    for key in [*["ArrowUp"] * 7, "Space", *["ArrowDown"] * 14, "Space"]:
        page.keyboard.press(key)
    assert "the CNN predicts 1 (" in sentence.text_content()


def test_the_search_finds_stride(address: str, chromium: Any) -> None:
    assert any("convolution" in page for page in found_by_search(chromium, address, "stride"))


def test_a_picture_stands_in_for_an_explorer_that_has_not_come_alive(
    address: str, chromium: Any
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{LESSON}")
    assert page.locator(".course-still figure img").first.is_visible()
    assert page.locator(".course-still ol li").first.is_visible()
    context.close()


def test_a_scene_is_drawn_again_in_the_other_theme(visit: Any) -> None:
    page = visit(LESSON).page
    canvas = page.locator(".course-scene canvas").first
    before = canvas.evaluate("canvas => canvas.toDataURL()")
    page.evaluate("() => { document.documentElement.dataset.theme = 'dark'; }")
    page.wait_for_function(
        "before => document.querySelector('.course-scene canvas').toDataURL() !== before",
        arg=before,
    )


#: As ipywidgets makes one, for the kernel's numbers.
FIELD = '<div class="widget-text"><input type="number" aria-label="a" value="3"></div>'


def test_a_number_field_can_be_read_in_both_themes(visit: Any) -> None:
    opened = visit(LESSON)
    opened.page.locator("article").first.evaluate(
        "(article, field) => article.insertAdjacentHTML('beforeend', field)", FIELD
    )
    opened.check_access()
    assert opened.faults == []


def test_what_is_to_be_predicted_is_folded_away_until_the_explanation(visit: Any) -> None:
    page = visit(LESSON).page
    assert not page.get_by_text("class 5.0 is the Sandal").is_visible()
    page.get_by_text("Show what comes out").first.click()
    assert page.get_by_text("class 5.0 is the Sandal").is_visible()


def test_a_browser_that_keeps_nothing_says_so_and_explains(visit: Any) -> None:
    page = visit(LESSON).page
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full'); }; }")
    box = page.locator(".course-predict").first
    box.locator("input[type=radio]").first.check()
    box.get_by_role("button").click()
    assert "this browser keeps nothing" in box.locator("[role=status]").inner_text()
    assert page.locator(".course-explanation").first.inner_text().startswith("✗ You chose")


def test_a_question_whose_option_is_gone_is_asked_again(visit: Any) -> None:
    page = visit(LESSON).page
    page.evaluate(
        """() => localStorage.setItem("course.predictions", JSON.stringify(
          { "one_hot_encoding.average": { option: "gone", confidence: 10, right: false } }))"""
    )
    page.reload()
    assert page.locator(".course-predict").first.get_by_role("button").is_visible()


@pytest.mark.parametrize(("look", "spoil", "fault"), [
    ("check_access", "document.body.append(document.createElement('button'))", "button-name"),
    ("check_width", "document.body.style.width = '2000px'", "pixels wide"),
    ("check_width", "console.error('broken')", "broken"),
    ("check_width", "fetch('http://192.0.2.1/').catch(() => {})", "asks for http://192.0.2.1/"),
    ("check_explorers", "HTMLCanvasElement.prototype.toDataURL = () => ''", "moves nothing"),
    ("check_predictions", "Storage.prototype.setItem = () => { throw Error() }", "say where they"),
])  # fmt: skip
def test_a_fault_would_be_found(visit: Any, look: str, spoil: str, fault: str) -> None:
    opened = visit(LESSON)
    opened.page.evaluate(f"() => {{ {spoil}; }}")
    getattr(opened, look)()
    assert fault in " ".join(opened.faults)


def test_a_page_that_weighs_too_much_would_be_found(visit: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("website.walking.MOST_BYTES", 1000)
    opened = visit(LESSON)
    opened.check_weight()
    assert "more than 1,000" in opened.faults[0]
