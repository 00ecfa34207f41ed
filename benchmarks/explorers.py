"""How soon an explorer follows a key press, and how soon `interact` with a new plot does."""

import dataclasses
import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import nbformat

from benchmarks.browser import browser
from benchmarks.jupyter_server import jupyter_server
from benchmarks.key_press import Bench
from benchmarks.lessons import ExplorerCall, explorer_calls, lesson_notebooks
from benchmarks.processes import ROOT
from benchmarks.record import Outcome, Part, finished
from benchmarks.report import (
    BenchmarkError,
    StoppedError,
    Table,
    machine_line,
    median_and_p95,
    page,
)

EXPLORERS = ROOT / "course_utils" / "explorers"
#: What a stopped run has done. It is measured again once there is a page.
RECORD = ROOT / ".cache" / "benchmarks" / "explorers.jsonl"
_PRESSES, _QUICK_PRESSES = 60, 10
_BLOCKS = 5  # the two take turns, so that a machine that slows down slows both
_WARM_UP = 4
#: What a lesson may have shown before is not wanted on the page.
_TIDY = """
import matplotlib.pyplot as plt
from IPython.display import clear_output
plt.close("all")
clear_output()
"""
#: The twin: the same explorer's own plot, drawn again by `interact` for the first two controls.
#: It is closed, so that its numbers are not sent to the browser on top of the picture.
_INTERACT = """
import itertools
import ipywidgets, traitlets
import matplotlib.pyplot as plt
# A slider may leave the picture as it was, and JupyterLab would not paint the same one again.
whites = itertools.cycle(["#ffffff", "#fffffe"])
twin = {call}
twin.close()

def control(name):
    trait, value = twin.traits()[name], getattr(twin, name)
    if isinstance(trait, traitlets.Enum):
        return ipywidgets.SelectionSlider(options=trait.values, value=value)
    if isinstance(trait, traitlets.Bool):
        return ipywidgets.Checkbox(value=value)
    whole = isinstance(trait, traitlets.Int)
    slider = ipywidgets.IntSlider if whole else ipywidgets.FloatSlider
    step = trait.metadata.get("step", 1)
    return slider(value=value, min=trait.min, max=trait.max, step=step)

def replot(**numbers):
    for name, value in numbers.items():
        setattr(twin, name, value)
    figure = plt.figure(figsize=(6.4, 3.2), layout="constrained")
    figure.patch.set_facecolor(next(whites))
    twin.draw(figure)
    plt.show()

ipywidgets.interact(replot, **{{name: control(name) for name in twin.control_names()[:2]}});
"""


def bench_notebook(call: ExplorerCall, *, with_twin: bool = True) -> Any:
    """Build the notebook that is driven: the lesson's set-up, the explorer, its twin."""
    code = [call.setup + _TIDY, call.source]
    code += [_INTERACT.format(call=call.source)] if with_twin else []
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in code])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    for cell in notebook.cells:  # the code would push the pictures off the page
        cell.metadata.jupyter = {"source_hidden": True}
    return notebook


@contextmanager
def opened(
    running: Any, address: str, served: Path, call: ExplorerCall, *, with_twin: bool = True
) -> Iterator[Bench]:
    """Open an explorer in a copy of its lesson's folder, with or without its twin."""
    folder = served / call.function
    shutil.copytree(call.notebook.parent, folder)
    nbformat.write(bench_notebook(call, with_twin=with_twin), folder / "bench.ipynb")
    bench = Bench(running, address, f"{call.function}/bench.ipynb", with_twin=with_twin)
    try:
        yield bench
    except BenchmarkError as error:
        raise BenchmarkError(f"{call.function} of {call.notebook.stem}: {error}") from None
    finally:
        bench.close()


def time_explorer(
    running: Any, address: str, served: Path, call: ExplorerCall, n_presses: int
) -> dict[str, list[float]]:
    """Press keys on one page, scene and `interact` in turns; return milliseconds of each kind."""
    with opened(running, address, served, call) as bench:
        times: dict[str, list[float]] = {"scene": [], "interact": []}
        for kind in times:
            bench.press(kind, _WARM_UP)
        for block in range(_BLOCKS):
            order = ("scene", "interact") if block % 2 == 0 else ("interact", "scene")
            for kind in order:
                times[kind] += bench.press(kind, n_presses // _BLOCKS)
        bench.shut_kernel_down()
        bench.press("scene", _WARM_UP)
        times["without kernel"] = bench.press("scene", n_presses)
        return times


def calls_to_time(*, quick: bool) -> list[ExplorerCall]:
    """List every explorer that the lessons use; a trial takes the first of each lesson."""
    calls = explorer_calls(lesson_notebooks())
    if quick:
        calls = list({call.notebook: call for call in reversed(calls)}.values())[::-1]
    return calls


def tables(*, quick: bool = False) -> list[Table]:
    """List the explorers."""
    text = (
        "# From key press to picture\n\n"
        "Milliseconds from a key press on a slider to the painted picture, median / 95th "
        f"percentile of {_QUICK_PRESSES if quick else _PRESSES} presses of each kind, in "
        "JupyterLab in Chromium: our scene, drawn in the browser, and `ipywidgets.interact`, which "
        "draws the same explorer's Matplotlib picture again; in turns, on one page, for the "
        "explorer's first two controls. Then the scene again, with the kernel shut down. Server "
        "and browser share one machine: on a distant server `interact` waits for the network on "
        "top."
    )
    header = ["Explorer", "Lesson", "Scene", "`interact`", "Scene, no kernel", "Times faster"]
    calls = calls_to_time(quick=quick)
    return [Table(text, header, [(f"`{call.function}`", call.notebook.stem) for call in calls])]


def measure(*, quick: bool = False) -> str:
    """Time the explorers, each kept as soon as it is done; what was kept is used up by a page."""
    n_presses = _QUICK_PRESSES if quick else _PRESSES
    record = None if quick else RECORD
    scenes = _digest_of_scenes()
    with jupyter_server() as (address, served), browser() as running:
        parts = [
            Part(
                call.function,
                {**dataclasses.asdict(call), "notebook": call.notebook.stem}
                | {"presses": n_presses, "scenes": scenes, "machine": machine_line()},
                partial(time_explorer, running, address, served, call, n_presses),
            )
            for call in calls_to_time(quick=quick)
        ]
        done = finished(parts, record, "explorers")
    return written(tables(quick=quick)[0], done, record)


def written(table: Table, done: list[Outcome], record: Path | None) -> str:
    """Write the page, and delete the record; if some are not done, raise it as far as it goes."""
    rows = page(replace(table, labels=table.labels[: len(done)]).filled(map(_figures, done)))
    if len(done) < len(table.labels):
        raise StoppedError(rows)
    if record:
        record.unlink(missing_ok=True)
    return rows


def _figures(times: Outcome) -> list[str]:
    ratio = median(times["interact"]) / median(times["scene"])
    kinds = ("scene", "interact", "without kernel")
    return [*(median_and_p95(times[kind]) for kind in kinds), f"{ratio:.1f}"]


def _digest_of_scenes() -> str:
    """Tell one state of the explorers' files from another."""
    paths = sorted(path for path in EXPLORERS.rglob("*") if path.suffix in (".py", ".js", ".css"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()[:16]
