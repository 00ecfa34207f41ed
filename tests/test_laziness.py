"""Importing the package stays light: no TensorFlow, no Keras, in any of its modules."""

import pkgutil
import subprocess
import sys

import pytest

import course_utils

MODULES = [
    module.name
    for module in pkgutil.walk_packages(course_utils.__path__, "course_utils.")
    if not module.name.endswith("__main__")
]
HEAVY = ("tensorflow", "keras")


def loaded_by(statement: str, names: tuple[str, ...] = HEAVY) -> list[str]:
    """Say which of these packages a fresh interpreter has loaded after a statement."""
    code = f"{statement}\nimport sys\nprint([n for n in {names!r} if n in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return eval(run.stdout.splitlines()[-1])


def test_no_module_of_the_package_loads_tensorflow_or_keras() -> None:
    assert loaded_by("\n".join(f"import {name}" for name in MODULES)) == []


def test_the_test_above_can_fail() -> None:
    assert loaded_by("import sys, types; sys.modules['keras'] = types.ModuleType('k')") == ["keras"]


def test_the_package_itself_imports_nothing_that_takes_time() -> None:
    assert loaded_by("import course_utils", ("numpy", "matplotlib", "ipywidgets")) == []


@pytest.mark.parametrize("module", ["course_utils.datasets", "course_utils.checks"])
def test_data_and_checks_do_not_load_plotting(module: str) -> None:
    assert loaded_by(f"import {module}", ("matplotlib", "ipywidgets")) == []
