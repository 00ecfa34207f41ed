"""What the checks say about a learner's own log and saved network."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from course_utils.checks.outcome import CheckError, call, passed, show
from course_utils.experiments import (
    DamagedLogError,
    Row,
    parse_log,
    settings_text,
    sha256_of,
)
from course_utils.experiments.rows import is_row

Answer = Callable[..., Any]

LOG = Path("my_capstone") / "experiments.jsonl"
_LEAST_EXPERIMENTS, _LEAST_SETTINGS, _LEAST_SEEDS = 4, 3, 2
_TOLERANCE = 1e-5


def check_my_log_rows(function: Answer, cases: None = None) -> None:
    """Check that a log is complete: plan first, enough experiments, none deleted, seeds repeated.

    Parameters
    ----------
    function : callable
        The learner's ``my_log()``: the text of the log.
    cases : None
        There are none: each log is its own.

    Raises
    ------
    CheckError
        If something is missing; the message says what.
    """
    rows = _rows(function)
    experiments = _experiments(rows)
    kinds = [row["kind"] for row in rows]
    if "plan" not in kinds:
        raise CheckError("my_log: no plan. Add it with log.add_plan, before the first experiment.")
    if kinds.index("plan") > kinds.index("experiment"):
        raise CheckError(
            "my_log: the plan stands behind the first experiment. A hypothesis that is made when "
            "the result is known cannot be wrong. Begin a new log with the plan."
        )
    numbers = [row["number"] for row in experiments]
    if numbers != list(range(1, len(numbers) + 1)):
        raise CheckError(
            f"my_log: the experiments have the numbers {show(numbers)}. They should count from 1. "
            "Was a row deleted? Failures belong in the log: they say how many tries the best took."
        )
    if len(experiments) < _LEAST_EXPERIMENTS:
        raise CheckError(
            f"my_log: {len(experiments)} experiments. At least {_LEAST_EXPERIMENTS} are asked for."
        )
    seeds: dict[str, set[int]] = {}
    for row in experiments:
        seeds.setdefault(repr(sorted(row["settings"].items())), set()).add(row["seed"])
    if len(seeds) < _LEAST_SETTINGS:
        raise CheckError(
            f"my_log: {len(seeds)} different settings. At least {_LEAST_SETTINGS} are asked for: "
            "change one thing at a time."
        )
    if max(map(len, seeds.values())) < _LEAST_SEEDS:
        raise CheckError(
            "my_log: every setting was trained with one seed. A small difference between two runs "
            "may be luck. Train the settings that you chose with a second seed."
        )
    if LOG.exists() and parse_log(LOG.read_text(encoding="utf-8"), LOG.name) != rows:
        raise CheckError(
            f"my_log: {LOG.as_posix()} holds other rows than the text here. Has the log grown "
            "since? Print it again, and paste all of it."
        )
    passed("my_log (the rows)")


def check_my_log_choice(function: Answer, cases: None = None) -> None:
    """Check that validation chose within the budget, and the test set was opened once, at the end.

    Parameters
    ----------
    function : callable
        The learner's ``my_log()``.
    cases : None
        There are none: each log is its own.

    Raises
    ------
    CheckError
        If the test set had a say in the choice, or another rule was broken.
    """
    rows = _rows(function)
    experiments = _experiments(rows)
    kinds = [row["kind"] for row in rows]
    n_opened = kinds.count("test")
    if n_opened == 0:
        raise CheckError("my_log: the test set is still sealed. Open it once, at the end.")
    if n_opened > 1:
        raise CheckError(
            f"my_log: the test set was opened {n_opened} times. Whoever looks twice can choose by "
            "what was seen. Choosing by the test set spoils it, even if nothing is trained on it."
        )
    if "experiment" in kinds[kinds.index("test") :]:
        raise CheckError(
            "my_log: experiments follow after the test set was opened. They were made by somebody "
            "who knew the result. The test set comes last."
        )
    chosen = _chosen(rows)
    plan = _plan(rows)
    within = [row for row in experiments if _within(row, plan)]
    if not _within(chosen, plan):
        raise CheckError(
            f"my_log: the test set was opened for experiment {chosen['number']}, which is over the "
            f"budget: {chosen['parameters']:,} parameters and {chosen['cpu_seconds']} CPU seconds, "
            f"where {plan['max_parameters']:,} and {plan['max_cpu_seconds']} were planned."
        )
    best = max(within, key=lambda row: row["validation_accuracy"])
    if chosen["settings"] != best["settings"]:
        raise CheckError(
            f"my_log: the test set was opened for experiment {chosen['number']} "
            f"({settings_text(chosen['settings'])}), but within the budget experiment "
            f"{best['number']} ({settings_text(best['settings'])}) has the highest validation "
            "accuracy. The validation images choose, nothing else."
        )
    if chosen["validation_accuracy"] <= plan["baseline"]:
        raise CheckError(
            f"my_log: the chosen network reaches {chosen['validation_accuracy']}, the baseline "
            f"{plan['baseline']}. It is no better than always saying the same."
        )
    passed("my_log (the choice)")


def check_my_log_model(function: Answer, cases: None = None) -> None:
    """Check that the chosen network was saved, and loaded again without a change.

    Where the folder of the log lies beside the notebook, the saved file is looked at too.

    Parameters
    ----------
    function : callable
        The learner's ``my_log()``.
    cases : None
        There are none: each log is its own.

    Raises
    ------
    CheckError
        If the file is missing or another, or predictions changed.
    """
    rows = _rows(function)
    _experiments(rows)
    chosen = _chosen(rows)
    number = chosen["number"]
    if not chosen["model"] or not chosen["sha256"]:
        raise CheckError(
            f"my_log: experiment {number} names no saved network. Save it as a .keras file, and "
            "pass its path to log.add_experiment as `model`."
        )
    reloads = [row for row in rows if row["kind"] == "reload" and row["experiment"] == number]
    if not reloads:
        raise CheckError(
            f"my_log: experiment {number} was never loaded again. A file that nobody has opened "
            "is a hope. Load it, compare, and call log.add_reload."
        )
    difference = reloads[-1]["largest_difference"]
    if not difference <= _TOLERANCE:
        raise CheckError(
            f"my_log: after reloading, a probability of experiment {number} had moved by "
            f"{difference}. Were both given the same images, scaled alike?"
        )
    file = LOG.with_name(chosen["model"])
    if LOG.exists():
        _check_file(file, chosen["sha256"])
    passed("my_log (the network)")


def _check_file(file: Path, sha256: str) -> None:
    """Demand that a saved network is the one of which the log speaks."""
    if not file.is_file():
        raise CheckError(f"my_log: {file.as_posix()} is missing. Hand it in with the notebook.")
    if not zipfile.is_zipfile(file):
        raise CheckError(f"my_log: {file.as_posix()} is no .keras file. Let network.save write it.")
    if sha256_of(file) != sha256:
        raise CheckError(
            f"my_log: {file.as_posix()} is another file than the log recorded (its SHA-256 "
            "differs). Was it saved again after the experiment?"
        )


def _rows(function: Answer) -> list[Row]:
    """Call the learner's function and read the log that it returns."""
    received = call(function)
    if isinstance(received, Path) or (
        isinstance(received, str) and received.strip() and "{" not in received
    ):
        raise CheckError(
            f"my_log: {show(str(received))} looks like the name of a file. Return the text in it."
        )
    if isinstance(received, str):
        try:
            rows = parse_log(received)
        except DamagedLogError as error:
            raise CheckError(f"my_log: {error} Paste the text as it was printed.") from None
    elif isinstance(received, list | tuple) and all(map(is_row, received)):
        rows = list(received)
    else:
        raise CheckError(f"my_log: expected the text of your log, received {show(received)}.")
    return rows


