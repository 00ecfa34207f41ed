"""Experiments as a table, for a notebook and for a terminal."""

import html
from collections.abc import Iterable

from course_utils.experiments.rows import Row, is_row, settings_text

_HEADER = ("number", "settings", "seed", "parameters", "CPU seconds", "validation accuracy")


class ExperimentTable:
    """Experiments of a log, one per row. Jupyter shows a table, and ``print`` the same as text.

    Parameters
    ----------
    rows : iterable of dict
        As ``ExperimentLog(...).rows()`` returns them. Rows of other kinds are left out.

    Raises
    ------
    TypeError
        If one of them is not a row of a log.

    Examples
    --------
    >>> ExperimentTable([])
    No experiments yet.
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        if isinstance(rows, str | dict) or not isinstance(rows, Iterable):
            raise TypeError(
                f"`rows` must be rows of a log; got {type(rows).__name__}. "
                "Pass ExperimentLog(...).rows()."
            )
        self._lines = []
        for row in rows:
            if not is_row(row):
                raise TypeError(
                    f"`rows` must be rows of a log; got {type(row).__name__} {str(row)[:60]} among "
                    "them. Pass ExperimentLog(...).rows()."
                )
            if row["kind"] == "experiment":
                self._lines.append(
                    (
                        str(row["number"]),
                        settings_text(row["settings"]),
                        str(row["seed"]),
                        f"{row['parameters']:,}",
                        f"{row['cpu_seconds']:.1f}",
                        f"{row['validation_accuracy']:.3f}",
                    )
                )

    def __repr__(self) -> str:
        if not self._lines:
            return "No experiments yet."
        columns = list(zip(_HEADER, *self._lines, strict=True))
        widths = [max(map(len, column)) for column in columns]
        texts = [
            "  ".join(
                cell.ljust(width) if name == "settings" else cell.rjust(width)
                for name, cell, width in zip(_HEADER, line, widths, strict=True)
            )
            for line in (_HEADER, *self._lines)
        ]
        return "\n".join(text.rstrip() for text in texts)

    def _repr_html_(self) -> str:
        if not self._lines:
            return f"<p>{self!r}</p>"
        head = "".join(f'<th scope="col">{name}</th>' for name in _HEADER)
        body = "".join(
            "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in line) + "</tr>"
            for line in self._lines
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
