"""Each lesson's own tools under one short name.

A lesson's notebook begins with a line such as ``from course_utils.lessons import activations as
lesson``. After it ``lesson.`` and the Tab key list the lesson's checks (``check_...``), its
explorers (``explore_...``) and its predict boxes, and ``help(lesson)`` describes them.

A lesson is known by its predict boxes; its checks are in ``checks/<lesson>.py``, and an explorer
names in its class the lessons that open it.
"""

import importlib
from pathlib import Path
from types import ModuleType
from typing import Any

from course_utils import explorers, predictions
from course_utils.predictions.box import PredictBox
from course_utils.predictions.questions import lesson_names, require_lesson
from course_utils.predictions.record import PredictionReview


def __getattr__(name: str) -> ModuleType:
    """Put a lesson's tools together when they are asked for."""
    if name.startswith("__") or name not in lesson_names():
        raise AttributeError(f"There is no lesson {name!r}. There are: {', '.join(__dir__())}.")
    return tools(name)


def __dir__() -> list[str]:
    """List the lessons."""
    return lesson_names()


def tools(lesson: str) -> ModuleType:
    """Make a module of a lesson's checks, explorers and predict boxes.

    Parameters
    ----------
    lesson : str
        As in ``"activations"``.

    Returns
    -------
    module

    Raises
    ------
    ValueError
        If there is no such lesson; the message names the nearest.

    Examples
    --------
    >>> lesson = tools("start_here")
    >>> lesson.__all__
    ['check_count_pixels', 'explore_drawing', 'explore_patch', 'predict', 'review_predictions']
    >>> lesson.predict("pixel")
    Traceback (most recent call last):
    ...
    ValueError: There is no question 'pixel' with predict boxes. Did you mean 'pixels'? ...
    """
    module = ModuleType(require_lesson(lesson), f"The tools of the lesson {lesson!r}.")

    def predict(question: str, folder: str | Path = ".") -> PredictBox:
        """Ask for a prediction before the output that settles it."""
        return predictions.predict(f"{lesson}.{question}", folder)

    def review_predictions(folder: str | Path = ".") -> PredictionReview:
        """Look back on the lesson's predictions: whether you were as right as you were sure."""
        return predictions.review_predictions(lesson, folder)

    found: dict[str, Any] = {
        **_members(importlib.import_module(f"course_utils.checks.{lesson}"), "check_"),
        **{
            name: explore
            for name, explore in _members(explorers, "explore_").items()
            if lesson in explore.__annotations__["return"].lessons
        },
        "predict": predict,
        "review_predictions": review_predictions,
    }
    vars(module).update(found, __all__=sorted(found))
    return module


def _members(module: ModuleType, prefix: str) -> dict[str, Any]:
    return {name: value for name, value in vars(module).items() if name.startswith(prefix)}
