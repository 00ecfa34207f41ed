"""What loading a data set costs."""

from collections import defaultdict

from tqdm import tqdm

from benchmarks.processes import Cost, cost_in_fresh_process, mib
from benchmarks.report import median_and_range, page
from course_utils.datasets import dataset_names

_RUNS = 7
_BEFORE = "from course_utils.datasets import load_dataset"


def measure(*, quick: bool = False) -> str:
    """Load each data set in fresh processes, in turns.

    Parameters
    ----------
    quick : bool, default False
        One run.

    Returns
    -------
    str
        A Markdown page.

    Raises
    ------
    BenchmarkError
        If a data set cannot be loaded.
    """
    runs = 1 if quick else _RUNS
    names = dataset_names()
    costs: dict[str, list[Cost]] = defaultdict(list)
    turns = [name for _ in range(runs) for name in names]
    for name in tqdm(turns, desc="datasets", unit="process", delay=2):
        costs[name].append(cost_in_fresh_process(f"data = load_dataset({name!r})", _BEFORE))
    rows = [
        [
            f"`load_dataset({name!r})`".replace("'", '"'),
            median_and_range([cost.seconds for cost in costs[name]]),
            mib(costs[name][0].peak_before_mib),
            mib(costs[name][0].peak_mib),
        ]
        for name in names
    ]
    note = (
        f"In a fresh Python process, the file being in the system's cache. Runs: {runs}, in turns; "
        "median (least to greatest). Memory is the most that was ever resident (VmHWM)."
    )
    header = ["Call", "Seconds", "MiB before, with the import", "MiB at the peak"]
    return page("What loading the data costs", note, header, rows)
