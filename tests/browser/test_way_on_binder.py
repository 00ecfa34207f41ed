"""The course's own way from lesson to lesson fits into Binder's memory."""

import shutil
from typing import Any

import pytest

from benchmarks.binder import AS_ON_BINDER, walk

_MOST_MEGABYTES = 1_900  # of the 2,000 that Binder grants


@pytest.mark.proof  # test_small_memory.py looks at one step of the way
@pytest.mark.skipif(not shutil.which("taskset"), reason="taskset binds the server to one core")
def test_from_the_perceptron_to_evaluation_in_one_server_on_one_core(chromium: Any) -> None:
    assert max(walk(chromium, AS_ON_BINDER)) < _MOST_MEGABYTES
