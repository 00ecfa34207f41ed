"""Which trained networks are shipped, how each is built, and how all of them were trained.

What training measured, and the files' checksums, stand in ``records.toml``, which
`course_utils.pretrained.rebuilding` writes together with the files.
"""

import difflib
import tomllib
from pathlib import Path

from course_utils.pretrained.info import Layer, PretrainedInfo

#: The training, alike for all networks so that they can be compared.
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
_NETWORKS: dict[str, tuple[str, str, tuple[Layer, ...]]] = {
    "digits_mlp": ("A small MLP for handwritten digits", "mnist", _MLP),
    "digits_cnn": ("A small CNN for handwritten digits", "mnist", _CNN),
    "clothes_mlp": ("A small MLP for clothes", "fashion_mnist", _MLP),
    "clothes_cnn": ("A small CNN for clothes", "fashion_mnist", _CNN),
}
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
        Prints as a short text.

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
    if not isinstance(name, str):
        raise TypeError(
            f"`name` must be a string, one of {_listed()}; got {type(name).__name__}. "
            'Write it in quotes: "digits_cnn".'
        )
    if name not in _NETWORKS:
        guess = name.strip().lower().replace("-", "_").replace(" ", "_")
        nearest = difflib.get_close_matches(guess, _NETWORKS, n=1)
        hint = f'Did you mean "{nearest[0]}"?' if nearest else "Choose one of these."
        raise ValueError(f'`name` must be one of {_listed()}; got "{name}". {hint}')
    title, dataset, layers = _NETWORKS[name]
    # A network that is new in this list has no record before its first rebuild.
    records = tomllib.loads(RECORDS.read_text("utf-8")) if RECORDS.exists() else {}
    record = records.get(name, _UNTRAINED)
    return PretrainedInfo(name, title, dataset, layers, seed=SEED, **record)


def pretrained_names() -> list[str]:
    """List the names that `load_pretrained` and `load_weights` know.

    Returns
    -------
    list of str
        A new list each time.

    Examples
    --------
    >>> pretrained_names()
    ['digits_mlp', 'digits_cnn', 'clothes_mlp', 'clothes_cnn']
    """
    return list(_NETWORKS)


def _listed() -> str:
    """All names, quoted, for a message."""
    return ", ".join(f'"{name}"' for name in _NETWORKS)
