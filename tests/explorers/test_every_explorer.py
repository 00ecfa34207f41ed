"""Nothing of an explorer is forgotten: what is missing is named, and the file to write it in."""

import ast
import importlib
import inspect
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import traitlets
from course_notebooks import COURSE, LESSONS, explorers_in, topic_of
from scenes import name_in_js
from wrong_calls.explorers import EXAMPLES, required_by

import course_utils.explorers
from course_utils.explorers import Explorer

FOLDER = Path(course_utils.explorers.__file__).parent
INIT = "course_utils/explorers/__init__.py"
MODULES = sorted(path for path in FOLDER.glob("*.py") if path.stem != "__init__")
SCENES = sorted(path for path in FOLDER.rglob("*.js"))
every_module = pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
every_scene = pytest.mark.parametrize("scene", SCENES, ids=lambda path: path.stem)


def name_of(path: Path) -> str:
    """Return a file's name as seen from the course's folder."""
    return str(path.relative_to(COURSE))


def where_tested(path: Path) -> Path:
    """Return where the tests of a module or scene belong."""
    folder = COURSE / "tests" / "explorers" / path.relative_to(FOLDER).parent
    return folder / f"test_{path.stem}.py"


def opener_of(module: Path) -> Callable[..., Any]:
    """Return the function that opens a module's explorer."""
    found = importlib.import_module(f"course_utils.explorers.{module.stem}")
    names = [
        name
        for name, member in vars(found).items()
        if name.startswith("explore_") and member.__module__ == found.__name__
    ]
    assert names, (
        f"{name_of(module)} opens no explorer: define explore_...() in it. "
        "What only calculates belongs in course_utils/explorers/mathematics/."
    )
    return getattr(found, names[0])


def class_of(module: Path) -> type[Explorer]:
    """Return a module's explorer."""
    found = importlib.import_module(f"course_utils.explorers.{module.stem}")
    classes = [
        member
        for member in vars(found).values()
        if inspect.isclass(member) and issubclass(member, Explorer) and member is not Explorer
    ]
    assert classes, f"{name_of(module)} has no explorer: write a subclass of Explorer in it."
    return classes[0]


def compared_in(tests: str) -> set[str]:
    """Find the functions that tests compare: strings given to the browser, and Python's own."""
    found = set()
    for node in ast.walk(ast.parse(tests)):
        if isinstance(node, ast.FunctionDef) and "in_browser" in {a.arg for a in node.args.args}:
            found |= {part.value for part in ast.walk(node) if isinstance(part, ast.Constant)}
        called = isinstance(node, ast.Call) and ast.unparse(node.func) == "same_in_browser"
        own = node.args[1:2] if called else node.keys if isinstance(node, ast.Dict) else []
        found |= {name_in_js(name.id) for name in own if isinstance(name, ast.Name)}
    return found


@every_module
def test_it_has_a_scene(module: Path) -> None:
    scene = module.with_suffix(".js")
    assert scene.exists(), (
        f"{name_of(module)} has no scene: write {name_of(scene)}. "
        "course_utils/explorers/base/stage.js says what it defines."
    )
    assert getattr(class_of(module), "scene", None) == scene.name, (
        f"{class_of(module).__name__} plays another scene: write scene = {scene.name!r} "
        f"into {name_of(module)}."
    )


@every_module
@pytest.mark.parametrize("part", ["draw", "sentence"])
def test_both_languages_draw_it_and_say_it(module: Path, part: str) -> None:
    scene = module.with_suffix(".js")
    source = scene.read_text(encoding="utf-8") if scene.exists() else ""
    assert part in vars(class_of(module)), f"Write {part}() into {name_of(module)}."
    assert re.search(rf"^  {part}\(", source, re.MULTILINE), (
        f"Write {part}() into the scene of {name_of(scene)}."
    )


@every_module
def test_it_is_exported(module: Path) -> None:
    for name in (opener_of(module).__name__, class_of(module).__name__):
        assert name in course_utils.explorers.__all__, (
            f"{name} of {name_of(module)} is not exported: import it in {INIT} and write it "
            "into __all__ there."
        )


@every_module
def test_it_is_tested(module: Path) -> None:
    assert where_tested(module).exists(), (
        f"{name_of(module)} is not tested: write {name_of(where_tested(module))}."
    )


@every_scene
def test_each_function_that_a_scene_exports_is_compared_with_python(scene: Path) -> None:
    source = scene.read_text(encoding="utf-8")
    functions = re.findall(r"^export function (\w+)", source, flags=re.MULTILINE)
    tests = where_tested(scene)
    compared = compared_in(tests.read_text()) if tests.exists() else set()
    missing = [name for name in functions if name not in compared]
    assert missing == [], (
        f"{name_of(scene)} calculates {', '.join(missing)}, which no test compares with Python: "
        f'call same_in_browser("{scene.name}", ..., cases) in {name_of(tests)}.'
    )


@every_module
def test_a_lesson_opens_it_and_so_the_browser_tests_move_it(module: Path) -> None:
    opener = opener_of(module).__name__
    opened = {topic_of(lesson) for lesson in LESSONS if opener in explorers_in(lesson)}
    assert opened, (
        f"No lesson opens {opener}: write a cell `explorer = lesson.{opener}(...)` and a line "
        "`explorer` into a notebook of solutions/, and run `make release`."
    )
    assert opened == set(class_of(module).lessons), (
        f"{name_of(module)} should name the lessons that open it: lessons = {tuple(opened)}."
    )


@every_module
def test_its_required_arguments_have_examples(module: Path) -> None:
    opener = opener_of(module)
    missing = [name for name in required_by(opener) if name not in EXAMPLES]
    assert missing == [], (
        f"{opener.__name__} needs {', '.join(missing)}: write an example into EXAMPLES of "
        "tests/wrong_calls/explorers.py, from which its wrong calls are made."
    )


@every_module
def test_each_number_that_can_be_moved_has_a_control(module: Path) -> None:
    opener = opener_of(module)
    explorer = opener(**{name: EXAMPLES[name] for name in required_by(opener)})
    own = set(explorer.traits()) - set(Explorer.class_traits())
    for name in sorted(own):
        trait = explorer.traits()[name]
        number = isinstance(trait, traitlets.Int | traitlets.Float)
        ranged = number and is_limit(trait.min) and is_limit(trait.max)
        labelled = "label" in trait.metadata
        where = f"the trait `{name}` of {name_of(module)}"
        if ranged or isinstance(trait, traitlets.Bool | traitlets.Enum):
            assert labelled, f"A control needs a label: write .tag(label=...) after {where}."
        if labelled and number:
            assert ranged, f"A slider needs its limits: write min=... and max=... into {where}."
        if labelled and not isinstance(trait, traitlets.Enum):
            assert trait.metadata.get("sync"), (
                f"The browser does not get the value: write .tag(sync=True) after {where}."
            )


def is_limit(limit: float | None) -> bool:
    """Say whether a trait has this limit."""
    return limit is not None and abs(limit) != float("inf")
