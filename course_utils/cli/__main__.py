"""``python -m course_utils.cli`` is the ``course`` command."""

from course_utils.cli import app

if __name__ == "__main__":
    app()
