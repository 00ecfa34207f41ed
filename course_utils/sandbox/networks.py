"""How a Keras network leaves the process in which a student built it: as settings and numbers.

What comes back is rebuilt and looked at in another sandbox, where no student's code has run, and
only from layers on a list: what Keras loads can run code, even in its safe mode.
"""

import contextlib
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from course_utils.checks.asking import Described, Foreign, plain
from course_utils.checks.networks import describe_network, is_stack, known_activation, known_loss

_MOST_BYTES = 64 << 20  # of the files that a function wrote

#: Layers that do nothing but calculate: no Lambda, and none that wraps another framework.
_NAMES = """
InputLayer Dense EinsumDense Embedding Identity Masking Functional Sequential Model
Activation ReLU LeakyReLU PReLU ELU Softmax
Conv1D Conv2D Conv3D Conv1DTranspose Conv2DTranspose SeparableConv1D SeparableConv2D
DepthwiseConv1D DepthwiseConv2D
MaxPooling1D MaxPooling2D AveragePooling1D AveragePooling2D
GlobalMaxPooling1D GlobalMaxPooling2D GlobalAveragePooling1D GlobalAveragePooling2D
Flatten Reshape Permute RepeatVector Cropping1D Cropping2D ZeroPadding1D ZeroPadding2D
UpSampling1D UpSampling2D Add Average Concatenate Dot Maximum Minimum Multiply Subtract
BatchNormalization GroupNormalization LayerNormalization UnitNormalization
SpectralNormalization ActivityRegularization Dropout AlphaDropout GaussianDropout
GaussianNoise SpatialDropout1D SpatialDropout2D
CenterCrop Normalization Rescaling Resizing RandomBrightness RandomContrast RandomCrop
RandomFlip RandomHeight RandomRotation RandomTranslation RandomWidth RandomZoom
CategoryEncoding
"""
_LAYERS = frozenset(_NAMES.split())
_OF_LAYERS = "keras.layers", "keras.models", "keras.src.models"
#: What else a network is made of: it chooses among Keras's own numbers and formulas.
_OTHERS = (
    "keras.initializers", "keras.regularizers", "keras.constraints", "keras.optimizers",
    "keras.losses", "keras.metrics", "keras.activations", "keras.src.activations",
    "keras.ops", "keras.src.ops",
)  # fmt: skip
#: Stands for what is the learner's own, and need not be there for a network to count.
_OWN = "CourseStandIn"
_PLAIN_CLASSES = {_OWN, "DTypePolicy", "__tuple__", "__keras_tensor__", "__numpy__", "__tensor__"}


@dataclass(frozen=True)
class PackedNetwork(Described):
    """A network as settings and numbers."""

    config: str  # JSON, of `keras.saving.serialize_keras_object`
    weights: list[Any]
    n_updates: int


@dataclass(frozen=True)
class PackedHistory(Described):
    """What `fit` returned."""

    history: Any


@dataclass(frozen=True)
class PackedCall(Described):
    """What a function returned, what became of the networks that it was given, and its files."""

    returned: Any
    given: list[Any]  # None where it was no network
    same: int  # which of those given was returned, or -1
    files: dict[str, bytes]  # in the folder that the check had made for it


#: What may come out of a sandbox beside plain data.
PACKED: Mapping[str, type[Described]] = {
    kind.__name__: kind for kind in (Foreign, PackedNetwork, PackedHistory, PackedCall)
}


def pack_call(home: Path, returned: Any, *given: Any) -> PackedCall:
    """Pack what a function returned and has changed, away from home its files, too."""
    same = next((i for i, one in enumerate(given) if one is returned and is_stack(one)), -1)
    networks = [_pack(one) if is_stack(one) else None for one in given]
    return PackedCall(None if same >= 0 else _pack(returned), networks, same, _files(home))


def unpack_call(call: PackedCall, given: list[Any]) -> tuple[Any, list[Any]]:
    """Rebuild what a function returned and has changed, in a folder that a check has made."""
    for name, content in call.files.items():
        Path(name).write_bytes(content)
    networks = [
        _unpack(packed) if is_stack(one) else one
        for one, packed in zip(given, call.given, strict=True)
    ]
    return networks[call.same] if call.same >= 0 else _unpack(call.returned), networks


