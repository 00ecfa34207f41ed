"""How soon a scene follows a pointer that drags what can be grasped in it."""

from typing import Any

from tqdm import tqdm

from benchmarks.browser import browser
from benchmarks.explorers import calls_to_time, opened
from benchmarks.jupyter_server import jupyter_server
from benchmarks.report import Table, median_and_p95, page

_PICTURES, _QUICK_PICTURES = 40, 10


def tables(*, quick: bool = False) -> list[Table]:
    """List the explorers."""
    text = (
        "# From a pointer's move to the picture\n\n"
        "Milliseconds from the move of a mouse that drags the scene's first handle, or is held "
        "down over what a press chooses, to the painted picture, median / 95th percentile of "
        f"{_QUICK_PICTURES if quick else _PICTURES} pictures, in JupyterLab in Chromium. A screen "
        "shows a new picture every 16.7 ms, so a move waits 8 ms on average for the next one."
    )
    calls = calls_to_time(quick=quick)
    labels = [(f"`{call.function}`", call.notebook.stem) for call in calls]
    return [Table(text, ["Explorer", "Lesson", "Milliseconds"], labels)]


def measure(*, quick: bool = False) -> str:
    """Drag in each explorer, in a notebook of its own."""
    figures = []
    with jupyter_server() as (address, served), browser() as running:
        calls: Any = tqdm(calls_to_time(quick=quick), desc="pointers")
        for call in calls:
            calls.set_postfix_str(call.function)
            with opened(running, address, served, call, with_twin=False) as bench:
                times = bench.drag(_QUICK_PICTURES if quick else _PICTURES)
            figures.append([median_and_p95(times)])
    return page(tables(quick=quick)[0].filled(figures))
