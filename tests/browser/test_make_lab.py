"""What `make lab` opens, and what it leaves behind."""

import urllib.request
from typing import Any


def test_it_opens_the_course_at_its_first_lesson(lab: Any) -> None:
    with urllib.request.urlopen(lab.address) as page:
        assert page.url.endswith("/lab/tree/00_start_here/00_start_here.ipynb")


def test_it_leaves_nothing_in_the_home_folder(lab: Any) -> None:
    assert list(lab.home.iterdir()) == []
