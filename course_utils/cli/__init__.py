"""The ``course`` command: what learners, instructors and maintainers do with the course.

Each module holds the commands of one group in an ``app`` of its own, and is named here. A new
command goes into the module of its group.
"""

import typer

from course_utils.cli import classes, grading, handing, learning, lessons, school, shipped
from course_utils.cli.base import OneSentence

app = typer.Typer(
    cls=OneSentence,
    no_args_is_help=True,
    add_completion=False,
    help="Learn with the course, teach it, or work on it. Use --help with a command to learn more.",
)
for group in (learning, classes, handing, grading, school, lessons, shipped):
    app.add_typer(group.app)
