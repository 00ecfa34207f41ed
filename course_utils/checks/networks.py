"""How a Keras network is described by plain data, and told in words.

Networks that calculate the same are described alike: an activation is written with the layer
before it, whether it was an argument or a layer of its own, and what a layer does by default is
left out. So a check compares what a learner built with what it expects by ``==``.
"""

import contextlib
import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import numpy as np

from course_utils.checks.asking import Described, Foreign, plain
from course_utils.checks.check import NOTHING
from course_utils.checks.comparing import Numbers
from course_utils.checks.outcome import CheckError
from course_utils.checks.showing import show
from course_utils.datasets import load_dataset


@dataclass(frozen=True)
class Network(Described):
    """A Keras network, described by plain data. Two are equal if all but `n_parameters` is.

    Attributes
    ----------
    input_shape : tuple of int or None
        Of one image, without the batch; None if the network was not told.
    layers : tuple of str
        In order, as in ``("Flatten", "Dense(32, relu)", "Dropout(0.5)", "Dense(10)")``. What a
        layer does by default, initial weights and seeds are left out.
    loss : str
        As in ``"SparseCategoricalCrossentropy(from_logits=True)"``; empty if not compiled.
    metrics : tuple of str
        As in ``("accuracy",)``.
    optimizer : str
        As in ``"Adam(learning_rate=0.001)"``.
    n_parameters : int
        Weights and biases, those that do not learn included.

    Examples
    --------
    >>> Network((28, 28), ("Flatten", "Dense(10)"), "MeanSquaredError").shown
    '(28, 28) → Flatten → Dense(10); loss MeanSquaredError'
    """

    input_shape: tuple[int | None, ...] | None
    layers: tuple[str, ...]
    loss: str = ""
    metrics: tuple[str, ...] = ()
    optimizer: str = ""
    n_parameters: int = field(default=0, compare=False)

    @property
    def shown(self) -> str:
        """How a message writes it."""
        told = " → ".join(map(str, (self.input_shape or "no input shape", *self.layers)))
        named = {
            "loss": self.loss,
            "metrics": ", ".join(self.metrics),
            "optimizer": self.optimizer,
        }
        return "; ".join([told, *(f"{name} {value}" for name, value in named.items() if value)])


# Describing, where Keras is loaded -------------------------------------------------------------


def describe_network(result: Any, *_: Any) -> Any:
    """Describe what a function returned: a :class:`Network`, or plain data if it is none."""
    import keras

    if not is_stack(result):
        is_own = isinstance(result, keras.Model)
        return Foreign(_OWN_CLASS, show(result)) if is_own else plain(result)
    found = Network(
        tuple(result.input_shape[1:]) if result.built else None,
        tuple(map(str, _rows(result))),
        n_parameters=result.count_params() if result.built else 0,
    )
    if not result.compiled:
        return found
    loss = _loss(result.loss)
    metrics = tuple(_metrics(result._compile_config.config["metrics"], loss))
    return replace(found, loss=loss, metrics=metrics, optimizer=_optimizer(result.optimizer))


def describe_history(result: Any, *_: Any) -> Any:
    """Describe what `fit` returned: its losses and metrics of each epoch, by name."""
    import keras

    is_history = isinstance(result, keras.callbacks.History)
    return plain(result.history) if is_history else describe_network(result)


_OWN_CLASS = "a class of your own"
#: What a network goes by that has parts which no check can look into.
UNKNOWN_PARTS = "network"
#: What changes nothing of what a network calculates once it has learned, or is written elsewhere.
_LEFT_OUT = {"name", "dtype", "trainable", "seed", "data_format", "activation", "reduction"}


#: Those that a function of another library or of the learner's own is compared with.
_ACTIVATIONS = (
    "relu", "sigmoid", "tanh", "softmax", "linear", "leaky_relu", "relu6", "elu", "selu", "gelu",
    "silu", "softplus", "softsign", "exponential", "hard_sigmoid", "log_softmax", "mish",
)  # fmt: skip


