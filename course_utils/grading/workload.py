"""How long each lesson takes, by one formula, and what there is in it to do.

Nobody has been timed. The formula estimates what a learner needs who knows some Python and meets
the subject for the first time; the constants below say what each of its terms rests on.
"""

import math
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table

from course_utils.grading.glossary import find_introductions, find_places
from course_utils.grading.release import DEFINITIONS, SOLUTIONS, lessons, read_notebook
from course_utils.predictions.questions import question

#: Adults read English non-fiction silently at 238 words a minute, most of them at 175 to 300
#: (Brysbaert, 2019, Journal of Memory and Language 109, 104047). New terms and formulas slow
#: them down.
WORDS_PER_MINUTE = 200
#: A question, four options and an explanation are a hundred words or so; then there is a choice.
MINUTES_PER_PREDICT_BOX = 1.5
#: The text before an explorer sets about three tasks, each of them a minute with the sliders.
MINUTES_PER_EXPLORER = 3.0
#: To read a line, run it and see what it did; changing it, where the text asks for that, is
#: included. Reviewers prepare application code at 500 lines an hour (Humphrey, 1989, as quoted in
#: McConnell, 2004, Code Complete), but look for mistakes, and have no text that explains it.
MINUTES_PER_CODE_LINE = 0.1
#: An exercise takes a while to begin and to check, and then grows with what has to be written. The
#: two longest solutions repeat themselves or are pasted, hence the limit. This is our guess.
MINUTES_PER_EXERCISE = 3.0
MINUTES_PER_SOLUTION_LINE = 1.0
MOST_SOLUTION_LINES = 10
#: Five to eight sentences, about a hundred words, are composed at 19 words a minute (Karat and
#: others, 1999, Proceedings of CHI).
MINUTES_PER_QUESTION = 5.0
ROUNDED_TO = 5

FORMULA = (
    f"minutes = words / {WORDS_PER_MINUTE} + {MINUTES_PER_PREDICT_BOX:g} per predict box + "
    f"{MINUTES_PER_EXPLORER:g} per explorer + {MINUTES_PER_CODE_LINE:g} per line of code to read + "
    f"{MINUTES_PER_EXERCISE:g} per exercise and {MINUTES_PER_SOLUTION_LINE:g} per line of its "
    f"solution, of which {MOST_SOLUTION_LINES} count at most + {MINUTES_PER_QUESTION:g} for the "
    f"question in your own words; rounded up to a multiple of {ROUNDED_TO}"
)
_NOTES = (
    "Words: all text but model answers and what stands folded away. Code lines: without comments, "
    "texts, imports, checks, and the cells of predict boxes and explorers. Nobody has been timed."
)

#: The headings of the table's numbers.
_NUMBERS = ["min-\nutes", "words", "terms", "boxes", "ex-\nplor-\ners", "code\nlines"]
_NUMBERS += ["exer-\ncises", "in\nKeras", "one-\nline", "right at\n1 2 3 4"]

