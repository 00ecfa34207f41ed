"""What a check raises.

A check raises, or returns None: nbgrader gives marks to a cell that prints "wrong".
"""


class CheckError(AssertionError):
    """An exercise is not solved yet. The message says what is wrong and what to look at."""

    def _render_traceback_(self) -> list[str]:
        """Show the message alone: a learner has no use for the checker's own frames."""
        return [f"✗ {self}"]


class NotAttemptedError(CheckError):
    """An exercise's cell is still as it was handed out."""

    def _render_traceback_(self) -> list[str]:
        return [f"○ {self}"]
