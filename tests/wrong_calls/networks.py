"""Wrong calls of networks."""

from course_utils import networks
from wrong_calls.rows import Row, mistyped, row

ROWS: list[Row] = [
    row(networks.build_network, "mnist_mpl", expected='"mnist_mlp"', got='got "mnist_mpl"'),
    mistyped(networks.build_network, None, expected='one of "mnist_mlp"', got="got NoneType"),
]
