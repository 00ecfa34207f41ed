"""The lesson on normalisation quotes the benchmark's figures: in its table and in its prose."""

import re

from course_notebooks import read, results, table_rows

LESSON, TABLE = "03_normalisation", "rulers-over-seeds"
TEXTS = {c.id: c.source for c in read("solutions", LESSON).cells if c.cell_type == "markdown"}


def ranges(text: str) -> list[str]:
    """Find ranges of accuracies, as in ``.894 to .899`` or ``0.894 to 0.899``."""
    found = re.findall(r"(?<!\d)0?(\.\d{3}) to 0?(\.\d{3})", text)
    return [f"{lowest} to {highest}" for lowest, highest in found]


def measured() -> dict[tuple[str, ...], str]:
    """Map data, scaling (learnt from, asked with) and optimiser to the validation accuracies."""
    _, _, *rows = table_rows(results("scaling"))
    return {tuple(row[:4]): ranges(row[4])[0] for row in rows}


def test_the_lessons_table_shows_what_was_measured_on_digits() -> None:
    header, _, *rows = table_rows(TEXTS[TABLE])
    quoted = {
        ("MNIST", scaling, scaling, optimiser): figure
        for optimiser, *figures in rows
        for scaling, figure in zip(header[1:], figures, strict=True)
    }
    figures = measured()
    assert quoted == {setting: figures[setting] for setting in quoted}


def test_each_range_in_the_lesson_was_measured() -> None:
    assert set(ranges("\n".join(TEXTS.values()))) <= set(measured().values())
