"""What a network's file leaves out: the names of its classes, and how pictures are made ready.

They stand in a file of JSON beside the network's, for people to read and to correct.
"""

import json
import os
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from course_utils import _arguments
from course_utils._files import write_aside
from course_utils.datasets import dataset_names


@dataclass(frozen=True)
class Notes:
    """What a network has to be told of, or told with, besides its file; None is not known."""

    class_names: list[str] | None = None
    like: str | None = None
    invert: bool | None = None
    frame: bool | None = None
    white: float | None = None
    crop: bool | None = None

    def corrected(self, by: "Notes") -> "Notes":
        """Return these notes, with what others know instead."""
        return replace(self, **{k: v for k, v in asdict(by).items() if v is not None})


def save_notes(
    model: str | os.PathLike[str],
    class_names: Iterable[str],
    *,
    like: str | None = None,
    invert: bool = False,
    frame: bool | None = None,
    white: float | None = None,
    crop: bool = False,
) -> Path:
    """Write beside a saved network what ``course try`` has to know and the network does not say.

    Parameters
    ----------
    model : str or path-like
        The file that ``network.save`` wrote, such as ``"model.keras"``.
    class_names : iterable of str
        A name for each of the network's answers, in their order.
    like : {"mnist", "fashion_mnist"}, optional
        The shipped set that the network learnt from. A picture that looks different is shown with
        a warning.
    invert : bool, default False
        Whether the training pictures were loaded with ``invert=True``: dark things on a light
        ground, made bright on black.
    frame : bool, optional
        Whether pictures are cropped, scaled and centred as MNIST's digits are. By default they
        are where `like` is "mnist", unless `crop` is True.
    white : float, optional
        The value of a white pixel in the images that the network learnt from: 255 if they were as
        they are loaded, 1 if they were divided by 255. By default it is 255 if the network has a
        layer that scales its input, otherwise 1.
    crop : bool, default False
        Whether the training pictures were loaded with ``crop=True``: cut to their middle, where
        they would otherwise be squeezed. The course's own photos are cut, too.

    Returns
    -------
    Path
        The file that was written: ``model.json`` beside ``model.keras``.

    Raises
    ------
    TypeError, ValueError
        If an argument is not as described, or both `crop` and `frame` are True.
    FileNotFoundError
        If there is no such `model`.

    Examples
    --------
    >>> import tempfile
    >>> model = Path(tempfile.mkdtemp()) / "model.keras"
    >>> model.touch()
    >>> save_notes(model, ["cup", "plate"], invert=True).name
    'model.json'
    """
    file = _arguments.file("model", model)
    notes = Notes(
        _arguments.name_list("class_names", class_names),
        None if like is None else _arguments.choice("like", like, dataset_names()),
        _arguments.boolean("invert", invert),
        None if frame is None else _arguments.boolean("frame", frame),
        None if white is None else _arguments.number("white", white, 1, 255),
        _arguments.boolean("crop", crop),
    )
    if notes.crop and notes.frame:
        raise ValueError(
            "`crop` must be False with `frame=True`; got True for both. "
            "Leave out `crop`, because `frame` crops each picture to its ink."
        )
    beside = notes_file(file)
    write_aside(beside, json.dumps(asdict(notes), ensure_ascii=False, indent=1) + "\n")
    return beside


def notes_file(model: Path) -> Path:
    """Say where the notes on a network lie."""
    return model.with_suffix(".json")


def read_notes(model: Path) -> Notes:
    """Read the notes on a network; where there are none, nothing is known."""
    file = notes_file(model)
    if not file.is_file():
        return Notes()
    try:
        return _as_notes(json.loads(file.read_text("utf-8")))
    except (ValueError, TypeError) as error:
        raise ValueError(
            f"{file} does not hold the notes on a network as save_notes writes them ({error}). "
            "Write it again, or delete it and give the options of `course try`."
        ) from None


def _as_notes(found: Any) -> Notes:
    """Require the fields of notes, each of its kind."""
    names = {field.name for field in fields(Notes)}
    if not isinstance(found, dict) or set(found) - names:
        raise ValueError(f"its names must be among {', '.join(sorted(names))}")
    known = {name: value for name, value in found.items() if value is not None}
    checks: dict[str, Callable[[str, Any], Any]] = {
        "class_names": _arguments.name_list,
        "like": lambda name, value: _arguments.choice(name, value, dataset_names()),
        "invert": _arguments.boolean,
        "frame": _arguments.boolean,
        "white": lambda name, value: _arguments.number(name, value, 1, 255),
        "crop": _arguments.boolean,
    }
    return Notes(**{name: checks[name](name, value) for name, value in known.items()})
