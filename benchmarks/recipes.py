"""The tutorials' networks, trained on the full data exactly as the tutorials state.

The course does what five public tutorials do, and more. They are called S0 to S4 here: S0 and S1
teach an MLP on MNIST, and train the same one; S2, S3 and S4 take Fashion-MNIST, S2 and S4 with a
CNN as well.

    python -m benchmarks.recipes "S3 MLP" 0 course

trains one of them once, in this process, and prints what came of it as one line of JSON. The ways
are ``plain`` (Keras as it comes, float64 pixels as NumPy's division gives them) and ``course``
(float32 pixels, many steps in one execution). Both call ``keras.utils.set_random_seed``, after
which Keras 3.15 on TensorFlow shuffles the images alike in every epoch. ``fresh`` seeds the weights
alone, so that every epoch has an order of its own, as in the tutorials, which set no seed.
"""

import json
import os
import random
import time
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args

import numpy as np
import typer
from numpy.typing import NDArray

from benchmarks.processes import peak_mib_of
from course_utils.datasets import load_dataset
from course_utils.environment import quiet_tensorflow
from course_utils.preprocessing import fit_standardizer, one_hot, scale_to_unit
from course_utils.training import STEPS_PER_EXECUTION

Array = NDArray[Any]
Way = Literal["plain", "course", "fresh"]

BATCH_SIZE = 32
N_CLASSES = 10
_SPLIT_SEED = 48  # as the tutorial has it
QUICK_IMAGES = 320  # of a trial


@dataclass(frozen=True)
class Recipe:
    """How a tutorial trains a network."""

    network: str  # as :func:`course_utils.networks.build_network` knows it
    data: str  # as :func:`course_utils.datasets.load_dataset` knows it
    stated: float | None  # the tutorial's test accuracy; None for an experiment of our own
    epochs: int  # the most
    scaling: str = "/ 255"  # or "standardised", "/ 255 twice"
    optimizer: str = "adam"
    one_hot: bool = False  # labels; else they are whole numbers, with the sparse loss
    logits: bool = False  # whether the network ends without softmax
    stops_early: bool = False  # by 5 % of the training images, stratified, with patience 5


_FASHION = "fashion_mnist"
#: By tutorial and network.
RECIPES = {
    "S0 MLP": Recipe("mnist_mlp", "mnist", 0.9611, 3, "standardised", "sgd", one_hot=True),
    "S2 MLP": Recipe("fashion_mlp_350", _FASHION, 0.882, 100, one_hot=True, stops_early=True),
    "S3 MLP": Recipe("fashion_mlp_logits", _FASHION, 0.8848, 10, logits=True),
    "S4 MLP": Recipe("fashion_mlp_dropout", _FASHION, 0.8756, 5),
    "S2 CNN": Recipe("fashion_cnn_32", _FASHION, 0.908, 100, one_hot=True, stops_early=True),
    "S4 CNN": Recipe("fashion_cnn_32_64", _FASHION, 0.9162, 5),
    "S4 MLP, scaled twice": Recipe("fashion_mlp_dropout", _FASHION, None, 5, "/ 255 twice"),
    "S4 CNN, scaled twice": Recipe("fashion_cnn_32_64", _FASHION, None, 5, "/ 255 twice"),
}


def scaled(recipe: Recipe, way: Way, *parts: Array) -> list[Array]:
    """Scale images as the recipe says; the first part is the training images.

    Plain Keras is given float64, as NumPy's division makes it of uint8, but the same numbers.
    """
    if recipe.scaling == "standardised":
        standardizer = fit_standardizer(parts[0])
        inputs = [standardizer.transform(part) for part in parts]
    else:
        inputs = [scale_to_unit(part) for part in parts]
    if recipe.scaling.endswith("twice"):
        inputs = [part / np.float32(255) for part in inputs]
    return inputs if way != "plain" else [part.astype(np.float64) for part in inputs]


