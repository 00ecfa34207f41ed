"""How long imports take, and whether they load TensorFlow or Keras."""

from benchmarks.lessons import course_modules, lesson_notebooks
from benchmarks.processes import cost_in_fresh_process, in_turns
from benchmarks.report import Table, counted, median_and_range, page
from course_utils import lessons

_RUNS = 7
_FIRST = ["import numpy", "import course_utils", "import numpy, course_utils"]
#: What a learner would wait for if the package were not lazy.
_FOR_COMPARISON = "import keras"


def statements(*, quick: bool = False) -> list[str]:
    """List what is measured: what the lessons import of the course, and what to compare it with."""
    if quick:
        return _FIRST
    modules = course_modules(lesson_notebooks())
    return [
        *_FIRST,
        *(f"import {name}" for name in modules if name != lessons.__name__),
        *(f"from {lessons.__name__} import {name}" for name in dir(lessons)),
        _FOR_COMPARISON,
    ]


def tables(*, quick: bool = False) -> list[Table]:
    """List the imports."""
    text = (
        "# What imports cost\n\n"
        "Processor seconds of the statement in a fresh Python process; the start of Python is not "
        "counted. On a quiet machine one waits about as long. "
        "Listed is every module of the course that a lesson imports. "
        f"{counted(1 if quick else _RUNS, 'run')}, in turns; median (lowest to highest)."
    )
    labels = [(f"`{statement}`",) for statement in statements(quick=quick)]
    return [Table(text, ["Statement", "Processor seconds", "TensorFlow, Keras"], labels)]


def measure(*, quick: bool = False) -> str:
    """Measure each import in fresh processes; a trial does it once, and leaves the lessons' out."""
    cost_in_fresh_process("; ".join(_FIRST))  # so that no first run waits for the disk
    costs = in_turns(
        cost_in_fresh_process, statements(quick=quick), 1 if quick else _RUNS, "imports"
    )
    (table,) = tables(quick=quick)
    figures = (
        [
            median_and_range([run.cpu_seconds for run in runs], decimals=3),
            " and ".join(runs[0].heavy) or "neither",
        ]
        for runs in costs.values()
    )
    return page(table.filled(figures))
