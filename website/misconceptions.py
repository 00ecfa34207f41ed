"""The map of misconceptions: where each is asked about, and where it shows itself in code."""

import html
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from course_utils.grading.exercise import Exercise
from course_utils.grading.release import RELEASE, read_notebook
from course_utils.grading.trial import load_lessons
from course_utils.predictions.questions import questions

LINKS = Path(__file__).with_suffix(".toml")
_INTRODUCTION = (
    "# Misconceptions",
    "",
    "Behind each wrong answer to a predict box stands an idea, and so it does behind each usual "
    "mistake in an exercise. Here they are, lesson by lesson. Where a row names both a question "
    "and an exercise, learners meet the idea twice: they hear of it when they predict, and may "
    "find it again in their own code. Where it names no exercise, nothing that the course asks "
    "for can show the idea; where it names no question, you can ask one yourself before the "
    "exercise.",
)
_HEAD = ("| misconception | question | exercise | what the check says |", "|---|---|---|---|")


class Row(NamedTuple):
    """A misconception, and where it is met."""

    misconception: str
    lesson: str  # the folder of the lesson, as in "01_loading_data"
    question: str  # its name in the lesson, or ""
    exercise: str  # the function to write, or ""
    says: str  # what the check says to it, or ""


class _Known(NamedTuple):
    """An exercise, and what its check says to each of its slips."""

    exercise: Exercise
    slips: list[str]

    def whole(self, part: str) -> str:
        """Return the slip that holds these words, or the words as a part of a message."""
        return next((slip for slip in self.slips if part in slip), f"… {part} …")

    def find(self, words: str) -> str:
        """Find what a check says by its beginning, or by the misconception of a wrong answer."""
        for slip in self.slips:
            if slip.startswith(words):
                return slip
        for wrong in self.exercise.wrong_answers:
            if words in (wrong.misconception, wrong.says):
                return self.whole(wrong.says)
        return ""


def misconceptions(course: Path, links: Mapping[str, Any] | None = None) -> list[Row]:
    """Gather the misconceptions of a course, in the order of its lessons.

    A question whose options have no line in `links` (by default those of ``misconceptions.toml``)
    is a gap, and so is a line that leads nowhere, or an exercise that names no misconception.
    """
    if links is None:
        links = tomllib.loads(LINKS.read_text(encoding="utf-8"))
    lessons = list(load_lessons(course))
    known = {
        exercise.name: _Known(exercise, list(dict.fromkeys(s.name for s in exercise.slips())))
        for lesson in lessons
        for exercise in lesson.exercises
    }
    rows: list[Row] = []
    for lesson in lessons:
        topic = lesson.name.partition("_")[2]
        rows += _asked(lesson.name, topic, links.get(topic, {}), known)
        for exercise in lesson.exercises:
            rows += _shown(lesson.name, known[exercise.name])
    return rows


def _asked(
    lesson: str, topic: str, links: Mapping[str, Any], known: Mapping[str, _Known]
) -> Iterator[Row]:
    """Go through the wrong options of a lesson's predict boxes."""
    wrong = {
        (name, option["id"]): option["misconception"]
        for name, entry in questions(topic).items()
        for option in entry["options"]
        if not option.get("right")
    }
    lines = {(name, option): link for name in links for option, link in links[name].items()}
    for name, option in lines.keys() - wrong.keys():
        raise ValueError(f"{LINKS.name} has {topic}.{name}, {option}, which is no wrong option.")
    for (name, option), misconception in wrong.items():
        if (name, option) not in lines:
            raise ValueError(
                f"{LINKS.name} lacks {topic}.{name}, {option}: name the exercise and the slip in "
                'which the idea shows itself, or write "" if none can show it.'
            )
        exercise, _, words = lines[name, option].partition(": ")
        says = known[exercise].find(words) if exercise in known else ""
        if exercise and not says:
            raise ValueError(
                f"{LINKS.name} leads from {topic}.{name}, {option} to {exercise} and {words!r}, "
                f"which the course does not have. `course exercise {exercise}` lists all slips."
            )
        yield Row(misconception, lesson, name, exercise, says)


def _shown(lesson: str, known: _Known) -> Iterator[Row]:
    """Go through the wrong answers with which an exercise's checks are tried."""
    name = known.exercise.name
    if not known.exercise.wrong_answers:
        raise ValueError(f"{name} has no wrong answer: its answers.py must name a misconception.")
    for wrong in known.exercise.wrong_answers:
        yield Row(wrong.misconception, lesson, "", name, known.whole(wrong.says))


def misconceptions_page(course: Path) -> str:
    """Write the map as a page, a table for each lesson."""
    places = _places(course)
    lines = [*_INTRODUCTION]
    lesson = ""
    for row in misconceptions(course):
        if row.lesson != lesson:
            lesson = row.lesson
            lines += ["", f"## [{places[lesson, '']}]({lesson}/{lesson}.ipynb)", "", *_HEAD]
        idea = row.misconception[0].upper() + row.misconception[1:]
        question = _link(row.question.replace("_", " "), places.get((lesson, row.question)))
        exercise = _link(row.exercise, places.get(("", row.exercise)), code=True)
        cells = (_plain(idea), question, exercise, _plain(row.says))
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join([*lines, ""])


def _places(course: Path) -> dict[tuple[str, str], str]:
    """Find where on the site each question stands (by lesson), and each exercise.

    Under a lesson's name and "" stands its title.
    """
    places = {}
    for lesson in load_lessons(course):
        page = f"{lesson.name}/{lesson.name}"
        cells = read_notebook(course / RELEASE / f"{page}.ipynb").cells
        names = {part: one.name for one in lesson.exercises for part in one.parts}
        heading = ""
        for cell in cells:
            if cell.cell_type == "markdown":
                heading = (re.findall(r"^#+ (.+)$", cell.source, re.MULTILINE) or [heading])[-1]
                places.setdefault((lesson.name, ""), heading)
                continue
            for question in re.findall(r'\bpredict\("(\w+)"', cell.source):
                places[lesson.name, question] = f"{page}.html#{cell.id}"
            graded = cell.metadata.get("nbgrader", {}).get("grade_id")
            if graded in names:
                place = f"{page}.html#{_anchor(heading)}"
                places.setdefault(("", names[graded]), place)
    return places


def _anchor(heading: str) -> str:
    """Write the name that Sphinx gives to a heading's place."""
    return re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-")


def _link(words: str, place: str | None, *, code: bool = False) -> str:
    if not words:
        return "–"
    words = f"<code>{html.escape(words)}</code>" if code else html.escape(words)
    return f'<a href="{place}">{words}</a>' if place else words


def _plain(text: str) -> str:
    """Write a sentence into a Markdown table: what is between back ticks stays code."""
    if not text:
        return "–"
    parts = re.split(r"(`[^`]*`)", text.replace("|", "\\|"))
    return "".join(x if x.startswith("`") else re.sub(r"([*_\[\]<>#])", r"\\\1", x) for x in parts)