def prepared(recipe: Recipe, way: Way, *, quick: bool) -> list[Any]:
    """Load, split and scale; return pairs of inputs and labels: train, validation or None, test."""
    (images, labels), (test_images, test_labels) = load_dataset(recipe.data)
    if quick:
        images, labels = images[:QUICK_IMAGES], labels[:QUICK_IMAGES]
        test_images, test_labels = test_images[:QUICK_IMAGES], test_labels[:QUICK_IMAGES]
    parts, answers = [images, test_images], [labels, test_labels]
    if recipe.stops_early:
        from sklearn.model_selection import train_test_split

        images, held_out, labels, held_out_labels = train_test_split(
            images, labels, test_size=0.05, stratify=labels, random_state=_SPLIT_SEED
        )
        parts, answers = [images, held_out, test_images], [labels, held_out_labels, test_labels]
    inputs = scaled(recipe, way, *parts)
    if recipe.network.startswith("mnist"):
        inputs = [part.reshape(len(part), -1) for part in inputs]
    if "cnn" in recipe.network:
        inputs = [part[..., None] for part in inputs]
    if recipe.one_hot:
        answers = [one_hot(part, N_CLASSES) for part in answers]
    pairs: list[Any] = list(zip(inputs, answers, strict=True))
    return pairs if recipe.stops_early else [pairs[0], None, pairs[1]]


def train(name: str, seed: int, way: Way, *, quick: bool) -> dict[str, Any]:
    """Train one network once; say how well, how fast, and at what cost of memory."""
    quiet_tensorflow()
    import keras

    from course_utils.networks import build_network

    recipe = RECIPES[name]
    learnt, validation, test = prepared(recipe, way, quick=quick)
    if way == "fresh":
        random.seed(seed)  # Keras draws its initial weights and Dropout from it
    else:
        keras.utils.set_random_seed(seed)
    network = build_network(recipe.network)
    losses = keras.losses
    loss = (
        losses.CategoricalCrossentropy if recipe.one_hot else losses.SparseCategoricalCrossentropy
    )
    network.compile(
        recipe.optimizer,
        loss(from_logits=recipe.logits),
        metrics=["accuracy"],
        steps_per_execution=1 if way == "plain" else STEPS_PER_EXECUTION,
    )
    stopping = keras.callbacks.EarlyStopping(
        monitor="val_loss", patience=5, restore_best_weights=True
    )
    begin, begin_cpu = time.perf_counter(), time.process_time()
    history = network.fit(
        *learnt,
        batch_size=BATCH_SIZE,
        epochs=1 if quick else recipe.epochs,
        validation_data=validation,
        callbacks=[stopping] if recipe.stops_early else [],
        verbose=0,
    ).history
    seconds, cpu_seconds = time.perf_counter() - begin, time.process_time() - begin_cpu
    return {
        "test_accuracy": network.evaluate(*test, batch_size=1000, verbose=0)[1],
        "loss": history["loss"],
        "accuracy": history["accuracy"],
        "val_loss": history.get("val_loss", []),
        "val_accuracy": history.get("val_accuracy", []),
        "n_parameters": network.count_params(),
        "seconds": seconds,
        "cpu_seconds": cpu_seconds,
        "peak_mib": peak_mib_of(os.getpid()),
    }


def main(
    name: Annotated[str, typer.Argument(help=f"One of: {', '.join(RECIPES)}.")],
    seed: int,
    way: Annotated[str, typer.Argument(help="plain, course or fresh.")],
    quick: Annotated[bool, typer.Option(help="A trial: few images, one epoch.")] = False,
) -> None:
    """Train one of the tutorials' networks once, and print the outcome as JSON."""
    if name not in RECIPES:
        raise typer.BadParameter(f"no recipe {name!r}. There are: {', '.join(RECIPES)}.")
    if way not in get_args(Way):
        raise typer.BadParameter(f"the way is one of {', '.join(get_args(Way))}; got {way!r}.")
    print(json.dumps(train(name, seed, way, quick=quick)))


if __name__ == "__main__":
    typer.run(main)