@dataclass
class _Row:
    """A layer that is being described. Its activation may still come."""

    name: str
    required: list[str]
    activation: str | None = None  # "" if it has none yet, None if it takes none
    named: Iterable[str] = ()

    def __str__(self) -> str:
        inside = ", ".join(filter(None, [*self.required, self.activation, *self.named]))
        return f"{self.name}({inside})" if inside else self.name


def is_stack(network: Any) -> bool:
    """Say whether this is a network whose layers can be listed: not a class of one's own."""
    import keras

    return isinstance(network, keras.Sequential) or (
        isinstance(network, keras.Model) and hasattr(network, "operations")
    )


def _rows(network: Any) -> list[_Row]:
    """Describe the layers of a network in order, those of networks within it too."""
    rows: list[_Row] = []
    for layer in getattr(network, "operations", network.layers):
        if is_stack(layer):
            rows += _rows(layer)
            continue
        row = _row(layer)
        if row.name in ("InputLayer", "Identity", "linear") or _flattens_nothing(row, layer):
            continue
        if row.name.islower() and rows and rows[-1].activation == "":
            rows[-1].activation = row.name
        else:
            rows.append(row)
    return rows


def _flattens_nothing(row: _Row, layer: Any) -> bool:
    return row.name == "Flatten" and getattr(layer, "built", True) and len(layer.input.shape) == 2


def _row(layer: Any) -> _Row:
    """Describe a layer, or an operation between layers. That of an activation has its name."""
    import keras

    name = type(layer).__name__
    if isinstance(layer, keras.layers.Activation):
        return _Row(_activation(layer.activation) or "linear", [])
    if not isinstance(layer, keras.layers.Layer):  # such as keras.ops.relu
        if name == "Reshape" and len(layer.output.shape) == 2:
            return _Row("Flatten", [])
        if name == "Mean" and _is_over_maps(layer):
            return _Row("GlobalAveragePooling2D", [])
        return _Row(name.lower() if _is_activation(name.lower()) else name, [])
    required, named = _settings(layer)
    if not named and _is_activation(name.lower()):
        return _Row(name.lower(), [])
    if name == "Reshape" and len(layer.target_shape) == 1:
        return _Row("Flatten", [])
    takes_activation = "activation" in inspect.signature(type(layer)).parameters
    return _Row(name, required, _activation(layer.activation) if takes_activation else None, named)


def _is_over_maps(mean: Any) -> bool:
    """Say whether the mean is that over rows and columns, of which nothing else is left."""
    axes = mean.axis if isinstance(mean.axis, list | tuple) else [mean.axis]
    return not mean.keepdims and sorted(int(axis) % 4 for axis in axes if axis is not None) == [
        1,
        2,
    ]


def _is_activation(name: str) -> bool:
    import keras

    return callable(getattr(keras.activations, name, None))


def _activation(activation: Any) -> str:
    """Name an activation, which may be a function or a layer; "" for none."""
    import keras

    if activation is None:
        return ""
    if isinstance(activation, keras.layers.Layer):
        name = str(_row(activation))
    elif not (name := known_activation(activation)):
        name = getattr(activation, "__name__", type(activation).__name__)
        name = f"{name} of your own" if _is_activation(name.lower()) else name
    return "" if name == "linear" else name


def known_activation(activation: Any) -> str:
    """Name Keras's own activation that a function is, or gives the same as; "" for none."""
    import keras

    name = getattr(activation, "__name__", "")
    if getattr(keras.activations, name, None) is activation:
        return name
    numbers = np.array([[-7.5, -1, -0.2, 0.3], [0.5, 2, 3.5, 7]], np.float32)
    for known in _ACTIVATIONS:
        with contextlib.suppress(Exception):  # it may be made for other shapes
            if np.allclose(activation(numbers), getattr(keras.activations, known)(numbers)):
                return known
    return ""


