"""Markdown tables, the machine that the figures come from, and safe writing."""

import importlib.metadata
import os
import platform
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from course_utils import _files


class BenchmarkError(RuntimeError):
    """A benchmark could not be run. The message says what to do."""


def markdown_table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Render a table: columns of figures to the right, the others to the left.

    Parameters
    ----------
    header : sequence of str
    rows : sequence of sequence
        As many cells each as the header has.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If a row has more cells than the header, or fewer.

    Examples
    --------
    >>> print(markdown_table(["what", "seconds"], [["import", 0.5]]))
    | what | seconds |
    |:---|---:|
    | import | 0.5 |
    """
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


def page(title: str, note: str, header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Put a table on a page: its title, how it was measured, the table, the machine.

    Parameters
    ----------
    title, note : str
    header : sequence of str
    rows : sequence of sequence

    Returns
    -------
    str
        Markdown.
    """
    return f"# {title}\n\n{note}\n\n{markdown_table(header, rows)}\n\n{machine_line()}\n"


def machine_line() -> str:
    """Say what the figures were measured on, without naming the machine.

    Returns
    -------
    str
    """
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


def median_and_p95(values: Sequence[float]) -> str:
    """Write the median and the 95th percentile.

    Parameters
    ----------
    values : sequence of float
        At least one.

    Returns
    -------
    str

    Examples
    --------
    >>> median_and_p95([10.0, 20.0, 30.0])
    '20 / 29'
    """
    return f"{np.median(values):.0f} / {np.percentile(values, 95):.0f}"


def mean_and_range(values: Sequence[float], decimals: int = 3) -> str:
    """Write accuracies, one of each seed, as ``mean (least to greatest)``.

    Parameters
    ----------
    values : sequence of float
    decimals : int, default 3

    Returns
    -------
    str

    Examples
    --------
    >>> mean_and_range([0.9, 0.8])
    '0.850 (0.800 to 0.900)'
    """
    mean = sum(values) / len(values)
    return f"{mean:.{decimals}f} ({min(values):.{decimals}f} to {max(values):.{decimals}f})"


def median_and_range(values: Sequence[float], decimals: int = 2) -> str:
    """Write the median, and the least and greatest value if there are several.

    Parameters
    ----------
    values : sequence of float
        At least one.
    decimals : int, default 2

    Returns
    -------
    str

    Examples
    --------
    >>> median_and_range([1.0, 2.0, 4.0]), median_and_range([1.0], decimals=1)
    ('2.00 (1.00 to 4.00)', '1.0')
    """
    median = f"{np.median(values):.{decimals}f}"
    if len(values) == 1:
        return median
    return f"{median} ({min(values):.{decimals}f} to {max(values):.{decimals}f})"


def write_aside(text: str, path: Path) -> None:
    """Write a file in one step, so that a failure leaves the old one.

    Parameters
    ----------
    text : str
    path : Path
        Its folder is made if need be.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    _files.write_aside(path, text)
