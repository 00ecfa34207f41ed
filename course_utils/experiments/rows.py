"""The rows of an experiment log: their form and their text, and settings in one line."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

Row = dict[str, Any]

_NUMBER, _TEXT = (int, float), (str,)
_NAME_OR_NONE = (str, type(None))

#: The fields of each kind of row besides its kind, and their types.
FIELDS: dict[str, dict[str, tuple[type, ...]]] = {
    "plan": {
        "data": _TEXT,
        "baseline": _NUMBER,
        "target": _NUMBER,
        "hypothesis": _TEXT,
        "max_parameters": _NUMBER,
        "max_cpu_seconds": _NUMBER,
    },
    "experiment": {
        "number": (int,),
        "settings": (dict,),
        "seed": (int,),
        "validation_accuracy": _NUMBER,
        "parameters": _NUMBER,
        "cpu_seconds": _NUMBER,
        "model": _NAME_OR_NONE,
        "sha256": _NAME_OR_NONE,
    },
    "reload": {"experiment": (int,), "largest_difference": _NUMBER},
    "test": {"experiment": (int,), "test_accuracy": _NUMBER},
}


class DamagedLogError(ValueError):
    """The file of a log holds something other than rows of a log. It is left as it is."""


def parse_log(text: str, name: str = "this text") -> list[Row]:
    """Read a log from its text.

    Parameters
    ----------
    text : str
        One line of JSON per row, as `ExperimentLog.text` gives it. Empty lines are skipped.
    name : str, default "this text"
        How an error message refers to the text.

    Returns
    -------
    list of dict

    Raises
    ------
    TypeError
        If `text` is not a string.
    DamagedLogError
        If a line is not a row of a log. The message names the line, and nothing is changed.

    Examples
    --------
    >>> parse_log('{"kind": "test", "experiment": 3, "test_accuracy": 0.92}')
    [{'kind': 'test', 'experiment': 3, 'test_accuracy': 0.92}]
    """
    if not isinstance(text, str):
        raise TypeError(
            f"`text` must be the text of a log; got {type(text).__name__}. "
            "Pass what ExperimentLog(...).text() returns."
        )
    rows = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):  # no JSON, a number too long, brackets too deep
            row = None
        if not is_row(row):
            raise DamagedLogError(
                f"`text` must hold a row of the log in each line; line {number} of {name} is not "
                f"one: {line[:60]!r}. Nothing was changed. Fix or delete that line in a text "
                "editor, or start a new log in another file."
            )
        rows.append(row)
    return rows


def is_row(value: Any) -> bool:
    """Tell whether a value has the form of a row: its kind, and the fields of that kind."""
    fields = FIELDS.get(str(value.get("kind"))) if isinstance(value, dict) else None
    if fields is None or set(value) != {"kind", *fields}:
        return False
    return all(
        isinstance(value[name], types) and not isinstance(value[name], bool)
        for name, types in fields.items()
    )


def settings_text(settings: Mapping[str, Any]) -> str:
    """Write settings in one line, without those that are switched off.

    Parameters
    ----------
    settings : dict

    Returns
    -------
    str

    Examples
    --------
    >>> settings_text({"widths": [16, 48], "flips": True, "dropout": 0, "epochs": 3})
    'widths 16-48, flips, epochs 3'
    """
    parts = []
    for name, value in plain_settings(settings).items():
        if value is True:
            parts.append(name)
        elif isinstance(value, list) and value:
            parts.append(f"{name} {'-'.join(map(str, value))}")
        elif value:
            parts.append(f"{name} {value}")
    return ", ".join(parts).replace("_", " ") or "no settings"


def log_text(rows: Sequence[Row]) -> str:
    """Write rows as in the file."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def plain_settings(settings: object) -> dict[str, Any]:
    """Require settings that a line of JSON can hold, and return them as read from such a line."""
    expected = "`settings` must hold strings, numbers, True, False, None or lists of these by name"
    advice = "Pass for instance {'widths': [16, 48], 'epochs': 3}."
    if not isinstance(settings, Mapping) or not all(isinstance(name, str) for name in settings):
        raise TypeError(f"{expected}; got {type(settings).__name__}. {advice}")
    try:
        plain: dict[str, Any] = json.loads(json.dumps(dict(settings), allow_nan=False))
    except (TypeError, ValueError) as error:
        raise TypeError(f"{expected}; got something else: {error}. {advice}") from None
    return plain
