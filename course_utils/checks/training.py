"""The checks of the exercises on training: what is asked, known slips, and what is said."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_utils.checks.asking import Described, Foreign
from course_utils.checks.check import Case, Check
from course_utils.checks.comparing import Slips, is_numeric, lazy
from course_utils.checks.forms import pair
from course_utils.checks.networks import (
    MEANINGS,
    Network,
    build_dense,
    describe_history,
    describe_network,
    shipped_images,
)
from course_utils.checks.outcome import CheckError
from course_utils.checks.showing import show
from course_utils.preprocessing import one_hot, scale_to_unit

# early_stop -------------------------------------------------------------------------------------

#: losses, patience, expected best epoch, expected last epoch
_CURVES: list[Case] = [
    ([0.9, 0.7, 0.6, 0.65, 0.62, 0.68, 0.5, 0.8], 3, 3, 6),
    ([1.0, 0.8, 0.85, 0.7, 0.75, 0.72, 0.71, 0.9, 0.95], 3, 4, 7),
    ([0.9, 0.8, 0.7, 0.75], 5, 3, 4),
    ([0.8, 0.6, 0.6, 0.6, 0.5], 2, 2, 4),
    ([0.9, 0.7, 0.8, 0.6, 0.65], 2, 4, 5),  # a new lowest loss when the patience would end
]


def _stop_slips(losses: list[float], patience: int, best: int, stopped: int) -> Slips:
    n = len(losses)
    lowest = losses.index(min(losses)) + 1
    rise = next((i for i in range(1, n) if losses[i] > losses[i - 1]), n)
    return [
        ("Epochs are counted from 1, and you counted from 0.", (best - 1, stopped - 1)),
        ("Your function stopped at the first rise of the loss, without any patience.",
         (rise, min(rise + 1, n))),
        ("Each loss seems to be compared with the one before it. Compare it with the lowest so "
         "far.",
         _follow(losses, patience, "neighbours"), _follow(losses, patience, "lower is best")),
        ("The count of epochs goes on after a new lowest loss. Each new lowest loss starts it "
         "again.",
         _follow(losses, patience, "no reset")),
        ("A loss that only equals the lowest one is no improvement.",
         _follow(losses, patience, "equal is better")),
        ("A new lowest loss still counts in the epoch in which the patience would end. Look at the "
         "new loss first, and ask about the patience after that.",
         _follow(losses, patience, "patience first")),
        ("That is one epoch too late.", _follow(losses, patience + 1, "")),
        ("That is one epoch too early.", _follow(losses, patience - 1, "")),
        ("That follows the highest loss. The epoch with the lowest loss is the best.",
         _follow([-loss for loss in losses], patience, "")),
        ("The best epoch lies after the stop, where no loss is ever measured. Only the losses up "
         "to the stop count.", (lowest, stopped)),
        ("The training never stopped, although the patience was used up earlier.",
         (lowest, n), (best, n)),
        ("That gives the last epoch twice, but the best one came earlier.", (stopped, stopped)),
        ("There are no epochs after the end of the list. If the patience is never used up, the "
         "last epoch is the end of the list.", (best, best + patience)),
        ("You gave the best epoch as the last one, too. The training goes on for `patience` epochs "
         "after the best one: the epoch after which it stops is the last.",
         (best, best), (best, best if stopped - best >= patience else stopped)),
        ("The two are swapped: the best epoch comes first.", (stopped, best)),
        ("Those are the losses of the two epochs. Return the numbers of the epochs.",
         (losses[best - 1], losses[stopped - 1])),
        ("That is the lowest loss itself. Return the number of its epoch.",
         (losses[best - 1], stopped)),
        *lazy((2,), [case[2:] for case in _CURVES]),
    ]  # fmt: skip


def _follow(losses: list[float], patience: int, slip: str) -> tuple[int, int]:
    """Follow early stopping, with a slip in it."""
    best, least, waited = 1, losses[0], 0
    for epoch, loss in enumerate(losses[1:], start=2):
        mark = losses[epoch - 2] if slip in ("neighbours", "lower is best") else least
        better = loss < mark or (slip == "equal is better" and loss == mark)
        if slip == "patience first" and waited + 1 >= patience:
            return best, epoch
        if loss < least or (better and slip in ("equal is better", "lower is best")):
            best, least = epoch, loss
        if not better:
            waited += 1
            if waited >= patience:
                return best, epoch
        elif slip != "no reset":
            waited = 0
    return best, len(losses)


check_early_stop_best = Check(
    "early_stop(losses, patience)",
    _CURVES,
    _stop_slips,
    part="the best epoch",
    form=pair("the best epoch", "the last epoch", stacked=True),
    together=True,
)
check_early_stop_stopped = check_early_stop_best.then("the last epoch", result=1)

# diagnose ---------------------------------------------------------------------------------------

_WORDS = ("not learning", "overfitting", "learning")

#: losses, validation_losses, expected
_RUNS: list[Case] = [
    ([1.0, 0.7, 0.5, 0.4], [0.9, 0.7, 0.62, 0.58], "learning"),
    ([1.0, 0.5, 0.2, 0.05], [0.9, 0.6, 0.7, 0.85], "overfitting"),
    ([2.3, 2.31, 2.29], [2.3, 2.33, 2.31], "not learning"),
    ([2.3, 5.0, 9.0], [2.2, 6.0, 11.0], "not learning"),
    ([1.0, 0.6, 0.4, 0.3], [0.9, 0.6, 0.58, 0.6], "learning"),
    ([0.9, 0.3, 0.1, 0.05], [0.9, 0.5, 0.8, 0.65], "overfitting"),
    ([0.3, 0.05, 0.01], [0.1, 0.05, 0.06], "overfitting"),
    ([1.0, 0.4, 0.1], [0.8, 0.6, 0.95], "overfitting"),
    ([1.0, 0.5, 0.95], [0.8, 0.6, 0.65], "not learning"),  # lower, and higher, in between
    ([1.0, 1.3, 0.98], [0.8, 0.6, 0.95], "not learning"),
    # Exactly at the limits, where floats and every way to write the rules agree.
    ([1.0, 0.95, 0.9], [0.9, 0.8, 0.82], "not learning"),
    ([1.0, 0.5, 0.2], [2.2, 1.9, 2.09], "learning"),
    ([4.0, 2.0, 1.0], [20.0, 10.0, 11.0], "learning"),
    ([1.0, 0.7, 0.5], [0.8, 0.55, 0.53], "learning"),  # a gap, but a small one
]


def _diagnosis_slips(losses: list[float], validation_losses: list[float], expected: str) -> Slips:
    lowest, end = min(validation_losses), validation_losses[-1]
    risen = end > 1.1 * lowest

    def if_fallen(first: float, last: float) -> str:
        return _WORDS[0] if last >= 0.9 * first else _WORDS[1 if risen else 2]

    def if_learnt(overfits: bool) -> str:
        return expected if expected == "not learning" else _WORDS[1 if overfits else 2]

    return [
        ("The training loss has not fallen by 10 %. A network that is bad on its own training "
         "images does not overfit: it has not learnt, and there may be a bug.",
         "learning" if expected == "learning" else "overfitting",
         "overfitting" if risen else if_learnt(False)),
        ("A training loss in between is not the last one, nor the first. Compare the last loss "
         "with the first.", if_fallen(losses[0], min(losses)), if_fallen(max(losses), losses[-1])),
        ("A last training loss of exactly 90 % of the first one is not below it.",
         if_fallen(losses[0], losses[-1] - 1e-9 * losses[0])),
        ("A last validation loss exactly 10 % above the lowest is not more than 10 % above it.",
         if_learnt(end >= (1.1 - 1e-9) * lowest)),
        ("A gap between the curves is not enough. In this exercise overfitting begins where the "
         "validation loss rises again.", if_learnt(end > losses[-1])),
        ("The last validation loss seems to be compared with a training loss. Compare it "
         "with the lowest validation loss.", if_learnt(end > 1.1 * min(losses)),
         if_learnt(end > 1.1 * losses[-1])),
        ("The last validation loss seems to be compared with the first. Compare it with the "
         "lowest.",
         if_learnt(end > 1.1 * validation_losses[0])),
        ("The last validation loss seems to be compared with the one before. Compare it with the "
         "lowest.",
         if_learnt(end > validation_losses[-2])),
        ("A rise of less than 10 % counts as noise, not as overfitting.", if_learnt(end > lowest)),
        ("Overfitting begins 10 % above the lowest loss, and that is not a loss of 0.1 above it.",
         if_learnt(end > lowest + 0.1)),
        ("A falling training loss is not enough: the validation loss matters as well.",
         if_learnt(False)),
        ("You ask for a fall by 90 %. A loss below 90 % of the first one has fallen by more "
         "than 10 %.",
         if_learnt(risen) if losses[-1] < 0.1 * losses[0] else _WORDS[0]),
        ("Unless the training loss has fallen by more than 10 %, the answer is 'not learning', "
         "whatever the validation loss does. If you have that rule, does a later line replace its "
         "answer?",
         "overfitting" if risen else "learning"),
        *((f"Your function returns {word!r} for every pair of curves. Calculate from the losses.",
           word) for word in _WORDS),
    ]  # fmt: skip


def _word(received: Any) -> str:
    """Demand one of the three diagnoses."""
    if not isinstance(received, str) or received not in _WORDS:
        words = ", ".join(map(repr, _WORDS))
        raise CheckError(f"expected one of {words}; received {show(received)}.")
    return received


check_diagnose = Check(
    "diagnose(losses, validation_losses)", _RUNS, _diagnosis_slips, form=_word, together=True
)

# train_with_early_stopping ----------------------------------------------------------------------

_MOST_EPOCHS = 20
_N_IMAGES = 100  # in each part
_UPDATES = -(-_N_IMAGES // 32)  # per epoch


@dataclass(frozen=True)
class Parts(Described):
    """Which clothes the function is given: training, validation and test, one after another."""

    first: int

    @property
    def shown(self) -> str:
        """How a message writes it."""
        return f"three parts of {_N_IMAGES} clothes, from number {self.first}"


@dataclass(frozen=True)
class Training(Described):
    """What a training left behind: the history, and facts about the network."""

    history: Mapping[str, Sequence[float]]
    network: Network
    n_updates: int
    losses: Mapping[str, float]  # of the network as it is now, for each part

    @property
    def shown(self) -> str:
        """How a message writes it."""
        return f"a history of {', '.join(self.history)}"


@contextmanager
def _network_and_parts(sizes: Sequence[int], parts: Parts, patience: int) -> Iterator[list[Any]]:
    """Build the network, with first weights that are always the same, and take the images."""
    import keras

    images, labels = shipped_images("fashion_mnist", parts.first, 3 * _N_IMAGES)
    given = {}
    for number, name in enumerate(("training", "validation", "test")):
        some = slice(number * _N_IMAGES, (number + 1) * _N_IMAGES)
        given[name] = scale_to_unit(images[some]), one_hot(labels[some], 10)
    keras.utils.set_random_seed(0)
    yield [build_dense((28, 28), sizes[1:]), given, patience]


def _describe_training(returned: Any, network: Any, parts: Mapping[str, Any], *_: Any) -> Any:
    history = describe_history(returned)
    is_history = isinstance(history, Mapping) and all(
        isinstance(values, list) and is_numeric(values) and np.ndim(values) == 1
        for values in history.values()
    )
    if not is_history or not history:
        return history
    losses = {}
    for name, (images, table) in parts.items():
        of_truth = (np.asarray(network(images), np.float64) * table).sum(axis=1)
        losses[name] = float(-np.log(np.maximum(of_truth, 1e-7)).mean())
    n_updates = int(network.optimizer.iterations) if network.compiled else 0
    return Training(history, describe_network(network), n_updates, losses)


def _history(received: Any) -> Training:
    """Demand what fit returns."""
    if isinstance(received, Training):
        return received
    if isinstance(received, Network):
        told = "the network. `fit` has changed it already, and what `fit` itself returned is lost"
    elif isinstance(received, Foreign) and received.kind == "EarlyStopping":
        told = "the callback. What it watched is recorded in the history"
    elif is_numeric(received) and np.ndim(received) == 1:
        told = f"{show(received)}. That is one curve, and a history holds them all"
    else:
        told = show(received)
    raise CheckError(f"expected: the history that `fit` returns\nreceived: {told}.")


def _trained_wrongly(training: Training, _: Any, parts: Parts, patience: int, *__: Any) -> str:
    """Say what the training did wrong: the first that is found."""
    curves, network = training.history, training.network
    if not network.loss:
        return (
            "The network that the function was given is not compiled and has learnt nothing. "
            "Compile and train this one, not another."
        )
    if network.loss != "CategoricalCrossentropy":
        return (
            f"expected: the loss CategoricalCrossentropy\nreceived: {network.loss}\n"
            "The labels are one-hot rows, and the network ends with softmax."
        )
    if "val_loss" not in curves:
        return (
            "The history has no val_loss, because `fit` was given no validation data. Without it "
            "early stopping has nothing to watch."
        )
    if network.metrics != ("accuracy",):
        return 'The history has no accuracy. Give `compile` the metric "accuracy", in a list.'
    if network.optimizer != "Adam(learning_rate=0.01)":
        return (
            f"expected: the optimiser Adam(learning_rate=0.01)\nreceived: {network.optimizer}\n"
            "At another rate, another epoch may be the best."
        )
    return _stopped_wrongly(training, patience)


def _stopped_wrongly(training: Training, patience: int) -> str:
    """Say what is wrong with the number of epochs, or with what was watched."""
    watched = training.history["val_loss"]
    n = len(watched)
    best, stopped = _follow(list(watched), patience, "")
    n_updates = n * _UPDATES
    if training.n_updates > n_updates:
        return (
            f"The network has made {training.n_updates} updates, but a history of {n} epochs with "
            f"batches of 32 means {n_updates}. Call `fit` once, with batches of 32: a second "
            "call goes on from the weights that it finds, and its history leaves out the first."
        )
    if training.n_updates < n_updates:
        now = training.losses["validation"]
        fits = _agree(now, min(watched)) or _agree(now, watched[-1])
        hint = (
            "Does `fit` get all of them, and the batch size 32?"
            if fits
            else "And the val_loss does not fit the validation images. A validation_split would "
            "be taken from the training images: the validation images are validation_data."
        )
        return (
            f"The network has made {training.n_updates} updates in {n} epochs. With all "
            f"{_N_IMAGES} training images in batches of 32 there would be {n_updates}.\n{hint}"
        )
    for name in ("training", "test"):
        if _agree(training.losses[name], min(watched)) or _agree(
            training.losses[name], watched[-1]
        ):
            return (
                f"The val_loss was measured on the {name} images. {_WHY_NOT[name]} Give `fit` the "
                "validation images as its validation_data."
            )
    if n != stopped or (n < _MOST_EPOCHS and n - best < patience):
        return _at_wrong_epoch(training.history, patience)
    if not _agree(training.losses["validation"], min(watched)):
        if _agree(training.losses["validation"], watched[-1]):
            return (
                f"The network still has the weights of epoch {n}, the last one, but epoch {best} "
                "was the best. EarlyStopping restores its weights only if it is told to."
            )
        return (
            f"The network's loss on the validation images is {training.losses['validation']:.3f}, "
            f"but the lowest val_loss is {min(watched):.3f}. Was val_loss measured on all of "
            "them, and has the network got the weights of its best epoch back?"
        )
    return ""


_WHY_NOT = {
    "training": "On these the loss goes on falling while the network overfits.",
    "test": "They are for one look at the end, and stopping by them is choosing by them.",
}


def _at_wrong_epoch(curves: Mapping[str, Sequence[float]], patience: int) -> str:
    """Say what is wrong with the epoch after which training stopped."""
    watched = list(curves["val_loss"])
    n = len(watched)
    best, stopped = _follow(watched, patience, "")
    if n >= _MOST_EPOCHS:
        return (
            f"Training went on for {n} epochs. With a patience of {patience} it stops after epoch "
            f"{stopped}, because the validation loss was lowest in epoch {best}. Does `fit` get "
            "EarlyStopping among its callbacks, and does that watch val_loss?"
        )
    for name in sorted(curves.keys() - {"val_loss"}):
        sign = -1 if "acc" in name else 1
        top, end = _follow([sign * value for value in curves[name]], patience, "")
        if end == n and n - top >= patience:
            return f"Training stopped where {name} asks for it. Watch val_loss instead."
    lowest = int(np.argmin(watched)) + 1
    return (
        f"Training stopped after epoch {n}, and the lowest validation loss so far was that of "
        f"epoch {lowest}: {n - lowest} without a new lowest one. The patience is {patience}."
    )


def _agree(one: float, other: float) -> bool:
    return bool(np.isclose(one, other, rtol=1e-4, atol=1e-4))


#: Sizes of the network's layers, parts, patience; nothing is compared.
_TRAININGS: list[Case] = [([784, 32, 10], Parts(1_500), 2)]

check_train_with_early_stopping = Check(
    "train_with_early_stopping(network, parts, patience)",
    _TRAININGS,
    prepare=_network_and_parts,
    describe=_describe_training,
    form=_history,
    demand=_trained_wrongly,
    compares=False,
    meanings=MEANINGS,
)
