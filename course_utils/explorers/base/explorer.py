"""What every explorer has: numbers, sliders that move them, a scene, a picture, a sentence."""

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import anywidget
import ipywidgets
import traitlets
from matplotlib.figure import Figure

from course_utils import _arguments
from course_utils.plots import Picture

_HERE = Path(__file__).parent
_SHARED = _HERE.parent / "mathematics"


class Explorer(anywidget.AnyWidget):
    """An idea to move: sliders, a scene drawn in the browser, and a sentence.

    A subclass is one Python file and, beside it, one scene file. It declares its numbers as
    traits tagged ``sync=True``; those that carry a ``label`` get a control, in the order of their
    declaration: a slider for an ``Int`` or ``Float`` with its limits (a field for a whole number
    that is tagged ``field=True``), a slider of names for an ``Enum`` (not synced itself: the
    browser gets its index, ``<name>_index``), a tick box for a ``Bool``. The traits hold the
    values. Sliders are linked to them in the browser, so that the scene follows without asking the
    kernel. The kernel is told, so that Python reads the same numbers, and a number set from Python
    moves both the slider and the scene.

    The scene file exports its mathematics as pure functions and defines
    ``const scene = {draw, sentence}``; ``stage.js`` says what these receive.

    Parameters
    ----------
    **numbers
        First values of the traits.

    Raises
    ------
    TypeError
        If there is no trait of that name, or a number has another type than its control.
    ValueError
        If a number is outside its range, or a name is not one of those to choose from.
    """

    #: The scene file beside the subclass's module.
    scene: ClassVar[str]
    #: Files of ``mathematics/`` that the scene uses; they precede it in the same module.
    shared: ClassVar[tuple[str, ...]] = ()
    #: The lessons that open it, as in ``("activations",)``: it is among their tools.
    lessons: ClassVar[tuple[str, ...]] = ()

    _css = (_HERE / "stage.css").read_text(encoding="utf-8")
    _name = traitlets.Unicode().tag(sync=True)
    _numbers = traitlets.List(traitlets.Unicode()).tag(sync=True)
    _limits: traitlets.Dict = traitlets.Dict().tag(sync=True)  # least, most and step of a number

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "scene" in vars(cls):  # not the class that traitlets makes when it adds a trait
            scene = Path(inspect.getfile(cls)).with_name(cls.scene)
            base = (_HERE / name for name in ("stage.js", "grasp.js", "numbers.js"))
            files = [*base, *(_SHARED / f for f in cls.shared)]
            files += [scene] if scene.exists() else []  # a test names the scene that is missing
            cls._esm = "\n".join(file.read_text(encoding="utf-8") for file in files)

    def __init__(self, **numbers: Any) -> None:
        unknown = [name for name in numbers if not self.has_trait(name)]
        if unknown:
            known = ", ".join(self.control_names())
            raise TypeError(
                f"{type(self).__name__} has no setting {unknown[0]!r}. Its settings are {known}."
            )
        numbers = {name: self._valid(name, value) for name, value in numbers.items()}
        super().__init__(_name=type(self).__name__, **numbers)
        for name in self._enum_names():
            # The browser's slider of names knows only indices, so an index is what is synced.
            self.add_traits(**{f"{name}_index": traitlets.Int().tag(sync=True)})
            self._tie_to_index(name)
        own = set(self.traits(sync=True)) - set(Explorer.class_traits())
        self._numbers = sorted(name for name in own if not name.startswith("_"))
        self._limits = dict(self._limits_of_numbers())
        self._panel: ipywidgets.VBox | None = None

    @classmethod
    def control_names(cls) -> list[str]:
        """List the traits that have a control, in the order in which they are shown."""
        declared = [name for parent in reversed(cls.__mro__) for name in vars(parent)]
        labelled = cls.class_traits(label=lambda label: label is not None)
        return [name for name in dict.fromkeys(declared) if name in labelled]

    def sentence(self) -> str:
        """Describe what the scene shows, in exactly the words of the scene itself."""
        raise NotImplementedError

    def draw(self, figure: Figure) -> None:
        """Draw the scene as a still picture."""
        raise NotImplementedError

    def picture(self) -> Picture:
        """Return the still picture that a page without a kernel shows."""
        figure = Figure(figsize=(6.4, 3.2), layout="constrained")
        self.draw(figure)
        return Picture(figure, self.sentence(), caption=True)

    @property
    def panel(self) -> ipywidgets.VBox:
        """The controls above the scene or, where there is room, beside it."""
        if self._panel is None:
            self._panel = ipywidgets.VBox([ipywidgets.VBox(self._controls()), self])
            self._panel.add_class("course-explorer")
        return self._panel

    def __repr__(self) -> str:
        return f"{type(self).__name__}: {self.sentence()}"

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        bundle = self.panel._repr_mimebundle_(**kwargs)
        bundle["text/plain"] = repr(self)
        bundle["text/html"] = self.picture()._repr_html_()
        return bundle, {}

    def _valid(self, name: str, value: Any) -> Any:
        """Require a value that the control of this name can show."""
        trait = self.traits()[name]
        if "label" not in trait.metadata:
            return value
        if isinstance(trait, traitlets.Enum):
            return _arguments.choice(name, value, trait.values or ())
        if isinstance(trait, traitlets.Bool):
            return _arguments.boolean(name, value)
        require = _arguments.whole_number if isinstance(trait, traitlets.Int) else _arguments.number
        return require(name, value, trait.min, trait.max)

    def _enum_names(self) -> Iterator[str]:
        traits = self.class_traits(label=lambda label: label is not None)
        return (name for name, trait in traits.items() if isinstance(trait, traitlets.Enum))

    def _tie_to_index(self, name: str) -> None:
        """Keep an Enum and its index equal, whichever of them is set."""
        values = list(self.traits()[name].values)
        index = f"{name}_index"
        setattr(self, index, values.index(getattr(self, name)))
        self.observe(lambda change: setattr(self, index, values.index(change["new"])), name)
        self.observe(lambda change: setattr(self, name, values[change["new"]]), index)

    def _controls(self) -> list[ipywidgets.Widget]:
        """Make the controls, in the order in which they are shown."""
        return [self._control(name) for name in self.control_names()]

    def _limits_of_numbers(self) -> Iterator[tuple[str, list[float]]]:
        """Yield the least and greatest value of each number that has a control, and its step."""
        for name in self.control_names():
            trait = self.traits()[name]
            if isinstance(trait, traitlets.Enum):
                yield f"{name}_index", [0, len(trait.values or ()) - 1, 1]
            elif not isinstance(trait, traitlets.Bool):
                yield name, [trait.min, trait.max, trait.metadata.get("step", 1)]

    def _control(self, name: str) -> ipywidgets.Widget:
        """Make the control of a trait, linked to it in the browser."""
        trait = self.traits()[name]
        look = {
            "description": trait.metadata["label"],
            "style": {"description_width": "13em"},
            "layout": {"width": "auto", "max_width": "44em"},
        }
        value = getattr(self, name)
        source, target = name, "value"
        if isinstance(trait, traitlets.Enum):
            control = ipywidgets.SelectionSlider(options=trait.values, value=value, **look)
            source, target = f"{name}_index", "index"
        elif isinstance(trait, traitlets.Bool):
            control = ipywidgets.Checkbox(value=value, indent=False, **look)
        else:
            whole = isinstance(trait, traitlets.Int)
            limits = dict(zip(("min", "max", "step"), self._limits[name], strict=True))
            if "format" in trait.metadata:
                look["readout_format"] = trait.metadata["format"]
            if trait.metadata.get("field", False):
                kind, look["continuous_update"] = ipywidgets.BoundedIntText, True
            else:
                kind = ipywidgets.IntSlider if whole else ipywidgets.FloatSlider
            control = kind(value=value, **limits, **look)
        # The trait comes first: where the two differ at the start, the slider follows it. There is
        # no link in Python, because a late echo of it would pull the slider back on a slow network.
        ipywidgets.jslink((self, source), (control, target))
        return control
