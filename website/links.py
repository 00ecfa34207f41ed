"""Whether every link inside the site leads to a file, and to a place in it."""

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit


class _Page(HTMLParser):
    """What a page points to, and what can be pointed to in it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.places: set[str] = set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.places |= {given[key] for key in ("id", "name") if key in given}
        self.links += [given[key] for key in ("href", "src") if key in given]


def pages_of(html: Path) -> list[str]:
    """Name the pages of a site, by their addresses in it."""
    pages = sorted(path.relative_to(html).as_posix() for path in html.rglob("*.html"))
    return [page for page in pages if not page.startswith("_static/")]


def broken_links(html: Path) -> list[str]:
    """List the links that lead to no file of the site, or to a place that its page lacks."""
    pages = {(html / page).resolve(): _Page(html / page) for page in pages_of(html)}
    faults = []
    for path, page in pages.items():
        where = path.relative_to(html.resolve()).as_posix()
        for link in page.links:
            address, place = urldefrag(link)
            if urlsplit(address).scheme:  # to another site, or the content itself
                continue
            name = unquote(address.partition("?")[0])
            target = (path.parent / name).resolve() if name else path
            if not target.is_file():
                faults.append(f"{where} links to {link}, but there is no such file")
            elif place and target in pages and unquote(place) not in pages[target].places:
                faults.append(f"{where} links to {link}, but that page has no such place")
    return faults