def _settings(thing: Any) -> tuple[list[str], list[str]]:
    """Write what a layer or a loss has to be told, then what else it was told, by name."""
    config: Mapping[str, Any] = {}
    with contextlib.suppress(Exception):  # a layer of the learner's own may not tell
        config = thing.get_config()
    required, named = [], []
    for name, parameter in inspect.signature(type(thing)).parameters.items():
        if name in _LEFT_OUT or name.endswith("_initializer") or name not in config:
            continue
        value, default = config[name], parameter.default
        if name == "strides" and default is None and value == config.get("pool_size"):
            continue
        if default is parameter.empty:
            required.append(_written(value))
        elif value != default:
            named.append(f"{name}={_written(value)}")
    return required, named


def _written(value: Any) -> str:
    """Write a setting. Keras tells an object by the name of its class and its settings."""
    if isinstance(value, float):
        return f"{value:.6g}"  # Keras keeps 0.001 as 0.0010000000474974513
    if isinstance(value, str):
        return repr(value)
    if isinstance(value, list | tuple):
        return f"({', '.join(map(_written, value))}{',' if len(value) == 1 else ''})"
    if hasattr(value, "get_config"):  # given where Keras does not look for an object
        value = {"class_name": type(value).__name__, "config": value.get_config()}
    if not isinstance(value, Mapping):
        return str(value)
    if not isinstance(value.get("config", {}), Mapping):  # a function, told by its name
        return f"{value['config']}()"
    told = {name: setting for name, setting in value.get("config", {}).items() if setting}
    name = "L2" if list(told) == ["l2"] else value.get("class_name", "a function")
    inside = [f"{key}={_written(setting)}" for key, setting in told.items() if key != "name"]
    return f"{name}({', '.join(inside)})"


def known_loss(loss: Any) -> Any:
    """Find Keras's own loss that a network was compiled with, or one that gives the same.

    It may have been given by its name, as a function, a class or an object. None if there is none.
    """
    import keras

    if isinstance(loss, list | tuple) and len(loss) == 1:
        return known_loss(loss[0])
    if loss is None or isinstance(loss, list | tuple | Mapping):
        return None
    found = keras.losses.get(loss)
    is_known = getattr(keras.losses, getattr(found, "__name__", ""), None) is found
    return found if is_known or isinstance(found, keras.losses.Loss) else _of_same_value(found)


def _loss(loss: Any) -> str:
    """Write a loss."""
    import keras

    found = known_loss(loss)
    if isinstance(found, keras.losses.Loss):
        required, named = _settings(found)
        return str(_Row(type(found).__name__, required, named=named))
    if found is not None:
        return found.__name__.title().replace("_", "")
    return show(loss) if callable(loss) else str(loss or "")


def _of_same_value(loss: Callable[..., Any]) -> Any:
    """Find the loss that gives the same as a function of the learner's own."""
    import keras

    places, outputs = np.array([0, 2]), np.array([[0.5, 0.3, 0.2], [0.3, 0.6, 0.1]], np.float32)
    kinds = keras.losses.SparseCategoricalCrossentropy, keras.losses.CategoricalCrossentropy
    for labels, kind in zip((places, np.eye(3, dtype=np.float32)[places]), kinds, strict=True):
        for known in (kind(from_logits=True), kind(from_logits=False)):
            with contextlib.suppress(Exception):  # it is made for other labels
                if np.allclose(np.mean(loss(labels, outputs)), known(labels, outputs), atol=1e-4):
                    return known
    return None


def _metrics(metrics: Any, loss: str) -> Iterator[str]:
    """Name metrics. What Keras takes for "accuracy" of these labels goes by this name too."""
    for metric in metrics if isinstance(metrics, list | tuple) else filter(None, [metrics]):
        name = metric if isinstance(metric, str) else type(metric).__name__
        camel = name.title().replace("_", "") if name.islower() else name
        of_labels = "Sparse" * loss.startswith("Sparse") + "CategoricalAccuracy"
        yield "accuracy" if camel in ("Acc", of_labels) else name


