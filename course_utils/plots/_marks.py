"""How right and wrong answers look: a mark distinguishes them, not only a colour."""

from course_utils._palette import BLUE, ORANGE


def mark(right: bool) -> str:
    """Return the mark in front of an answer."""
    return "✓" if right else "✗"


def colour_of(right: bool) -> str:
    """Return the colour of an answer."""
    return BLUE if right else ORANGE
