"""What makes and tests lessons: `release`, `outputs`, `lessons`, `answers`, `cases`."""

from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from course_utils.cli.base import Course, Lessons

if TYPE_CHECKING:
    from contextlib import ExitStack

    from course_utils.grading.marking.far_away import FarAway
    from course_utils.grading.trial import Lesson

app = typer.Typer()


@app.command()
def release(
    course: Course = None,
    check: Annotated[bool, typer.Option("--check", help="Only report the differences.")] = False,
) -> None:
    """Make the students' notebooks/ from solutions/. A failure leaves the old ones in place.

    Examples: course release · course release --check
    """
    from course_utils.grading.release import check_release, find_course, make_release

    folder = find_course(course)
    if check:
        lines = check_release(folder)
        typer.echo("\n".join(lines) or "notebooks/ is what solutions/ gives.")
        if lines:
            raise ValueError("Run `make release`, and move away what should not be there.")
    else:
        written = make_release(folder)
        typer.echo("\n".join(f"wrote {name}" for name in written) or "Nothing has changed.")


@app.command()
def outputs(names: Lessons = None, course: Course = None) -> None:
    """Run solutions and save them with their outputs. A failed run leaves the file as it was.

    Examples: course outputs · course outputs 01_loading_data
    """
    from tqdm import tqdm

    from course_utils.grading.outputs import save_outputs
    from course_utils.grading.release import SOLUTIONS, find_course, lessons

    folder = find_course(course)
    known = lessons(folder)
    unknown = [name for name in names or [] if name not in known]
    if unknown:
        raise ValueError(f"There is no lesson {unknown[0]!r}. There are: {', '.join(known)}.")
    for name in tqdm(names or known, unit="lesson"):
        save_outputs(folder / SOLUTIONS / name / f"{name}.ipynb")


@app.command("lessons")
def show_lessons(course: Course = None) -> None:
    """Print how long each lesson takes by the formula, what that rests on, and the sums.

    Example: course lessons
    """
    from course_utils.grading.release import find_course
    from course_utils.grading.workload import tell

    Console().print(tell(find_course(course)))


@app.command()
def answers(
    names: Lessons = None,
    course: Course = None,
    repeat: Annotated[
        int, typer.Option(min=1, help="How many times, each with new random cases.")
    ] = 1,
    sandbox: Annotated[
        bool, typer.Option("--sandbox", help="Ask them as students are graded; without slips.")
    ] = False,
    right: Annotated[bool, typer.Option("--right", help="Try the right answers alone.")] = False,
) -> None:
    """Try the right and wrong answers and the slips of each exercise, and print the outcomes.

    Examples: course answers · course answers 02_one_hot_encoding --right --repeat 50
    """
    from contextlib import ExitStack
    from functools import partial

    from tqdm import tqdm

    from course_utils.grading.release import find_course
    from course_utils.grading.trial import load_lessons

    table = Table("exercise", "answer or misconception", "points", "caught by", "message")
    surprises = 0
    lessons = list(load_lessons(find_course(course), names))
    with ExitStack() as far:
        places = _far_away(lessons, far) if sandbox else {}
        tried = [
            (lesson, attempt)
            for lesson in lessons
            for attempt in lesson.attempts(slips=not (sandbox or right))
            if attempt.says is None or not right
        ]
        for lesson, attempt in tqdm(tried, unit="answer", leave=False):
            asked = partial(places[lesson.name].asker, attempt) if sandbox else None
            outcomes = [
                lesson.try_answer(attempt.exercise, attempt.answer, asked=asked)
                for _ in range(repeat)
            ]
            surprising = [outcome for outcome in outcomes if not attempt.comes_true(outcome)]
            surprises += bool(surprising)
            shown = (surprising or outcomes)[0]
            points = f"{shown.earned}/{shown.possible}"
            table.add_row(
                attempt.exercise.name,
                escape(attempt.title),
                points,
                shown.caught_by or "-",
                escape(shown.message or "-"),
            )
    Console().print(table)
    if surprises:
        raise ValueError(f"answers with another outcome than their authors expect: {surprises}")


def _far_away(lessons: "list[Lesson]", far: "ExitStack") -> "dict[str, FarAway]":
    """Put each lesson's answers into the grader's sandbox."""
    from course_utils.grading.marking.far_away import FarAway
    from course_utils.grading.marking.grade import PRELOAD_EVERYTHING
    from course_utils.sandbox.box import Box

    box = far.enter_context(Box(preload=PRELOAD_EVERYTHING))
    return {lesson.name: far.enter_context(FarAway(lesson, box)) for lesson in lessons}


@app.command()
def cases(names: Lessons = None, course: Course = None) -> None:
    """Draw anew the further cases that checks ask, from the right answers of each exercise.

    Needed when a right answer, the draw of hidden cases or the slips of an exercise have changed.

    Examples: course cases · course cases 05_activations
    """
    from tqdm import tqdm

    from course_utils.grading.further_cases import make_further_cases
    from course_utils.grading.release import find_course

    written = list(tqdm(make_further_cases(find_course(course), names), unit="exercise"))
    changed = [name for name in written if name]
    typer.echo("\n".join(f"wrote {name}" for name in changed) or "Nothing has changed.")


@app.command()
def exercise(
    name: Annotated[str, typer.Argument(help="The function that the learner writes.")],
    course: Course = None,
) -> None:
    """Show everything about an exercise: cases, slips, right and wrong answers, points.

    Example: course exercise one_hot
    """
    from course_utils.grading.release import find_course
    from course_utils.grading.story import tell

    Console().print(tell(find_course(course), name))
