"""The one script that makes widgets come alive: what is in the repository is what was built."""

import hashlib
import json
import re
from typing import Any

import pytest
from course_notebooks import COURSE
from ipywidgets.embed import dependency_state
from wrong_calls.explorers import EXAMPLES, required_by

from course_utils import explorers
from course_utils.predictions import predict

FOLDER = COURSE / "website" / "widgets"
STATIC = COURSE / "website" / "sphinx" / "_static"
REBUILD = "go to website/widgets and run `npm ci && npm run build`"


def test_the_bundle_was_built_from_these_sources_and_not_changed_since() -> None:
    lines = (FOLDER / "checksums.txt").read_text().splitlines()
    sums = dict(reversed(line.split("  ")) for line in lines)
    sources = {path.name for path in FOLDER.iterdir() if path.is_file()} - {"checksums.txt"}
    built = {f"../sphinx/_static/{path.name}" for path in STATIC.glob("widgets.*")}
    assert sums.keys() == sources | built, REBUILD
    for name, recorded in sums.items():
        found = hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()
        assert found == recorded, f"{name} has changed: {REBUILD}"


def test_no_file_of_it_names_a_registry() -> None:
    lock = (FOLDER / "package-lock.json").read_text()
    assert re.findall(r'"resolved"|registry\.', lock) == []


def test_each_package_in_it_stands_in_the_list_of_licences() -> None:
    needed = json.loads((FOLDER / "package.json").read_text())["devDependencies"]
    licences = (STATIC / "widgets.licences.txt").read_text()
    for name, version in needed.items():
        assert (f"{name} {version}: " in licences) == (name != "esbuild"), name


def missing_for(widgets: list[Any]) -> set[str]:
    """Name the models and views that a page with these widgets needs and the bundle lacks."""
    states = dependency_state(widgets, drop_defaults=False).values()
    kinds = {state["state"][key] for state in states for key in ("_model_name", "_view_name")}
    base = {"AnyModel", "AnyView", "LayoutModel", "LayoutView", "StyleView"}
    return kinds - base - {None} - set(re.findall(r"\w+", (FOLDER / "manager.js").read_text()))


@pytest.mark.parametrize("name", [x for x in explorers.__all__ if x.startswith("explore_")])
def test_the_bundle_has_every_widget_of_an_explorer(name: str) -> None:
    explore = getattr(explorers, name)
    explorer = explore(**{given: EXAMPLES[given] for given in required_by(explore)})
    assert missing_for([explorer.panel]) == set()


def test_the_bundle_has_every_widget_of_a_predict_box() -> None:
    box = predict("start_here.pixels")
    assert missing_for([box, box.explain()._view]) == set()
