"""What speeds up or watches ``fit`` without changing what a network learns."""

from __future__ import annotations

import html
import os
from typing import TYPE_CHECKING, Any

from course_utils import _arguments

if TYPE_CHECKING:
    from keras.callbacks import Callback

#: How many updates TensorFlow makes before it reports back to Python, for ``network.compile(...,
#: steps_per_execution=STEPS_PER_EXECUTION)``. Keras's own value is 1, with
#: which a small network spends most of the time on reporting. The weights stay the same, bit for
#: bit.
STEPS_PER_EXECUTION = 500


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
