"""The tutorials' networks by name, uncompiled.

The lessons write the same networks out in plain Keras, because that is what they teach. These
are for reusing one of them, as in benchmarks, later lessons or experiments of your own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from course_utils import _arguments

if TYPE_CHECKING:
    from keras import Sequential

_IMAGE = (28, 28)  # grey values of one image, scaled
_GREY_IMAGE = (28, 28, 1)  # the same with its one channel, as convolutions need it
_ROW = (784,)  # the same, unrolled
_N_CLASSES = 10


def build_network(name: str) -> Sequential:
    """Build one of the tutorials' networks, with fresh random weights.

    Parameters
    ----------
    name : str
        One of `network_names`.

    Returns
    -------
    keras.Sequential
        Not compiled, so that you can choose optimiser, loss and metrics. Its name is `name`.

    Raises
    ------
    TypeError
        If `name` is not a string.
    ValueError
        If no network has this name; the message suggests the nearest.

    Notes
    -----
    Every network takes scaled images and returns ten numbers for each. The weights are random, so
    call ``keras.utils.set_random_seed`` first to get the same ones again.

    ======================  ===========  ==============================  ==========  ==========
    Name                    Input        Hidden layers                   Output      Parameters
    ======================  ===========  ==============================  ==========  ==========
    mnist_mlp               (784,)       128 ReLU, 128 ReLU              softmax     118,282
    fashion_mlp_350         (28, 28)     Flatten, 350 ReLU               softmax     278,260
    fashion_mlp_logits      (28, 28)     Flatten, 128 ReLU               logits      101,770
    fashion_mlp_dropout     (28, 28)     Flatten, 128 ReLU, Dropout 0.2  softmax     101,770
    fashion_cnn_32          (28, 28, 1)  one convolution, 100 ReLU       softmax     542,230
    fashion_cnn_32_64       (28, 28, 1)  two convolutions, 128 ReLU      softmax     421,642
    ======================  ===========  ==============================  ==========  ==========

    Convolutions are 3 x 3 with ReLU, each followed by the largest of 2 x 2 (`MaxPooling2D`).
    The first CNN's leaves out the border ("valid"), and those of the second keep the size ("same").

    The first comes from two tutorials on handwritten digits, the others from three on clothes.

    Examples
    --------
    >>> build_network("mnist_mlp").count_params()
    118282
    """
    _arguments.known_name(name, _BUILDERS, 'build_network("mnist_mlp")')
    from keras import Sequential, layers

    return Sequential(_BUILDERS[name](layers), name=name)


def network_names() -> list[str]:
    """List the names that `build_network` knows.

    Returns
    -------
    list of str
        A new list each time.

    Examples
    --------
    >>> network_names()[:2]
    ['mnist_mlp', 'fashion_mlp_350']
    """
    return list(_BUILDERS)


# Each takes the module keras.layers, which is loaded only when a network is built.


def _mnist_mlp(layers: Any) -> list[Any]:
    return [
        layers.Input(_ROW),
        layers.Dense(128, activation="relu"),
        layers.Dense(128, activation="relu"),
        layers.Dense(_N_CLASSES, activation="softmax"),
    ]


def _fashion_mlp_350(layers: Any) -> list[Any]:
    return [
        layers.Input(_IMAGE),
        layers.Flatten(),
        layers.Dense(350, activation="relu"),
        layers.Dense(_N_CLASSES, activation="softmax"),
    ]


def _fashion_mlp_logits(layers: Any) -> list[Any]:
    return [
        layers.Input(_IMAGE),
        layers.Flatten(),
        layers.Dense(128, activation="relu"),
        layers.Dense(_N_CLASSES),  # logits: the loss is told so with from_logits=True
    ]


def _fashion_mlp_dropout(layers: Any) -> list[Any]:
    return [
        layers.Input(_IMAGE),
        layers.Flatten(),
        layers.Dense(128, activation="relu"),
        layers.Dropout(0.2),
        layers.Dense(_N_CLASSES, activation="softmax"),
    ]


def _fashion_cnn_32(layers: Any) -> list[Any]:
    return [
        layers.Input(_GREY_IMAGE),
        layers.Conv2D(32, 3, activation="relu"),
        layers.MaxPooling2D(2),
        layers.Flatten(),
        layers.Dense(100, activation="relu"),
        layers.Dense(_N_CLASSES, activation="softmax"),
    ]


def _fashion_cnn_32_64(layers: Any) -> list[Any]:
    return [
        layers.Input(_GREY_IMAGE),
        layers.Conv2D(32, 3, padding="same", activation="relu"),
        layers.MaxPooling2D(2),
        layers.Conv2D(64, 3, padding="same", activation="relu"),
        layers.MaxPooling2D(2),
        layers.Flatten(),
        layers.Dense(128, activation="relu"),
        layers.Dense(_N_CLASSES, activation="softmax"),
    ]


_BUILDERS: dict[str, Callable[[Any], list[Any]]] = {
    "mnist_mlp": _mnist_mlp,
    "fashion_mlp_350": _fashion_mlp_350,
    "fashion_mlp_logits": _fashion_mlp_logits,
    "fashion_mlp_dropout": _fashion_mlp_dropout,
    "fashion_cnn_32": _fashion_cnn_32,
    "fashion_cnn_32_64": _fashion_cnn_32_64,
}
