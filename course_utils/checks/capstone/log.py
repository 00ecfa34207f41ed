"""The checks of a learner's own log and saved network.

What lies beside the notebook is described where the learner's function runs; the judges read no
file.
"""

import zipfile
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


def _judge_rows(answer: Description) -> None:
    """Demand that a log is complete: plan first, none deleted, enough tries, seeds repeated."""
    rows = _rows(answer)
    experiments = _experiments(rows)
    kinds = [row["kind"] for row in rows]
    if "plan" not in kinds:
        raise CheckError("no plan. Add it with log.add_plan, before the first experiment.")
    if kinds.index("plan") > kinds.index("experiment"):
        raise CheckError(
            "the plan stands behind the first experiment. A hypothesis that is made when "
            "the result is known cannot be wrong. Begin a new log with the plan."
        )
    numbers = [row["number"] for row in experiments]
    if numbers != list(range(1, len(numbers) + 1)):
        raise CheckError(
            f"the experiments have the numbers {show(numbers)}. They should count from 1. "
            "Was a row deleted? Failures belong in the log: they say how many tries the best took."
        )
    if len(experiments) < _LEAST_EXPERIMENTS:
        raise CheckError(
            f"{len(experiments)} experiments. At least {_LEAST_EXPERIMENTS} are asked for."
        )
    seeds: dict[str, set[int]] = {}
    for row in experiments:
        seeds.setdefault(repr(sorted(row["settings"].items())), set()).add(row["seed"])
    if len(seeds) < _LEAST_SETTINGS:
        raise CheckError(
            f"{len(seeds)} different settings. At least {_LEAST_SETTINGS} are asked for: "
            "change one thing at a time."
        )
    if max(map(len, seeds.values())) < _LEAST_SEEDS:
        raise CheckError(
            "every setting was trained with one seed. A small difference between two runs "
            "may be luck. Train the settings that you chose with a second seed."
        )
    if answer["file"] is not None and _parsed(answer["file"], LOG.name) != rows:
        raise CheckError(
            f"{LOG.as_posix()} holds other rows than the text here. Has the log grown "
            "since? Print it again, and paste all of it."
        )


def _judge_choice(answer: Description) -> None:
    """Demand that validation chose within the budget, and the test set came once, at the end."""
    rows = _rows(answer)
    experiments = _experiments(rows)
    kinds = [row["kind"] for row in rows]
    n_opened = kinds.count("test")
    if n_opened == 0:
        raise CheckError("the test set is still sealed. Open it once, at the end.")
    if n_opened > 1:
        raise CheckError(
            f"the test set was opened {n_opened} times. Whoever looks twice can choose by "
            "what was seen. Choosing by the test set spoils it, even if nothing is trained on it."
        )
    if "experiment" in kinds[kinds.index("test") :]:
        raise CheckError(
            "experiments follow after the test set was opened. They were made by somebody "
            "who knew the result. The test set comes last."
        )
    chosen = _chosen(rows)
    plan = _plan(rows)
    within = [row for row in experiments if _within(row, plan)]
    if not _within(chosen, plan):
        raise CheckError(
            f"the test set was opened for experiment {chosen['number']}, which is over the "
            f"budget: {chosen['parameters']:,} parameters and {chosen['cpu_seconds']} CPU seconds, "
            f"where {plan['max_parameters']:,} and {plan['max_cpu_seconds']} were planned."
        )
    best = max(within, key=lambda row: row["validation_accuracy"])
    if chosen["settings"] != best["settings"]:
        raise CheckError(
            f"the test set was opened for experiment {chosen['number']} "
            f"({settings_text(chosen['settings'])}), but within the budget experiment "
            f"{best['number']} ({settings_text(best['settings'])}) has the highest validation "
            "accuracy. The validation images choose, nothing else."
        )
    if chosen["validation_accuracy"] <= plan["baseline"]:
        raise CheckError(
            f"the chosen network reaches {chosen['validation_accuracy']}, the baseline "
            f"{plan['baseline']}. It is no better than always saying the same."
        )


