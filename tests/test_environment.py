"""The first page of the course says in plain words whether the machine is ready."""

import platform
import subprocess
import sys

import pytest

from course_utils import environment
from course_utils._memory import GIB
from course_utils.environment import check_environment


def test_a_good_machine_is_ready() -> None:
    assert check_environment().ready


def test_a_good_report_reads_the_same_on_every_machine() -> None:
    assert platform.python_version() not in str(check_environment())


def test_a_missing_package_is_named_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "_PACKAGES", ("numpy", "no-such-package"))
    report = check_environment()
    assert not report.ready
    assert "✗ Missing packages: no-such-package. Close JupyterLab and install" in str(report)


def test_a_damaged_data_set_is_said_with_the_loaders_own_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def damaged(name: str) -> None:
        raise OSError(f"{name} is cut short")

    monkeypatch.setattr(environment, "load_dataset", damaged)
    assert "✗ A data set is damaged: " in str(check_environment())


def test_too_little_memory_is_said_with_the_amount(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "usable_memory", lambda: GIB / 2)
    assert "There are only 0.5 GiB of memory, but the course needs 2." in str(check_environment())


def test_an_old_python_is_said_with_the_supported_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "_OLDEST", (99, 0))
    assert "Install the course again, with Python 3.11, 3.12 or 3.13." in str(check_environment())


def test_a_folder_that_cannot_be_written_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment.os, "access", lambda path, mode: False)
    assert "✗ Your work cannot be saved here" in str(check_environment())


def test_what_is_no_greeting_is_passed_on() -> None:
    code = (
        "import os, sys, types\n"
        "def add(a, b): os.write(2, b'out of memory\\n')\n"
        "sys.modules['keras'] = types.SimpleNamespace(ops=types.SimpleNamespace(add=add))\n"
        "from course_utils.environment import quiet_tensorflow\nquiet_tensorflow()"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stderr == "out of memory\n"


def test_keras_starts_and_networks_retrace_without_a_word_on_standard_error() -> None:
    code = (
        "from course_utils.environment import quiet_tensorflow\nquiet_tensorflow()\nimport keras\n"
        "for _ in range(8):\n"
        "    keras.Sequential([keras.layers.Input((1,)), keras.layers.Dense(1)]).predict("
        "keras.ops.ones((1, 1)), verbose=0)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stderr == ""
