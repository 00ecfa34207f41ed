"""Known slips of the exercises on softmax and its cross-entropy: what each gives, and its name."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_utils.checks import _activations_samples as samples
from course_utils.checks import _activations_slips as shared
from course_utils.checks._slips import HARD_CODED, Slips, lazy

_LABEL = "Look up the true class, however small its logit is."
_TOGETHER = "Softmax works on all logits of a row together."


def softmax_slips(logits: NDArray[Any]) -> Slips:
    """List what the known slips would make of these logits."""
    right = shared.softmax(logits)
    with np.errstate(all="ignore"):
        powers = np.exp(logits)
        return [
            (
                "The sum runs over the whole batch. Each row is an answer of its own, "
                "and sums to 1.",
                powers / powers.sum(),
            ),
            (
                "You worked down the columns: the sum over the images is 1. "
                "Each row is one image's answer.",
                powers / powers.sum(axis=0),
            ),
            (
                f"That is the sigmoid of each logit alone; a row does not sum to 1. {_TOGETHER}",
                shared.sigmoid(logits),
            ),
            (
                f"Those are sigmoids, divided by their sum. {_TOGETHER} It takes exp(z).",
                shared.sigmoid(logits) / shared.sigmoid(logits).sum(axis=1, keepdims=True),
            ),
            (
                "You divided the logits by their sum. exp comes first: it makes all numbers "
                "positive.",
                logits / logits.sum(axis=1, keepdims=True),
            ),
            (
                "You divided magnitudes by their sum. exp comes first, and keeps −3 below 1.",
                np.abs(logits) / np.abs(logits).sum(axis=1, keepdims=True),
            ),
            (
                "You clipped the negative logits, as ReLU does, and divided by the sum. "
                "exp comes first.",
                np.maximum(logits, 0) / np.maximum(logits, 0).sum(axis=1, keepdims=True),
            ),
            ("That is exp alone. Divide by the sum of the row.", powers),
            (
                "You compared with the greatest alone, so that it got 1. Divide by the sum of the "
                "row.",
                right / right.max(axis=1, keepdims=True),
            ),
            (
                "You applied softmax twice. The second one flattens the probabilities.",
                shared.softmax(right),
            ),
            ("Those are logarithms of probabilities.", np.log(right)),
            (
                "That is a one-hot row: only the winner is left. Softmax keeps a share for each.",
                np.eye(logits.shape[1])[logits.argmax(axis=1)],
            ),
            (
                "That is argmax, the place of the winner. A probability for each class is asked "
                "for.",
                logits.argmax(axis=1),
            ),
            (
                "You took powers of 2. Softmax takes powers of e: np.exp.",
                np.exp2(logits) / np.exp2(logits).sum(axis=1, keepdims=True),
            ),
            (
                "The sign is turned round: the greatest logit got the smallest probability.",
                shared.softmax(-logits),
            ),
            (
                "Every class gets the same probability, whatever the logits.",
                np.full(logits.shape, 1 / logits.shape[1]),
            ),
            (
                "You rounded. Return the probabilities with all their digits.",
                np.round(right, 2),
            ),
            ("Those are the logits, unchanged.", logits),
            *lazy(logits.shape, [case[-1] for case in samples.SOFTMAX]),
        ]


def large_softmax_slips(logits: NDArray[Any]) -> Slips:
    """List what the known slips would make of logits far from 0."""
    return [
        (
            "You cut the logits off. All above the limit became equal, so their differences are "
            "lost.",
            shared.softmax(np.clip(logits, -limit, limit)),
        )
        for limit in (700, 500, 100, 50, 30, 20, 10)
    ] + [
        (
            "You divided the logits before exp. That is another temperature: it changes the "
            "probabilities.",
            shared.softmax(logits / divisor),
        )
        for divisor in (100, 1000, np.abs(logits).max(), np.abs(logits).max(axis=1, keepdims=True))
    ]


def loss_slips(logits: NDArray[Any], label: int) -> Slips:
    """List what the known slips would make of these logits and this label."""
    shares = shared.softmax(logits)
    losses = -np.log(np.maximum(shares, 1e-300))
    loss = losses[label]
    guess = int(np.argmax(logits))
    twice = -np.log(shared.softmax(shares)[label])
    with np.errstate(all="ignore"):
        return [
            (
                "That took the logarithm of the logit, as if it were a probability. "
                "Softmax comes first.",
                -np.log(logits[label]),
            ),
            ("That is minus the logit. Softmax and the logarithm are missing.", -logits[label]),
            (
                "You applied softmax twice: to the logits, and again to the probabilities.",
                twice,
            ),
            ("That is the loss of the greatest logit, so the network is always right. " + _LABEL,
             losses[guess]),
            ("The sign is missing: a loss is never below 0.", -loss),
            (
                "That is the probability of the true class. Minus its logarithm is the loss.",
                shares[label],
            ),
            ("That is 1 minus the probability.", 1 - shares[label]),
            (
                "That is the sigmoid's loss: it looks at the true class's logit alone. "
                + _TOGETHER,
                np.log1p(np.exp(-logits[label])),
            ),
            ("You added up the loss of every class. Only the true class counts.", losses.sum()),
            ("That is one number a class. Only the true class counts.", losses),
            ("That is the mean over the classes. Only the true class counts.", losses.mean()),
            ("That is a logarithm to base 10. The loss uses np.log.", loss / np.log(10)),
            ("That is a logarithm to base 2. The loss uses np.log.", loss / np.log(2)),
            (
                "That is the distance from the greatest logit. The other classes count as well: "
                "softmax has a sum.",
                logits[guess] - logits[label],
            ),
            (
                "That is the logarithm of the sum, without the true class's logit.",
                np.log(np.exp(logits).sum()),
            ),
            ("You counted classes from 1. NumPy counts from 0.", losses[label - 1]),
            ("Those are the probabilities.", shares),
            ("You rounded. Return the loss with all its digits.", np.round(loss, 2)),
            ("That is 0, a perfect answer, whatever the logits.", 0.0),
            *((HARD_CODED, case[-1]) for case in samples.CROSS_ENTROPY),
        ]  # fmt: skip


def large_loss_slips(logits: NDArray[Any], label: int) -> Slips:
    """List what the known slips would make of logits far apart."""
    share = shared.softmax(logits)[label]
    cut = "You kept the probability above a tiny number. No answer then costs more than {:.1f}."
    tiny = (1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15, 1e-16, 1e-20, 1e-30, 1e-100, 1e-300)
    return [
        *((cut.format(-np.log(least)), -np.log(max(share, least))) for least in tiny),
        *((cut.format(-np.log(least)), -np.log(share + least)) for least in tiny),
        *(
            (
                "You cut the logits off, and so lost how far apart they are.",
                _log_sum(np.clip(logits, -limit, limit)) - np.clip(logits[label], -limit, limit),
            )
            for limit in (700, 500, 100, 50)
        ),
    ]


def _log_sum(logits: NDArray[Any]) -> Any:
    return logits.max() + np.log(np.exp(logits - logits.max()).sum())
