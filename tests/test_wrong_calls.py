"""A wrong call of any public function says what was expected, what came and what to do.

Public is what an `__all__` exports, and where a package has no `__all__`, each function without an
underscore. Checks are objects: tests/checks/test_every_check.py says what they refuse. The tables
in `wrong_calls/` hold the wrong calls, one module for each part of the package; a test fails where
a function has no row in any.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from typing import Any

import pytest
import wrong_calls
from wrong_calls.grading import load_named_lessons
from wrong_calls.rows import Row

import course_utils
from course_utils.grading import trial


def public_functions() -> list[Callable[..., Any]]:
    """Find what the docstring above calls public, apart from what takes no arguments.

    The commands of `cli` are typer's to check; tests/test_cli.py calls them wrongly.
    """
    found = {}
    for info in pkgutil.walk_packages(course_utils.__path__, "course_utils."):
        module = importlib.import_module(info.name)
        packages = info.name.split(".")[:-1]
        private = any(part.startswith("_") for part in info.name.split("."))
        if private or info.name.startswith("course_utils.cli"):
            continue
        if hasattr(module, "__all__"):
            members = [getattr(module, name) for name in module.__all__]
        elif info.ispkg:
            continue
        else:
            # A package with an `__all__` exports all that is public in the modules below it.
            if any(
                hasattr(importlib.import_module(".".join(packages[:n])), "__all__")
                for n in range(1, len(packages) + 1)
            ):
                continue
            members = [
                member
                for name, member in vars(module).items()
                if not name.startswith("_") and getattr(member, "__module__", "") == info.name
            ]
        for member in members:
            if inspect.isfunction(member) and inspect.signature(member).parameters:
                found[f"{member.__module__}.{member.__name__}"] = member
    return list(found.values())


def all_rows() -> list[Row]:
    """Collect every table's rows."""
    modules = [
        importlib.import_module(f"wrong_calls.{info.name}")
        for info in pkgutil.iter_modules(wrong_calls.__path__)
    ]
    return [call for module in modules for call in getattr(module, "ROWS", [])]


TABLE = all_rows()


def name_of(call: Row) -> str:
    function, arguments, keywords, *_ = call
    words = [*map(type, arguments), *(f"{k}={v!r}" for k, v in keywords.items())]
    return f"{function.__name__}({', '.join(getattr(w, '__name__', str(w)) for w in words)})"


@pytest.mark.parametrize("call", TABLE, ids=name_of)
def test_a_wrong_call_hears_what_was_expected_what_came_and_what_to_do(call: Row) -> None:
    function, arguments, keywords, error, expected, got = call
    with pytest.raises(error) as caught:
        function(*arguments, **keywords)
    message = str(caught.value)
    assert expected in message
    assert got in message
    advice = message.partition(got)[2]
    assert len(advice.split()) >= 3


@pytest.mark.parametrize("function", public_functions(), ids=lambda f: f.__name__)
def test_each_public_function_has_at_least_two_wrong_calls(function: Callable[..., Any]) -> None:
    called = [trial.load_lessons if f is load_named_lessons else f for f, *_ in TABLE]
    assert called.count(function) >= 2, (
        f"{function.__module__}.{function.__name__} has {called.count(function)} wrong calls. "
        "Write two rows into a table of tests/wrong_calls/."
    )
