"""The validation accuracy of each experiment of a log."""

from collections.abc import Iterable, Mapping
from typing import Any

from matplotlib.axes import Axes

from course_utils import _arguments
from course_utils._palette import BLUE, ORANGE
from course_utils.experiments import settings_text
from course_utils.plots._canvas import axes_or_new

_NEEDED = ("number", "settings", "seed", "validation_accuracy", "parameters", "cpu_seconds")


def plot_experiments(
    rows: Iterable[Mapping[str, Any]],
    *,
    max_parameters: float | None = None,
    max_cpu_seconds: float | None = None,
    baseline: float | None = None,
    title: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Show the validation accuracy of each experiment, one under the other.

    Parameters
    ----------
    rows : iterable of dict
        As ``ExperimentLog(...).rows("experiment")`` returns them; at least one.
    max_parameters, max_cpu_seconds : float, optional
        The budget. Experiments within it are blue discs, those over it hollow orange diamonds.
    baseline : float, optional
        An accuracy to compare with, drawn as a dashed line.
    title : str, optional
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default on a new figure.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    TypeError, ValueError
        If `rows` are not experiments, or a limit is not a number.

    Examples
    --------
    >>> row = {"number": 1, "settings": {"units": 128}, "seed": 0, "validation_accuracy": 0.86,
    ...        "parameters": 101_770, "cpu_seconds": 21.0}
    >>> axes = plot_experiments([row], max_cpu_seconds=20)
    >>> [text.get_text() for text in axes.texts]
    ['0.860', 'units 128 (seed 0)']
    """
    experiments = _experiments(rows)
    limits = {"parameters": max_parameters, "cpu_seconds": max_cpu_seconds}
    known = {
        name: _arguments.number(f"max_{name}", limit, 0)
        for name, limit in limits.items()
        if limit is not None
    }
    line = None if baseline is None else _arguments.number("baseline", baseline, 0, 1)
    ax = axes_or_new(ax, (7.6, 0.52 * len(experiments) + 1.1))
    for over, marker, colour, label in (
        (False, "o", BLUE, "within the budget"),
        (True, "D", ORANGE, "over the budget"),
    ):
        places = [
            place
            for place, row in enumerate(experiments)
            if any(row[name] > limit for name, limit in known.items()) == over
        ]
        if places:
            scores = [experiments[place]["validation_accuracy"] for place in places]
            face = "none" if over else colour
            ax.scatter(scores, places, 55, marker=marker, facecolor=face, edgecolor=colour,
                       linewidth=1.8, label=label, zorder=3)  # fmt: skip
    for place, row in enumerate(experiments):
        ax.annotate(
            f"{row['validation_accuracy']:.3f}",
            (row["validation_accuracy"], place),
            (9, 0),
            textcoords="offset points",
            va="center",
            fontsize=9,
        )
    if line is not None:
        ax.axvline(line, color="#444444", linestyle="--", linewidth=1.2, label="baseline")
    for place, row in enumerate(experiments):
        words = f"{settings_text(row['settings'])} (seed {row['seed']})"
        ax.text(
            0.01,
            place - 0.36,
            words,
            transform=ax.get_yaxis_transform(),
            va="center",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
        )
    ax.set_yticks(range(len(experiments)), [str(row["number"]) for row in experiments])
    ax.set_ylim(len(experiments) - 0.5, -0.7)
    ax.margins(x=0.1)
    ax.grid(axis="x", color="#dddddd")
    ax.set(title=title, xlabel="validation accuracy", ylabel="experiment")
    if known or line is not None:
        ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=3, frameon=False)
    return ax


def _experiments(rows: object) -> list[Mapping[str, Any]]:
    """Require rows of experiments, at least one."""
    expected = "`rows` must be experiments of a log, at least one"
    advice = 'Pass ExperimentLog(...).rows("experiment").'
    if isinstance(rows, str | Mapping) or not isinstance(rows, Iterable):
        raise TypeError(f"{expected}; got {type(rows).__name__}. {advice}")
    experiments = list(rows)
    if not experiments:
        raise ValueError(f"{expected}; got none. {advice}")
    for row in experiments:
        if not isinstance(row, Mapping) or not all(name in row for name in _NEEDED):
            kind = (
                f"a row of kind {row['kind']!r}"
                if isinstance(row, Mapping) and "kind" in row
                else (type(row).__name__)
            )
            raise ValueError(f"{expected}; got {kind} among them. {advice}")
    return experiments
