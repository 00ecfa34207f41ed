"""The checks of the exercises on training: what is asked, known slips, and what is said."""

from typing import Any

from course_utils.checks.check import Case, Check
from course_utils.checks.comparing import (
    EXACT,
    Numbers,
    Slips,
    lazy,
)
from course_utils.checks.forms import pair
from course_utils.checks.outcome import CheckError
from course_utils.checks.showing import show

#: Images and labels.
Batch = tuple[Numbers, Numbers]

# count_updates ----------------------------------------------------------------------------------

#: n_images, batch_size, epochs, expected
_COUNTS: list[Case] = [(100, 32, 5, 20), (10, 64, 2, 2), (60_000, 32, 3, 5_625), (10, 4, 3, 9)]


def _count_slips(n_images: int, batch_size: int, epochs: int, expected: int) -> Slips:
    whole, exact = n_images // batch_size, n_images / batch_size
    return [
        ("An epoch is not one update. Each batch is one.", epochs),
        ("The last, smaller batch of an epoch is missing. It is an update, too.",
         whole * epochs, round(exact) * epochs),
        ("You gave each epoch a batch too many.", (whole + 1) * epochs),
        ("That is not a whole number. There is no part of an update.", exact * epochs),
        ("A batch does not go on into the next epoch: round up in each epoch, then multiply.",
         -(-n_images * epochs // batch_size), n_images * epochs // batch_size),
        ("That is one epoch. They are all to be counted.", expected // epochs),
        ("You counted images. A whole batch makes one update.", n_images * epochs, n_images),
        ("The batch size does not multiply the updates.",
         batch_size * epochs, n_images * batch_size * epochs),
        *lazy((), [case[-1] for case in _COUNTS]),
    ]  # fmt: skip


check_count_updates = Check(
    "count_updates(n_images, batch_size, epochs)", _COUNTS, _count_slips, tolerance=EXACT
)

# early_stop -------------------------------------------------------------------------------------

#: losses, patience, expected best epoch, expected last epoch
_CURVES: list[Case] = [
    ([0.9, 0.7, 0.6, 0.65, 0.62, 0.68, 0.5, 0.8], 3, 3, 6),
    ([1.0, 0.8, 0.85, 0.7, 0.75, 0.72, 0.71, 0.9, 0.95], 3, 4, 7),
    ([0.9, 0.8, 0.7, 0.75], 5, 3, 4),
    ([0.8, 0.6, 0.6, 0.6, 0.5], 2, 2, 4),
]


def _stop_slips(losses: list[float], patience: int, best: int, stopped: int) -> Slips:
    n = len(losses)
    lowest = losses.index(min(losses)) + 1
    rise = next((i for i in range(1, n) if losses[i] > losses[i - 1]), n)
    return [
        ("Epochs are counted from 1, and you counted from 0.", (best - 1, stopped - 1)),
        ("The patience is not used: you stopped at the first rise of the loss.",
         (rise, min(rise + 1, n))),
        ("You compared each epoch with the one before. Compare it with the lowest loss so far.",
         _follow(losses, patience, "neighbours")),
        ("You went on counting. Each new lowest loss starts the count again.",
         _follow(losses, patience, "no reset")),
        ("A loss that equals the lowest is no improvement.",
         _follow(losses, patience, "equal is better")),
        ("You stopped an epoch too late.", _follow(losses, patience + 1, "")),
        ("You stopped an epoch too early.", _follow(losses, patience - 1, "")),
        ("You looked for the greatest loss. The lowest is the best.",
         _follow([-loss for loss in losses], patience, "")),
        ("You looked into the future. After the stop no loss is ever measured.", (lowest, stopped)),
        ("You never stopped. The patience was used up earlier.", (lowest, n), (best, n)),
        ("The last epoch is not the best one.", (stopped, stopped)),
        ("There are no epochs behind the list's end. Where the patience is not used up, the last "
         "epoch is the list's last.", (best, best + patience)),
        ("You stopped at the best epoch. One has to wait to know that it was the best.",
         (best, best)),
        ("The two are swapped: the best epoch comes first.", (stopped, best)),
        ("That is the loss of the epoch. Its number is asked for.",
         (losses[best - 1], losses[stopped - 1])),
        *lazy((2,), [case[2:] for case in _CURVES]),
    ]  # fmt: skip


def _follow(losses: list[float], patience: int, slip: str) -> tuple[int, int]:
    """Follow early stopping, with a slip in it."""
    best, least, waited = 1, losses[0], 0
    for epoch, loss in enumerate(losses[1:], start=2):
        mark = losses[epoch - 2] if slip == "neighbours" else least
        better = loss < mark or (slip == "equal is better" and loss == mark)
        if loss < least or (better and slip == "equal is better"):
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
]


def _diagnosis_slips(losses: list[float], validation_losses: list[float], expected: str) -> Slips:
    lowest, end = min(validation_losses), validation_losses[-1]
    risen = end > 1.1 * lowest

    def if_learnt(overfits: bool) -> str:
        return expected if expected == "not learning" else _WORDS[1 if overfits else 2]

    return [
        ("The training loss has not fallen. A network that is bad on its own training images does "
         "not overfit: it has not learnt, and there may be a bug.",
         "learning" if expected == "learning" else "overfitting",
         "overfitting" if risen else if_learnt(False)),
        ("A gap between the curves is not overfitting yet. It begins where the validation loss "
         "rises again.", if_learnt(end > losses[-1])),
        ("You compared with the first epoch. Compare with the lowest validation loss.",
         if_learnt(end > 1.1 * validation_losses[0])),
        ("You compared with the epoch before. Compare with the lowest validation loss.",
         if_learnt(end > validation_losses[-2])),
        ("A rise of less than 10 % is noise.", if_learnt(end > lowest)),
        ("10 % of the lowest loss is meant, not a loss of 0.1.", if_learnt(end > lowest + 0.1)),
        ("Falling training loss is not all. Look at the validation loss, too.", if_learnt(False)),
        ("The training loss has to fall by more than 10 % before one speaks of learning.",
         "overfitting" if risen else "learning"),
        *((f"You say {word!r} of every curve. Look at the numbers.", word) for word in _WORDS),
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
