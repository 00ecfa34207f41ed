"""Wrong calls of what writes notes beside a saved network."""

from pathlib import Path

from course_utils.trying import save_notes
from wrong_calls.rows import NAMES, NOWHERE, Row, mistyped, row

_FILE = Path(__file__)  # any file; nothing is written when an argument is wrong
_NAMES = "`class_names` must be a list of names"
_WHITE = "`white` must be a number from 1 to 255"

ROWS: list[Row] = [
    row(save_notes, NOWHERE, NAMES, error=FileNotFoundError, expected="a file", got=NOWHERE),
    mistyped(save_notes, 3, NAMES, expected="`model` must be a string or a path", got="got 3"),
    mistyped(save_notes, _FILE, "cup,plate", expected=_NAMES, got="got 'cup,plate'"),
    mistyped(save_notes, _FILE, [1, 2], expected=_NAMES, got="got 1 among them"),
    row(save_notes, _FILE, [], expected=_NAMES, got="got 0"),
    row(save_notes, _FILE, NAMES, like="cifar", expected="`like` must be one of", got="'cifar'"),
    mistyped(save_notes, _FILE, NAMES, invert=1, expected="`invert` must be True", got="got 1"),
    mistyped(save_notes, _FILE, NAMES, frame="no", expected="`frame` must be True", got="got 'no'"),
    mistyped(save_notes, _FILE, NAMES, crop=1, expected="`crop` must be True", got="got 1"),
    row(
        save_notes,
        _FILE,
        NAMES,
        crop=True,
        frame=True,
        expected="`crop` must be False with `frame=True`",
        got="got True for both",
    ),
    row(save_notes, _FILE, NAMES, white=0, expected=_WHITE, got="got 0"),
    mistyped(save_notes, _FILE, NAMES, white="1", expected=_WHITE, got="got '1'"),
]
