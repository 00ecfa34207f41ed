"""Sphinx's configuration of the course's site: static, offline, alive without a kernel."""

import re
import tomllib
from pathlib import Path
from typing import Any

import course_utils

_COURSE = Path(course_utils.__file__).parent.parent
_PROJECT = tomllib.loads((_COURSE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
#: `[project.urls]` is the one place where the course's addresses are set.
_ADDRESSES = _PROJECT.get("urls", {})

project = "Image classification"
author = _PROJECT["authors"][0]["name"]
copyright = f"{author}; text CC BY 4.0, code MIT"  # noqa: A001 (Sphinx's name for it)
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]

# Outputs come from website/lessons.py: nothing is run here.
nb_execution_mode = "off"
nb_merge_streams = True
nb_code_prompt_show = "Show what comes out"  # of cells whose output is to be predicted
nb_code_prompt_hide = "Hide what comes out"
nb_render_markdown_format = "commonmark"
nb_ipywidgets_js: dict[str, dict[str, str]] = {}
myst_enable_extensions: list[str] = []  # no dollarmath: MathJax would come from elsewhere
myst_heading_anchors = 3
suppress_warnings = ["mystnb.mime_priority"]
autodoc_typehints = "none"  # the docstrings say the types, with shapes and ranges

html_theme = "sphinx_book_theme"
html_title = project
html_baseurl = _ADDRESSES.get("Documentation", "")
html_favicon = "_static/favicon.svg"
html_context = {"default_mode": "auto"}  # else the theme logs an error on the first visit
html_static_path = ["_static"]
templates_path = ["_templates"]
html_css_files = ["widgets.css", "course.css"]
html_js_files = [("course.js", {"defer": "defer"})]
html_sidebars = {"**": ["home.html", "search-button-field.html", "sbt-sidebar-nav.html"]}
html_use_index = False
html_domain_indices = False
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_theme_options: dict[str, Any] = {
    "use_download_button": False,
    "use_fullscreen_button": False,
    "navbar_persistent": [],  # the search stands in the side bar already
    "max_navbar_depth": 1,  # deeper ones would be folded behind a mark without a name
    "show_toc_level": 2,
    "navigation_with_keys": False,
    "back_to_top_button": False,  # white on orange: too little contrast
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}


def launch(addresses: dict[str, str]) -> dict[str, Any]:
    """Return the theme's settings for opening a page on Binder, once the repository has an address.

    A lesson's page then opens that lesson, because the site's folders are those of ``notebooks/``.
    """
    if "Repository" not in addresses:
        return {}
    return {
        "repository_url": addresses["Repository"],
        "repository_branch": "main",
        "path_to_docs": "notebooks",
        "use_repository_button": True,
        "launch_buttons": {
            "binderhub_url": "https://mybinder.org",
            "notebook_interface": "jupyterlab",
        },
    }


html_theme_options |= launch(_ADDRESSES)

#: A table's empty head names nothing; as a plain cell, no reader takes it for one.
_EMPTY_HEAD = re.compile(r"<th(?: [^>]*)?>(?:<p>)?\s*(?:</p>)?</th>")


def _finish_page(app: Any, name: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Bring a page its widgets, and lift what axe-core would find wrong in it."""
    for script in (f"states/{name}.js", "widgets.js"):
        if not (Path(app.srcdir) / "_static" / "states" / f"{name}.js").exists():
            break
        app.add_js_file(script, loading_method="defer")
    if "body" in context:
        context["body"] = _EMPTY_HEAD.sub("<td></td>", context["body"])


def setup(app: Any) -> None:
    """Register what this file adds to Sphinx."""
    app.connect("html-page-context", _finish_page)
