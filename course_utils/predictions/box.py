"""Predict boxes: commit to an answer and a confidence before the output shows the result."""

import html
from pathlib import Path
from typing import Any

import anywidget
import ipywidgets
import traitlets

from course_utils.predictions.questions import explanation, question
from course_utils.predictions.record import PredictionFile

_HERE = Path(__file__).parent
_WAIT = "Lock in your prediction above first. The explanation then appears here."


class PredictBox(anywidget.AnyWidget):
    """A question to answer before the output: options, a confidence, and a lock.

    Attributes
    ----------
    choice : int
        Index of the chosen option; -1 before one is chosen.
    confidence : int
        How sure the learner is, in per cent: 0 to 100, in steps of 10.
    locked : bool
        Whether the choice is kept, as :meth:`lock` does; it can then no longer change.
    status : str
        Where it is kept, or why not.
    words : str
        The explanation in HTML; before the lock, that there will be one.
    """

    _esm = _HERE / "box.js"
    _css = _HERE / "box.css"

    question = traitlets.Unicode().tag(sync=True)
    options = traitlets.List(traitlets.Unicode()).tag(sync=True)
    choice = traitlets.Int(-1, min=-1).tag(sync=True)
    confidence = traitlets.Int(50, min=0, max=100).tag(sync=True)
    locked = traitlets.Bool(False, read_only=True).tag(sync=True)
    status = traitlets.Unicode().tag(sync=True)
    words = traitlets.Unicode(f"<p>{_WAIT}</p>").tag(sync=True)

    def __init__(self, key: str, entry: dict[str, Any], file: PredictionFile) -> None:
        self.key = key
        self._entry = entry
        self._file = file
        super().__init__(
            question=entry["question"], options=[option["text"] for option in entry["options"]]
        )
        earlier = file.find(key, entry.get("was", ""))
        chosen = [i for i, option in enumerate(entry["options"]) if _was_chosen(option, earlier)]
        if chosen:  # a question that no longer has the option is asked again
            self.choice = chosen[0]
            self.confidence = earlier["confidence"]
            if key not in file.read():  # carried over from an earlier edition
                self._write()
            self._close(f"You locked this in earlier, and it is saved in {file.path.name}.")
        self.on_msg(self._asked_to_lock)

    @property
    def right(self) -> int:
        """Index of the right option."""
        return next(i for i, o in enumerate(self._entry["options"]) if o.get("right", False))

    def explain(self) -> "Explanation":
        """Show, below the output, the right answer and the idea behind the chosen wrong one."""
        return Explanation(self)

    def lock(self) -> None:
        """Keep the choice in the learner's file, and only then call it locked and explain it.

        Raises
        ------
        ValueError
            If no option is chosen yet.
        """
        if self.choice < 0:
            last = len(self.options) - 1
            raise ValueError(f"Choose an option first: set `choice` to a number from 0 to {last}.")
        if not self.locked:
            self._close(self._write())

    def _close(self, status: str) -> None:
        """Tell the browser all at once: locked, where it is kept, and the explanation."""
        with self.hold_sync():
            self.status = status
            self.words = explanation(self._entry, self.choice, self.confidence)
            self.set_trait("locked", True)

    def _asked_to_lock(self, widget: Any, content: Any, buffers: Any) -> None:
        """Do what the button in the browser asks for; its numbers may come before its state."""
        with self.hold_sync():
            self.choice, self.confidence = content["choice"], content["confidence"]
            self.lock()

    @traitlets.validate("choice")
    def _once_locked_it_stands(self, proposal: dict[str, Any]) -> int:
        return self.choice if self.locked else proposal["value"]

    def _write(self) -> str:
        """Write the locked prediction to the learner's file, and say where."""
        return self._file.add(
            self.key,
            {
                "question": self.question,
                "option": self._entry["options"][self.choice]["id"],
                "choice": self.options[self.choice],
                "right": self.choice == self.right,
                "confidence": self.confidence,
            },
        )

    def __repr__(self) -> str:
        letters = (f"({chr(97 + i)}) {option}" for i, option in enumerate(self.options))
        return f"Predict: {self.question} {' '.join(letters)}"

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        bundle, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        items = "".join(f"<li>{html.escape(option)}</li>" for option in self.options)
        bundle["text/plain"] = repr(self)
        bundle["text/html"] = (
            f"<p><strong>Predict:</strong> {html.escape(self.question)}</p>"
            f'<ol type="a">{items}</ol>'
        )
        return bundle, metadata


def _was_chosen(option: dict[str, Any], earlier: dict[str, Any]) -> bool:
    """Recognise an option by its id; a file of the first edition knows only its words."""
    if "option" in earlier:
        return option["id"] == earlier["option"]
    return earlier.get("choice") in (option["text"], option.get("was", option["text"]))


class Explanation:
    """The explanation of a prediction's options, hidden until the prediction is locked in."""

    def __init__(self, box: PredictBox) -> None:
        self._box = box
        self._view = ipywidgets.HTML(box.words)
        self._view.add_class("course-explanation")
        # In the browser, so that a page without a kernel can explain, too.
        self._link = ipywidgets.jsdlink((box, "words"), (self._view, "value"))

    def __repr__(self) -> str:
        return _WAIT if not self._box.locked else self._box._entry["explanation"]

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        bundle = self._view._repr_mimebundle_(**kwargs)
        options = self._box._entry["options"]
        items = "".join(
            f"<li>{html.escape(option['text'])}: "
            f"{'right' if option.get('right') else html.escape(option['misconception'])}</li>"
            for option in options
        )
        bundle["text/plain"] = repr(self)
        bundle["text/html"] = (
            "<details><summary>Explanation (open it after your prediction)</summary>"
            f'<p>{html.escape(self._box._entry["explanation"])}</p><ol type="a">{items}</ol>'
            "</details>"
        )
        return bundle, {}


def predict(key: str, folder: str | Path = ".") -> PredictBox:
    """Ask for a prediction before the output that shows the answer.

    Parameters
    ----------
    key : str
        ``"<lesson>.<question>"``, as in ``"loading_data.wraparound"``.
    folder : str or Path, default "."
        Where the learner's file of predictions is kept; by default beside the notebook.

    Returns
    -------
    PredictBox
        Show it before the output, and ``.explain()`` after the output.

    Raises
    ------
    TypeError
        If `folder` is not a string or a path.
    ValueError
        If there is no such question; the message names the nearest.

    Examples
    --------
    >>> predict("loading_data.wraparund")
    Traceback (most recent call last):
    ...
    ValueError: There is no question 'wraparund' with predict boxes. Did you mean 'wraparound'? ...
    """
    if not isinstance(key, str) or key.count(".") != 1:
        raise ValueError(
            f"`key` must be '<lesson>.<question>'; got {key!r}. "
            "Write for instance predict('loading_data.wraparound')."
        )
    lesson, name = key.split(".")
    return PredictBox(key, question(lesson, name), PredictionFile(folder))
