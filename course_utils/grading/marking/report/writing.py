"""A report as a page of HTML and as a table. The page is one file without scripts or links."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from statistics import mean, median
from typing import Any

from course_utils import _arguments
from course_utils._files import write_aside
from course_utils.grading.marking.report.items import FEWEST, Item
from course_utils.grading.marking.results import Outcome
from course_utils.grading.school.tables import require_new, write_table

_TEMPLATE = "page.html"
_HEADER = (
    "lesson",
    "student",
    "outcome",
    "exercise",
    "grade_id",
    "earned",
    "possible",
    "cell_outcome",
    "diagnosis",
    "diagnosis_source",
    "answers",
)
_N_BARS = 10
_MOST_GROUPS = 20


@dataclass(frozen=True)
class StudentRow:
    """A student in a lesson. Where nothing was graded there are no points."""

    id: str
    name: str  # as the report calls them
    outcome: str
    points: float | None
    in_gradebook: float | None
    waits: bool


@dataclass(frozen=True)
class Exercise:
    """An exercise, and how the class did in it."""

    title: str
    possible: float
    n_attempted: int
    item: Item


@dataclass(frozen=True)
class Misconception:
    """What was misunderstood, where the lesson teaches it, and by whom."""

    name: str
    exercise: str
    section: str
    students: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class UnknownGroup:
    """Wrong answers that are not on file and gave the same outputs, with the code of one."""

    exercise: str
    students: tuple[str, ...]
    code: str
    message: str


@dataclass(frozen=True)
class Alike:
    """Two submissions that are nearly the same, with the code of both, exercise by exercise."""

    one: str
    other: str
    share: float
    n_same_unknown: int  # graded cells that both answered wrongly, and alike
    code: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class LessonReport:
    """What came of a lesson."""

    name: str
    title: str
    outcomes: dict[str, int]
    possible: float
    scores: tuple[float, ...]  # in order; of those who wrote something that could be judged
    exercises: tuple[Exercise, ...]
    misconceptions: tuple[Misconception, ...]
    unknown: tuple[UnknownGroup, ...]
    alike: tuple[Alike, ...]
    n_alike: int
    students: tuple[StudentRow, ...]
    rows: tuple[tuple[str, ...], ...]
    is_unsafe: bool

    @property
    def n_handed_in(self) -> int:
        """How many handed something in."""
        return len(self.students) - self.outcomes.get(Outcome.MISSING, 0)

    @property
    def average(self) -> float | None:
        """The mean share of the points; None if there are no scores."""
        return mean(self.scores) / self.possible if self.scores and self.possible else None

    @property
    def middle(self) -> float | None:
        """The median share of the points."""
        return median(self.scores) / self.possible if self.scores and self.possible else None

    @property
    def bars(self) -> list[int]:
        """How many have up to a tenth of the points, up to two tenths, and so on."""
        counts = [0] * _N_BARS
        for score in self.scores:
            share = score / self.possible if self.possible else 0.0
            counts[min(int(share * _N_BARS + 1e-9), _N_BARS - 1)] += 1
        return counts


@dataclass(frozen=True)
class Report:
    """A report that has not been written yet.

    Attributes
    ----------
    lessons : tuple of LessonReport
        What came of each.
    is_anonymous : bool
        Whether names, ids and remarks in code were left out.
    has_roster : bool
        Whether the gradebook says who is in the class; else nobody can be missing.
    n_students : int
        How many are in the class, or have handed in.
    """

    lessons: tuple[LessonReport, ...]
    is_anonymous: bool
    has_roster: bool
    n_students: int

    def html(self) -> str:
        """Write the page."""
        return _template().render(
            report=self,
            lessons=self.lessons,
            outcomes=[
                outcome
                for outcome in (*map(str, Outcome), "not graded yet")
                if any(outcome in lesson.outcomes for lesson in self.lessons)
            ],
            fewest=FEWEST,
            most_groups=_MOST_GROUPS,
            made=datetime.now(UTC),
        )

    def write(self, to: Path, table: Path | None = None) -> None:
        """Write the page, and the table if it is wanted, each in one step.

        Parameters
        ----------
        to : path
            An HTML file. One that exists is replaced.
        table : path, optional
            A CSV file, with a row for each graded cell of each student.
        """
        page = _require_page(to)
        wanted = None if table is None else require_new(table)
        write_aside(page, self.html())
        if wanted:
            write_table(wanted, _HEADER, self._rows())

    def _rows(self) -> Sequence[tuple[str, ...]]:
        return [row for lesson in self.lessons for row in lesson.rows]


def _require_page(to: Path) -> Path:
    """Require the name of an HTML file in a folder that exists."""
    path = _arguments.path("to", to)
    if path.suffix.lower() not in (".html", ".htm"):
        raise ValueError(f"`to` must end in .html; got {path}. Name a file, as in report.html.")
    if path.is_dir():
        raise IsADirectoryError(f"`to` must be a file; got the folder {path}. Name a file in it.")
    if not path.parent.is_dir():
        raise FileNotFoundError(
            f"`to` must lie in an existing folder; got {path}. Make the folder first."
        )
    return path


def percent(share: float | None) -> str:
    """Write a share of 1 as a percentage."""
    return "–" if share is None else f"{100 * share:.0f} %"


@cache
def _template() -> Any:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["points"] = lambda number: f"{round(number, 2):g}"
    environment.filters["percent"] = percent
    text = (
        files("course_utils.grading.marking.report").joinpath(_TEMPLATE).read_text(encoding="utf-8")
    )
    return environment.from_string(text)