def _experiments(rows: list[Row]) -> list[Row]:
    """Demand at least one experiment."""
    experiments = [row for row in rows if row["kind"] == "experiment"]
    if not experiments:
        raise CheckError("my_log: the log holds no experiments.")
    return experiments


def _plan(rows: list[Row]) -> Row:
    """Find the plan that holds: the last one before the first experiment."""
    plans = []
    for row in rows:
        if row["kind"] == "experiment":
            break
        if row["kind"] == "plan":
            plans.append(row)
    if not plans:
        raise CheckError("my_log: no plan stands before the first experiment.")
    return plans[-1]


def _chosen(rows: list[Row]) -> Row:
    """Find the experiment for which the test set was opened."""
    tests = [row for row in rows if row["kind"] == "test"]
    if not tests:
        raise CheckError("my_log: the test set is still sealed. Open it once, at the end.")
    number = tests[0]["experiment"]
    found = [row for row in rows if row["kind"] == "experiment" and row["number"] == number]
    if not found:
        raise CheckError(f"my_log: the test set was opened for experiment {number}; there is none.")
    return found[0]


def _within(row: Row, plan: Row) -> bool:
    """Say whether an experiment keeps to the budget."""
    return bool(
        row["parameters"] <= plan["max_parameters"]
        and row["cpu_seconds"] <= plan["max_cpu_seconds"]
    )
