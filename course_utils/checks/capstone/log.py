"""The checks of a learner's own log and saved network.

What lies beside the notebook is described where the learner's function runs; the judges read no
file.
"""

import math
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from course_utils.checks.asking import plain
from course_utils.checks.check import Check
from course_utils.checks.forms import objection
from course_utils.checks.outcome import CheckError
from course_utils.checks.showing import show
from course_utils.experiments import DamagedLogError, Row, parse_log, settings_text, sha256_of
from course_utils.experiments.rows import is_row

#: What was returned, the log file's text, and of each file beside it its hash, empty if no .keras.
Description = dict[str, Any]

LOG = Path("my_capstone") / "experiments.jsonl"
_LEAST_EXPERIMENTS, _LEAST_SETTINGS, _LEAST_SEEDS = 4, 3, 2
_TOLERANCE = 1e-5
_ACCURACIES = ("baseline", "target", "validation_accuracy", "test_accuracy")
_AMOUNTS = ("parameters", "cpu_seconds", "max_parameters", "max_cpu_seconds")
_SEALED = "the test set is still sealed. Open it once, at the end."


def _judge_rows(answer: Description) -> None:
    """Demand that a log is complete: plan first, none deleted, enough tries, seeds repeated."""
    rows, experiments = _read(answer)
    kinds, n = [row["kind"] for row in rows], len(experiments)
    numbers = [row["number"] for row in experiments]
    seeds: dict[str, set[int]] = {}
    for row in experiments:
        seeds.setdefault(repr(sorted(row["settings"].items())), set()).add(row["seed"])
    _refuse([
        ("plan" not in kinds, "no plan. Add it with log.add_plan, before the first experiment."),
        ("plan" not in kinds[: kinds.index("experiment")],
         "the plan comes after the first experiment. A hypothesis that is made when the result "
         "is known cannot be wrong. Begin a new log with the plan."),
        (numbers != list(range(1, n + 1)),
         f"the experiments have the numbers {show(numbers)}. They should count from 1. Was a row "
         "deleted? Failures belong in the log, because they show how many attempts the "
         "best result took."),
        (n < _LEAST_EXPERIMENTS,
         f"{n} experiments. At least {_LEAST_EXPERIMENTS} are needed."),
        (len(seeds) < _LEAST_SETTINGS,
         f"{len(seeds)} different settings. At least {_LEAST_SETTINGS} are needed: change one "
         "thing at a time."),
        (max(map(len, seeds.values())) < _LEAST_SEEDS,
         "every setting was trained with one seed. A small difference between two runs may be "
         "luck. Train the settings that you chose with a second seed."),
    ])  # fmt: skip
    if answer["file"] is not None and _parsed(answer["file"], LOG.name) != rows:
        raise CheckError(
            f"{LOG.as_posix()} holds other rows than the text here. Has the log grown since? "
            "Print it again, and paste all of it."
        )


def _judge_choice(answer: Description) -> None:
    """Demand that validation chose within the budget, and the test set came once, at the end."""
    rows, experiments = _read(answer)
    kinds = [row["kind"] for row in rows]
    first, n_opened = kinds.index("experiment"), kinds.count("test")
    since_opened = kinds[kinds.index("test") :] if n_opened else []
    _refuse([
        (n_opened == 0, _SEALED),
        (n_opened > 1,
         f"the test set was opened {n_opened} times. Anyone who looks twice can choose by what "
         "they saw. Choosing by the test set spoils it, even if nothing is trained on it."),
        ("experiment" in since_opened,
         "experiments follow after the test set was opened. They may have been chosen by what "
         "it showed. The test set comes last."),
    ])  # fmt: skip
    chosen = _chosen(rows)
    plan = next((row for row in reversed(rows[:first]) if row["kind"] == "plan"), None)
    if plan is None:
        raise CheckError("no plan stands before the first experiment.")
    limits = [(name, plan[f"max_{name}"]) for name in ("parameters", "cpu_seconds")]
    within = [row for row in experiments if all(row[name] <= most for name, most in limits)]
    opened = f"the test set was opened for experiment {chosen['number']}"
    if chosen not in within:
        raise CheckError(
            f"{opened}, which is over the budget: {chosen['parameters']:,} parameters and "
            f"{chosen['cpu_seconds']} CPU seconds, where {plan['max_parameters']:,} and "
            f"{plan['max_cpu_seconds']} were planned."
        )
    best = max(within, key=lambda row: row["validation_accuracy"])
    if chosen["settings"] != best["settings"]:
        raise CheckError(
            f"{opened} ({settings_text(chosen['settings'])}), but within the budget experiment "
            f"{best['number']} ({settings_text(best['settings'])}) has the highest validation "
            "accuracy. Choose by validation accuracy, and by nothing else."
        )
    if chosen["validation_accuracy"] <= plan["baseline"]:
        raise CheckError(
            f"the chosen network reaches {chosen['validation_accuracy']}, the baseline "
            f"{plan['baseline']}. It is no better than giving the same answer every time."
        )


