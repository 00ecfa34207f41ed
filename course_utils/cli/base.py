"""What the commands share: errors in one sentence, and the arguments that several take."""

import errno
from pathlib import Path
from typing import Annotated, Any

import typer
import typer.core


class OneSentence(typer.core.TyperGroup):
    """A group of commands that report an error in one sentence instead of a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; every error that a person can fix ends it with status 1."""
        try:
            return super().invoke(ctx)
        except (typer.Exit, typer.Abort):
            raise
        except (OSError, ValueError, RuntimeError, SyntaxError) as error:
            typer.echo(f"course: {_sentence(error)}", err=True)
            raise typer.Exit(1) from None


def _sentence(error: Exception) -> str:
    """Write an error as one sentence, with the file that it is about."""
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return "The disk is full. Make room, and run the same command again."
    if isinstance(error, OSError) and error.errno is not None and error.filename is not None:
        return f"{error.filename}: {error.strerror}. Check that it exists and is writable."
    if isinstance(error, SyntaxError) and error.filename is not None:
        return f"{error.filename}, line {error.lineno}: {error.msg}. Correct it there."
    return str(error)


Course = Annotated[
    Path | None,
    typer.Option("--course", help="The course's folder; by default the one you are in."),
]
Lessons = Annotated[
    list[str] | None, typer.Argument(help="Lessons, as in 01_loading_data; by default all.")
]
