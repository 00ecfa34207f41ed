"""Pages of figures: their tables, before and after they are filled, and the machine."""

import importlib.metadata
import os
import platform
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from course_utils import _files


class BenchmarkError(RuntimeError):
    """A benchmark could not be run. The message says what to do."""


class StoppedError(RuntimeError):
    """A benchmark was stopped by Ctrl-C; the message is the page of what it has."""


@dataclass(frozen=True)
class Table:
    """What is known of a table before anything is measured."""

    text: str  # what stands above it: what is measured, and with which settings
    header: Sequence[str]
    labels: Sequence[Sequence[str]]  # the first cells of each row: what it is about

    def filled(self, figures: Iterable[Sequence[object]]) -> str:
        """Add the other cells, row by row, and write it all in Markdown."""
        rows = [[*label, *cells] for label, cells in zip(self.labels, figures, strict=True)]
        return f"{self.text}\n\n{markdown_table(self.header, rows)}"


def markdown_table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Write a table: columns of figures to the right, the others to the left."""
    for row in rows:
        if len(row) != len(header):
            raise ValueError(
                f"each of `rows` must have {len(header)} cells, as the header; got {list(row)}."
            )
    columns = list(zip(*rows, strict=True)) or [("",)] * len(header)
    rule = "|".join("---:" if all(map(_is_figure, column)) else ":---" for column in columns)
    return "\n".join([_line(header), f"|{rule}|", *map(_line, rows)])


def _is_figure(cell: object) -> bool:
    """Say whether a cell begins with a number, as in ``0.5 (0.4 to 0.7)``."""
    return re.match(r"-?[\d.,]+(?![\w.])", str(cell)) is not None


def _line(cells: Sequence[object]) -> str:
    return f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in cells)} |"


def page(*parts: str) -> str:
    """Put filled tables on a page, and the machine below them."""
    return "\n\n".join([*parts, machine_line()]) + "\n"


def machine_line() -> str:
    """Say what the figures were measured on, without naming the machine."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    packages = [
        f"{title} {version}"
        for title, names in (
            ("TensorFlow", ("tensorflow-cpu", "tensorflow")),
            ("JupyterLab", ("jupyterlab",)),
        )
        if (version := _version(names))
    ]
    python = f"Python {platform.python_version()}"
    kind = f"{platform.system()} {platform.machine()}"
    return f"Measured with {cores} cores, {kind}, {', '.join([python, *packages])}."


def _version(names: Sequence[str]) -> str | None:
    """Find the version of the first of these packages that is installed."""
    for name in names:
        try:
            return importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return None


def counted(n: int, noun: str) -> str:
    """Write ``1 epoch`` or ``3 epochs``."""
    return f"{n:,} {noun}{'s' * (n != 1)}"


def median_and_p95(values: Sequence[float]) -> str:
    """Write the median and the 95th percentile, as in ``20 / 29``."""
    return f"{np.median(values):.0f} / {np.percentile(values, 95):.0f}"


def lowest_to_highest(values: Sequence[float], decimals: int) -> str:
    """Write a range, as in ``0.80 to 0.90``."""
    return f"{min(values):.{decimals}f} to {max(values):.{decimals}f}"


def mean_and_range(values: Sequence[float], decimals: int = 3) -> str:
    """Write accuracies, one of each seed, as in ``0.850 (0.800 to 0.900)``."""
    mean = sum(values) / len(values)
    return f"{mean:.{decimals}f} ({lowest_to_highest(values, decimals)})"


def median_and_range(values: Sequence[float], decimals: int = 2) -> str:
    """Write the median, and the lowest and highest value if there are several."""
    median = f"{np.median(values):.{decimals}f}"
    return median if len(values) == 1 else f"{median} ({lowest_to_highest(values, decimals)})"


def write_aside(text: str, path: Path) -> None:
    """Write a file, and its folder, in one step: a failure leaves the old one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _files.write_aside(path, text)
