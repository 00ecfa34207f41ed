"""A log of experiments, kept in a file."""

import copy
import os
from collections.abc import Callable, Mapping
from typing import Any

from course_utils import _arguments
from course_utils.experiments.files import add_row, read_rows, sha256_of
from course_utils.experiments.rows import FIELDS, Row, log_text, plain_settings
from course_utils.experiments.table import ExperimentTable


class ExperimentLog:
    """What was planned, tried and opened, row by row, kept in a file.

    Every method reads the file again, and every row is added in one step: the whole log is written
    to a second file, which then replaces the old one, so a crash in between loses nothing. If the
    file cannot be read as a log, each method raises a DamagedLogError that names the line.

    Parameters
    ----------
    path : str or path-like
        The file. It need not exist yet, and its folder is created with the first row.

    Raises
    ------
    TypeError
        If `path` is not a string or a path.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> log = ExperimentLog(Path(tempfile.mkdtemp()) / "experiments.jsonl")
    >>> row = log.add_experiment(
    ...     {"units": 128}, seed=0, validation_accuracy=0.86, parameters=101_770, cpu_seconds=21
    ... )
    >>> log
    number  settings   seed  parameters  CPU seconds  validation accuracy
         1  units 128     0     101,770         21.0                0.860
    >>> log.find({"units": 128}, seed=0) == row
    True
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = _arguments.path("path", path)

    def rows(self, kind: str | None = None) -> list[Row]:
        """Read the log.

        Parameters
        ----------
        kind : {"plan", "experiment", "reload", "test"}, optional
            Only rows of this kind.

        Returns
        -------
        list of dict
            A new list each time, in the order in which the rows were added.

        Raises
        ------
        ValueError
            If there is no such kind.
        """
        if kind is not None:
            _arguments.choice("kind", kind, FIELDS)
        return [row for row in read_rows(self.path) if kind is None or row["kind"] == kind]

    def add_plan(
        self,
        data: str,
        baseline: float,
        target: float,
        hypothesis: str,
        max_parameters: int,
        max_cpu_seconds: float,
    ) -> Row:
        """Write down what you want to find out, before the first experiment.

        A plan that is added twice is written once. A changed plan becomes a new row, and the old
        one stays.

        Parameters
        ----------
        data : str
            The name of the data set.
        baseline : float
            Accuracy without any network, 0 to 1.
        target : float
            Accuracy that the hypothesis promises, 0 to 1.
        hypothesis : str
            A statement that an experiment can refute.
        max_parameters : int
        max_cpu_seconds : float
            Seconds of all cores together, as ``time.process_time()`` counts them.

        Returns
        -------
        dict
            The row.

        Raises
        ------
        TypeError, ValueError
            If an argument is not as described.
        """
        plan = {
            "kind": "plan",
            "data": _arguments.text("data", data),
            "baseline": _accuracy("baseline", baseline),
            "target": _accuracy("target", target),
            "hypothesis": _arguments.text("hypothesis", hypothesis),
            "max_parameters": _arguments.whole_number("max_parameters", max_parameters, 1),
            "max_cpu_seconds": _arguments.number("max_cpu_seconds", max_cpu_seconds, 0),
        }
        return plan if plan in self.rows("plan")[-1:] else self._add(plan)

    def add_experiment(
        self,
        settings: Mapping[str, Any],
        seed: int,
        validation_accuracy: float,
        parameters: int,
        cpu_seconds: float,
        model: str | os.PathLike[str] | None = None,
    ) -> Row:
        """Write down one training.

        Parameters
        ----------
        settings : dict of str to str, number, bool, None or list of these
            Everything besides the seed that decides how the network is trained.
        seed : int
        validation_accuracy : float
            0 to 1.
        parameters : int
            As ``network.count_params()`` gives it.
        cpu_seconds : float
            How long the training took, on all cores together.
        model : str or path-like, optional
            The file that the network was saved to. Its name and its SHA-256 are kept, so that a
            later change of the file is noticed.

        Returns
        -------
        dict
            The row. Its ``number`` counts experiments from 1.

        Raises
        ------
        TypeError, ValueError
            If an argument is not as described.
        FileNotFoundError
            If there is no such `model`.
        """
        file = None if model is None else _arguments.file("model", model)
        return self._add(
            {
                "kind": "experiment",
                "number": self.next_number(),
                "settings": plain_settings(settings),
                "seed": _arguments.whole_number("seed", seed, 0),
                "validation_accuracy": _accuracy("validation_accuracy", validation_accuracy),
                "parameters": _arguments.whole_number("parameters", parameters, 0),
                "cpu_seconds": round(_arguments.number("cpu_seconds", cpu_seconds, 0), 1),
                "model": file and file.name,
                "sha256": file and sha256_of(file),
            }
        )

    def next_number(self) -> int:
        """Return the number that the next experiment gets."""
        return len(self.rows("experiment")) + 1

    def find(self, settings: Mapping[str, Any], seed: int) -> Row | None:
        """Look for an experiment that was already made.

        Parameters
        ----------
        settings : dict
        seed : int

        Returns
        -------
        dict or None
            The first such row, or None if there is none.

        Raises
        ------
        TypeError, ValueError
            If an argument is not as `add_experiment` requires.
        """
        wanted = plain_settings(settings), _arguments.whole_number("seed", seed, 0)
        rows = self.rows("experiment")
        return next((row for row in rows if (row["settings"], row["seed"]) == wanted), None)

    def add_reload(self, experiment: int, largest_difference: float) -> Row:
        """Write down that a saved network was loaded again, and how much its predictions changed.

        Parameters
        ----------
        experiment : int
            The number of the experiment.
        largest_difference : float
            The largest difference between a probability before and after, 0 to 1.

        Returns
        -------
        dict
            The row. A row that is added twice is written once.

        Raises
        ------
        TypeError, ValueError
            If an argument is not as described, or no experiment has this number.
        """
        difference = _arguments.number("largest_difference", largest_difference, 0, 1)
        row = {
            "kind": "reload",
            "experiment": self._number(experiment),
            "largest_difference": float(f"{difference:.2g}"),
        }
        return row if row in self.rows("reload") else self._add(row)

    def open_test_set(
        self, experiment: int, evaluate: Callable[[], float], again: bool = False
    ) -> Row:
        """Measure on the test set once, and write it down.

        If the log shows that the test set was opened before, `evaluate` is not called, and the old
        row is returned. Think of this as a seat belt, not a lock, because nothing stops you from
        evaluating without the log.

        Parameters
        ----------
        experiment : int
            The number of the chosen experiment.
        evaluate : callable
            ``evaluate()`` returns the accuracy on the test set, 0 to 1.
        again : bool, default False
            Whether to open it once more. The log then keeps both rows.

        Returns
        -------
        dict
            The row.

        Raises
        ------
        TypeError, ValueError
            If an argument is not as described, or no experiment has this number.
        """
        number = self._number(experiment)
        if not callable(evaluate):
            raise TypeError(
                "`evaluate` must be a function without arguments; got "
                f"{type(evaluate).__name__}. Pass its name without brackets, so that it is "
                "called only when needed."
            )
        opened = self.rows("test")
        if opened and not _arguments.boolean("again", again):
            return opened[-1]
        accuracy = _accuracy("evaluate()", evaluate())
        return self._add({"kind": "test", "experiment": number, "test_accuracy": accuracy})

    def text(self) -> str:
        """Return the file's text, one line of JSON per row, to paste it where a file cannot go."""
        return log_text(self.rows())

    def _number(self, experiment: int) -> int:
        """Require the number of an experiment in this log."""
        number = _arguments.whole_number("experiment", experiment, 1)
        if number >= self.next_number():
            raise ValueError(
                f"`experiment` must be the number of an experiment in the log; got {number}, and "
                f"there are {self.next_number() - 1}. Add it with add_experiment first."
            )
        return number

    def _add(self, row: Row) -> Row:
        """Add a row, and return a copy, so that changing it leaves the log as it is."""
        add_row(self.path, row)
        return copy.deepcopy(row)

    def __repr__(self) -> str:
        return repr(ExperimentTable(self.rows("experiment")))

    def _repr_html_(self) -> str:
        return ExperimentTable(self.rows("experiment"))._repr_html_()


def _accuracy(name: str, value: object) -> float:
    """Require a fraction, and point out a percentage."""
    try:
        return round(_arguments.number(name, value, 0, 1), 4)
    except ValueError as error:
        raise ValueError(f"{error} An accuracy is a fraction: write 0.92, not 92.") from None
