"""Wrong calls of what the lesson on training uses."""

from course_utils import explorers, plots
from wrong_calls.rows import Row, place, row, whole_number

LOSS = {"loss": [1.0, 0.5]}

ROWS: list[Row] = [
    row(plots.plot_history, None, error=TypeError, expected="hold lists by name", got="NoneType"),
    row(plots.plot_history, [1.0], error=TypeError, expected="hold lists by name", got="got list"),
    row(plots.plot_history, {}, expected="one of them 'loss'", got="got none"),
    row(plots.plot_history, {"val_loss": [1]}, expected="'loss'", got="got 'val_loss'"),
    row(
        plots.plot_history,
        {"loss": ["a"]},
        error=TypeError,
        expected="hold numbers",
        got="dtype <U1",
    ),
    row(plots.plot_history, {"loss": []}, error=TypeError, expected="hold numbers", got="got 0"),
    row(plots.plot_history, {"loss": [[1], [2, 3]]}, expected="equal lengths", got="different"),
    row(plots.plot_history, {"loss": [[1.0]]}, expected="one row of 1", got="got shape (1, 1)"),
    row(
        plots.plot_history,
        LOSS | {"accuracy": [0.5]},
        expected="`history['accuracy']` must be one row of 2 numbers",
        got="got shape (1,)",
    ),
    *place(plots.plot_history, LOSS, name="figure"),
    row(
        explorers.explore_learning_rate, "Adamw", expected="'SGD', 'SGD with momentum'", got="Adamw"
    ),
    row(explorers.explore_learning_rate, learning_rate=0.2, expected="0.1, 0.3", got="got 0.2"),
    row(explorers.explore_learning_rate, start=5, expected="`start` must be a number", got="got 5"),
    row(
        explorers.explore_learning_rate,
        start="2",
        error=TypeError,
        expected="`start` must be a number from -1.2 to 4.4",
        got="got '2'",
    ),
    *whole_number(explorers.explore_learning_rate, "steps", "from 0 to 100", outside=101),
    row(explorers.explore_training_runs, 2_000, expected="1000, 3000, 10000", got="got 2000"),
    row(
        explorers.explore_training_runs,
        dropout=0.5,
        error=TypeError,
        expected="`dropout` must be True or False",
        got="got 0.5",
    ),
    *whole_number(explorers.explore_training_runs, "run", "from 1 to 3", outside=4),
    *whole_number(explorers.explore_training_runs, "epoch", "from 1 to 60", outside=0),
    *whole_number(explorers.explore_training_runs, "patience", "from 1 to 25", outside=0),
]