def objection(call: PackedCall) -> str:
    """Say what in a packed call must not be rebuilt, or nothing."""
    for name in call.files:
        if Path(name).name != name:
            return f"a file {name!r}, which leads out of its folder"
    packed = [one for one in (call.returned, *call.given) if isinstance(one, PackedNetwork)]
    for config in (*(one.config for one in packed), *_configs_in_files(call.files)):
        for name in _foreign_classes(json.loads(config)):
            return (
                f"with {name}, which is not among the parts of Keras that this check knows. Use "
                "layers of keras.layers, and activations by their names, as in activation='relu'."
            )
    return ""


def _pack(value: Any) -> Any:
    """Pack a network or a history; anything else becomes plain data, as a check describes it."""
    import keras

    if isinstance(value, keras.callbacks.History):
        return PackedHistory(plain(value.history))
    if not is_stack(value):
        return describe_network(value)
    is_compiled, value.compiled = value.compiled, False  # how, is told apart: a loss may be a class
    try:
        config = _with_stand_ins(
            keras.saving.serialize_keras_object(value), dict(_known_activations(value))
        )
    finally:
        value.compiled = is_compiled
    if is_compiled:
        config["compile_config"] = _compiled(value)
    n_updates = int(value.optimizer.iterations) if is_compiled else 0
    weights = [*value.get_weights()] if value.built else []
    return PackedNetwork(json.dumps(config), weights, n_updates)


def _compiled(network: Any) -> dict[str, Any]:
    """Tell how a network was compiled. A loss of one's own is told as Keras's that equals it."""
    import keras

    loss = known_loss(network.loss)
    if isinstance(loss, keras.losses.Loss):
        loss = _told_or_stand_in("loss", loss)
    elif loss is not None:
        loss = loss.__name__
    elif callable(network.loss):
        loss = _told_or_stand_in("function", network.loss)
    return {
        "optimizer": _with_stand_ins(_told_or_stand_in("optimizer", network.optimizer), {}),
        "loss": loss,
        "metrics": _told_metrics(network._compile_config.config["metrics"]),
    }


def _told_metrics(metrics: Any) -> Any:
    """Tell metrics in the form in which they were given: a list, a dictionary, or one."""
    if isinstance(metrics, list | tuple):
        return [_told_metrics(metric) for metric in metrics]
    if isinstance(metrics, Mapping):
        return {str(name): _told_metrics(metric) for name, metric in metrics.items()}
    if metrics is None or isinstance(metrics, str):
        return metrics
    return _told_or_stand_in("metric" if hasattr(metrics, "update_state") else "function", metrics)


def _told_or_stand_in(kind: str, thing: Any) -> Any:
    """Tell a part of a network as Keras does, or by its name if Keras does not bring it along."""
    import keras

    told = None
    if kind != "function":
        told = keras.saving.serialize_keras_object(thing)
        if not any(_foreign_classes(_with_stand_ins(told, {}))):
            return told
    name = getattr(thing, "__qualname__", type(thing).__name__)
    return _stand_in(kind, name, told and told.get("config"))


def _stand_in(kind: str, name: str, config: Any) -> dict[str, Any]:
    """Tell what is the learner's own: of what kind it is, its name, and its settings."""
    plain_ones = {
        key: value
        for key, value in (config if isinstance(config, Mapping) else {}).items()
        if isinstance(value, bool | int | float | str) or key == "learning_rate"
    }
    told = {"kind": kind, "name": name, "settings": plain_ones}
    return {"class_name": _OWN, "config": told, "registered_name": _OWN, "module": None}


def _with_stand_ins(told: Any, activations: Mapping[str, str], key: str = "") -> Any:
    """Replace what is the learner's own where the network counts without it.

    Weights are told, so nobody needs to know how they began; regularisers, constraints and
    schedules count by their names; and activations are Keras's if they give the same.
    """
    if isinstance(told, list):
        return [_with_stand_ins(item, activations) for item in told]
    if not isinstance(told, dict):
        return told
    if _is_foreign(told):
        name = told["class_name"] if isinstance(told.get("config"), dict) else str(told["config"])
        if key.endswith("initializer"):
            return "zeros"
        if key in _KINDS or key.endswith(("_regularizer", "_constraint")):
            return _stand_in(_KINDS.get(key, key.rpartition("_")[2]), name, told.get("config"))
    made = {name: _with_stand_ins(item, activations, name) for name, item in told.items()}
    if made.get("name") in activations and "activation" in made:
        made["activation"] = activations[made["name"]]
    return made


#: What kind of thing stands under a name in a network's settings.
_KINDS = {"learning_rate": "schedule"}


