"""Recorded training runs: their curves, the gap, and where early stopping would stop."""

import math
from typing import Any

import traitlets
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course_utils._palette import BLUE, GREY, ORANGE, PALE_GREY
from course_utils.explorers.base.explorer import Explorer
from course_utils.explorers.base.numbers import decimals, thousands
from course_utils.pretrained.runs import EPOCHS, SIZES, load_runs

_HIGHEST_LOSS, _LOWEST_ACCURACY = 1.6, 0.5  # where the charts end


def stop_early(losses: list[float], patience: int) -> list[int]:
    """Find the best epoch, from 1, and the one after which Keras's EarlyStopping stops, or 0."""
    best, lowest = 0, float("inf")
    for epoch, loss in enumerate(losses, start=1):
        if loss < lowest:
            best, lowest = epoch, loss
        elif epoch - best >= patience:
            return [best, epoch]
    return [best, 0]


def gap_in_words(loss: float, val_loss: float) -> str:
    """Write how far the validation loss lies above the training loss."""
    # Both are rounded first, so that the three numbers of the sentence fit together.
    train, validation = (math.floor(value * 100 + 0.5) for value in (loss, val_loss))
    return decimals((validation - train) / 100, 2)


class TrainingRuns(Explorer):
    """Real runs, replayed: training images, dropout, seed, epoch and patience."""

    scene = "training_runs.js"
    lessons = ("training",)

    images = traitlets.Enum(SIZES, 1_000).tag(label="training images")
    dropout = traitlets.Bool(False).tag(sync=True, label="with dropout 0.5")
    run = traitlets.Int(1, min=1, max=3).tag(sync=True, label="run (seed)")
    epoch = traitlets.Int(60, min=1, max=EPOCHS).tag(sync=True, label="epoch")
    patience = traitlets.Int(5, min=1, max=25).tag(sync=True, label="patience")
    records = traitlets.List(traitlets.Dict()).tag(sync=True)

    def __init__(self, **numbers: Any) -> None:
        super().__init__(records=load_runs(), **numbers)

    @property
    def curves(self) -> dict[str, list[float]]:
        """Losses and accuracies up to the epoch, named as in Keras's history."""
        wanted = (self.images, 0.5 if self.dropout else 0.0, self.run - 1)
        record = next(r for r in self.records if (r["images"], r["dropout"], r["seed"]) == wanted)
        names = ("loss", "accuracy", "val_loss", "val_accuracy")
        return {name: record[name][: self.epoch] for name in names}

    def sentence(self) -> str:
        """Give losses, accuracies and the gap, and what early stopping would have done by now."""
        curves = self.curves
        loss, val_loss = (curves[name][-1] for name in ("loss", "val_loss"))
        right, val_right = (decimals(curves[name][-1], 2) for name in ("accuracy", "val_accuracy"))
        best, stopped = stop_early(curves["val_loss"], self.patience)
        lowest = decimals(curves["val_loss"][best - 1], 2)
        end = (
            f"stops after epoch {stopped} and restores epoch {best} (validation loss {lowest})"
            if stopped
            else f"has not stopped yet; the best epoch so far is {best} (validation loss {lowest})"
        )
        return (
            f"With {thousands(self.images)} images and "
            f"{'dropout 0.5' if self.dropout else 'no dropout'}, run {self.run} reaches epoch "
            f"{self.epoch} with a training loss of {decimals(loss, 2)} and a validation loss of "
            f"{decimals(val_loss, 2)}, a gap of {gap_in_words(loss, val_loss)}. The accuracies are "
            f"{right} and {val_right}. Early stopping with patience {self.patience} {end}."
        )

    def draw(self, figure: Figure) -> None:
        """Draw the curves of loss and accuracy, and where early stopping stops."""
        curves = self.curves
        losses, rights = figure.subplots(1, 2)
        _draw_pair(losses, curves["loss"], curves["val_loss"])
        _draw_pair(rights, curves["accuracy"], curves["val_accuracy"])
        losses.set(ylabel="loss", ylim=(0, _HIGHEST_LOSS))
        rights.set(ylabel="accuracy", ylim=(_LOWEST_ACCURACY, 1.01))
        losses.legend(fontsize=8)
        best, stopped = stop_early(curves["val_loss"], self.patience)
        losses.plot(best, curves["val_loss"][best - 1], "D", color=ORANGE, markersize=9)
        for axes in (losses, rights) if stopped else ():
            axes.axvline(stopped, color=GREY, linestyle=":")
        note = f"stop {stopped} (dotted)" if stopped else "not stopped"
        figure.suptitle(f"patience {self.patience}: best ◆ {best}, {note}", fontsize=10)


def _draw_pair(axes: Axes, train: list[float], validation: list[float]) -> None:
    """Draw a training and a validation curve, told apart by line and colour."""
    epochs = range(1, len(train) + 1)
    axes.plot(epochs, train, "-", color=BLUE, label="training")
    axes.plot(epochs, validation, "--", color=ORANGE, label="validation")
    axes.set(xlabel="epoch", xlim=(0, EPOCHS + 1))
    axes.grid(color=PALE_GREY)


def explore_training_runs(
    images: int = 1_000, dropout: bool = False, run: int = 1, epoch: int = 60, patience: int = 5
) -> TrainingRuns:
    """Replay recorded training runs epoch by epoch, and let early stopping end them.

    Parameters
    ----------
    images : {1000, 3000, 10000}, default 1000
        How many images of Fashion-MNIST the network learnt from.
    dropout : bool, default False
        Whether a Dropout layer of 0.5 follows the hidden layer.
    run : int, default 1
        1 to 3: the same training from another seed.
    epoch : int, default 60
        The last epoch shown, 1 to 60.
    patience : int, default 5
        Of early stopping, 1 to 25.

    Returns
    -------
    TrainingRuns
        Its traits are named as the parameters.

    Raises
    ------
    TypeError
        If a number is not a whole number, or `dropout` is neither True nor False.
    ValueError
        If a number is out of its range.

    Notes
    -----
    A network 784-128-10 with ReLU and softmax, Adam, batches of 32; validation on 3,000 images.
    ``course runs rebuild`` records the runs again.

    Examples
    --------
    >>> explore_training_runs(epoch=1).sentence()[:53]
    'With 1,000 images and no dropout, run 1 reaches epoch'
    """
    return TrainingRuns(images=images, dropout=dropout, run=run, epoch=epoch, patience=patience)
