"""For maintainers: train the shipped networks again, and verify the files."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from course_utils import _arguments
from course_utils.datasets import load_dataset
from course_utils.preprocessing import scale_to_unit
from course_utils.pretrained import registry
from course_utils.pretrained.colouring import tint
from course_utils.pretrained.info import Layer, PretrainedInfo
from course_utils.pretrained.loading import load_weights
from course_utils.pretrained.registry import describe_pretrained, pretrained_names
from course_utils.training import STEPS_PER_EXECUTION, progress

if TYPE_CHECKING:
    from keras import Sequential
    from keras.callbacks import Callback


def rebuild(folder: str | os.PathLike[str] | None = None) -> list[PretrainedInfo]:
    """Train every network again, write files and records aside, and rename them at the end."""
    target = registry.RECORDS.parent if folder is None else _arguments.folder("folder", folder)
    with tempfile.TemporaryDirectory(dir=target, prefix=".rebuild-") as name:
        aside = Path(name)
        infos = list(_train_all(aside))
        (aside / registry.RECORDS.name).write_text(_as_toml(infos), encoding="utf-8")
        for path in sorted(aside.iterdir()):
            path.replace(target / path.name)
    return infos


def verify(name: str) -> PretrainedInfo:
    """Check that a shipped network's file matches its record, and return the record."""
    info = describe_pretrained(name)
    for key, array in load_weights(name).items():
        if array.dtype != np.float32 or array.shape != info.array_shapes[key]:
            raise ValueError(
                f'{key} of "{name}" must be float32 {info.array_shapes[key]}; '
                f"got {array.dtype} {array.shape}. Run `course pretrained rebuild`."
            )
    return info


def build_untrained(name: str) -> Sequential:
    """Build a network like a shipped one, uncompiled, with fresh random weights."""
    info = describe_pretrained(name)
    import keras

    image = keras.layers.Input((28, 28, info.n_channels))
    return keras.Sequential([image, *map(_keras_layer, info.layers)], name=name)


def build_trained(name: str) -> Sequential:
    """Build a shipped network in Keras, uncompiled, with its trained weights."""
    network = build_untrained(name)
    network.set_weights(list(load_weights(name).values()))
    return network


def _train_all(folder: Path) -> Iterator[PretrainedInfo]:
    """Train each network and write its file into a folder."""
    from tqdm import tqdm

    for name in tqdm(pretrained_names(), unit="network"):
        network, measured = train(name)
        arrays = dict(
            zip(describe_pretrained(name).array_shapes, network.get_weights(), strict=True)
        )
        path = folder / f"{name}.npz"
        np.savez(
            path, **arrays
        )  # uncompressed, so that the bytes do not depend on the build of zlib
        content = path.read_bytes()
        static = describe_pretrained(name)
        yield PretrainedInfo(
            name=name,
            title=static.title,
            dataset=static.dataset,
            layers=static.layers,
            seed=registry.SEED,
            **measured,
            sha256=hashlib.sha256(content).hexdigest(),
            n_bytes=len(content),
        )


def train(name: str, watch: Callback | None = None) -> tuple[Sequential, dict[str, Any]]:
    """Train one network and measure it; a callback that watches hears of every step."""
    import keras

    info = describe_pretrained(name)
    (learn, learn_labels), (validation, validation_labels) = split(name)
    _, (test_images, test_labels) = load_dataset(info.dataset)
    test = _pictures(info, test_images, test_labels, seed=1)
    keras.utils.set_random_seed(registry.SEED)
    network = build_untrained(name)
    trained = network
    if name == registry.TURNED:
        hue = keras.layers.RandomHue(1.0, value_range=(0, 1))
        trained = keras.Sequential([keras.layers.Input((28, 28, 3)), hue, network])
    trained.compile(
        optimizer=keras.optimizers.Adam(registry.LEARNING_RATE),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
        steps_per_execution=1 if watch else STEPS_PER_EXECUTION,  # the weights are the same
    )
    stop = keras.callbacks.EarlyStopping(
        monitor="val_loss", patience=registry.MOST_EPOCHS, restore_best_weights=True
    )
    trained.fit(
        learn,
        learn_labels,
        validation_data=(validation, validation_labels),
        epochs=registry.MOST_EPOCHS,
        batch_size=registry.BATCH_SIZE,
        verbose=0,
        callbacks=[stop, progress(), *([watch] if watch else [])],
    )
    _, validation_accuracy = trained.evaluate(validation, validation_labels, verbose=0)
    _, test_accuracy = trained.evaluate(test, test_labels, verbose=0)
    return network, {
        "epochs": int(stop.best_epoch) + 1,
        "validation_accuracy": round(float(validation_accuracy), 4),
        "test_accuracy": round(float(test_accuracy), 4),
    }


def split(name: str) -> tuple[tuple[NDArray[Any], NDArray[Any]], tuple[NDArray[Any], NDArray[Any]]]:
    """Return the pictures and labels that a network learns from, and those that it is tried on."""
    from sklearn.model_selection import train_test_split

    info = describe_pretrained(name)
    (images, labels), _ = load_dataset(info.dataset)
    learn, validation, learn_labels, validation_labels = train_test_split(
        _pictures(info, images, labels, seed=0),
        labels,
        test_size=registry.VALIDATION_FRACTION,
        stratify=labels,
        random_state=registry.SPLIT_SEED,
    )
    return (learn, learn_labels), (validation, validation_labels)


def _pictures(
    info: PretrainedInfo, images: NDArray[np.uint8], labels: NDArray[np.uint8], seed: int
) -> NDArray[np.float32]:
    """Make of images what a network takes: grey, or each in the colour of its class."""
    if info.n_channels > 1:
        return tint(images, labels, seed)
    return scale_to_unit(images)[..., np.newaxis]


def _keras_layer(layer: Layer) -> Any:
    """Make one Keras layer."""
    from keras import layers

    activation = layer.activation or None
    n_out = layer.weights_shape[-1] if layer.weights_shape else 0
    if layer.kind == "convolution":
        return layers.Conv2D(n_out, 3, padding="same", activation=activation, name=layer.name)
    if layer.kind == "pooling":
        return layers.MaxPooling2D(2, name=layer.name)
    if layer.kind == "dense":
        return layers.Dense(n_out, activation=activation, name=layer.name)
    return layers.Flatten(name=layer.name)


def _as_toml(infos: Iterable[PretrainedInfo]) -> str:
    """Write the records of a rebuild."""
    lines = ["# Written by `course pretrained rebuild`, together with the files. Do not edit."]
    for info in infos:
        lines += [
            "",
            f"[{info.name}]",
            f"epochs = {info.epochs}",
            f"validation_accuracy = {info.validation_accuracy}",
            f"test_accuracy = {info.test_accuracy}",
            f'sha256 = "{info.sha256}"',
            f"n_bytes = {info.n_bytes}",
        ]
    return "\n".join(lines) + "\n"
