"""The site as the tests build it: two lessons alive, all others with pictures."""

from pathlib import Path
from typing import NamedTuple

from course_notebooks import lesson_on

#: Lessons that train nothing, so that their runs take seconds.
LIVE = [lesson_on("loading_data"), lesson_on("one_hot_encoding")]


class Site(NamedTuple):
    """A built site, and the sources that Sphinx made it of."""

    html: Path
    source: Path
