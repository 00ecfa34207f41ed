"""Wrong calls of plots."""

import numpy as np
from matplotlib.figure import Figure

from course_utils import plots
from wrong_calls.rows import (
    IMAGES,
    LABELS,
    NAMES,
    Row,
    class_names,
    labels,
    mistyped,
    name_list,
    numbers,
    place,
    row,
    whole_number,
)

LOSS = {"loss": [1.0, 0.5]}
MAPS = np.zeros((3, 3, 2))
STEPS, WEIGHTS = {"x": (1, 2), "loss": (3, 1)}, {"w": (1, 2, "loss")}

ROWS: list[Row] = [
    *numbers(plots.plot_image, "image"),
    *place(plots.plot_image, IMAGES[0]),
    row(plots.plot_image, IMAGES, expected="one grey image of shape", got="got (3, 4, 4)"),
    row(plots.plot_image, np.zeros((40, 33)), values=True, expected="32 × 32", got="got 40 × 33"),
    *numbers(plots.plot_samples, "images", LABELS),
    *labels(plots.plot_samples, IMAGES),
    *class_names(plots.plot_samples, IMAGES, LABELS),
    row(plots.plot_samples, IMAGES, [0], expected="equally many", got="3 images and 1 labels. Cut"),
    row(plots.plot_samples, np.zeros((201, 2, 2)), LABELS, expected="at most 200", got="got 201"),
    row(plots.plot_samples, np.zeros((3, 2)), LABELS, expected="one grey image", got="got (2,)"),
    row(
        plots.plot_samples,
        np.full((3, 2, 2, 3), 1.5),
        LABELS,
        expected="between 0 and 1",
        got="got values from 1.5 to 1.5. Scale",
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
    mistyped(plots.plot_regions, "net", [[0, 1]], [0], expected="a function", got="got str"),
    row(plots.plot_regions, np.sum, [0, 1], [0], expected="shape (n, 2)", got="got (2,)"),
    row(plots.plot_regions, np.sum, [[0, 1]], [2], expected="zeros and ones", got="got 1 from 2"),
    row(plots.plot_regions, np.sum, [[0, 1]], [0], expected="one class per point", got="got 1"),
    *numbers(plots.plot_output, "output"),
    *place(plots.plot_output, [0, 1]),
    row(plots.plot_output, [[0, 1]], expected="one row of numbers", got="got shape (1, 2)"),
    *name_list(plots.plot_output, 2, [0, 1]),
    row(plots.plot_backpropagation, {}, WEIGHTS, expected="arrays by name", got="got none"),
    mistyped(plots.plot_backpropagation, {"x": 2}, WEIGHTS, expected="a derivative", got="got 2"),
    row(plots.plot_backpropagation, STEPS, {"w": (1, 2, "y")}, expected="'x'", got="got 'y'"),
    mistyped(plots.plot_backpropagation, STEPS, {"w": 1}, expected="the step", got="got 1"),
    *place(plots.plot_backpropagation, STEPS, WEIGHTS),
    *labels(plots.plot_class_counts, after=(NAMES,)),
    *class_names(plots.plot_class_counts, LABELS),
    *place(plots.plot_class_counts, LABELS, NAMES),
    *numbers(plots.plot_histogram, "values"),
    *place(plots.plot_histogram, IMAGES),
    *place(plots.plot_histograms, {"raw": IMAGES}, name="figure"),
    row(plots.plot_histograms, {}, expected="`sets` must hold arrays by name", got="got none"),
    mistyped(plots.plot_histograms, [IMAGES], expected="arrays by name", got="got a list"),
    *place(plots.plot_network, [2, 1]),
    row(plots.plot_network, [784], expected="at least one layer", got="got 1 sizes"),
    row(plots.plot_network, [2, 0], expected="`sizes[1]` must be a whole number", got="got 0"),
    mistyped(plots.plot_network, [2, 1.5], expected="`sizes[1]` must be a whole", got="got 1.5"),
    mistyped(plots.plot_network, 784, expected="a list of whole numbers", got="int"),
    *numbers(plots.plot_responses, "inputs", {"mine": [0]}),
    *numbers(lambda ys: plots.plot_responses([0, 1], {"mine": ys}), "responses['mine']"),
    *place(plots.plot_responses, [0], {"mine": [0]}),
    row(plots.plot_responses, [0], {}, expected="arrays by name", got="got none"),
    mistyped(plots.plot_responses, [0], [0], expected="arrays by name", got="a list"),
    row(plots.plot_responses, [0, 1], {"mine": [0]}, expected="shape of `inputs`", got="got (1,)"),
    row(plots.plot_responses, [0], {k: [0] for k in "abcde"}, expected="at most 4", got="got 5"),
    *numbers(plots.plot_one_hot, "table"),
    *place(plots.plot_one_hot, [[0, 1]]),
    row(plots.plot_one_hot, [0, 1], expected="two-dimensional", got="got shape (2,)"),
    row(plots.plot_one_hot, [[0, 9]], expected="from 0 to 1", got="got 0 to 9"),
    *name_list(plots.plot_one_hot, 1, [[0, 1]]),
    *numbers(plots.plot_image_with_row, "image", [0, 1]),
    *numbers(lambda row: plots.plot_image_with_row(IMAGES[0], row), "row"),
    *place(plots.plot_image_with_row, IMAGES[0], [0, 1], name="figure"),
    row(plots.plot_image_with_row, IMAGES[0], [[0, 1]], expected="one row", got="got (1, 2)"),
    row(plots.plot_image_with_row, IMAGES[0], [0, 2], expected="from 0 to 1", got="got 0 to 2"),
    *name_list(plots.plot_image_with_row, 2, IMAGES[0], [0, 1]),
    mistyped(plots.describe, "axes", "words", expected="Axes", got="got str"),
    mistyped(plots.describe, [], "words", expected="Axes", got="got list"),
    mistyped(plots.describe, np.array([]), "words", expected="Axes", got="got ndarray"),
    row(
        plots.describe, Figure().subplots(), " ", expected="`sentence` must describe", got="got ' '"
    ),
    row(plots.describe, Figure().subplots(), 3, expected="`sentence` must describe", got="got 3"),
    mistyped(plots.Picture, None, "words", expected="Figure", got="got NoneType"),
    row(plots.Picture, Figure(), None, expected="`sentence` must describe", got="got None"),
    *numbers(plots.plot_framing, "images", IMAGES),
    *numbers(lambda after: plots.plot_framing(IMAGES, after), "framed_images"),
    *place(plots.plot_framing, IMAGES, IMAGES, name="figure"),
    row(plots.plot_framing, IMAGES[0], IMAGES, expected="grey images", got="got shape (4, 4)"),
    row(plots.plot_framing, IMAGES, IMAGES[:2], expected="as many as `images`, 3", got="got 2"),
    *whole_number(
        lambda **n: plots.plot_framing(IMAGES, IMAGES, **n), "n_columns", "of at least 1", outside=0
    ),
    mistyped(plots.plot_history, None, expected="hold lists by name", got="NoneType"),
    mistyped(plots.plot_history, [1.0], expected="hold lists by name", got="got list"),
    row(plots.plot_history, {}, expected="one of them 'loss'", got="got none"),
    row(plots.plot_history, {"val_loss": [1]}, expected="'loss'", got="got 'val_loss'"),
    mistyped(plots.plot_history, {"loss": ["a"]}, expected="hold numbers", got="dtype <U1"),
    mistyped(plots.plot_history, {"loss": []}, expected="hold numbers", got="got 0"),
    row(plots.plot_history, {"loss": [[1], [2, 3]]}, expected="equal lengths", got="different"),
    row(plots.plot_history, {"loss": [[1.0]]}, expected="one row of 1", got="got shape (1, 1)"),
    row(plots.plot_history, LOSS | {"accuracy": [0]}, expected="'accuracy'", got="got shape (1,)"),
    *place(plots.plot_history, LOSS, name="figure"),
]
for plot, name in ((plots.plot_feature_maps, "maps"), (plots.plot_kernels, "kernels")):
    ROWS += [
        *numbers(plot, name),
        *place(plot, MAPS, name="figure"),
        row(plot, IMAGES[0], expected=f"`{name}` must have shape", got="got (4, 4)"),
        row(plot, MAPS[None], expected=f"`{name}` must have shape", got="got (1, 3, 3, 2)"),
        *name_list(plot, 2, MAPS),
        *whole_number(
            lambda _plot=plot, **n: _plot(MAPS, **n), "n_columns", "of at least 1", outside=0
        ),
    ]
