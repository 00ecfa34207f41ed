"""The kept pages of figures fit the code that they are about; no time is asserted.

Compared is what a benchmark knows before it measures: the rows and columns of its tables, and the
numbers above them (seeds, images, epochs, rates). So a lesson, explorer, network or setting that
comes, goes or changes makes a page stale; a figure, a sentence, a docstring or the layout of the
code does not, because a page of hours must not be measured again for them. What escapes: a change
inside a function that leaves names and numbers alone.
"""

import importlib
import re
from collections import Counter
from pathlib import Path

import pytest
from course_notebooks import tables_on

from benchmarks.__main__ import BENCHMARKS, RESULTS
from benchmarks.report import Table, page

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
MOST_MEGABYTES = 1_300  # of a lesson's kernel, so that JupyterLab fits beside it


def numbers(text: str) -> Counter[str]:
    return Counter(re.findall(r"\d[\d,]*(?:\.\d+)?", text))


def differences(tables: list[Table], text: str) -> list[str]:
    """Say where a page is not what these tables will be when they are filled."""
    kept = tables_on(text)
    if len(kept) != len(tables):
        return [f"{len(kept)} tables on the page, {len(tables)} in the code"]
    found = []
    for table, (header, *rows) in zip(tables, kept, strict=True):
        if header != list(table.header):
            found.append(f"columns {header} on the page, {list(table.header)} in the code")
        width = len(table.labels[0])
        shown, wanted = [tuple(row[:width]) for row in rows], [tuple(row) for row in table.labels]
        if shown != wanted:
            extra = [row for row in shown if row not in wanted]
            missing = [row for row in wanted if row not in shown]
            found.append(f"rows too many {extra}, missing {missing}" if extra or missing else
                         "rows in another order")  # fmt: skip
    above = "\n".join(line for line in text.splitlines() if not line.startswith("|"))
    for table in tables:
        new = numbers(table.text) - numbers(above)
        if new:
            found.append(f"the code says {', '.join(new)} in: {table.text}")
    return found


@pytest.mark.parametrize("name", BENCHMARKS)
def test_a_page_shows_what_its_benchmark_measures_today(name: str) -> None:
    tables = importlib.import_module(f"benchmarks.{name}").tables()
    found = differences(tables, (RESULTS / f"{name}.md").read_text(encoding="utf-8"))
    assert found == [], (
        f"benchmarks/results/{name}.md is stale. Run `python -m benchmarks {name}`; where only a "
        "name has changed, change it on the page."
    )


@pytest.mark.parametrize("name", BENCHMARKS)
def test_a_page_ends_with_the_machine_that_it_was_measured_on(name: str) -> None:
    last = (RESULTS / f"{name}.md").read_text(encoding="utf-8").splitlines()[-1]
    assert re.fullmatch(r"Measured with \d+ cores, .+, Python [\d.]+, TensorFlow .+\.", last)


def test_every_page_belongs_to_a_benchmark() -> None:
    assert {path.stem for path in RESULTS.glob("*.md")} == set(BENCHMARKS)


TABLE = Table("# Rates\n\nOver 5 seeds.", ["Way", "Right"], [("one | two",), ("three",)])
PAGE = page(TABLE.filled([["0.9"], ["0.8"]]))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("| three | 0.8 |\n", ""),
        ("| three |", "| four |"),
        ("| Right |", "| Wrong |"),
        ("5 seeds", "3 seeds"),
        ("| three | 0.8 |", "| three | 0.8 |\n| four | 0.7 |"),
    ],
    ids=["row missing", "row renamed", "column renamed", "setting changed", "row too many"],
)
def test_a_stale_page_is_noticed(old: str, new: str) -> None:
    assert old in PAGE
    assert len(differences([TABLE], PAGE.replace(old, new))) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [("0.9", "0.4"), ("Over", "With each of"), ("---:", ":---")],
    ids=["figure", "words", "alignment"],
)
def test_figures_words_and_layout_make_no_page_stale(old: str, new: str) -> None:
    assert old in PAGE
    assert differences([TABLE], PAGE.replace(old, new)) == []


def test_the_readme_quotes_the_explorers_page() -> None:
    ((_, *rows),) = tables_on((RESULTS / "explorers.md").read_text(encoding="utf-8"))
    scene, twin = ([int(row[place].split(" / ")[0]) for row in rows] for place in (2, 3))
    assert f"[{min(scene)} to {max(scene)} ms]" in README
    assert f"takes {min(twin)} to {max(twin)}" in README


def test_each_lesson_leaves_room_in_the_two_gigabytes_of_the_readme() -> None:
    assert "Binder's 2 GB" in README
    ((_, *rows),) = tables_on((RESULTS / "notebooks.md").read_text(encoding="utf-8"))
    megabytes = {lesson: int(peak) * 2**20 / 1e6 for lesson, peak, *_ in rows}
    assert {lesson: mb for lesson, mb in megabytes.items() if mb > MOST_MEGABYTES} == {}
