"""Wrong calls of networks."""

from course_utils import networks
from wrong_calls.rows import Row, row

ROWS: list[Row] = [
    row(networks.build_network, "mnist_mpl", expected='"mnist_mlp"', got='got "mnist_mpl"'),
    row(
        networks.build_network,
        None,
        error=TypeError,
        expected='one of "mnist_mlp"',
        got="got NoneType",
    ),
]
