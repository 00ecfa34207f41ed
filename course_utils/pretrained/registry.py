"""Which trained networks are shipped, how each is built, and how all of them were trained.

What training measured, and the files' checksums, are in ``records.toml``, which
`course_utils.pretrained.rebuilding` writes together with the files.
"""

import tomllib
from pathlib import Path

from course_utils import _arguments
from course_utils.pretrained.info import Layer, PretrainedInfo

#: The training settings, equal for all networks so that they can be compared.
SEED = 0
BATCH_SIZE = 64
LEARNING_RATE = 0.001
MOST_EPOCHS = 12
VALIDATION_FRACTION = 0.05
SPLIT_SEED = 48

RECORDS = Path(__file__).with_name("records.toml")

_MLP = (
    Layer("flatten", "flatten"),
    Layer("hidden", "dense", (784, 64), "relu"),
    Layer("output", "dense", (64, 10), "softmax"),
)
_CNN = (
    Layer("conv_1", "convolution", (3, 3, 1, 8), "relu"),
    Layer("pool_1", "pooling"),
    Layer("conv_2", "convolution", (3, 3, 8, 16), "relu"),
    Layer("pool_2", "pooling"),
    Layer("flatten", "flatten"),
    Layer("output", "dense", (784, 10), "softmax"),
)
_COLOUR_CNN = (Layer("conv_1", "convolution", (3, 3, 3, 8), "relu"), *_CNN[1:])
_NETWORKS: dict[str, tuple[str, str, tuple[Layer, ...]]] = {
    "digits_mlp": ("A small MLP for handwritten digits", "mnist", _MLP),
    "digits_cnn": ("A small CNN for handwritten digits", "mnist", _CNN),
    "clothes_mlp": ("A small MLP for clothes", "fashion_mnist", _MLP),
    "clothes_cnn": ("A small CNN for clothes", "fashion_mnist", _CNN),
    "coloured_cnn": (
        "A small CNN for clothes in their class's colour",
        "fashion_mnist",
        _COLOUR_CNN,
    ),
    "recoloured_cnn": (
        "The same, its hues turned at random in training",
        "fashion_mnist",
        _COLOUR_CNN,
    ),
}
#: The network that is trained with `RandomHue`.
TURNED = "recoloured_cnn"
_UNTRAINED = {
    "epochs": 0, "validation_accuracy": 0.0, "test_accuracy": 0.0, "sha256": "", "n_bytes": 0,
}  # fmt: skip


def describe_pretrained(name: str) -> PretrainedInfo:
    """Look up a shipped network: its layers, its training, its accuracy.

    Parameters
    ----------
    name : str
        One of `pretrained_names`.

    Returns
    -------
    PretrainedInfo
        It prints as a short text.

    Raises
    ------
    TypeError
        If `name` is not a string.
    ValueError
        If no network has this name; the message suggests the nearest.

    Examples
    --------
    >>> describe_pretrained("clothes_mlp").n_parameters
    50890
    """
    _arguments.known_name(name, _NETWORKS, '"digits_cnn"')
    title, dataset, layers = _NETWORKS[name]
    # A network that is new in this list has no record until it is first rebuilt.
    records = tomllib.loads(RECORDS.read_text("utf-8")) if RECORDS.exists() else {}
    record = records.get(name, _UNTRAINED)
    return PretrainedInfo(name, title, dataset, layers, seed=SEED, **record)


def pretrained_names() -> list[str]:
    """List the names that `load_weights` knows.

    Returns
    -------
    list of str
        A new list each time.

    Examples
    --------
    >>> pretrained_names()
    ['digits_mlp', 'digits_cnn', 'clothes_mlp', 'clothes_cnn', 'coloured_cnn', 'recoloured_cnn']
    """
    return list(_NETWORKS)
