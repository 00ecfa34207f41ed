"""The questions of the predict boxes, a file for each lesson: ``lessons/<lesson>.toml``."""

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


def question(lesson: str, name: str) -> dict[str, Any]:
    """Look up the entry of a lesson's file."""
    questions = _read(require_lesson(lesson))
    return questions[_known("question", name, sorted(questions))]


@cache
def _read(lesson: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{lesson}.toml").read_text(encoding="utf-8"))


def _known(what: str, name: object, known: list[str]) -> str:
    """Require a name that is known."""
    if isinstance(name, str) and name in known:
        return name
    near = _arguments.nearest(name, known)
    guess = f" Did you mean {near!r}?" if near else ""
    raise ValueError(
        f"There is no {what} {name!r} with predict boxes.{guess} There are: {', '.join(known)}."
    )
