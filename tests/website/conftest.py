"""The site, built once for all of its tests."""

import pytest
from built_site import LIVE, Site
from course_notebooks import COURSE

from website.building import build


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The whole site."""
    out = tmp_path_factory.mktemp("site")
    return Site(build(COURSE, out, LIVE), out / "source")
