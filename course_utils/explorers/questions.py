"""The questions of the predict boxes, a file for each lesson: ``predictions/<lesson>.toml``."""

import difflib
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "predictions"


def require_lesson(lesson: object) -> str:
    """Demand a lesson that has predict boxes.

    Parameters
    ----------
    lesson : str
        As in ``"loading_data"``.

    Returns
    -------
    str
        The same.

    Raises
    ------
    ValueError
        If there is no such lesson; the message names the nearest.

    Examples
    --------
    >>> require_lesson("loading_data")
    'loading_data'
    """
    return _known("lesson", lesson, sorted(file.stem for file in _FOLDER.glob("*.toml")))


def question(lesson: str, name: str) -> dict[str, Any]:
    """Look up a question.

    Parameters
    ----------
    lesson, name : str
        As in ``"loading_data"`` and ``"wraparound"``.

    Returns
    -------
    dict
        The entry of the lesson's file.

    Raises
    ------
    ValueError
        If there is no such lesson or question; the message names the nearest.

    Examples
    --------
    >>> sorted(question("loading_data", "wraparound"))
    ['explanation', 'options', 'question']
    """
    questions = _read(require_lesson(lesson))
    return questions[_known("question", name, sorted(questions))]


@cache
def _read(lesson: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{lesson}.toml").read_text(encoding="utf-8"))


def _known(what: str, name: object, known: list[str]) -> str:
    """Demand a name that is known."""
    if isinstance(name, str) and name in known:
        return name
    near = difflib.get_close_matches(name, known, n=1) if isinstance(name, str) else []
    guess = f" Did you mean {near[0]!r}?" if near else ""
    raise ValueError(
        f"There is no {what} {name!r} with predict boxes.{guess} There are: {', '.join(known)}."
    )
