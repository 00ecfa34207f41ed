"""Links to the site and to Binder appear once their addresses are set, and none is invented."""

import re
import runpy

from course_notebooks import COURSE, LESSONS

from website.readme import site_address, with_links

README = (COURSE / "README.md").read_text(encoding="utf-8")
ADDRESS = "https://example.org/course"


def test_the_readme_links_to_the_site_that_is_set_and_to_no_other() -> None:
    assert with_links(README, site_address(COURSE)) == README


def test_with_an_address_each_lesson_links_to_its_page() -> None:
    linked = re.findall(r"· \[read\]\((.*?)\)", with_links(README, ADDRESS))
    assert linked == [f"{ADDRESS}/{lesson}/{lesson}.html" for lesson in LESSONS]


def test_a_new_address_takes_the_place_of_the_old_one() -> None:
    once = with_links(README, "https://example.org/old")
    assert with_links(once, ADDRESS) == with_links(README, ADDRESS)
    assert with_links(once, "") == with_links(README, "")


def test_pages_open_on_binder_once_the_repository_has_an_address() -> None:
    launch = runpy.run_path(str(COURSE / "website" / "sphinx" / "conf.py"))["launch"]
    assert launch({}) == {}
    options = launch({"Repository": "https://example.org/me/course"})
    assert options["repository_url"] == "https://example.org/me/course"
    assert options["path_to_docs"] == "notebooks"