def _optimizer(optimizer: Any) -> str:
    """Write an optimiser with its learning rate, and its weight decay if it has one."""
    config = optimizer.get_config()
    told = [f"learning_rate={_written(config['learning_rate'])}"]
    decay = config.get("weight_decay")
    name = type(optimizer).__name__
    if decay:
        name, told = "AdamW" if name == "Adam" else name, [*told, f"weight_decay={_written(decay)}"]
    return f"{name}({', '.join(told)})"


# Preparing what a check gives -------------------------------------------------------------------


@cache
def shipped_images(dataset: str, first: int, n: int) -> tuple[Numbers, Numbers]:
    """Copy training images and their labels out of a data set, which takes a moment to unpack."""
    (images, labels), _ = load_dataset(dataset)
    some = slice(first, first + n)
    return images[some].copy(), labels[some].copy()


def build_dense(input_shape: Sequence[int], sizes: Sequence[int]) -> Any:
    """Build a network of dense layers: hidden ones with ReLU, and a last one with softmax."""
    import keras

    network = keras.Sequential([keras.layers.Input(tuple(input_shape))])
    if len(input_shape) > 1:
        network.add(keras.layers.Flatten())
    for units in sizes[:-1]:
        network.add(keras.layers.Dense(units, activation="relu"))
    network.add(keras.layers.Dense(sizes[-1], activation="softmax"))
    return network


# Judging, where Keras need not be ----------------------------------------------------------------

#: What an error that Keras raises means. After those of an exercise: the first that fits is told.
MEANINGS = {
    NOTHING: "`add`, `compile` and `summary` return nothing themselves, so `return network` needs "
    "a line of its own.",
    "Only instances of `keras.Layer`": "A network is a list of layers, each with its brackets, as "
    "in keras.layers.Flatten(). A class without brackets is no layer yet, and a name is none.",
    "Expected `trainable` to be a boolean": "keras.Sequential takes one list: put the layers into "
    "square brackets [ ].",
    "Cannot convert '.*' to a shape": "A shape is a tuple, even of one number: (8,) is one, 8 is "
    "not.",
    r"invalid value for `units`.*units=(?:0|-\d+)\b": "A layer has at least one neuron. Is that "
    "the position of a layer in the list, where its number of neurons belongs?",
    "invalid value for `units`": "A Dense layer takes its number of neurons, one whole number; "
    "int( ) makes one of a NumPy number. For several layers, take the sizes one after the other.",
    "Could not interpret activation": "Keras knows no activation of this name. The course uses "
    "'relu', 'sigmoid', 'tanh' and 'softmax'.",
    "(?i)could not interpret loss": "Keras knows no loss of this name.",
    "expected min_ndim=4, found ndim=3": "A convolution needs images with a channel axis: height, "
    "width and channels, as in (28, 28, 1).",
    "output size would be zero or negative": "The picture has become smaller than the window that "
    "is to slide over it. Use fewer convolutions or poolings, or padding='same'.",
    "is incompatible with the layer": "A layer was built for numbers of another shape than it is "
    "given. Compare the input shape of the network with the shape of one image.",
    "must be fully-defined": "A size is None, so the layer cannot know how many weights it needs. "
    "The input shape is that of one image: the batch, whose size may differ, stays out of it.",
    "must call `compile": "The network has no loss and no optimiser yet: call its compile first.",
    "has no attribute 'shape'|positional arguments. The following": "A layer is called with "
    "what another layer gave, not with numbers.",
}  # fmt: skip


