"""The widgets of a page: their state, and what predict boxes need where there is no Python."""

import json
import re
from typing import Any

from course_utils.predictions.questions import explanation, questions

VIEW = "application/vnd.jupyter.widget-view+json"
_STATE = "application/vnd.jupyter.widget-state+json"
_BOX = "PredictBox"


def states_of(ran: Any) -> dict[str, Any]:
    """Return the state of each widget that a run notebook left, by the widget's id."""
    return ran.metadata.get("widgets", {}).get(_STATE, {}).get("state", {})


def reachable(states: dict[str, Any], shown: set[str]) -> dict[str, Any]:
    """Keep the widgets that a page shows, what these refer to, and the links between them."""
    refers = {
        key: set(re.findall(r"IPY_MODEL_([0-9a-f]+)", json.dumps(state)))
        for key, state in states.items()
    }
    links = {key for key, state in states.items() if state["model_name"].endswith("LinkModel")}
    wanted: set[str] = set()
    more = shown & states.keys()
    while more - wanted:
        wanted |= more
        more = set().union(*(refers[key] for key in wanted & states.keys()))
        more |= {key for key in links if refers[key] & wanted}
    return {key: state for key, state in states.items() if key in wanted}


def script(states: dict[str, Any], topic: str) -> str:
    """Write the states as the script that ``manager.js`` waits for."""
    for state in states.values():
        own = state["state"]
        if own.get("_anywidget_id", "").endswith(f".{_BOX}"):
            own["page"] = _for_the_box(topic, own["question"])
    whole = {"version_major": 2, "version_minor": 0, "state": states}
    return f"globalThis.courseWidgets = {json.dumps(whole, ensure_ascii=False)};\n"


def _for_the_box(topic: str, asked: str) -> dict[str, Any]:
    """Find the entry of a question, and write what ``box.js`` calls the box's `page`."""
    name, entry = next(
        (name, entry) for name, entry in questions(topic).items() if entry["question"] == asked
    )
    options = [
        {
            "id": option["id"],
            "right": option.get("right", False),
            "words": explanation(entry, index, "{sure}"),
        }
        for index, option in enumerate(entry["options"])
    ]
    return {"key": f"{topic}.{name}", "options": options}
