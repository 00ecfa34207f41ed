"""A wrong call of any public function says what was expected, what came and what to do.

Public is what an `__all__` exports, and where a package has none, each function without an
underscore. One table holds the wrong calls; a test fails where a function has no row in it.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure

import course_utils
from course_utils import datasets, explorers, networks, plots, preprocessing
from course_utils.checks import CheckError
from course_utils.grading import outputs, release, trial

IMAGES = np.zeros((3, 4, 4), np.uint8)
SCALED = np.zeros((3, 4, 4), np.float32)
LABELS = np.array([0, 1, 2])
NAMES = ["cat", "dog", "owl"]
RAGGED = [[1, 2], [3]]
NAN = np.full((2, 2), np.nan)
COURSE = Path(__file__).parent.parent
NOWHERE = "/no/such/folder"

Row = tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any], type[Exception], str, str]


def row(
    function: Callable[..., Any],
    *arguments: Any,
    error: type[Exception] = ValueError,
    expected: str,
    got: str,
    **keywords: Any,
) -> Row:
    return function, arguments, keywords, error, expected, got


def whole_number(function: Callable[..., Any], name: str, span: str, outside: int) -> list[Row]:
    """What every slider of whole numbers refuses."""
    expected = f"`{name}` must be a whole number {span}"
    return [
        row(function, expected=expected, got=f"got {outside}", **{name: outside}),
        row(function, error=TypeError, expected=expected, got="got 1.5", **{name: 1.5}),
        row(function, error=TypeError, expected=expected, got="got None", **{name: None}),
        row(function, error=TypeError, expected=expected, got="got nan", **{name: np.nan}),
        row(function, error=TypeError, expected=expected, got="got '1'", **{name: "1"}),
        row(function, error=TypeError, expected=expected, got="got True", **{name: True}),
        row(function, error=TypeError, expected=expected, got="got a list", **{name: [1]}),
    ]


def raw_images(function: Callable[..., Any]) -> list[Row]:
    """What every function that scales images refuses."""
    expected = "`images` must be uint8 (n, height, width)"
    array = "`images` must be a NumPy array"
    return [
        row(function, SCALED, expected=expected, got="got float32 (3, 4, 4)"),
        row(function, IMAGES[0], expected=expected, got="got uint8 (4, 4)"),
        row(function, IMAGES[..., None], expected=expected, got="got uint8 (3, 4, 4, 1)"),
        row(function, NAN, expected=expected, got="got float64 (2, 2)"),
        row(function, [[[0]]], error=TypeError, expected=array, got="got list"),
        row(function, None, error=TypeError, expected=array, got="got NoneType"),
    ]


def data_set_name(function: Callable[..., Any]) -> list[Row]:
    expected = '"mnist", "fashion_mnist"'
    return [
        row(function, "minst", expected=expected, got='got "minst"'),
        row(function, None, error=TypeError, expected=expected, got="got NoneType"),
        row(function, ["mnist"], error=TypeError, expected=expected, got="got list"),
    ]


def numbers(function: Callable[..., Any], name: str, *rest: Any) -> list[Row]:
    """What every plot of numbers refuses."""
    expected = f"`{name}` must hold finite numbers"
    lengths = f"`{name}` must have rows of equal lengths"
    return [
        row(function, NAN, *rest, expected=expected, got="got 4 that are not"),
        row(function, np.zeros((0, 2)), *rest, expected=expected, got="got none, in shape (0, 2)"),
        row(function, None, *rest, error=TypeError, expected=expected, got="got None"),
        row(function, [["a"]], *rest, error=TypeError, expected=expected, got="of dtype <U1"),
        row(function, RAGGED, *rest, expected=lengths, got="got rows of different lengths"),
    ]


def labels(function: Callable[..., Any], *before: Any, after: tuple[Any, ...] = ()) -> list[Row]:
    """What every function of labels refuses."""
    expected = "`labels` must be integers of shape (n,)"
    lengths = "`labels` must have rows of equal lengths"
    return [
        row(function, *before, [0.0, 1.0], *after, expected=expected, got="got float64 (2,)"),
        row(function, *before, [[0, 1]], *after, expected=expected, got="got int64 (1, 2)"),
        row(function, *before, [True, False], *after, expected=expected, got="got bool (2,)"),
        row(function, *before, None, *after, expected=expected, got="got object ()"),
        row(function, *before, [], *after, expected=expected, got="got float64 (0,)"),
        row(function, *before, RAGGED, *after, expected=lengths, got="got rows of different"),
    ]


def class_names(function: Callable[..., Any], *before: Any) -> list[Row]:
    """What every function that names labels refuses."""
    expected, two = "`class_names` must be a list of names", ["cat", "dog"]
    each = "`labels` must lie between 0 and 1, one name each"
    return [
        row(function, *before, "cat", error=TypeError, expected=expected, got="got 'cat'"),
        row(function, *before, 3, error=TypeError, expected=expected, got="got 3"),
        row(function, *before, [0, 1, 2], error=TypeError, expected=expected, got="got 0 among"),
        row(function, *before, [], expected=expected, got="got 0"),
        row(function, *before, two, expected=each, got="got 0 to 2. Pass class_names(...)"),
    ]


def place(function: Callable[..., Any], *before: Any, name: str = "ax") -> list[Row]:
    """What every plot refuses to be drawn on."""
    kind = "one Matplotlib Axes" if name == "ax" else "a Matplotlib Figure"
    expected = f"`{name}` must be {kind}"
    return [
        row(function, *before, error=TypeError, expected=expected, got="got str", **{name: "here"}),
        row(function, *before, error=TypeError, expected=expected, got="got list", **{name: []}),
    ]


def a_path(function: Callable[..., Any], *before: Any, name: str) -> list[Row]:
    expected = f"`{name}` must be a string or a path"
    return [
        row(function, *before, error=TypeError, expected=expected, got="got 3", **{name: 3}),
        row(function, *before, error=TypeError, expected=expected, got="got a list", **{name: []}),
    ]


def a_course(function: Callable[..., Any], **others: Any) -> list[Row]:
    expected = "`course` must be an existing folder"
    missing = {"course": NOWHERE, **others}
    here = {"course": Path(__file__).parent, **others}
    return [
        *a_path(lambda course: function(course, *others.values()), name="course"),
        row(function, error=FileNotFoundError, expected=expected, got=NOWHERE, **missing),
        row(
            function,
            error=FileNotFoundError,
            expected="`course` must hold solutions/",
            got="there is none in",
            **here,
        ),
    ]


def exported_checks() -> list[Callable[..., Any]]:
    """Return every check of every lesson."""
    return [f for f in public_functions() if f.__module__.startswith("course_utils.checks.")]


def explore_three(**numbers: Any) -> Any:
    return explorers.explore_images(IMAGES, LABELS, NAMES, **numbers)


def split_three(**numbers: Any) -> Any:
    return explorers.explore_split(LABELS, NAMES, **numbers)


def scale_two(**numbers: Any) -> Any:
    return explorers.explore_scaling(np.array([0, 9], np.uint8), **numbers)


def load_named_lessons(course: Any, names: Any = None) -> list[Any]:
    """Call the generator, which complains only once it is asked for a lesson."""
    return list(trial.load_lessons(course, names))


def public_functions() -> list[Callable[..., Any]]:
    """Find what the docstring above calls public, apart from what takes no arguments.

    The commands of `cli` are typer's to check; tests/test_cli.py calls them wrongly.
    """
    found = {}
    for info in pkgutil.walk_packages(course_utils.__path__, "course_utils."):
        module = importlib.import_module(info.name)
        package = importlib.import_module(info.name.rpartition(".")[0])
        private = any(part.startswith("_") for part in info.name.split("."))
        if private or info.name == "course_utils.cli":
            continue
        if hasattr(module, "__all__"):
            members = [getattr(module, name) for name in module.__all__]
        elif hasattr(package, "__all__") or info.ispkg:
            continue
        else:
            members = [
                member
                for name, member in vars(module).items()
                if not name.startswith("_") and getattr(member, "__module__", "") == info.name
            ]
        for member in members:
            if inspect.isfunction(member) and inspect.signature(member).parameters:
                found[f"{member.__module__}.{member.__name__}"] = member
    return list(found.values())


TABLE: list[Row] = [
    # preprocessing
    *raw_images(preprocessing.fit_standardizer),
    *raw_images(preprocessing.scale_to_unit),
    *raw_images(preprocessing.Standardizer(0.0, 1.0).transform),
    row(preprocessing.fit_standardizer, IMAGES[:0], expected="must hold pixels", got="(0, 4, 4)"),
    row(preprocessing.unroll, IMAGES[0], expected="(n, height, width)", got="got uint8 (4, 4)"),
    row(
        preprocessing.unroll,
        np.full((1, 2, 2), "a"),
        expected="numbers of shape (n, height, width)",
        got="got <U1 (1, 2, 2)",
    ),
    row(preprocessing.unroll, None, error=TypeError, expected="NumPy array", got="got NoneType"),
    *labels(preprocessing.one_hot, after=(3,)),
    *whole_number(
        lambda **n: preprocessing.one_hot(LABELS, **n), "n_classes", "of at least 1", outside=0
    ),
    row(preprocessing.one_hot, LABELS, 2, expected="between 0 and 1", got="got labels[2] = 2"),
    row(preprocessing.Standardizer, np.nan, 1.0, expected="from 0 to 255", got="got nan"),
    row(preprocessing.Standardizer, 0.0, -1.0, expected="from 0 to 127.5", got="got -1.0"),
    row(
        preprocessing.Standardizer,
        None,
        1.0,
        error=TypeError,
        expected="`mean` must be a number",
        got="got None",
    ),
    # networks
    row(networks.build_network, "mnist_mpl", expected='"mnist_mlp"', got='got "mnist_mpl"'),
    row(
        networks.build_network,
        None,
        error=TypeError,
        expected='one of "mnist_mlp"',
        got="got NoneType",
    ),
    # datasets
    *data_set_name(datasets.load_dataset),
    *data_set_name(datasets.describe_dataset),
    *data_set_name(datasets.class_names),
    *a_path(datasets.load_image_folder, name="path"),
    row(
        datasets.load_image_folder,
        NOWHERE,
        error=FileNotFoundError,
        expected="`path` must be an existing folder",
        got=NOWHERE,
    ),
    row(
        datasets.load_image_folder,
        __file__,
        error=NotADirectoryError,
        expected="`path` must be a folder",
        got="is a file",
    ),
    row(
        datasets.load_image_folder,
        NOWHERE,
        28,
        error=TypeError,
        expected="must be (height, width)",
        got="got 28",
    ),
    row(
        datasets.load_image_folder,
        NOWHERE,
        (28, 0),
        expected="must be (height, width)",
        got="got (28, 0)",
    ),
    row(
        datasets.load_image_folder,
        NOWHERE,
        invert="yes",
        error=TypeError,
        expected="`invert` must be True or False",
        got="got 'yes'",
    ),
    # plots
    *numbers(plots.plot_image, "image"),
    *place(plots.plot_image, IMAGES[0]),
    row(plots.plot_image, IMAGES, expected="one grey image of shape", got="got (3, 4, 4)"),
    row(
        plots.plot_image,
        np.zeros((40, 33)),
        values=True,
        expected="at most 32 × 32",
        got="got 40 × 33",
    ),
    *numbers(plots.plot_samples, "images", LABELS),
    *labels(plots.plot_samples, IMAGES),
    *class_names(plots.plot_samples, IMAGES, LABELS),
    row(
        plots.plot_samples,
        IMAGES,
        [0],
        expected="equally many",
        got="got 3 images and 1 labels",
    ),
    row(
        plots.plot_samples,
        np.zeros((201, 2, 2)),
        np.zeros(201, int),
        expected="at most 200",
        got="got 201 images",
    ),
    row(
        plots.plot_samples,
        np.zeros((3, 2)),
        LABELS,
        expected="one grey image of shape",
        got="got (2,)",
    ),
    *whole_number(
        lambda **n: plots.plot_samples(IMAGES, LABELS, **n), "n_columns", "of at least 1", outside=0
    ),
    *numbers(plots.plot_curves, "inputs", {"mine": [0]}),
    *numbers(lambda ys: plots.plot_curves([0, 1], {"mine": ys}), "outputs['mine']"),
    *place(plots.plot_curves, [0], {"mine": [0]}, name="figure"),
    row(plots.plot_curves, [0], {}, expected="arrays by name", got="got none"),
    row(plots.plot_curves, [0], {"mine": [0, 1]}, expected="1 numbers", got="got shape (2,)"),
    *numbers(lambda ps: plots.plot_regions(np.sum, ps, [0]), "points"),
    *labels(plots.plot_regions, np.sum, [[0, 1]]),
    *place(plots.plot_regions, lambda ps: ps[:, 0], [[0, 1]], [0]),
    row(
        plots.plot_regions,
        "net",
        [[0, 1]],
        [0],
        error=TypeError,
        expected="a function",
        got="got str",
    ),
    row(plots.plot_regions, np.sum, [0, 1], [0], expected="shape (n, 2)", got="got (2,)"),
    row(plots.plot_regions, np.sum, [[0, 1]], [2], expected="zeros and ones", got="got 1 from 2"),
    row(plots.plot_regions, np.sum, [[0, 1]], [0], expected="one class a point", got="got 1"),
    *numbers(plots.plot_output, "output"),
    *place(plots.plot_output, [0, 1]),
    row(plots.plot_output, [[0, 1]], expected="one row of numbers", got="got shape (1, 2)"),
    row(plots.plot_output, [0, 1], NAMES, expected="a list of 2 names", got="got 3"),
    *labels(plots.plot_class_counts, after=(NAMES,)),
    *class_names(plots.plot_class_counts, LABELS),
    *place(plots.plot_class_counts, LABELS, NAMES),
    *numbers(plots.plot_histogram, "values"),
    *place(plots.plot_histogram, IMAGES),
    *place(plots.plot_histograms, {"raw": IMAGES}, name="figure"),
    row(plots.plot_histograms, {}, expected="`sets` must hold arrays by name", got="got none"),
    row(
        plots.plot_histograms,
        [IMAGES],
        error=TypeError,
        expected="`sets` must hold arrays by name",
        got="got a list",
    ),
    *place(plots.plot_network, [2, 1]),
    row(plots.plot_network, [784], expected="at least one layer", got="got 1 sizes"),
    row(plots.plot_network, [2, 0], expected="`sizes[1]` must be a whole number", got="got 0"),
    row(
        plots.plot_network,
        [2, 1.5],
        error=TypeError,
        expected="`sizes[1]` must be a whole number",
        got="got 1.5",
    ),
    row(plots.plot_network, 784, error=TypeError, expected="a list of whole numbers", got="int"),
    *numbers(plots.plot_responses, "inputs", {"mine": [0]}),
    *numbers(lambda ys: plots.plot_responses([0, 1], {"mine": ys}), "responses['mine']"),
    *place(plots.plot_responses, [0], {"mine": [0]}),
    row(plots.plot_responses, [0], {}, expected="arrays by name", got="got none"),
    row(plots.plot_responses, [0], [0], error=TypeError, expected="arrays by name", got="a list"),
    row(
        plots.plot_responses,
        [0, 1],
        {"mine": [0]},
        expected="the shape of `inputs`",
        got="got (1,)",
    ),
    row(
        plots.plot_responses,
        [0],
        {name: [0] for name in "abcde"},
        expected="at most 4 curves",
        got="got 5",
    ),
    *numbers(plots.plot_one_hot, "table"),
    *place(plots.plot_one_hot, [[0, 1]]),
    row(plots.plot_one_hot, [0, 1], expected="two-dimensional", got="got shape (2,)"),
    row(plots.plot_one_hot, [[0, 9]], expected="from 0 to 1", got="got 0 to 9"),
    row(plots.plot_one_hot, [[0, 1]], NAMES, expected="a list of 1 names", got="got 3"),
    row(
        plots.plot_one_hot,
        [[0, 1]],
        "dog",
        error=TypeError,
        expected="a list of 1 names",
        got="got 'dog'",
    ),
    *numbers(plots.plot_image_with_row, "image", [0, 1]),
    *numbers(lambda row: plots.plot_image_with_row(IMAGES[0], row), "row"),
    *place(plots.plot_image_with_row, IMAGES[0], [0, 1], name="figure"),
    row(plots.plot_image_with_row, IMAGES[0], [[0, 1]], expected="one row", got="got (1, 2)"),
    row(plots.plot_image_with_row, IMAGES[0], [0, 2], expected="from 0 to 1", got="got 0 to 2"),
    row(
        plots.plot_image_with_row,
        IMAGES[0],
        [0, 1],
        NAMES,
        expected="a list of 2 names",
        got="got 3",
    ),
    *numbers(lambda table: plots.plot_distances({"mine": table}), "tables['mine']"),
    *place(plots.plot_distances, {"mine": [[0]]}, name="figure"),
    row(plots.plot_distances, {}, expected="arrays by name", got="got none"),
    row(plots.plot_distances, [[0]], error=TypeError, expected="arrays by name", got="got a list"),
    row(plots.plot_distances, {"mine": [[0, 1]]}, expected="must be square", got="got (1, 2)"),
    row(plots.plot_distances, {"mine": [[-1]]}, expected="not below 0", got="from -1 on"),
    row(plots.describe, "axes", "words", error=TypeError, expected="Axes", got="got str"),
    row(plots.describe, [], "words", error=TypeError, expected="Axes", got="got list"),
    row(plots.describe, np.array([]), "words", error=TypeError, expected="Axes", got="got ndarray"),
    row(plots.describe, Figure().subplots(), "", expected="`sentence` must say", got="got ''"),
    row(plots.describe, Figure().subplots(), 3, expected="`sentence` must say", got="got 3"),
    row(plots.Picture, None, "words", error=TypeError, expected="Figure", got="got NoneType"),
    row(plots.Picture, Figure(), None, expected="`sentence` must say", got="got None"),
    # explorers
    row(
        explorers.explore_images,
        SCALED,
        LABELS,
        expected="uint8 images of shape (n, height, width)",
        got="got float32 (3, 4, 4)",
    ),
    row(
        explorers.explore_images,
        IMAGES[0],
        LABELS,
        expected="uint8 images of shape (n, height, width)",
        got="got uint8 (4, 4)",
    ),
    row(explorers.explore_images, None, LABELS, expected="uint8 images", got="got object ()"),
    row(explorers.explore_images, IMAGES[:0], LABELS, expected="two uint8", got="uint8 (0, 4, 4)"),
    row(explorers.explore_images, RAGGED, LABELS, expected="equal lengths", got="different"),
    row(explorers.explore_images, IMAGES, [0], expected="each of the 3 images", got="got 1"),
    row(explorers.explore_images, IMAGES, LABELS - 1, expected="between 0 and 255", got="got -1"),
    *labels(explorers.explore_images, IMAGES),
    *class_names(explorers.explore_images, IMAGES, LABELS),
    *whole_number(explore_three, "image", "from 0 to 2", outside=3),
    row(explore_three, row=4, expected="`row` must be a whole number from 0 to 3", got="got 4"),
    row(explore_three, column=-1, expected="`column` must be a whole number", got="got -1"),
    *labels(explorers.explore_split),
    *class_names(explorers.explore_split, LABELS),
    row(explorers.explore_split, LABELS[:1], expected="at least two", got="got 1"),
    row(explorers.explore_split, [0, 40], expected="between 0 and 11", got="got 0 to 40"),
    row(explorers.explore_split, LABELS, ["x"] * 13, expected="12 at most", got="got 13"),
    *whole_number(split_three, "percent", "from 1 to 50", outside=51),
    *whole_number(split_three, "seed", "from 0 to 99", outside=-1),
    row(split_three, stratified="yes", error=TypeError, expected="True or False", got="got 'yes'"),
    row(explorers.explore_scaling, SCALED, expected="a uint8 array", got="got float32"),
    row(explorers.explore_scaling, [[0, 9]], expected="a uint8 array", got="got list"),
    row(explorers.explore_scaling, None, expected="a uint8 array", got="got NoneType"),
    row(explorers.explore_scaling, IMAGES, expected="two different grey values", got="got 1"),
    row(explorers.explore_scaling, IMAGES[:0], expected="two different grey values", got="got 0"),
    row(scale_two, scaling="unit", expected="one of 'raw', '/ 255'", got="got 'unit'"),
    row(scale_two, fitted_on=None, expected="one of 'training images'", got="got None"),
    *whole_number(scale_two, "brightness", "from -100 to 100", outside=101),
    *whole_number(scale_two, "contrast", "from 20 to 180", outside=0),
    row(explorers.explore_activation, "relu", expected="one of 'ReLU'", got="got 'relu'"),
    row(explorers.explore_activation, pixel=2, expected="from 0.0 to 1.0", got="got 2"),
    row(explorers.explore_activation, weight=np.nan, expected="a number", got="got nan"),
    row(explorers.explore_activation, bias="1", error=TypeError, expected="number", got="got '1'"),
    *whole_number(explorers.explore_bends, "n_relus", "from 0 to 12", outside=13),
    row(explorers.explore_bends, target="line", expected="one of 'wave'", got="got 'line'"),
    row(explorers.explore_bends, bent=1, error=TypeError, expected="True or False", got="got 1"),
    row(explorers.explore_softmax, cat=6, expected="from -5.0 to 5.0", got="got 6"),
    row(explorers.explore_softmax, temperature=0, expected="from 0.25 to 4.0", got="got 0"),
    row(explorers.explore_softmax, true_class=1, expected="one of 'cat'", got="got 1"),
    row(explorers.explore_softmax, twice=2, error=TypeError, expected="True or False", got="got 2"),
    *whole_number(explorers.explore_valley, "steps", "from 0 to 50", outside=51),
    row(explorers.explore_valley, mean=300, expected="from 0 to 255", got="got 300"),
    row(explorers.explore_valley, mean=np.nan, expected="from 0 to 255", got="got nan"),
    row(explorers.explore_valley, mean="a", error=TypeError, expected="a number", got="got 'a'"),
    row(explorers.explore_valley, std=0, expected="above 0 and at most 127.5", got="got 0"),
    row(explorers.explore_valley, learning_rate=0.5, expected="one of 0.0001", got="got 0.5"),
    row(explorers.explore_valley, "unit", expected="one of 'raw'", got="got 'unit'"),
    row(explorers.explore_valley, ["raw"], expected="one of 'raw'", got="got a list"),
    *whole_number(explorers.explore_layers, "hidden_layers", "from 0 to 3", outside=4),
    *whole_number(explorers.explore_layers, "first_units", "from 1 to 512", outside=0),
    *whole_number(explorers.explore_layers, "further_units", "from 1 to 512", outside=513),
    *whole_number(explorers.explore_layers, "inputs", "from 1 to 10000", outside=0),
    *whole_number(explorers.explore_layers, "outputs", "from 1 to 10000", outside=10_001),
    row(explorers.explore_neuron, first_weight=3, expected="from -2 to 2", got="got 3"),
    row(explorers.explore_neuron, second_weight=-3, expected="from -2 to 2", got="got -3"),
    row(explorers.explore_neuron, bias=np.nan, expected="from -4 to 4", got="got nan"),
    row(explorers.explore_neuron, bias="a", error=TypeError, expected="a number", got="got 'a'"),
    row(explorers.explore_neuron, arrangement="line", expected="'two groups'", got="got 'line'"),
    *whole_number(explorers.explore_neuron, "point", "from 1 to 12", outside=13),
    *whole_number(explorers.explore_label_distance, "first", "from 0 to 9", outside=10),
    *whole_number(explorers.explore_label_distance, "second", "from 0 to 9", outside=-1),
    row(
        explorers.explore_label_distance,
        names="ABCDEFGHIJ",
        error=TypeError,
        expected="`names` must be a list of 10 names",
        got="got 'ABCDEFGHIJ'",
    ),
    row(explorers.explore_label_distance, names=NAMES, expected="10 names", got="got 3"),
    *whole_number(explorers.explore_loss_spelling, "dog_percent", "from 2 to 96", outside=97),
    *whole_number(explorers.explore_loss_spelling, "label", "from 0 to 2", outside=3),
    *whole_number(explorers.explore_one_hot, "label", "from -1 to 11", outside=12),
    *whole_number(explorers.explore_one_hot, "n_classes", "from 2 to 12", outside=1),
    *whole_number(explorers.explore_patch, "row", "from 0 to 2", outside=3),
    *whole_number(explorers.explore_patch, "column", "from 0 to 2", outside=-1),
    *whole_number(explorers.explore_patch, "value", "from 0 to 255", outside=256),
    *whole_number(explorers.explore_wraparound, "first", "from 0 to 255", outside=256),
    *whole_number(explorers.explore_wraparound, "second", "from 0 to 255", outside=-1),
    row(explorers.explore_wraparound, 1, 2, "divide", expected="'add'", got="got 'divide'"),
    row(explorers.explore_wraparound, 1, 2, None, expected="'add'", got="got None"),
    row(explorers.predict, 3, expected="must be '<lesson>.<question>'", got="got 3"),
    row(explorers.predict, "wraparound", expected="'<lesson>.<question>'", got="got 'wraparound'"),
    row(explorers.predict, "loading_dta.x", expected="loading_data", got="no lesson 'loading_dta'"),
    row(explorers.predict, "loading_data.x", expected="wraparound", got="no question 'x'"),
    *a_path(explorers.predict, "loading_data.wraparound", name="folder"),
    row(explorers.review_predictions, "loading_dta", expected="loading_data", got="'loading_dta'"),
    row(explorers.review_predictions, None, expected="loading_data", got="no lesson None"),
    *a_path(explorers.review_predictions, "loading_data", name="folder"),
    # checks: of a function that is none
    *(
        row(check, wrong, error=CheckError, expected="needs your function itself", got=got)
        for check in exported_checks()
        for wrong, got in [(None, "got None"), ("one_hot", "got 'one_hot'")]
    ),
    # grading
    *a_path(release.find_course, name="start"),
    row(
        release.find_course,
        "/",
        error=FileNotFoundError,
        expected="nbgrader_config.py and solutions/",
        got="/ is not in a course",
    ),
    *a_course(release.lessons),
    *a_course(release.check_release),
    *a_course(release.make_release),
    *a_course(release.build_release, destination=COURSE),
    *a_course(release.differences, built=COURSE),
    row(
        release.build_release,
        COURSE,
        NOWHERE,
        error=FileNotFoundError,
        expected="`destination` must be an existing folder",
        got=NOWHERE,
    ),
    row(
        release.differences,
        COURSE,
        NOWHERE,
        error=FileNotFoundError,
        expected="`built` must be an existing folder",
        got=NOWHERE,
    ),
    *a_course(load_named_lessons),
    row(load_named_lessons, COURSE, ["99_none"], expected="01_loading_data", got="'99_none'"),
    row(
        load_named_lessons,
        COURSE,
        "01_loading_data",
        error=TypeError,
        expected="`names` must be a list of names",
        got="got '01_loading_data'",
    ),
    row(outputs.without_noise, {}, error=TypeError, expected="NotebookNode", got="got dict"),
    row(outputs.without_noise, None, error=TypeError, expected="NotebookNode", got="got NoneType"),
    *a_path(outputs.run_notebook, name="path"),
    *a_path(outputs.save_outputs, name="path"),
    *(
        row(f, NOWHERE, error=FileNotFoundError, expected="must be a notebook", got=NOWHERE)
        for f in (outputs.run_notebook, outputs.save_outputs)
    ),
    row(outputs.run_notebook, __file__, expected="must be a notebook", got="is not JSON"),
]


def name_of(call: Row) -> str:
    function, arguments, keywords, *_ = call
    words = [*map(type, arguments), *(f"{k}={v!r}" for k, v in keywords.items())]
    return f"{function.__name__}({', '.join(getattr(w, '__name__', str(w)) for w in words)})"


@pytest.mark.parametrize("call", TABLE, ids=name_of)
def test_a_wrong_call_hears_what_was_expected_what_came_and_what_to_do(call: Row) -> None:
    function, arguments, keywords, error, expected, got = call
    with pytest.raises(error) as caught:
        function(*arguments, **keywords)
    message = str(caught.value)
    assert expected in message
    assert got in message
    advice = message.partition(got)[2]
    assert len(advice.split()) >= 3


@pytest.mark.parametrize("function", public_functions(), ids=lambda f: f.__name__)
def test_each_public_function_has_at_least_two_wrong_calls(function: Callable[..., Any]) -> None:
    called = [trial.load_lessons if f is load_named_lessons else f for f, *_ in TABLE]
    assert called.count(function) >= 2
