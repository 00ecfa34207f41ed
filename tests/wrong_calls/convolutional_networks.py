"""Wrong calls of what the lesson on convolutional networks brought."""

import numpy as np

from course_utils import explorers, plots
from wrong_calls.rows import IMAGES, NAMES, SCALED, Row, numbers, place, row, whole_number

MAPS = np.zeros((3, 3, 2))

ROWS: list[Row] = [
    row(explorers.explore_kernel, SCALED[0], expected="`image` must be uint8", got="got float32"),
    row(explorers.explore_kernel, IMAGES, expected="4 to 28 pixels", got="got uint8 (3, 4, 4)"),
    row(explorers.explore_kernel, preset="edges", expected="'edge left'", got="got 'edges'"),
    row(explorers.explore_kernel, padding="full", expected="'valid', 'same'", got="got 'full'"),
    *whole_number(explorers.explore_kernel, "stride", "from 1 to 3", outside=4),
    *whole_number(explorers.explore_kernel, "step", "from 0 to 35", outside=36),
    row(explorers.explore_pooling, SCALED[0], expected="`image` must be uint8", got="got float32"),
    row(explorers.explore_pooling, how="mean", expected="'max', 'average'", got="got 'mean'"),
    *whole_number(explorers.explore_pooling, "size", "from 1 to 4", outside=5),
    *whole_number(explorers.explore_pooling, "stride", "from 1 to 4", outside=0),
    *whole_number(explorers.explore_pooling, "shift", "from 0 to 3", outside=-1),
    row(explorers.explore_stack, padding=None, expected="'valid', 'same'", got="got None"),
    *whole_number(explorers.explore_stack, "blocks", "from 0 to 3", outside=4),
    *whole_number(explorers.explore_stack, "filters", "from 1 to 64", outside=65),
    *whole_number(explorers.explore_stack, "kernel_size", "from 1 to 5", outside=0),
    *whole_number(explorers.explore_stack, "stride", "from 1 to 3", outside=4),
    *whole_number(explorers.explore_stack, "pool_size", "from 1 to 3", outside=0),
    *whole_number(explorers.explore_stack, "dense_units", "from 0 to 256", outside=257),
    *whole_number(explorers.explore_stack, "side", "from 4 to 256", outside=3),
    *whole_number(explorers.explore_stack, "channels", "from 1 to 3", outside=0),
]
for plot, name in ((plots.plot_feature_maps, "maps"), (plots.plot_kernels, "kernels")):
    ROWS += [
        *numbers(plot, name),
        *place(plot, MAPS, name="figure"),
        row(plot, IMAGES[0], expected=f"`{name}` must have shape", got="got (4, 4)"),
        row(plot, MAPS, NAMES, expected="a list of 2 names", got="got 3"),
        row(plot, MAPS, "ab", error=TypeError, expected="a list of 2 names", got="got 'ab'"),
        *whole_number(
            lambda _plot=plot, **n: _plot(MAPS, **n), "n_columns", "of at least 1", outside=0
        ),
    ]
