"""The one script that makes widgets come alive: what is in the repository is what was built."""

import hashlib
import json
import re

from course_notebooks import COURSE

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
