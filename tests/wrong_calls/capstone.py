"""Wrong calls of the experiment log and its plot."""

from course_utils import experiments, plots
from wrong_calls.rows import NOWHERE, Row, a_path, mistyped, place, row

EXPERIMENT = {
    "kind": "experiment",
    "number": 1,
    "settings": {"units": 8},
    "seed": 0,
    "validation_accuracy": 0.9,
    "parameters": 10,
    "cpu_seconds": 1.0,
    "model": None,
    "sha256": None,
}
OPENED = {"kind": "test", "experiment": 1, "test_accuracy": 0.9}

ROWS: list[Row] = [
    *a_path(experiments.ExperimentLog, name="path"),
    *a_path(experiments.sha256_of, name="path"),
    row(
        experiments.sha256_of,
        NOWHERE,
        error=FileNotFoundError,
        expected="`path` must be a file",
        got=NOWHERE,
    ),
    mistyped(experiments.parse_log, None, expected="the text of a log", got="got NoneType"),
    row(experiments.parse_log, "{}", expected="a row of the log in each line", got="line 1"),
    mistyped(experiments.settings_text, ["flips"], expected="`settings` must hold", got="got list"),
    mistyped(experiments.settings_text, {"layer": dict}, expected="`settings`", got="something"),
    mistyped(experiments.ExperimentTable, EXPERIMENT, expected="rows of a log", got="got dict"),
    mistyped(experiments.ExperimentTable, [None], expected="rows of a log", got="None among them"),
    row(plots.plot_experiments, [], expected="at least one", got="got none"),
    row(plots.plot_experiments, [OPENED], expected="experiments", got="a row of kind 'test'"),
    row(plots.plot_experiments, [1], expected="experiments of a log", got="got int among them"),
    mistyped(plots.plot_experiments, EXPERIMENT, expected="experiments of a log", got="got dict"),
    mistyped(
        plots.plot_experiments,
        [EXPERIMENT],
        max_parameters="many",
        expected="`max_parameters` must be a number",
        got="got 'many'",
    ),
    row(
        plots.plot_experiments,
        [EXPERIMENT],
        baseline=90,
        expected="`baseline` must be a number from 0 to 1",
        got="got 90",
    ),
    *place(plots.plot_experiments, [EXPERIMENT]),
]
