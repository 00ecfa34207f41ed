"""How right and wrong answers look: told apart by a mark, not by colour alone."""

from course_utils._palette import BLUE, ORANGE


def mark(right: bool) -> str:
    """Return the sign before an answer."""
    return "✓" if right else "✗"


def colour_of(right: bool) -> str:
    """Return the colour of an answer."""
    return BLUE if right else ORANGE
