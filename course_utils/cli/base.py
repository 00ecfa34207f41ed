"""What the commands share: errors in one sentence, and the arguments that several take."""

import codecs
import errno
import io
import sys
import unicodedata
from pathlib import Path
from typing import Annotated, Any

import typer
import typer.core
from rich.console import Console

#: What stands for marks that a terminal or file in an old encoding, such as cp1252, cannot take.
_PLAIN = {"✓": "[ok]", "✗": "[!]", "○": "[ ]", "→": "->", "−": "-"}


def _in_plain_letters(error: UnicodeError) -> tuple[str, int]:
    """Write other letters where an encoding lacks one, instead of stopping."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    missing = error.object[error.start : error.end]
    return "".join(_PLAIN.get(letter, "?") for letter in missing), error.end


codecs.register_error("plain", _in_plain_letters)


class OneSentence(typer.core.TyperGroup):
    """A group of commands that report an error in one sentence instead of a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; every error that a person can fix ends it with status 1."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="plain")
        try:
            return super().invoke(ctx)
        except (typer.Exit, typer.Abort):
            raise
        except (OSError, ValueError, RuntimeError, SyntaxError) as error:
            typer.echo(clean(f"course: {_sentence(error)}"), err=True)
            raise typer.Exit(1) from None


def not_blank(given: Any) -> Any:
    """Refuse an option without words, as a variable of a script leaves it that was never set."""
    for text in [given] if isinstance(given, str) else given or []:
        if not text.strip():
            raise typer.BadParameter("it is empty. Write what is meant, or leave the option out.")
    return given


def console(width: int | None = None) -> Console:
    """Open the terminal for text that others wrote: no word of it is a colour, a link or a face."""
    return Console(width=width, markup=False, emoji=False, highlight=False)


def clean(text: str) -> str:
    """Leave out what would steer the terminal, or cannot be written to it at all."""
    return "".join(
        "\N{REPLACEMENT CHARACTER}"
        if letter not in "\n\t" and unicodedata.category(letter) in ("Cc", "Cs")
        else letter
        for letter in text
    )


def tell_names(what: str, names: list[str]) -> None:
    """Print whom something is about, if it is about anyone."""
    if names:
        typer.echo(clean(f"{what}: {', '.join(names)}."))


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
Browser = Annotated[
    bool, typer.Option("--browser/--no-browser", help="Open a browser, or only serve.")
]
Port = Annotated[
    int | None, typer.Option(help="The port; by default the first that is free from 8888 on.")
]
