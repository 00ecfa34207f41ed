"""What a check raises.

A check raises, or returns None: nbgrader gives marks to a cell that prints "wrong".
"""

from course_utils.checks.showing import lay_out


class CheckError(AssertionError):
    """An exercise is not solved yet. The message says what is wrong and what to look at.

    It says each thing in a line, however long. Whatever shows it lays it out.

    Attributes
    ----------
    reason : str
        The part of the message that explains: the likely slip.
    title : str
        The part of the exercise whose visible cases came out right, if a fresh one did not.
    is_sure : bool
        Whether the reason fits everything that came back.
    """

    def __init__(
        self, message: str = "", reason: str = "", title: str = "", is_sure: bool = True
    ) -> None:
        super().__init__(message)
        self.reason, self.title, self.is_sure = reason, title, is_sure

    def _render_traceback_(self) -> list[str]:
        """Show the message alone: a learner has no use for the checker's own frames."""
        return [lay_out(f"✗ {self}")]


class NotAttemptedError(CheckError):
    """An exercise's cell is still as it was handed out."""

    def _render_traceback_(self) -> list[str]:
        return [f"○ {self}"]
