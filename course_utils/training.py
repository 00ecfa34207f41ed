"""What ``fit`` is given besides the network: batches of a seeded run, more speed, a progress bar.

Speed and progress change nothing of what a network learns.
"""

from __future__ import annotations

import html
import os
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from course_utils import _arguments

if TYPE_CHECKING:
    from keras.callbacks import Callback
    from keras.utils import PyDataset

#: How many updates TensorFlow makes before it reports back to Python, for ``network.compile(...,
#: steps_per_execution=STEPS_PER_EXECUTION)``. Keras's own value is 1, with
#: which a small network spends most of the time on reporting. The weights stay the same, bit for
#: bit.
STEPS_PER_EXECUTION = 500

_LARGEST_SEED = 2**32 - 1


def seeded_batches(
    images: ArrayLike, labels: ArrayLike, batch_size: int = 32, *, seed: int
) -> PyDataset:
    """Seed a run, and cut its training images into batches that are shuffled in every epoch.

    Call it *before* the network is built, because the network's initial weights are drawn from the
    seed as well.

    Parameters
    ----------
    images : array_like of shape (n, ...)
        What the network is to learn from, at least one.
    labels : array_like of shape (n, ...)
        One for each image.
    batch_size : int, default 32
        How many images make a batch, at least 1. The last batch of an epoch may be smaller.
    seed : int
        From 0 to 4,294,967,295. On the same machine, the same seed gives the same weights again.

    Returns
    -------
    keras.utils.PyDataset
        For ``network.fit(batches, epochs=5)``; ``len(batches)`` is the number of updates in an
        epoch. A second ``fit`` with the same batches goes on with new orders.

    Raises
    ------
    TypeError
        If `batch_size` or `seed` is not a whole number.
    ValueError
        If one of them is out of its range, there are no images, or labels are missing.

    Notes
    -----
    ``keras.utils.set_random_seed`` and ``network.fit(images, labels)`` on their own repeat a run,
    too. But with Keras 3.15 on TensorFlow, every epoch of it then has the same order: the images
    are shuffled once. ``python -m benchmarks tutorials`` measures what that costs.

    Examples
    --------
    >>> batches = seeded_batches(np.zeros((100, 28, 28), np.uint8), np.zeros(100), seed=0)
    >>> len(batches), batches[0][0].shape, batches[3][0].shape
    (4, (32, 28, 28), (4, 28, 28))
    """
    inputs, targets = _arguments.array("images", images), _arguments.array("labels", labels)
    if inputs.ndim == 0 or targets.ndim == 0 or len(inputs) == 0:
        raise ValueError(
            "`images` and `labels` must be arrays of one entry or more for each image; got shapes "
            f"{inputs.shape} and {targets.shape}. Pass those of the training images."
        )
    _arguments.same_length("labels", targets, "images", inputs)
    size = _arguments.whole_number("batch_size", batch_size, 1)
    seed = _arguments.whole_number("seed", seed, 0, _LARGEST_SEED)
    import keras

    class Batches(keras.utils.PyDataset):
        """The batches of an epoch; its end draws a new order."""

        def __init__(self) -> None:
            super().__init__()
            self.orders = np.random.default_rng(seed)
            self.on_epoch_end()

        def __len__(self) -> int:
            return -(-len(inputs) // size)

        def __getitem__(self, index: int) -> tuple[np.ndarray, np.ndarray]:
            chosen = self.order[index * size : (index + 1) * size]
            return inputs[chosen], targets[chosen]

        def on_epoch_end(self) -> None:
            self.order = self.orders.permutation(len(inputs))

    keras.utils.set_random_seed(seed)
    return Batches()


def progress(*, disable: bool | None = None) -> Callback:
    """Show a progress bar while a network trains, with the epoch, the loss and the metrics.

    Parameters
    ----------
    disable : bool, optional
        Whether to show nothing. If not given, the environment variable ``TQDM_DISABLE`` decides,
        as it does for every bar of tqdm; the course's own tests set it.

    Returns
    -------
    keras.callbacks.Callback
        For ``network.fit(..., verbose=0, callbacks=[progress()])``.

    Raises
    ------
    TypeError
        If `disable` is given and is neither True nor False.

    Notes
    -----
    The bar is tqdm's, because Keras's own one (``verbose=1``) prints a line for each epoch,
    which stays in the saved notebook and differs from run to run.

    Examples
    --------
    >>> import keras
    >>> isinstance(progress(), keras.callbacks.Callback)
    True
    """
    # Asked here, because tqdm's bar for notebooks does not ask it.
    asked = os.environ.get("TQDM_DISABLE", "0") not in ("", "0")
    off = asked if disable is None else _arguments.boolean("disable", disable)
    from IPython.display import display
    from keras.callbacks import Callback
    from tqdm.auto import tqdm
    from tqdm.notebook import tqdm_notebook

    in_notebook = issubclass(tqdm, tqdm_notebook)

    class Progress(Callback):
        """One bar over all updates of all epochs."""

        def on_train_begin(self, logs: dict[str, Any] | None = None) -> None:
            self.steps = self.params["steps"] or 0
            total = self.steps * self.params["epochs"] or None
            # A notebook's bar is shown here, so that what it leaves in the file can follow it.
            here: dict[str, Any] = {"display": False} if in_notebook else {}
            # dynamic_ncols lets a long line of metrics wrap in a notebook, where it would scroll.
            self.bar = tqdm(total=total, unit="update", dynamic_ncols=True, disable=off, **here)
            self.container = getattr(self.bar, "container", None)
            self.shown = display(self.container, display_id=True) if self.container else None

        def on_epoch_begin(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
            self.epoch = epoch
            self.bar.set_description(f"Epoch {epoch + 1} of {self.params['epochs']}")

        def on_train_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:
            # Keras counts the last execution of an epoch as full, even if it was cut short.
            done = min(batch + 1, self.steps) if self.steps else batch + 1
            self.bar.update(self.epoch * self.steps + done - self.bar.n)

        def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
            self.bar.set_postfix({name: f"{value:.3f}" for name, value in (logs or {}).items()})

        def on_train_end(self, logs: dict[str, Any] | None = None) -> None:
            if self.bar.total and self.bar.n < self.bar.total:
                self._stop_early()
            self.bar.close()
            if self.container and self.shown:
                words = html.escape(str(self.container))
                bundle = self.container._repr_mimebundle_()
                self.shown.update({**bundle, "text/html": f"<p>{words}</p>"}, raw=True)

        def _stop_early(self) -> None:
            """Make the bar a full one, because tqdm takes a part of one for a failure."""
            self.bar.total = self.bar.n
            if self.container:
                self.container.children[1].max = self.bar.n
            self.bar.set_description(f"Ended in epoch {self.epoch + 1} of {self.params['epochs']}")

    return Progress()