def network(*ignored: str) -> Callable[[Any], Network]:
    """Demand a network; a form for a check. What is `ignored` of it may be whatever it likes.

    Examples
    --------
    >>> network("loss")(Network((4,), ("Dense(2)",), "MeanSquaredError")).shown
    '(4,) → Dense(2)'
    """

    def read(received: Any) -> Network:
        if not isinstance(received, Network):
            raise CheckError(f"expected a network; received {_no_network(received)}")
        if received.input_shape is None:
            raise CheckError(
                "The network does not know its input shape, so it has no weights yet. Begin with "
                "keras.layers.Input( ), which takes the shape of one image."
            )
        blank = Network(None, ())
        return replace(received, **{name: getattr(blank, name) for name in ignored})

    return read


def _no_network(received: Any) -> str:
    """Say what something is that should have been a network, and what to do about it."""
    if isinstance(received, list | tuple) and any(map(_is_layer, received)):
        return f"a {type(received).__name__} of layers. Give it to keras.Sequential( )."
    if not isinstance(received, Foreign):
        return f"{show(received)}. Return what keras.Sequential( ) or keras.Model( ) made."
    if received.kind == UNKNOWN_PARTS:
        return f"one {received.shown}"
    if received.kind == "History":
        return "the history that fit returns. Fit changes the network itself: return the network."
    if received.kind == "KerasTensor":
        return (
            "a tensor, which is what the last layer gives. Make a network of the way from the "
            "inputs to it: keras.Model(inputs, outputs)."
        )
    if "type" in received.kind or "function" in received.kind or "method" in received.kind:
        return f"{received.shown}, which was not called: are its brackets ( ) missing?"
    if _is_layer(received):
        return (
            f"a single layer, {received.kind}. Put it into keras.Sequential([ ]) with the others."
        )
    return (
        f"{received.shown}: {received.kind}. This check looks into what keras.Sequential( ) "
        "or keras.Model(inputs, outputs) makes."
    )


def _is_layer(received: Any) -> bool:
    is_layer = isinstance(received, Foreign) and " built=" in received.shown
    return is_layer and received.kind != _OWN_CLASS


def _other_layer(
    place: int, layer: str, right: str, got: Sequence[str], wanted: Sequence[str]
) -> str:
    """Say what is wrong with the first layer that differs: it, or that it should not be there."""
    index = place - 1
    if got[index + 1 :] == wanted[index:]:
        return f"Layer {place} is one too many: {layer} is not asked for here."
    if got[index:] == wanted[index + 1 :]:
        return f"Layer {place} is missing: {right}."
    sized = re.compile(r"(\w+)\((\d+)\b(.*)")
    came, due = sized.match(layer), sized.match(right)
    if came and due and came.group(1, 3) == due.group(1, 3):
        return (
            f"Layer {place} has the size {came[2]}, where {due[2]} is asked for. From which "
            "argument does that number come?"
        )
    return f"They first differ in layer {place}: {right} expected, {layer} received."


def first_difference(received: Network, *case: Any) -> str:
    """Say in what a network first differs from the expected one; an `explain` for a check."""
    expected: Network = case[-1]
    if received.input_shape != expected.input_shape:
        return (
            f"The input shape is {received.input_shape}, not {expected.input_shape}: it is the "
            "shape of one image."
        )
    got, wanted = received.layers, expected.layers
    for place, (layer, right) in enumerate(zip(got, wanted, strict=False), 1):
        if layer != right:
            return _other_layer(place, layer, right, got, wanted)
    if len(got) < len(wanted):
        return f"The network ends too early: {wanted[len(got)]} is still to come."
    if len(got) > len(wanted):
        return f"The network goes on too long: there should be nothing after {wanted[-1]}."
    if not received.loss and expected.loss:
        return "The network is not compiled, or without a loss."
    names = [
        name
        for name in ("loss", "metrics", "optimizer")
        if getattr(received, name) != getattr(expected, name)
    ]
    return f"The {names[0]} is another one." if names else ""
