"""The glossary: each term's definition, with a link to the lesson that introduces the term."""

import re
import tomllib
from pathlib import Path
from typing import NamedTuple

from course_utils import _arguments

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_WORDS = re.compile(r"\w[\w×'’ -]*\w")
_MOST_WORDS = 4
_STEP_OR_ROW = re.compile(r"\s*(\d+\. |\|)")
#: Keys of the keyboard, which their form does not tell apart from a term.
_KEYS = {"esc"}


class Introduction(NamedTuple):
    """A place where a lesson has a term in bold."""

    words: str
    lesson: str
    title: str
    cell: str

    def introduces(self, term: str) -> bool:
        """Tell whether the bold words are this term, be they plural or capitalised."""
        name = term.casefold()
        return self.words.casefold() in {name, f"{name}s", f"{name}es", re.sub("is$", "es", name)}


def find_introductions(notebooks: Path) -> list[Introduction]:
    """Find the terms that lessons have in bold, except in a lesson's first cell, its title.

    A term has up to four words and no sign but a hyphen or an apostrophe. That leaves out labels,
    which end in a mark ("**Your diagnosis.**"), and formulas. In numbered steps and in tables,
    bold has other uses: it marks the names of controls, or results.
    """
    import nbformat  # a second long, which a graded cell would wait for in vain

    found = []
    for path in sorted(_arguments.folder("notebooks", notebooks).glob("*/*.ipynb")):
        first, *others = nbformat.read(path, as_version=4).cells
        title = first.source.partition("\n")[0].removeprefix("# ")
        found += [
            Introduction(words, path.stem, title, cell.id)
            for cell in others
            if cell.cell_type == "markdown"
            for words in _terms_in(cell.source)
        ]
    return found


def _terms_in(text: str) -> list[str]:
    """Find the bold words in a cell's text that are a term by their form."""
    lines = [line for line in text.splitlines() if not _STEP_OR_ROW.match(line)]
    return [
        words
        for words in _BOLD.findall("\n".join(lines))
        if _WORDS.fullmatch(words)
        and re.search("[A-Za-z]", words)
        and len(words.split()) <= _MOST_WORDS
        and words.casefold() not in _KEYS
    ]


def read_definitions(path: Path) -> dict[str, str]:
    """Read the definition of each term, or say in one sentence why the file cannot be read."""
    path = _arguments.file("path", path)
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(
            f"{path} must be TOML; it is not: {error}. "
            'Write each term on a line like "term" = "What it means."'
        ) from None


def find_places(path: Path, notebooks: Path) -> dict[str, list[Introduction]]:
    """Find where the lessons have each term of the definitions at `path` in bold."""
    introductions = find_introductions(notebooks)
    return {
        term: [x for x in introductions if x.introduces(term)] for term in read_definitions(path)
    }


def make_glossary(path: Path, notebooks: Path) -> str:
    """Write the learners' page, in Markdown, from the definitions at `path` and the lessons."""
    places = find_places(path, notebooks)
    rows = []
    for term, meaning in read_definitions(path).items():
        links = [f"[{x.title}]({x.lesson}/{x.lesson}.ipynb)" for x in places[term]]
        rows.append(f"| {term} | {meaning} | {', '.join(links)} |")
    return "\n".join([*_HEAD, *rows, ""])


_HEAD = (
    "# Glossary",
    "",
    "Each term stands in bold in the lesson that introduces it.",
    "",
    "| term | meaning | lesson |",
    "|---|---|---|",
)
