"""No explorer escapes the browser tests."""

import re
from pathlib import Path

import pytest
from course_notebooks import COURSE, LESSONS, read

import course_utils.explorers
from course_utils.explorers import Explorer

SCENES = sorted((COURSE / "course_utils" / "explorers").glob("*.js"))
OPENERS = [name for name in course_utils.explorers.__all__ if name.startswith("explore_")]
TESTS = Path(__file__).parent.parent / "explorers"


@pytest.mark.parametrize("opener", OPENERS)
def test_every_explorer_is_opened_by_a_lesson_and_so_moved(opener: str) -> None:
    cells = [cell.source for lesson in LESSONS for cell in read("solutions", lesson).cells]
    assert any(re.search(rf"= {opener}\(", source) for source in cells)


def test_every_explorer_class_has_an_opener() -> None:
    scenes = {cls.scene for cls in Explorer.__subclasses__() if "scene" in vars(cls)}
    assert len(scenes) == len(OPENERS)


@pytest.mark.parametrize("scene", SCENES, ids=lambda path: path.stem)
def test_every_exported_function_of_a_scene_is_compared_with_python(scene: Path) -> None:
    functions = re.findall(r"^export function (\w+)", scene.read_text(), flags=re.MULTILINE)
    tests = TESTS / f"test_{scene.stem}.py"
    text = tests.read_text() if tests.exists() else ""
    assert [name for name in functions if f'"{name}"' not in text] == []