_PREDICT = re.compile(r'\bpredict\("(?:\w+\.)?(\w+)"')
_EXPLORE = re.compile(r"\bexplore_\w+\(")
_OPENS_A_WIDGET = re.compile(
    rf"{_PREDICT.pattern}|{_EXPLORE.pattern}|\.explain\(|review_predictions\("
)
_SOLUTION = re.compile(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", re.DOTALL)
_KERAS = re.compile(r"\bkeras\.|\blayers\.[A-Z]|\.(?:compile|fit|evaluate|predict)\(")


@dataclass(frozen=True)
class Workload:
    """What there is to do in a lesson.

    Attributes
    ----------
    name : str
        The lesson's folder.
    title : str
        The lesson's heading. That of an optional lesson says so.
    words : int
        Words of text that stand open to a student.
    terms : int
        Terms that stand in bold, where they are explained.
    right_places : list of int
        For each predict box, where its right option stands, counted from 0.
    explorers : int
        How many explorers are opened.
    code_lines : int
        Lines of code to read.
    trainings : int
        Calls of ``fit`` in the code that the lesson gives.
    solutions : list of Solution
        One for each function that the student writes.
    questions : int
        Questions to answer in one's own words.
    """

    name: str
    title: str
    words: int
    terms: int
    right_places: list[int]
    explorers: int
    code_lines: int
    trainings: int
    solutions: list["Solution"]
    questions: int

    @property
    def topic(self) -> str:
        """The folder's name without the lesson's number."""
        return _topic(self.name)

    @property
    def optional(self) -> bool:
        """Whether the lesson may be left out."""
        return self.title.endswith("(optional)")

    @property
    def required(self) -> bool:
        """Whether the lesson is on the path that all learners take to the capstone."""
        return not self.optional and self.topic != "capstone"

    @property
    def minutes(self) -> int:
        """How long the lesson takes by the formula."""
        lines = [min(solution.lines, MOST_SOLUTION_LINES) for solution in self.solutions]
        exact = (
            self.words / WORDS_PER_MINUTE
            + MINUTES_PER_PREDICT_BOX * len(self.right_places)
            + MINUTES_PER_EXPLORER * self.explorers
            + MINUTES_PER_CODE_LINE * self.code_lines
            + MINUTES_PER_EXERCISE * len(self.solutions)
            + MINUTES_PER_SOLUTION_LINE * sum(lines)
            + MINUTES_PER_QUESTION * self.questions
        )
        # What floating point adds to a multiple of five must not cost five minutes more.
        return ROUNDED_TO * math.ceil(round(exact / ROUNDED_TO, 6))


@dataclass(frozen=True)
class Solution:
    """The reference solution of an exercise, as it stands in the lesson."""

    lines: int
    in_keras: bool


def workloads(course: Path) -> list[Workload]:
    """Measure a course's lessons, in order."""
    cells = {
        name: read_notebook(course / SOLUTIONS / name / f"{name}.ipynb").cells
        for name in lessons(course)
    }
    terms = Counter(x.lesson for x in find_introductions(course / SOLUTIONS))
    return [_measure(name, cells[name], terms[name]) for name in cells]


def tell(course: Path) -> RenderableType:
    """Lay out the lessons of a course in a table, with their sums and the formula beneath."""
    measured = workloads(course)
    table = Table(box=SIMPLE_HEAD, padding=0)
    table.add_column("lesson", overflow="fold")
    for heading in _NUMBERS:
        table.add_column(heading, justify="right", no_wrap=True)
    for workload in measured:
        number = workload.name.partition("_")[0]
        table.add_row(f"{number} {workload.title}", *_numbers([workload]))
    table.add_section()
    required = [workload for workload in measured if workload.required]
    table.add_row("required, no capstone", *_numbers(required))
    table.add_row("all", *_numbers(measured))
    trains = next((workload.name for workload in measured if workload.trainings), "no lesson")
    first = f"The first training is in {trains}.\n"
    return Group(table, first, f"{_say_where_bold(course)}\n", f"{FORMULA}.\n", _NOTES)


def _say_where_bold(course: Path) -> str:
    """Say whether each term of the glossary is bold once in the lessons, or which are not."""
    definitions = course / SOLUTIONS / DEFINITIONS
    if not definitions.is_file():
        return "There is no glossary."
    places = find_places(definitions, course / SOLUTIONS)
    wrong = {term: [x.lesson for x in found] for term, found in places.items() if len(found) != 1}
    if not wrong:
        return f"Each of the {len(places)} terms of the glossary is bold once."
    told = [f"{term} ({', '.join(found) or 'nowhere'})" for term, found in wrong.items()]
    return f"Terms of the glossary that are not bold once: {', '.join(told)}."


def _numbers(measured: list[Workload]) -> list[str]:
    """Add lessons up, in the order of the table's columns."""
    solutions = [solution for workload in measured for solution in workload.solutions]
    places = Counter(place for workload in measured for place in workload.right_places)
    sums = [
        sum(workload.minutes for workload in measured),
        sum(workload.words for workload in measured),
        sum(workload.terms for workload in measured),
        places.total(),
        sum(workload.explorers for workload in measured),
        sum(workload.code_lines for workload in measured),
        len(solutions),
        sum(solution.in_keras for solution in solutions),
        sum(solution.lines == 1 for solution in solutions),
    ]
    return [*(f"{number:,}" for number in sums), " ".join(str(places[i]) for i in range(4))]


def _measure(name: str, cells: list[Any], terms: int) -> Workload:
    text = [cell for cell in cells if cell.cell_type == "markdown"]
    open_text = "\n\n".join(cell.source for cell in text if not _nbgrader(cell).get("grade"))
    code = [c for c in cells if c.cell_type == "code" and not _nbgrader(c).get("grade")]
    written = [cell.source for cell in code if _nbgrader(cell).get("solution")]
    given = [_SOLUTION.sub("", cell.source) for cell in code]
    title = re.search(r"^# (.+)", open_text, flags=re.MULTILINE)
    return Workload(
        name=name,
        title=title[1] if title else "",
        words=_words(open_text),
        terms=terms,
        right_places=[
            _right_place(_topic(name), key) for cell in given for key in _PREDICT.findall(cell)
        ],
        explorers=sum(len(_EXPLORE.findall(cell)) for cell in given),
        code_lines=sum(_code_lines(cell) for cell in given if not _OPENS_A_WIDGET.search(cell)),
        trainings=sum(cell.count(".fit(") for cell in given),
        solutions=[
            Solution(_code_lines("".join(_SOLUTION.findall(cell))), bool(_KERAS.search(cell)))
            for cell in written
        ],
        questions=sum(bool(_nbgrader(cell).get("grade")) for cell in text),
    )


def _nbgrader(cell: Any) -> dict[str, Any]:
    return cell.metadata.get("nbgrader", {})


def _topic(name: str) -> str:
    return name.partition("_")[2]


def _right_place(topic: str, key: str) -> int:
    options = question(topic, key)["options"]
    return next(i for i, option in enumerate(options) if option.get("right"))


def _words(text: str) -> int:
    """Count the words of a text in Markdown, without what is folded away."""
    text = re.sub(r"<details>.*?</details>", " ", text, flags=re.DOTALL)
    text = re.sub(r"\]\([^)]*\)", "]", text)  # where a link leads
    text = re.sub(r"</?[a-z][^>]*>", " ", text)
    return sum(bool(re.search(r"\w", word)) for word in text.split())


def _code_lines(source: str) -> int:
    """Count the lines that hold a name or a number, apart from comments, texts and imports."""
    source = re.sub(
        r"^[ \t]*(?:from [\w.]+ )?import (?:\([^)]*\)|.*)", "", source, flags=re.MULTILINE
    )
    source = re.sub(r"[bfr]*\"[^\"\n]*\"|[bfr]*'[^'\n]*'", "", source)
    source = re.sub(r"#.*", "", source)
    return sum(bool(re.search(r"\w", line)) for line in source.splitlines())
