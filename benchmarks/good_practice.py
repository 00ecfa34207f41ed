"""Measure what professionals guard against: lucky searches, wrong labels, overfitting, nudges.

The search is read from the recorded trials that an explorer replays. Networks for the rest are
dense, and learn clothes; validation images are the last 10,000 of the training file.
"""

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedKFold
from tqdm import tqdm

from benchmarks.report import Table, counted, lowest_to_highest, mean_and_range, page
from course_utils.datasets import load_dataset
from course_utils.environment import quiet_tensorflow
from course_utils.explorers.search import SHIFTS, SIDES, grid_places, random_places
from course_utils.preprocessing import scale_to_unit, unroll
from course_utils.pretrained.search import DROPOUTS, RATES, load_trials
from course_utils.training import STEPS_PER_EXECUTION

quiet_tensorflow()
import keras
import tensorflow as tf

Array = NDArray[Any]

N_DRAWS = 1_000  # random searches whose mean is taken
N_VALIDATION = 10_000
WRONG = 0.2  # share of labels that are replaced by another class
NOISY, DOUBTED, FEW = 5_000, 2_000, 1_000  # images to learn from
FOLDS = 5
NUDGES = (0.01, 0.02, 0.05)  # how far each pixel moves, of 1


@dataclass(frozen=True)
class Budget:
    """How much is trained."""

    seeds: int
    shrink: int  # images and epochs are divided by it

    def epochs(self, full: int) -> int:
        """Return how many epochs to train."""
        return max(1, full // self.shrink)


FULL, QUICK = Budget(5, 1), Budget(2, 20)


def clothes(n_train: int) -> tuple[tuple[Array, Array], tuple[Array, Array]]:
    """Return the first training images, and the validation images, as rows from 0 to 1."""
    (images, labels), _ = load_dataset("fashion_mnist")
    rows = unroll(scale_to_unit(images))
    return (rows[:n_train], labels[:n_train]), (rows[-N_VALIDATION:], labels[-N_VALIDATION:])


def corrupt(labels: Array, seed: int) -> tuple[Array, Array]:
    """Replace a share of the labels by another class; return them, and which are wrong."""
    rng = np.random.default_rng(seed)
    is_wrong = np.zeros(len(labels), bool)
    is_wrong[rng.choice(len(labels), int(WRONG * len(labels)), replace=False)] = True
    others = (labels + rng.integers(1, 10, len(labels))) % 10
    return np.where(is_wrong, others, labels), is_wrong


@cache
def compiled(units: int, dropout: float, decay: float, shifts: bool) -> tuple[Any, list[Array]]:
    """Build and compile a network once; return it, and what its optimiser begins with."""
    network = network_of(units, dropout, decay, shifts)
    network.compile(
        "adam",
        "sparse_categorical_crossentropy",
        metrics=["accuracy"],
        steps_per_execution=STEPS_PER_EXECUTION,
    )
    network.optimizer.build(network.trainable_variables)
    return network, [np.array(variable) for variable in network.optimizer.variables]


def network_of(units: int, dropout: float, decay: float, shifts: bool) -> Any:
    """Build a network with one hidden layer for rows of 784 pixels."""
    layers, penalty = keras.layers, keras.regularizers.L2(decay) if decay else None
    moved = [
        layers.Reshape((28, 28, 1)),
        layers.RandomTranslation(2 / 28, 2 / 28, fill_mode="constant"),
        layers.Flatten(),
    ]
    return keras.Sequential(
        [
            layers.Input((784,)),
            *(moved if shifts else []),
            layers.Dense(units, activation="relu", kernel_regularizer=penalty),
            *([layers.Dropout(dropout)] if dropout else []),
            layers.Dense(10, activation="softmax", kernel_regularizer=penalty),
        ]
    )


def new_network(
    seed: int,
    *,
    units: int = 128,
    dropout: float = 0.0,
    decay: float = 0.0,
    shifts: bool = False,
) -> Any:
    """Return a network with a seed's weights. It is compiled once, which would take longest."""
    network, beginning = compiled(units, dropout, decay, shifts)
    random.seed(seed)  # Keras draws its weights and Dropout from it, and shuffles afresh
    fresh = network_of(units, dropout, decay, shifts).trainable_variables
    for variable, value in zip(network.trainable_variables, fresh, strict=True):
        variable.assign(value)
    for variable, value in zip(network.optimizer.variables, beginning, strict=True):
        variable.assign(value)
    return network


# search -----------------------------------------------------------------------------------------

SEARCH = (
    *(
        f"{n * n} trials: {what}"
        for n in SIDES
        for what in (
            "winner of a grid, validation",
            "winner of a grid, fresh images",
            "winner of a grid that lies badly, fresh images",
            "winner of random trials, validation",
            "winner of random trials, fresh images",
        )
    ),
    "best of all trials, validation",
    "best of all trials, fresh images",
    "what choosing among all adds to the validation figure",
    "a rate of 0.1 and dropout 0.2: validation, seed by seed",
    "the same, fresh images",
)


def of_winner(accuracies: Array, fresh: Array, places: list[int]) -> tuple[float, float]:
    """Return the winner's validation accuracy, and its accuracy on fresh images."""
    best = max(places, key=lambda place: accuracies[place])  # the first, where several are best
    return float(accuracies[best]), float(fresh[best])


def search_of(seed: int) -> list[float]:
    """Search the trials of a seed: the figures of `SEARCH`, without the last two."""
    trials = load_trials()
    accuracies, fresh = (
        np.array([trial[name][seed] for trial in trials]) for name in ("validation", "fresh")
    )
    figures = []
    for side in SIDES:
        grids = np.array([of_winner(accuracies, fresh, grid_places(side, s)) for s in SHIFTS])
        draws = np.array(
            [of_winner(accuracies, fresh, random_places(side * side, d)) for d in range(N_DRAWS)]
        )
        figures += [*grids.mean(axis=0), grids[:, 1].min(), *draws.mean(axis=0)]
    right, fresh_right = of_winner(accuracies, fresh, list(range(len(trials))))
    # A seed's 500 images may be easy ones: only what the winner gains beyond that is from choosing.
    learnt = fresh > 0.5
    easier = float((accuracies - fresh)[learnt].mean())
    return [*figures, right, fresh_right, right - fresh_right - easier]


def search(budget: Budget) -> Iterator[list[str]]:
    """Compare a grid with random trials at equal budgets, over the seeds of the record."""
    by_seed = [search_of(seed) for seed in tqdm(range(budget.seeds), desc="search")]
    for values in zip(*by_seed, strict=True):
        yield [mean_and_range(values)]
    (usual,) = [t for t in load_trials() if (t["rate"], t["dropout"]) == (0.1, 0.2)]
    for name in ("validation", "fresh"):
        yield [mean_and_range(usual[name][: budget.seeds])]


# wrong labels -----------------------------------------------------------------------------------

LABELS = ("as they are", "a fifth of them wrong")


def noisy_run(budget: Budget, seed: int, *, wrong: bool) -> list[float]:
    """Train with right or wrong labels; return what the curves say, and what was learnt by heart.

    Figures: the best epoch, validation accuracy there and at the end, training accuracy at the
    end, and the share of the replaced labels that the network gives back in the best epoch and at
    the end.
    """
    (rows, truth), validation = clothes(NOISY // budget.shrink)
    labels, is_wrong = corrupt(truth, seed)
    given = labels if wrong else truth
    learnt: list[float] = []

    def note(*_: Any) -> None:
        answers = np.argmax(network(rows[is_wrong]), axis=1)
        learnt.append(float((answers == labels[is_wrong]).mean()))

    network = new_network(seed)
    history = network.fit(
        rows,
        given,
        epochs=budget.epochs(20),
        validation_data=validation,
        validation_batch_size=1_000,
        verbose=0,
        callbacks=[keras.callbacks.LambdaCallback(on_epoch_end=note)],
    ).history
    best = int(np.argmin(history["val_loss"]))
    return [
        best + 1,
        history["val_accuracy"][best],
        history["val_accuracy"][-1],
        history["accuracy"][-1],
        learnt[best],
        learnt[-1],
    ]


def noisy(budget: Budget) -> Iterator[list[str]]:
    """Train with right labels and with wrong ones."""
    for wrong in (False, True):
        turns = tqdm(range(budget.seeds), desc=LABELS[wrong])
        best, *rest = zip(*(noisy_run(budget, seed, wrong=wrong) for seed in turns), strict=True)
        figures = [mean_and_range(values) for values in rest]
        yield [lowest_to_highest(best, 0), *(figures if wrong else [*figures[:3], "", ""])]


# suspicion --------------------------------------------------------------------------------------

SUSPECTS = ("out of fold", "asked of a network that learnt them")


def doubts(rows: Array, labels: Array, seed: int, epochs: int, n_folds: int) -> Array:
    """Return the probability of each given label, by networks that did not learn the image."""
    found = np.zeros(len(labels))
    split = StratifiedKFold(n_folds, shuffle=True, random_state=seed)
    for learnt, held_out in split.split(rows, labels):
        network = new_network(seed)
        network.fit(rows[learnt], labels[learnt], epochs=epochs, verbose=0)
        probabilities = np.asarray(network(rows[held_out]))
        found[held_out] = probabilities[np.arange(len(held_out)), labels[held_out]]
    return found


def suspicion(budget: Budget) -> Iterator[list[str]]:
    """Count the wrong labels among the most suspicious, as many as there are wrong ones."""
    found: dict[str, list[float]] = {way: [] for way in SUSPECTS}
    halves: dict[str, list[float]] = {way: [] for way in SUSPECTS}
    for seed in tqdm(range(budget.seeds), desc="suspicion"):
        (rows, truth), _ = clothes(DOUBTED // budget.shrink)
        labels, is_wrong = corrupt(truth, seed)
        network = new_network(seed)
        network.fit(rows, labels, epochs=budget.epochs(30), verbose=0)
        of_given = np.asarray(network(rows))[np.arange(len(labels)), labels]
        apart = doubts(rows, labels, seed, budget.epochs(6), FOLDS)
        for way, probabilities in zip(SUSPECTS, (apart, of_given), strict=True):
            order = np.argsort(probabilities, kind="stable")
            n_wrong = int(is_wrong.sum())
            found[way].append(float(is_wrong[order[:n_wrong]].mean()))
            halves[way].append(float(is_wrong[order[: n_wrong // 4]].mean()))
    for way in SUSPECTS:
        yield [mean_and_range(halves[way]), mean_and_range(found[way])]


# the family -------------------------------------------------------------------------------------

#: What is changed, with how the network is made, and how many images it learns from.
FAMILY: dict[str, tuple[dict[str, Any], int]] = {
    "plain": ({}, FEW),
    "less capacity: 8 units": ({"units": 8}, FEW),
    "weight decay 0.002": ({"decay": 0.002}, FEW),
    "dropout 0.5": ({"dropout": 0.5}, FEW),
    "shifts of up to 2 pixels": ({"shifts": True}, FEW),
    "early stopping": ({}, FEW),
    "five times as many images": ({}, 5 * FEW),
}


def family_run(budget: Budget, title: str, seed: int) -> list[float]:
    """Train once; return training and validation accuracy, their gap, and the validation loss."""
    how, n_train = FAMILY[title]
    train, validation = clothes(n_train // budget.shrink)
    stops = title == "early stopping"
    stopping = keras.callbacks.EarlyStopping(patience=5, restore_best_weights=True)
    network = new_network(seed, **how)
    network.fit(
        *train,
        epochs=budget.epochs(30 * FEW // n_train),  # equally many updates for all
        verbose=0,
        **({"validation_data": validation, "callbacks": [stopping]} if stops else {}),
        validation_batch_size=1_000,
    )
    right = network.evaluate(*train, 1_000, verbose=0)[1]
    probabilities = np.asarray(network(validation[0]))
    of_truth = probabilities[np.arange(N_VALIDATION), validation[1]]
    val_right = float((probabilities.argmax(axis=1) == validation[1]).mean())
    # Without the penalty that weight decay adds, so that losses can be compared.
    return [right, val_right, right - val_right, float(-np.log(np.maximum(of_truth, 1e-7)).mean())]


def family(budget: Budget) -> Iterator[list[str]]:
    """Train each member of the family."""
    for title in FAMILY:
        turns = tqdm(range(budget.seeds), desc=title)
        by_seed = [family_run(budget, title, seed) for seed in turns]
        yield [mean_and_range(values) for values in zip(*by_seed, strict=True)]


# nudges -----------------------------------------------------------------------------------------


def nudged(network: Any, rows: Array, labels: Array, size: float) -> Array:
    """Move each pixel by the sign of the loss's gradient, within 0 to 1."""
    inputs = tf.constant(rows)
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        loss = keras.losses.sparse_categorical_crossentropy(labels, network(inputs))
    return np.clip(rows + np.float32(size) * np.sign(tape.gradient(loss, inputs)), 0, 1)


def nudges(budget: Budget) -> Iterator[list[str]]:
    """Nudge validation images along the gradient, and by signs drawn at random."""
    rights: list[list[float]] = []
    for seed in tqdm(range(budget.seeds), desc="nudges"):
        train, (rows, labels) = clothes(NOISY // budget.shrink)
        network = new_network(seed)
        network.fit(*train, epochs=budget.epochs(5), verbose=0)
        signs = np.random.default_rng(seed).choice([-1, 1], rows.shape).astype(np.float32)
        asked = [rows]
        for size in NUDGES:
            along = nudged(network, rows, labels, size)
            asked += [along, np.clip(rows + np.float32(size) * signs, 0, 1)]
        rights.append([float((np.argmax(network(x), axis=1) == labels).mean()) for x in asked])
    plain, *others = (mean_and_range(values) for values in zip(*rights, strict=True))
    yield [plain, plain]
    yield from zip(others[::2], others[1::2], strict=True)


# tf.data ----------------------------------------------------------------------------------------

WAYS = ("arrays", "tf.data: cache, shuffle, batch, prefetch")


def pipelines(budget: Budget) -> Iterator[list[str]]:
    """Time an epoch from arrays and from a pipeline, in turns; the first of each warms up."""
    (rows, labels), _ = clothes(50_000 // budget.shrink)
    dataset = (
        tf.data.Dataset.from_tensor_slices((rows, labels))
        .cache()
        .shuffle(10_000)
        .batch(32)
        .prefetch(tf.data.AUTOTUNE)
    )
    network = new_network(0)
    seconds: dict[str, list[float]] = {way: [] for way in WAYS}
    for _ in tqdm(range(4), desc="tf.data"):
        for way in WAYS:
            begin = time.process_time()
            if way == "arrays":
                network.fit(rows, labels, verbose=0)
            else:
                network.fit(dataset, shuffle=False, verbose=0)  # it shuffles by itself
            seconds[way].append(time.process_time() - begin)
    base = np.median(seconds["arrays"][1:])
    for way in WAYS:
        yield [f"{np.median(seconds[way][1:]) / base:.1f}"]


def tables(*, quick: bool = False) -> list[Table]:
    """List what is measured."""
    budget = QUICK if quick else FULL
    over = f"over {counted(budget.seeds, 'seed')}: mean (lowest to highest)"
    noisy_images, doubted = NOISY // budget.shrink, DOUBTED // budget.shrink
    return [
        Table(
            "# What professionals guard against\n\n"
            f"Accuracies {over}, one hidden layer of 128 units with ReLU, Adam and batches of 32, "
            f"where a table says nothing else; {N_VALIDATION:,} validation images.\n\n"
            f"## A search among {len(RATES) * len(DROPOUTS)} recorded trials\n\n"
            "Grids: mean over all places where their lines may lie, and the worst place. Random "
            f"trials: mean of {N_DRAWS:,} draws. What choosing adds: by how much the winner's "
            "validation accuracy lies further above its accuracy on fresh images than those of "
            "other trials that learnt something.",
            ["What", "Accuracy"],
            [(name,) for name in SEARCH],
        ),
        Table(
            f"## Wrong labels: {noisy_images:,} images, {counted(budget.epochs(20), 'epoch')}",
            [
                "Labels",
                "Best epoch",
                "Validation there",
                "Validation at the end",
                "Training at the end",
                "Wrong labels given back in the best epoch",
                "Wrong labels given back at the end",
            ],
            [(name,) for name in LABELS],
        ),
        Table(
            f"## Suspicious labels: {doubted:,} images, a fifth of the labels wrong\n\n"
            f"Ranked by the probability of the given label, by networks of {FOLDS} folds that "
            f"learnt for {counted(budget.epochs(6), 'epoch')}, or by one network that learnt all "
            f"images for {counted(budget.epochs(30), 'epoch')}.",
            ["Asked", f"Wrong among the first {doubted // 20}",
             f"Wrong among the first {doubted // 5}"],
            [(name,) for name in SUSPECTS],
        ),
        Table(
            f"## One family: {FEW // budget.shrink:,} images, "
            f"{counted(budget.epochs(30), 'epoch')}",
            ["Change", "Training", "Validation", "Gap", "Validation loss"],
            [(name,) for name in FAMILY],
        ),
        Table(
            f"## Nudges: {noisy_images:,} images, {counted(budget.epochs(5), 'epoch')}\n\n"
            "Validation accuracy after each pixel has moved by so much of its range.",
            ["Size", "By the gradient's sign", "By signs at random"],
            [(f"{size:g}",) for size in (0, *NUDGES)],
        ),
        Table(
            f"## Ways to feed {50_000 // budget.shrink:,} images\n\n"
            "Processor time of an epoch, median of 3.",
            ["Way", "Arrays = 1"],
            [(name,) for name in WAYS],
        ),
    ]  # fmt: skip


def measure(*, quick: bool = False) -> str:
    """Measure all of it."""
    budget = QUICK if quick else FULL
    parts = (search, noisy, suspicion, family, nudges, pipelines)
    filled = zip(tables(quick=quick), parts, strict=True)
    return page(*(table.filled(part(budget)) for table, part in filled))
