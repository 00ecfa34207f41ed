"""Each term that a lesson has in bold is in the glossary, and the glossary is written well."""

import re
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest
from course_notebooks import COURSE

from course_utils.grading.glossary import find_introductions, make_glossary, read_definitions
from course_utils.grading.release import DEFINITIONS, GLOSSARY, RELEASE, SOLUTIONS

DEFINED = read_definitions(COURSE / SOLUTIONS / DEFINITIONS)
INTRODUCED = find_introductions(COURSE / RELEASE)


def write_lesson(notebooks: Path, name: str, *texts: str) -> None:
    """Write a lesson with a title cell and other texts."""
    cells = [nbformat.v4.new_markdown_cell(text) for text in (f"# A lesson\n\n{name}", *texts)]
    (notebooks / name).mkdir(parents=True)
    nbformat.write(nbformat.v4.new_notebook(cells=cells), notebooks / name / f"{name}.ipynb")


def test_every_bold_term_has_an_entry() -> None:
    without = [x for x in INTRODUCED if not any(x.introduces(term) for term in DEFINED)]
    assert without == [], f"Define it in {SOLUTIONS}/{DEFINITIONS}, or emphasise in *italics*."


@pytest.mark.parametrize("term", DEFINED)
def test_a_definition_is_one_sentence_of_10_to_30_words(term: str) -> None:
    meaning = DEFINED[term]
    assert re.findall(r"[.!?](?=\s|$)", meaning) == ["."]
    assert meaning[0].isupper()
    assert meaning.endswith(".")
    assert 10 <= len(meaning.split()) <= 30


def test_entries_are_in_alphabetical_order() -> None:
    assert [pair for pair in pairwise(map(str.casefold, DEFINED)) if pair[0] >= pair[1]] == []


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("This is called a **kernel**, or **1 × 1 convolution**.", ["kernel", "1 × 1 convolution"]),
        ("- **Recall**, along the row, and *precision*.", ["Recall"]),
        ("**Your diagnosis.** Look at **Kernel → Restart**.", []),
        ("**y = W x + b** gives **6**.", []),
        ("**One row of the table is a true class**", []),
        ("1. Move **pixel** to 1.\n2. Tick **softmax twice**.", []),
        ("| **sum** | **output** |", []),
        ("(press **Esc**, then **B**)", []),
    ],
)
def test_a_term_is_told_from_other_bold_by_its_form(
    text: str, terms: list[str], tmp_path: Path
) -> None:
    write_lesson(tmp_path, "01_only", text)
    assert [x.words for x in find_introductions(tmp_path)] == terms


def test_the_title_cell_introduces_nothing(tmp_path: Path) -> None:
    write_lesson(tmp_path, "**promise**")
    assert find_introductions(tmp_path) == []


def test_a_term_may_be_bold_in_the_plural(tmp_path: Path) -> None:
    write_lesson(tmp_path, "01_only", "**Axes**, **classes** and **kernels**")
    axes, classes, kernels = find_introductions(tmp_path)
    assert axes.introduces("axis")
    assert classes.introduces("class")
    assert kernels.introduces("kernel")
    assert not kernels.introduces("kern")


def test_the_page_links_each_term_to_its_lesson(tmp_path: Path) -> None:
    write_lesson(tmp_path, "01_only", "A **kernel** slides.")
    definitions = tmp_path / DEFINITIONS
    definitions.write_text('kernel = "What slides."\n')
    row = "| kernel | What slides. | [A lesson](01_only/01_only.ipynb) |"
    assert make_glossary(definitions, tmp_path).splitlines()[-1] == row


def test_every_link_of_the_released_page_leads_to_a_lesson() -> None:
    page = (COURSE / RELEASE / GLOSSARY).read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)]+)\)", page)
    assert len(links) == len(DEFINED)
    assert [link for link in links if not (COURSE / RELEASE / link).is_file()] == []
