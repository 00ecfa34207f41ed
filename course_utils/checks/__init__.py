"""What the exercises' visible checks say: one module a lesson. They hold no answers."""

from course_utils.checks.outcome import CheckError, NotAttemptedError

__all__ = ["CheckError", "NotAttemptedError"]
