"""No explorer escapes the browser tests."""

import ast
import re
from pathlib import Path

import pytest
from course_notebooks import COURSE, LESSONS, explorers_in

import course_utils.explorers
from course_utils.explorers import Explorer

SCENES = sorted((COURSE / "course_utils" / "explorers").glob("*.js"))
OPENERS = [name for name in course_utils.explorers.__all__ if name.startswith("explore_")]
TESTS = Path(__file__).parent.parent / "explorers"


@pytest.mark.parametrize("opener", OPENERS)
def test_every_explorer_is_opened_by_a_lesson_and_so_moved(opener: str) -> None:
    # test_lessons.py moves every slider of what a lesson opens so.
    assert [lesson for lesson in LESSONS if opener in explorers_in(lesson)], (
        f"no cell of a lesson says `explorer = {opener}(...)`, so no browser test moves its sliders"
    )


def test_every_explorer_class_has_an_opener() -> None:
    scenes = {cls.scene for cls in Explorer.__subclasses__() if "scene" in vars(cls)}
    assert len(scenes) == len(OPENERS)


@pytest.mark.parametrize("scene", SCENES, ids=lambda path: path.stem)
def test_every_exported_function_of_a_scene_is_compared_with_python(scene: Path) -> None:
    functions = re.findall(r"^export function (\w+)", scene.read_text(), flags=re.MULTILINE)
    tests = TESTS / f"test_{scene.stem}.py"
    called = called_in_browser(tests) if tests.exists() else set()
    missing = [name for name in functions if name not in called]
    assert missing == [], f'{tests.name} must call in_browser("{scene.name}", ...) with these'


def called_in_browser(tests: Path) -> set[str]:
    """Collect the strings of each test that calls the browser: which functions it is for."""
    definitions = ast.parse(tests.read_text(encoding="utf-8")).body
    return {
        node.value
        for definition in definitions
        if any(isinstance(n, ast.Name) and n.id == "in_browser" for n in ast.walk(definition))
        for node in ast.walk(definition)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
