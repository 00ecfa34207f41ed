"""What loading a data set costs."""

from benchmarks.processes import cost_in_fresh_process, in_turns, mib
from benchmarks.report import Table, counted, median_and_range, page
from course_utils.datasets import dataset_names

_RUNS = 7
_BEFORE = "from course_utils.datasets import load_dataset"


def tables(*, quick: bool = False) -> list[Table]:
    """List the data sets."""
    text = (
        "# What loading the data costs\n\n"
        "In a fresh Python process, the file being in the system's cache. "
        f"{counted(1 if quick else _RUNS, 'run')}, in turns; median (lowest to highest). Memory is "
        "the most that was ever resident (VmHWM)."
    )
    header = ["Call", "Seconds", "MiB before, with the import", "MiB at the peak"]
    return [Table(text, header, [(f'`load_dataset("{name}")`',) for name in dataset_names()])]


def measure(*, quick: bool = False) -> str:
    """Load each data set in fresh processes; a trial does it once."""
    (table,) = tables(quick=quick)
    statements = [f"data = {call.strip('`')}" for (call,) in table.labels]
    costs = in_turns(
        lambda statement: cost_in_fresh_process(statement, _BEFORE),
        statements,
        1 if quick else _RUNS,
        "datasets",
    )
    figures = (
        [
            median_and_range([run.seconds for run in runs]),
            mib(runs[0].peak_before_mib),
            mib(runs[0].peak_mib),
        ]
        for runs in costs.values()
    )
    return page(table.filled(figures))