def _judge_model(answer: Description) -> None:
    """Demand that the chosen network was saved, and loaded again without a change."""
    rows = _rows(answer)
    _experiments(rows)
    chosen = _chosen(rows)
    number = chosen["number"]
    if not chosen["model"] or not chosen["sha256"]:
        raise CheckError(
            f"experiment {number} names no saved network. Save it as a .keras file, and "
            "pass its path to log.add_experiment as `model`."
        )
    reloads = [row for row in rows if row["kind"] == "reload" and row["experiment"] == number]
    if not reloads:
        raise CheckError(
            f"experiment {number} was never loaded again. A file that nobody has opened "
            "is a hope. Load it, compare, and call log.add_reload."
        )
    difference = reloads[-1]["largest_difference"]
    if not difference <= _TOLERANCE:
        raise CheckError(
            f"after reloading, a probability of experiment {number} had moved by "
            f"{difference}. Were both given the same images, scaled alike?"
        )
    if answer["file"] is None:  # the log alone was handed in
        return
    file, networks = LOG.with_name(chosen["model"]).as_posix(), answer["networks"]
    if chosen["model"] not in networks:
        raise CheckError(f"{file} is missing. Hand it in with the notebook.")
    if not networks[chosen["model"]]:
        raise CheckError(f"{file} is no .keras file. Let network.save write it.")
    if networks[chosen["model"]] != chosen["sha256"]:
        raise CheckError(
            f"{file} is another file than the log recorded (its SHA-256 differs). Was it saved "
            "again after the experiment?"
        )


def _described(returned: Any) -> Description | None:
    """Describe what came back, and the files that lie beside the notebook."""
    if returned is None or returned is ...:
        return None
    files = (file for file in LOG.parent.glob("*") if file.is_file())
    networks = {file.name: sha256_of(file) if zipfile.is_zipfile(file) else "" for file in files}
    text = LOG.read_text(encoding="utf-8") if LOG.exists() else None
    returned = str(returned) if isinstance(returned, Path) else plain(returned)
    return {"returned": returned, "file": text, "networks": networks}


def _rows(answer: Description) -> list[Row]:
    """Read the log that a learner's function returned."""
    received = answer["returned"]
    if isinstance(received, str) and received.strip() and "{" not in received:
        raise CheckError(f"{show(received)} looks like the name of a file. Return the text in it.")
    if isinstance(received, str):
        return _parsed(received, "this text", "Paste the text as it was printed.")
    if isinstance(received, list | tuple) and all(map(is_row, received)):
        return list(received)
    raise CheckError(f"expected the text of your log, received {show(received)}.")


def _parsed(text: str, name: str, advice: str = "") -> list[Row]:
    """Read a log, and refuse one that is damaged."""
    try:
        return parse_log(text, name)
    except DamagedLogError as error:
        raise CheckError(f"{error} {advice}".rstrip()) from None


def _experiments(rows: list[Row]) -> list[Row]:
    """Demand at least one experiment."""
    experiments = [row for row in rows if row["kind"] == "experiment"]
    if not experiments:
        raise CheckError("the log holds no experiments.")
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
        raise CheckError("no plan stands before the first experiment.")
    return plans[-1]


def _chosen(rows: list[Row]) -> Row:
    """Find the experiment for which the test set was opened."""
    tests = [row for row in rows if row["kind"] == "test"]
    if not tests:
        raise CheckError("the test set is still sealed. Open it once, at the end.")
    number = tests[0]["experiment"]
    found = [row for row in rows if row["kind"] == "experiment" and row["number"] == number]
    if not found:
        raise CheckError(f"the test set was opened for experiment {number}; there is none.")
    return found[0]


def _within(row: Row, plan: Row) -> bool:
    """Say whether an experiment keeps to the budget."""
    return bool(
        row["parameters"] <= plan["max_parameters"]
        and row["cpu_seconds"] <= plan["max_cpu_seconds"]
    )


def _check(judge: Any, part: str, follows: Check | None = None) -> Check:
    return Check(
        "my_log()",
        [()],
        part=part,
        demand=objection(judge),
        compares=False,
        describe=_described,
        allows=("experiments.",),
        follows=follows,
    )


check_my_log_rows = _check(_judge_rows, "the rows")
check_my_log_choice = _check(_judge_choice, "the choice", check_my_log_rows)
check_my_log_model = _check(_judge_model, "the network", check_my_log_choice)
