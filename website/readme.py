"""The README's links to the site, Binder and Colab: there once an address is set, and only then."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from course_utils._files import write_aside

#: A lesson in the README's table, with its link to the site, if it has one.
_LESSON = re.compile(
    r"^\| (?P<notebook>\[[^]]+\]\(notebooks/(?P<name>\w+)/(?P=name)\.ipynb\))"
    r"(?: · \[(?:read|Binder|Colab)\]\([^)]*\))*",
    re.MULTILINE,
)


def addresses(course: Path) -> dict[str, str]:
    """Return the addresses that are set in one place, of the site and the repository."""
    project = tomllib.loads((course / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {name: url.rstrip("/") for name, url in project.get("urls", {}).items()}


def with_links(readme: str, addresses: dict[str, str]) -> str:
    """Give each lesson in the README's table the links that its addresses allow."""

    def link(found: re.Match[str]) -> str:
        links = _links(found["name"], addresses)
        return " · ".join([f"| {found['notebook']}", *(f"[{to}]({url})" for to, url in links)])

    return _LESSON.sub(link, readme)


def _links(lesson: str, addresses: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Name where a lesson can be opened: the lesson itself, never a list of folders."""
    if "Documentation" in addresses:
        yield "read", f"{addresses['Documentation']}/{lesson}/{lesson}.html"
    if "Repository" in addresses:
        repository = addresses["Repository"].removesuffix(".git")
        notebook = f"notebooks/{lesson}/{lesson}.ipynb"
        on_github = repository.partition("://github.com/")[2]
        source = f"gh/{on_github}" if on_github else f"git/{quote(repository, safe='')}"
        yield "Binder", f"https://mybinder.org/v2/{source}/HEAD?urlpath=lab/tree/{notebook}"
        if on_github:  # Colab opens no other
            at = f"{on_github}/blob/HEAD/{notebook}"
            yield "Colab", f"https://colab.research.google.com/github/{at}"


def link_readme(course: Path) -> bool:
    """Bring the README's links up to date; tell whether that changed it."""
    path = course / "README.md"
    before = path.read_text(encoding="utf-8")
    after = with_links(before, addresses(course))
    if after == before:
        return False
    write_aside(path, after)
    return True
