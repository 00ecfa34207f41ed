"""The ``course`` command: what instructors and maintainers do with the course.

Each module holds the commands of one group in an ``app`` of its own, and is named here. A new
command goes into the module of its group.
"""

import typer

from course_utils.cli import grading, lessons, school, shipped
from course_utils.cli.base import OneSentence

app = typer.Typer(
    cls=OneSentence,
    no_args_is_help=True,
    add_completion=False,
    help="Release, test and check the course. Use --help with a command to learn more.",
)
for group in (lessons, grading, school, shipped):
    app.add_typer(group.app)
