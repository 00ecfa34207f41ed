"""What Python and a scene in the browser call and pass to each other."""

import re
from typing import Any

import numpy as np


def name_in_js(name: str) -> str:
    """Spell a function's name as a scene does: ``full_turns`` is ``fullTurns``."""
    return re.sub(r"_(\w)", lambda match: match[1].upper(), name)


def as_json(value: Any) -> Any:
    """Write arrays, bytes and tuples as lists, and numbers as JavaScript has them."""
    if isinstance(value, int) and abs(value) > 2**53:
        return float(value)
    if isinstance(value, np.ndarray | np.generic):
        return value.tolist()
    return [as_json(part) for part in value] if isinstance(value, bytes | list | tuple) else value