def _known_activations(network: Any) -> Iterator[tuple[str, str]]:
    """Find the layers whose activation is not Keras's own, but gives the same as one that is."""
    import keras

    for layer in network.layers:
        if is_stack(layer):
            yield from _known_activations(layer)
        own = getattr(layer, "activation", None)
        if callable(own) and not isinstance(own, keras.layers.Layer) and known_activation(own):
            yield layer.name, known_activation(own)


class _StandIn:
    """Makes what stands for a thing of the learner's own: it has its name, and does nothing."""

    @staticmethod
    def from_config(told: Mapping[str, Any]) -> Any:
        import keras

        def function(_: Any, outputs: Any, *__: Any, **___: Any) -> Any:
            return 0 * keras.ops.mean(outputs, axis=-1)

        name, settings = str(told["name"]), dict(told["settings"])
        if told["kind"] == "function":
            function.__name__ = function.__qualname__ = name
            return function
        nothing: dict[str, tuple[type, dict[str, Any]]] = {
            "metric": (keras.metrics.MeanMetricWrapper, {}),
            "loss": (keras.losses.Loss, {"call": lambda _, *given: function(*given)}),
            "optimizer": (keras.optimizers.SGD, {}),
            "schedule": (
                keras.optimizers.schedules.LearningRateSchedule,
                {"__call__": lambda *_: 0.0},
            ),
            "regularizer": (keras.Regularizer, {"__call__": lambda *_: 0.0}),
            "constraint": (keras.constraints.Constraint, {"__call__": lambda _, weights: weights}),
        }
        base, methods = nothing[told["kind"]]
        if told["kind"] == "metric":
            return type(name, (base,), {})(function)
        if told["kind"] == "optimizer":
            rate = keras.saving.deserialize_keras_object(settings["learning_rate"])
            made = type(name, (base,), {})(rate)
            made.weight_decay = settings.get("weight_decay")
            return made
        return type(name, (base,), {**methods, "get_config": lambda _: settings})()


def _unpack(packed: Any) -> Any:
    import keras

    if isinstance(packed, PackedHistory):
        history = keras.callbacks.History()
        history.history = packed.history
        return history
    if not isinstance(packed, PackedNetwork):
        return packed
    config = json.loads(packed.config)
    compiled = config.pop("compile_config", None)
    known = {_OWN: _StandIn}
    network = keras.saving.deserialize_keras_object(config, known, safe_mode=True)
    if packed.weights:
        network.set_weights(packed.weights)
        _take_note_of_weights(network)
    if compiled:
        network.compile(**keras.saving.deserialize_keras_object(compiled, known, safe_mode=True))
        network.optimizer.iterations.assign(packed.n_updates)
    return network


def _take_note_of_weights(network: Any) -> None:
    """Let normalising layers calculate from the mean and variance that they were given."""
    for layer in network.layers:
        if hasattr(layer, "layers"):
            _take_note_of_weights(layer)
        elif hasattr(layer, "finalize_state"):
            layer.finalize_state()


def _files(home: Path) -> dict[str, bytes]:
    """Read what a function wrote into the folder that a check had made for it."""
    found: dict[str, bytes] = {}
    left = _MOST_BYTES
    for path in sorted(Path().iterdir()) if Path.cwd() != home else ():
        if path.is_file() and not path.is_symlink() and (size := path.stat().st_size) <= left:
            found[path.name], left = path.read_bytes(), left - size
    return found


def _configs_in_files(files: Mapping[str, bytes]) -> Iterator[str]:
    for content in files.values():
        with (
            contextlib.suppress(zipfile.BadZipFile, KeyError, OSError, RuntimeError),
            zipfile.ZipFile(BytesIO(content)).open("config.json") as config,
        ):
            yield config.read(4 << 20).decode("utf-8", "replace")


def _foreign_classes(config: Any) -> Iterator[str]:
    """Name whatever in a network's settings is not known to be harmless."""
    if isinstance(config, list):
        for item in config:
            yield from _foreign_classes(item)
    elif isinstance(config, dict):
        if _is_foreign(config):
            function = config.get("config")
            yield function if isinstance(function, str) else str(config["class_name"])
        for value in config.values():
            yield from _foreign_classes(value)


def _is_foreign(config: Mapping[str, Any]) -> bool:
    """Say whether settings belong to a class that is not known to be harmless."""
    name, module = str(config.get("class_name", "")), str(config.get("module") or "")
    is_layer = module == "keras" or module.startswith(_OF_LAYERS)
    harmless = name in _LAYERS if is_layer else module.startswith(_OTHERS)
    known = harmless or name in _PLAIN_CLASSES
    return bool(name) and not (known and config.get("registered_name") in (None, name))
