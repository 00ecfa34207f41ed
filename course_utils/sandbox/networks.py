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
from course_utils.checks.networks import describe_network, is_stack, known_loss

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
_PLAIN_CLASSES = {"DTypePolicy", "__tuple__", "__keras_tensor__", "__numpy__", "__tensor__"}


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
            return f"a network with {name}, which is none of the layers that are rebuilt"
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
        config = keras.saving.serialize_keras_object(value)
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

    loss, metrics = known_loss(network.loss), network._compile_config.config["metrics"]
    told = keras.saving.serialize_keras_object
    is_object = isinstance(loss, keras.losses.Loss)
    return {
        "optimizer": told(network.optimizer),
        "loss": told(loss) if is_object else loss and loss.__name__,
        "metrics": [
            told(metric) if isinstance(metric, keras.metrics.Metric) else metric
            for metric in metrics or []
        ],
    }


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
    network = keras.saving.deserialize_keras_object(config, safe_mode=True)
    if packed.weights:
        network.set_weights(packed.weights)
        _take_note_of_weights(network)
    if compiled:
        network.compile(**keras.saving.deserialize_keras_object(compiled, safe_mode=True))
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
        name, module = str(config.get("class_name", "")), str(config.get("module") or "")
        is_layer = module == "keras" or module.startswith(_OF_LAYERS)
        harmless = name in _LAYERS if is_layer else module.startswith(_OTHERS)
        known = harmless or name in _PLAIN_CLASSES
        if name and not (known and config.get("registered_name") in (None, name)):
            yield name
        for value in config.values():
            yield from _foreign_classes(value)
