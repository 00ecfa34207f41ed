"""A class on a hub, and its people in the browser."""

from collections.abc import Iterator
from typing import Any

import pytest
from hub_class import Class, People, running_demo


@pytest.fixture(scope="session")
def demo() -> Iterator[Class]:
    """A running `make hub-demo`."""
    with running_demo() as found:
        yield found


@pytest.fixture(scope="session")
def people(demo: Class, chromium: Any) -> Iterator[People]:
    """Everyone, logged in when first asked for."""
    found = People(demo, chromium)
    yield found
    for page in found.values():
        page.context.close()
