"""The learner's own file of predictions, beside the notebook."""

import json
from pathlib import Path
from typing import Any

from course_utils import _arguments
from course_utils._files import write_aside
from course_utils.predictions.questions import require_lesson

_NAME = "my_predictions.json"


class PredictionFile:
    """Predictions by question, in a small JSON file that belongs to the learner."""

    def __init__(self, folder: str | Path = ".") -> None:
        self.path = _arguments.path("folder", folder) / _NAME

    def read(self) -> dict[str, dict[str, Any]]:
        """Return all predictions so far: none if there is no file that can be read."""
        return _entries(self.path)

    def find(self, key: str, was: str = "") -> dict[str, Any]:
        """Look up a prediction, if need be in the folder and by the key of an earlier edition."""
        own = self.read()
        if key in own:
            return own[key]
        for path in sorted(self.path.resolve().parent.parent.glob(f"[0-9]*_*/{_NAME}")):
            known = _entries(path)
            if key in known or was in known:
                return known.get(key) or known[was]
        return {}

    def add(self, key: str, entry: dict[str, Any]) -> str:
        """Keep a prediction and return where, or why not; an unreadable file is put aside."""
        try:
            entries = self.read()
            if not entries and self.path.exists() and self.path.stat().st_size > 2:
                self.path.replace(self.path.with_suffix(".unreadable.json"))
            text = json.dumps({**entries, key: entry}, indent=1, ensure_ascii=False) + "\n"
            write_aside(self.path, text)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            return (
                f"Your answer stands until the kernel stops, because it could not be saved in "
                f"{self.path.name} ({reason})."
            )
        return f"Locked in and saved in {self.path.name}."


def _entries(path: Path) -> dict[str, dict[str, Any]]:
    """Read a file of predictions; what cannot be read counts as empty."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(content, dict):
        return {}
    return {
        key: entry
        for key, entry in content.items()
        if isinstance(entry, dict) and {"choice", "right", "confidence"} <= entry.keys()
    }


class PredictionReview:
    """A summary of predictions: how many were right, and how confident they were."""

    def __init__(self, entries: dict[str, dict[str, Any]]) -> None:
        self.entries = entries

    def __repr__(self) -> str:
        if not self.entries:
            return "No prediction is locked in yet. Go back to the predict boxes above."
        right = sum(entry["right"] for entry in self.entries.values())
        sure = sum(entry["confidence"] for entry in self.entries.values()) / len(self.entries)
        return (
            f"{right} of your {len(self.entries)} predictions were right, "
            f"and you were {sure:.0f} % sure on average."
        )


def review_predictions(lesson: str, folder: str | Path = ".") -> PredictionReview:
    """Look back on a lesson's predictions, to compare how sure you were with how often right.

    Parameters
    ----------
    lesson : str
        The lesson's name, as in the key of :func:`predict`.
    folder : str or Path, default "."
        The folder of the learner's file.

    Returns
    -------
    PredictionReview

    Raises
    ------
    TypeError
        If `folder` is not a string or a path.
    ValueError
        If the lesson has no predict boxes; the message names the nearest.

    Examples
    --------
    >>> review_predictions("loading_data", folder="/nowhere")
    No prediction is locked in yet. Go back to the predict boxes above.
    """
    require_lesson(lesson)
    entries = PredictionFile(folder).read()
    return PredictionReview(
        {key: entry for key, entry in entries.items() if key.startswith(f"{lesson}.")}
    )
