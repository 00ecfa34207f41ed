"""The cover's drawing pad, alive without a kernel."""

from pathlib import Path

from ipywidgets.embed import dependency_state

from course_utils.explorers import explore_drawing
from website.lessons import PICTURES, STATES, place
from website.pictures import move_pictures
from website.widgets import script

#: What the cover's text holds where the drawing pad goes.
PAD = "DRAWING PAD"
_COVER = "index"


def write_cover(source: Path) -> None:
    """Put the drawing pad on the cover."""
    explorer = explore_drawing()
    still = move_pictures(explorer.picture()._repr_html_(), source / PICTURES, PICTURES)
    path = source / f"{_COVER}.md"
    text = path.read_text(encoding="utf-8")
    if PAD not in text:
        raise ValueError(f"{path.name} must say where the pad goes: write {PAD} on its own line.")
    path.write_text(text.replace(PAD, place(explorer.model_id, still, "pad")), encoding="utf-8")
    states = dependency_state([explorer], drop_defaults=False)
    target = source / STATES / f"{_COVER}.js"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(script(states, "start_here"), encoding="utf-8")
