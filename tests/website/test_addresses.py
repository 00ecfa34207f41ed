"""Links to the site, Binder and Colab appear once addresses are set, and none is invented."""

import re
import runpy

from course_notebooks import COURSE, LESSONS

from website.readme import addresses, with_links

README = (COURSE / "README.md").read_text(encoding="utf-8")
SITE = {"Documentation": "https://example.org/course"}
GITHUB = {"Repository": "https://github.com/me/course.git"}


def test_the_readme_links_to_the_site_that_is_set_and_to_no_other() -> None:
    assert with_links(README, addresses(COURSE)) == README


def test_with_an_address_each_lesson_links_to_its_page() -> None:
    linked = re.findall(r"· \[read\]\((.*?)\)", with_links(README, SITE))
    assert linked == [f"{SITE['Documentation']}/{lesson}/{lesson}.html" for lesson in LESSONS]


def test_a_new_address_takes_the_place_of_the_old_one() -> None:
    once = with_links(README, {"Documentation": "https://example.org/old", **GITHUB})
    assert with_links(once, SITE) == with_links(README, SITE)
    assert with_links(once, {}) == with_links(README, {})


def test_with_a_repository_each_lesson_opens_on_binder_and_on_colab() -> None:
    linked = with_links(README, GITHUB)
    for lesson in LESSONS:
        own = f"notebooks/{lesson}/{lesson}.ipynb"
        assert f"(https://mybinder.org/v2/gh/me/course/HEAD?urlpath=lab/tree/{own})" in linked
        assert f"(https://colab.research.google.com/github/me/course/blob/HEAD/{own})" in linked


def test_a_repository_elsewhere_opens_on_binder_alone() -> None:
    linked = with_links(README, {"Repository": "https://example.org/me/course"})
    assert "/v2/git/https%3A%2F%2Fexample.org%2Fme%2Fcourse/HEAD?urlpath=" in linked
    assert "[Colab]" not in linked


def test_pages_open_on_binder_once_the_repository_has_an_address() -> None:
    launch = runpy.run_path(str(COURSE / "website" / "sphinx" / "conf.py"))["launch"]
    assert launch({}) == {}
    options = launch({"Repository": "https://example.org/me/course"})
    assert options["repository_url"] == "https://example.org/me/course"
    assert options["path_to_docs"] == "notebooks"
