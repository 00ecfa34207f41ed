"""How long imports take, and whether they load TensorFlow or Keras."""

from collections import defaultdict
from pathlib import Path

from tqdm import tqdm

from benchmarks.processes import ROOT, Cost, cost_in_fresh_process
from benchmarks.report import median_and_range, page

PACKAGE = ROOT / "course_utils"
_RUNS = 7
_FIRST = ["import numpy", "import course_utils", "import numpy, course_utils"]
#: What a learner would wait for if the package were not lazy.
_FOR_COMPARISON = ["import keras"]


def public_modules(package: Path = PACKAGE, *, deep: bool = True) -> list[str]:
    """Name the modules of a package that do not begin with an underscore.

    Parameters
    ----------
    package : Path
        Its folder.
    deep : bool, default True
        Whether to name what lies inside its subpackages, too.

    Returns
    -------
    list of str
        As in ``["course_utils.checks", "course_utils.checks.outcome"]``; the package itself is
        not among them.
    """
    found = set()
    for path in package.rglob("*.py"):
        parts = path.relative_to(package.parent).with_suffix("").parts
        parts = parts[:-1] if parts[-1] == "__init__" else parts
        if len(parts) > 1 and not any(part.startswith("_") for part in parts):
            found.add(".".join(parts if deep else parts[:2]))
    return sorted(found)


def measure(*, quick: bool = False) -> str:
    """Measure each import in fresh processes, in turns.

    Parameters
    ----------
    quick : bool, default False
        One run, without the modules inside subpackages and without Keras.

    Returns
    -------
    str
        A Markdown page.

    Raises
    ------
    BenchmarkError
        If an import fails.
    """
    runs = 1 if quick else _RUNS
    statements = _FIRST + [f"import {name}" for name in public_modules(deep=not quick)]
    if not quick:
        statements += _FOR_COMPARISON
    cost_in_fresh_process("; ".join(_FIRST))  # so that no first run waits for the disk
    costs: dict[str, list[Cost]] = defaultdict(list)
    turns = [statement for _ in range(runs) for statement in statements]
    for statement in tqdm(turns, desc="imports", unit="process", delay=2):
        costs[statement].append(cost_in_fresh_process(statement))
    rows = [
        [
            f"`{statement}`",
            median_and_range([cost.seconds for cost in costs[statement]], decimals=3),
            " and ".join(costs[statement][0].heavy) or "neither",
        ]
        for statement in statements
    ]
    note = (
        f"Seconds of the statement in a fresh Python process; the start of Python is not counted. "
        f"Runs: {runs}, in turns; median (least to greatest)."
    )
    return page("What imports cost", note, ["Statement", "Seconds", "TensorFlow, Keras"], rows)
