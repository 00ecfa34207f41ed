"""How right and wrong answers look: told apart by a mark, not by colour alone."""

BLUE, ORANGE = "#0072b2", "#c44f00"


def mark(right: bool) -> str:
    """Return the sign before an answer."""
    return "✓" if right else "✗"


def colour_of(right: bool) -> str:
    """Return the colour of an answer."""
    return BLUE if right else ORANGE
