"""What is imported is declared: nothing works only because another package happens to need it."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import packages_distributions

import pytest
from course_notebooks import COURSE, LESSONS, read
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = tomllib.loads((COURSE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
#: Run as commands or by pytest, never imported by the course.
COMMANDS = {"jupyterlab", "nbgrader", "nbval"}
#: Modules of this repository.
OWN = {
    "course_utils",
    "benchmarks",
    "website",
    *(path.stem for path in (COURSE / "tests").iterdir()),
}
DISTRIBUTIONS = packages_distributions()


def names(requirements: Iterable[str]) -> set[str]:
    return {canonicalize_name(Requirement(text).name) for text in requirements}


NEEDED = names(PROJECT["dependencies"])
#: What the package imports only where grading goes to several machines.
TEACHING = names(PROJECT["optional-dependencies"]["teach"])
MAINTAINED = NEEDED | names(PROJECT["optional-dependencies"]["maintain"])


def imported(code: str) -> Iterator[str]:
    """Name the packages that code imports: as they are installed, where they are."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            modules = [node.module or ""]
        else:
            continue
        for module in modules:
            top = module.partition(".")[0]
            if top not in sys.stdlib_module_names and top not in OWN:
                yield canonicalize_name(DISTRIBUTIONS.get(top, [top])[0])


def code_of(pattern: str) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(COURSE.glob(pattern))]


def lesson_code() -> list[str]:
    cells = [cell for lesson in LESSONS for cell in read("solutions", lesson).cells]
    return [cell.source for cell in cells if cell.cell_type == "code"]


def undeclared(sources: Iterable[str], declared: set[str]) -> set[str]:
    found = {name for source in sources for name in imported(source)}
    assert found, "nothing was read"
    return found - declared


def test_the_package_imports_only_what_it_declares() -> None:
    assert undeclared(code_of("course_utils/**/*.py"), NEEDED | TEACHING) == set()


def test_maintainers_install_what_teaching_needs() -> None:
    assert TEACHING <= MAINTAINED


def test_maintainers_install_what_the_site_needs() -> None:
    assert names(PROJECT["optional-dependencies"]["site"]) <= MAINTAINED


def test_the_lessons_import_only_what_the_package_declares() -> None:
    assert undeclared(lesson_code(), NEEDED) == set()


def test_the_answers_which_grading_loads_import_only_what_the_package_declares() -> None:
    assert undeclared(code_of("solutions/*/answers.py"), NEEDED) == set()


@pytest.mark.parametrize("folder", ["tests", "benchmarks", "website"])
def test_tests_benchmarks_and_site_import_only_what_maintainers_install(folder: str) -> None:
    assert undeclared(code_of(f"{folder}/**/*.py"), MAINTAINED) == set()


def test_everything_declared_for_learners_is_imported_by_package_lessons_or_answers() -> None:
    sources = code_of("course_utils/**/*.py") + lesson_code() + code_of("solutions/*/answers.py")
    used = {re.sub("-cpu$", "", name) for source in sources for name in imported(source)}
    declared = {re.sub("-cpu$", "", name) for name in NEEDED - COMMANDS}
    assert declared - used == set()


def test_an_undeclared_import_would_be_found() -> None:
    code = "import numpy.linalg\ndef f():\n    from yaml import safe_load\n    import os"
    assert undeclared([code], names(["numpy>=2"])) == {"pyyaml"}