def _judge_model(answer: Description) -> None:
    """Demand that the chosen network was saved, and loaded again without a change."""
    rows, _ = _read(answer)
    chosen = _chosen(rows)
    number, model, recorded = chosen["number"], chosen["model"], chosen["sha256"]
    reloads = [row for row in rows if row["kind"] == "reload" and row["experiment"] == number]
    difference = reloads[-1]["largest_difference"] if reloads else None
    _refuse([
        (not model or not recorded,
         f"experiment {number} names no saved network. Save it as a .keras file, and pass its "
         "path to log.add_experiment as `model`."),
        (difference is None,
         f"experiment {number} was never loaded again. Nobody knows yet whether the file works. "
         "Load it, compare, and call log.add_reload."),
        (difference is None or not 0 <= difference <= _TOLERANCE,
         f"after reloading, a probability of experiment {number} had moved by {difference}. Were "
         "both given the same images, scaled alike?"),
    ])  # fmt: skip
    if answer["file"] is None:  # the log alone was handed in
        return
    file, networks = (LOG.parent / model).as_posix(), answer["networks"]
    _refuse([
        (model not in networks, f"{file} is missing. Hand it in with the notebook."),
        (not networks.get(model), f"{file} is no .keras file. Let network.save write it."),
        (networks.get(model) != recorded,
         f"{file} is another file than the log recorded (its SHA-256 differs). Was it saved again "
         "after the experiment?"),
    ])  # fmt: skip


def _refuse(faults: Sequence[tuple[bool, str]]) -> None:
    """Say the first of some faults that is there."""
    for is_there, said in faults:
        if is_there:
            raise CheckError(said)


def _described(returned: Any) -> Description:
    """Describe what came back, and the files that lie beside the notebook."""
    files = (file for file in LOG.parent.glob("*") if file.is_file())
    networks = {file.name: sha256_of(file) if zipfile.is_zipfile(file) else "" for file in files}
    text = LOG.read_text(encoding="utf-8") if LOG.exists() else None
    returned = str(returned) if isinstance(returned, Path) else plain(returned)
    return {"returned": returned, "file": text, "networks": networks}


def _read(answer: Description) -> tuple[list[Row], list[Row]]:
    """Read the log that a learner's function returned: its rows, and those of experiments."""
    received = answer["returned"]
    if isinstance(received, str):
        if received.strip() and "{" not in received:
            is_name = len(received.split()) == 1 and len(received.split(".")) > 1
            told = "looks like the name of a file. Return the text in it"
            other = "holds no row of a log: each begins with a brace. Is it the table of the log?"
            advice = "Print its text, as the cell above does, and paste that"
            raise CheckError(f"{show(received)} {told if is_name else f'{other} {advice}'}.")
        rows = _parsed(received, "this text", "Paste the text as it was printed.")
    elif isinstance(received, list | tuple) and all(map(is_row, received)):
        rows = list(received)
    else:
        raise CheckError(f"expected the text of your log, received {show(received)}.")
    experiments = [row for row in rows if row["kind"] == "experiment"]
    if not experiments:
        raise CheckError("the log holds no experiments.")
    for row in rows:
        _require_measured(row)
    return rows, experiments


def _require_measured(row: Row) -> None:
    """Demand numbers that can have been measured, as the log itself does when it writes a row."""
    which = f"experiment {row['number']}" if "number" in row else f"the {row['kind']} row"
    for name, value in row.items():
        if name in _ACCURACIES and not 0 <= value <= 1:
            slip = " Is it in per cent?" if 1 < value <= 100 else ""
            raise CheckError(
                f"{which}: {name} is {value}. An accuracy lies between 0 and 1.{slip} Paste the "
                "log as it was printed."
            )
        if name in _AMOUNTS and not 0 <= value < math.inf:
            raise CheckError(
                f"{which}: {name} is {value}. That is no amount. Paste the log as it was printed."
            )


def _parsed(text: str, name: str, advice: str = "") -> list[Row]:
    """Read a log, and refuse one that is damaged."""
    try:
        return parse_log(text, name)
    except DamagedLogError as error:
        raise CheckError(f"{error} {advice}".rstrip()) from None


def _chosen(rows: list[Row]) -> Row:
    """Find the experiment for which the test set was opened."""
    number = next((row["experiment"] for row in rows if row["kind"] == "test"), None)
    if number is None:
        raise CheckError(_SEALED)
    for row in rows:
        if row["kind"] == "experiment" and row["number"] == number:
            return row
    raise CheckError(f"the test set was opened for experiment {number}; there is none.")


check_my_log_rows = Check(
    "my_log()",
    [()],
    part="the rows",
    demand=objection(_judge_rows),
    compares=False,
    describe=_described,
    allows=("experiments.",),
)
check_my_log_choice = replace(
    check_my_log_rows,
    part="the choice",
    demand=objection(_judge_choice),
    follows=check_my_log_rows,
)
check_my_log_model = replace(
    check_my_log_choice,
    part="the network",
    demand=objection(_judge_model),
    follows=check_my_log_choice,
)
