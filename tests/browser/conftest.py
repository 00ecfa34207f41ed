"""The course as `make lab` serves it, on a copy of the notebooks, which JupyterLab would save."""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import nbformat
import pytest

from benchmarks.jupyter_server import free_address, server_options, serving
from course_utils.grading.release import find_course

COURSE = find_course(Path(__file__))

#: What each kernel runs first. Here pages are looked at; that lessons train as they say is for
#: nbval, which executes every solution as it stands. What ends is not tidied up, because TensorFlow
#: takes a second or two for that.
TRAIN_SHORTLY = """
import atexit
import os
import sys
import numpy as np

def part_of(value):
    if isinstance(value, tuple):
        return tuple(map(part_of, value))
    return value[:640] if isinstance(value, np.ndarray) else value

def shorten(info):
    if "import keras" in info.raw_cell:  # the cell that is about to run may train at once
        from course_utils.environment import quiet_tensorflow
        quiet_tensorflow()
        import keras
    model = getattr(sys.modules.get("keras"), "Model", None)
    if model is None or model.fit.__name__ == "short_fit":
        return
    fit = model.fit
    def short_fit(self, *given, **named):
        named = {name: part_of(value) for name, value in named.items()}
        if "epochs" in named:
            named["epochs"] = min(named["epochs"], 2)
        if given and hasattr(given[0], "on_epoch_end"):  # batches, not arrays
            named["steps_per_epoch"] = min(len(given[0]), 10)
        return fit(self, *map(part_of, given), **named)
    model.fit = short_fit

get_ipython().events.register("pre_run_cell", shorten)
atexit.register(os._exit, 0)
"""


class Lab(NamedTuple):
    """A JupyterLab that serves the course."""

    address: str
    notebooks: Path
    home: Path
    log: Path

    def url(self, lesson: str) -> str:
        """Return where a lesson opens."""
        return f"{self.address}/lab/tree/{lesson}/{lesson}.ipynb"

    def write(self, name: str, sources: Mapping[str, str]) -> str:
        """Write a notebook of code cells, by their ids; return where it opens."""
        cells = [nbformat.v4.new_code_cell(source, id=id_) for id_, source in sources.items()]
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
        nbformat.write(notebook, self.notebooks / f"{name}.ipynb")
        return f"{self.address}/lab/tree/{name}.ipynb"


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Lab"]:
    """A running `make lab`."""
    with running_lab(tmp_path_factory.mktemp("lab")) as lab:
        yield lab


@pytest.fixture(scope="module")
def small_lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Lab"]:
    """A running `make lab` with as little memory as Binder grants."""
    with running_lab(tmp_path_factory.mktemp("small"), MEM_LIMIT="2000000000") as lab:
        yield lab


@contextmanager
def running_lab(folder: Path, **more: str) -> Iterator["Lab"]:
    """Run `make lab` on a copy of the notebooks, with more settings in its environment."""
    copy = folder / "notebooks"
    shutil.copytree(COURSE / "notebooks", copy, ignore=shutil.ignore_patterns("*.json", ".ipynb*"))
    home = copy.parent / "home"
    home.mkdir()
    address = free_address()
    arguments = " ".join(server_options(address))
    # Another run of make is this one's parent; its flags, and that it wants no progress bars, are
    # not meant for the lab.
    settings = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("MAKE") and name != "TQDM_DISABLE"
    }
    settings.update(more, HOME=str(home))
    ipython = copy.parent / "ipython"
    startup = ipython / "profile_default" / "startup" / "train_shortly.py"
    startup.parent.mkdir(parents=True)
    startup.write_text(TRAIN_SHORTLY, encoding="utf-8")
    command = ["make", "lab", f"NOTEBOOKS={copy}", f"IPYTHONDIR={ipython}", f"ARGS={arguments}"]
    log = copy.parent / "log"
    with serving(command, address, COURSE, settings, log):
        yield Lab(address, copy, home, log)
