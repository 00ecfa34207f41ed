"""Known slips of the exercises on loss curves: what each gives, and its name."""

from collections.abc import Callable

from course_utils.checks import _training_samples as samples
from course_utils.checks._slips import HARD_CODED

#: A slip's name, and the (best, stopped) or the diagnosis that it leads to.
StopSlip = tuple[str, tuple[float, float]]
DiagnosisSlip = tuple[str, str]

#: The diagnoses.
WORDS = ("not learning", "overfitting", "learning")


def early_stop_slips(losses: list[float], patience: int, best: int, stopped: int) -> list[StopSlip]:
    """List what the known slips would make of these validation losses."""
    n = len(losses)
    lowest = losses.index(min(losses)) + 1
    rise = next((i for i in range(1, n) if losses[i] > losses[i - 1]), None)
    first_rise = n if rise is None else rise + 1
    before_rise = n if rise is None else rise
    return [
        ("Epochs are counted from 1, and you counted from 0.", (best - 1, stopped - 1)),
        (
            "The patience is not used: you stopped at the first rise of the loss.",
            (before_rise, first_rise),
        ),
        (
            "You compared each epoch with the one before. Compare it with the lowest loss so far.",
            _stop(losses, patience, against_previous=True),
        ),
        (
            "You went on counting. Each new lowest loss starts the count again.",
            _stop(losses, patience, reset=False),
        ),
        (
            "A loss that equals the lowest is no improvement.",
            _stop(losses, patience, better=lambda new, old: new <= old),
        ),
        ("You stopped an epoch too late.", _stop(losses, patience + 1)),
        ("You stopped an epoch too early.", _stop(losses, patience - 1)),
        ("You looked for the greatest loss. The lowest is the best.",
         _stop([-loss for loss in losses], patience)),
        ("You looked into the future. After the stop no loss is ever measured.", (lowest, stopped)),
        ("You never stopped. The patience was used up earlier.", (lowest, n)),
        ("You never stopped. The patience was used up earlier.", (best, n)),
        ("The last epoch is not the best one.", (stopped, stopped)),
        (
            "There are no epochs behind the list's end. Where the patience is not used up, the "
            "last epoch is the list's last.",
            (best, best + patience),
        ),
        ("You stopped at the best epoch. One has to wait to know that it was the best.",
         (best, best)),
        ("The two are swapped: the best epoch comes first.", (stopped, best)),
        ("That is the loss of the epoch. Its number is asked for.",
         (losses[best - 1], losses[stopped - 1])),
        ("That is 0. Calculate from the arguments.", (0, 0)),
        *((HARD_CODED, (case[2], case[3])) for case in samples.EARLY_STOP),
    ]  # fmt: skip


def _stop(
    losses: list[float],
    patience: int,
    *,
    better: Callable[[float, float], bool] = lambda new, old: new < old,
    reset: bool = True,
    against_previous: bool = False,
) -> tuple[int, int]:
    """Follow early stopping, with a slip in it."""
    best, least, waited = 1, losses[0], 0
    for epoch, loss in enumerate(losses[1:], start=2):
        mark = losses[epoch - 2] if against_previous else least
        waited += not better(loss, mark)
        if better(loss, least):
            best, least = epoch, loss
        if better(loss, mark):
            waited = 0 if reset else waited
        elif waited >= patience:
            return best, epoch
    return best, len(losses)


def diagnose_slips(losses: list[float], validation_losses: list[float]) -> list[DiagnosisSlip]:
    """List what the known slips would say of these curves."""
    first, last = losses[0], losses[-1]
    lowest, end = min(validation_losses), validation_losses[-1]
    learns = last < 0.9 * first

    def otherwise(overfits: bool) -> str:
        return ("overfitting" if overfits else "learning") if learns else "not learning"

    risen = end > 1.1 * lowest
    no_learning = (
        "The training loss has not fallen. A network that is bad on its own training images does "
        "not overfit: it has not learnt, and there may be a bug."
    )
    return [
        (no_learning, "overfitting" if risen or not learns else "learning"),
        (no_learning, "overfitting" if risen else otherwise(False)),
        (
            "A gap between the curves is not overfitting yet. It begins where the validation loss "
            "rises again.",
            otherwise(end > last),
        ),
        (
            "You compared with the first epoch. Compare with the lowest validation loss.",
            otherwise(end > 1.1 * validation_losses[0]),
        ),
        (
            "You compared with the epoch before. Compare with the lowest validation loss.",
            otherwise(end > validation_losses[-2]),
        ),
        ("A rise of less than 10 % is noise.", otherwise(end > lowest)),
        ("10 % of the lowest loss is meant, not a loss of 0.1.", otherwise(end > lowest + 0.1)),
        (
            "Falling training loss is not all. Look at the validation loss, too.",
            otherwise(False),
        ),
        (
            "The training loss has to fall by more than 10 % before one speaks of learning.",
            "overfitting" if risen else "learning",
        ),
        *((f"You say {word!r} of every curve. Look at the numbers.", word) for word in WORDS),
    ]
