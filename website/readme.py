"""The README's links to the site: there once the site's address is set, and only then."""

import re
import tomllib
from pathlib import Path

from course_utils._files import write_aside

#: A lesson in the README's table, with its link to the site, if it has one.
_LESSON = re.compile(
    r"^\| (?P<notebook>\[[^]]+\]\(notebooks/(?P<name>\w+)/(?P=name)\.ipynb\))"
    r"(?: · \[read\]\([^)]*\))?",
    re.MULTILINE,
)


def site_address(course: Path) -> str:
    """Return the address of the site, which is set in one place, or "" before it is set."""
    project = tomllib.loads((course / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return project.get("urls", {}).get("Documentation", "").rstrip("/")


def with_links(readme: str, address: str) -> str:
    """Give each lesson in the README's table its link to the site; without an address, none."""

    def link(found: re.Match[str]) -> str:
        page = f"{address}/{found['name']}/{found['name']}.html"
        return f"| {found['notebook']}" + (f" · [read]({page})" if address else "")

    return _LESSON.sub(link, readme)


def link_readme(course: Path) -> bool:
    """Bring the README's links up to date; tell whether that changed it."""
    path = course / "README.md"
    before = path.read_text(encoding="utf-8")
    after = with_links(before, site_address(course))
    if after == before:
        return False
    write_aside(path, after)
    return True
