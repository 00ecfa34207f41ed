"""The questions of the predict boxes, a file for each lesson: ``lessons/<lesson>.toml``."""

import html
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from course_utils import _arguments

_FOLDER = Path(__file__).parent / "lessons"


def lesson_names() -> list[str]:
    """Name the lessons that have predict boxes, as in ``"loading_data"``."""
    return sorted(file.stem for file in _FOLDER.glob("*.toml"))


def require_lesson(lesson: object) -> str:
    """Require a lesson that has predict boxes."""
    return _known("lesson", lesson, lesson_names())


@cache
def questions(lesson: str) -> dict[str, dict[str, Any]]:
    """Read the entries of a lesson's file, by name."""
    file = _FOLDER / f"{require_lesson(lesson)}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def question(lesson: str, name: str) -> dict[str, Any]:
    """Look up the entry of a lesson's file."""
    entries = questions(lesson)
    return entries[_known("question", name, sorted(entries))]


def explanation(entry: dict[str, Any], choice: int, confidence: int | str) -> str:
    """Explain, in HTML, a question to somebody who has chosen an option and was so sure of it."""
    chosen = entry["options"][choice]
    right = next(option for option in entry["options"] if option.get("right"))
    if chosen is right:
        verdict, idea = f"✓ Right: {right['text']}.", ""
    else:
        verdict = f"✗ You chose: {chosen['text']}. The right answer is: {right['text']}."
        idea = f"The idea behind your answer: {chosen['misconception']}."
    lines = (f"{verdict} You were {confidence} % sure.", idea, entry["explanation"])
    return "".join(f"<p>{html.escape(line)}</p>" for line in lines if line)


def _known(what: str, name: object, known: list[str]) -> str:
    """Require a name that is known."""
    if isinstance(name, str) and name in known:
        return name
    near = _arguments.nearest(name, known)
    guess = f" Did you mean {near!r}?" if near else ""
    raise ValueError(
        f"There is no {what} {name!r} with predict boxes.{guess} There are: {', '.join(known)}."
    )
