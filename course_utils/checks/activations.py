"""The checks of the exercises on activations: what is asked, known slips, and what is said."""

from dataclasses import replace
from typing import Any

import numpy as np

from course_utils.checks.check import Case, Check
from course_utils.checks.comparing import (
    HARD_CODED,
    LEAKS,
    Numbers,
    Slips,
    as_arrays,
    is_numeric,
    lazy,
)
from course_utils.checks.forms import one_number
from course_utils.checks.networks import (
    MEANINGS,
    Network,
    describe_network,
    first_difference,
    network,
)

_TOGETHER = "Softmax works on all logits of a row together."
_FAR = 100  # logits of which exp is still far from an overflow


def _log_shares(logits: Numbers) -> Numbers:
    """Give the logarithms of what softmax makes of each row."""
    return logits - np.logaddexp.reduce(logits, axis=-1, keepdims=True)


def _has_nan(received: Any) -> bool:
    return is_numeric(received) and bool(np.isnan(np.asarray(received, float)).any())


# bent_network -----------------------------------------------------------------------------------

#: inputs, weights, biases, output_weights, expected. The last network is XOR.
_NETWORKS = as_arrays(
    ([[1.0, 2], [-3, 1]], [[1, -1, 0.5], [2, 1, -1]], [-1, 0.5, 3], [2.0, -1, -3], [2.0, -6]),
    ([[0.0, 0], [0, 1], [1, 0], [1, 1]], [[1.0, 1], [1, 1]], [0.0, -1], [1.0, -2], [0.0, 1, 1, 0]),
)


def _network_slips(
    inputs: Numbers, weights: Numbers, biases: Numbers, out: Numbers, expected: Numbers
) -> Slips:
    products = inputs @ weights
    sums = products + biases
    bent, straight = np.maximum(sums, 0), sums @ out
    clipped_sums = inputs @ np.maximum(weights, 0) + biases
    positive_biases = clipped_sums - biases + np.maximum(biases, 0)
    return [
        ("ReLU is missing: two linear layers are one linear layer, which cannot do XOR.", straight),
        # Before the next: where both fit, ReLU was applied to the hidden neurons.
        ("You applied ReLU to the output as well. It belongs to the hidden neurons alone.",
         np.maximum(expected, 0)),
        ("You applied ReLU to the output. It belongs to the hidden neurons.",
         np.maximum(straight, 0)),
        ("ReLU acts on weighted sums. It does not clip weights.",
         clipped_sums @ out, np.maximum(clipped_sums, 0) @ out,
         np.maximum(positive_biases, 0) @ np.maximum(out, 0), bent @ np.maximum(out, 0)),
        ("The bias is missing. It is added before the activation.", np.maximum(products, 0) @ out),
        ("You added the bias after ReLU. It belongs to the weighted sum, before it.",
         (np.maximum(products, 0) + biases) @ out),
        ("You subtracted the bias. Add it.", np.maximum(products - biases, 0) @ out),
        ("ReLU comes too late: you multiplied by the output weights first. It acts on the sum of "
         "each hidden neuron, and the result is then multiplied.",
         np.maximum(sums * out, 0).sum(axis=1)),
        ("A hidden neuron gives 1 where its sum is above 0. ReLU gives the sum itself.",
         (sums > 0) @ out),
        ("ReLU does not bring values into the range from 0 to 1: a 3 stays 3.",
         np.clip(sums, 0, 1) @ out),
        ("The hidden neurons have a leaky ReLU, which keeps a part of a negative sum. ReLU makes 0 "
         "of it.", *(np.where(sums > 0, sums, slope * sums) @ out for slope in LEAKS)),
        ("The hidden neurons have a sigmoid. They should have ReLU.",
         (1 / (1 + np.exp(-sums))) @ out),
        ("The hidden neurons have tanh. They should have ReLU.", np.tanh(sums) @ out),
        ("Those are the outputs of the hidden neurons. The output neuron still has to multiply "
         "them by its weights and add up.", bent),
        ("The last hidden neuron is left out. Does the loop reach it?", bent[:, :-1] @ out[:-1]),
        ("Only two hidden neurons count, however many there are.", bent[:, :2] @ out[:2]),
        ("You added up the hidden outputs without multiplying them by the output weights.",
         bent.sum(axis=1)),
        ("You added up over the images. Each image has an output of its own.",
         (bent * out).sum(axis=0)),
        ("You turned the output into 0 or 1. Return the number itself that the network gives.",
         expected > 0.5),
        ("Each output is in a row of its own. Return one row of n numbers, of shape (n,).",
         expected[:, None]),
        ("That is the output for the first example alone.", expected[0]),
        *lazy(expected.shape, [case[-1] for case in _NETWORKS]),
    ]  # fmt: skip


check_bent_network = Check(
    "bent_network(inputs, weights, biases, output_weights)", _NETWORKS, _network_slips
)

# softmax ----------------------------------------------------------------------------------------

_SHARES = [[0.24472847, 0.66524096, 0.09003057], [1 / 3, 1 / 3, 1 / 3]]
#: logits, expected
_LOGITS = as_arrays(
    ([[-1, -3, 2, 0.5]], [[0.03890663, 0.00526544, 0.78146052, 0.17436741]]),
    ([[1.0, 2, 0], [0, 0, 0]], _SHARES),
)
_LARGE_LOGITS = as_arrays(
    ([[1001.0, 1002, 1000], [-1000, -1000, -1000]], _SHARES),
    ([[1000.0, -1000, 0]], [[1.0, 0, 0]]),
)

_KEEP_COLUMN = {
    "broadcast": "One number per row has shape (n,), and the logits have shape (n, n_classes). "
    "keepdims=True keeps the numbers in a column of shape (n, 1)."
}
_OVERFLOW = (
    "exp of 710 or more is infinite, and infinity divided by infinity is nan, not a number. "
    "Shifting all logits of a row changes no probability, so shift them until none is above 0."
)
_DIVIDED = (
    "You divided the logits before exp. That is another temperature, which changes the "
    "probabilities."
)
_UNDERFLOW = (
    "All powers of a row became 0, and 0 / 0 is nan, not a number. What did you subtract from this "
    "row? Its own highest logit makes that logit 0, and exp of 0 is 1."
)


def _shares_of(parts: Numbers) -> Numbers:
    return parts / parts.sum(axis=1, keepdims=True)


def _softmax_slips(logits: Numbers, expected: Numbers) -> Slips:
    powers, alone = np.exp(logits), 1 / (1 + np.exp(-logits))
    winners = logits.argmax(axis=1)
    return [
        *(_large_softmax_slips(logits) if np.abs(logits).max() > _FAR else []),
        (_DIVIDED, *(np.exp(_log_shares(logits / highest))
                     for highest in (logits.max(axis=1, keepdims=True), logits.max()))),
        ("You divided by the sum over the whole batch. Each row is one image's answer, and has to "
         "sum to 1.",
         powers / powers.sum()),
        ("You summed down the columns, over the images. Each row is one image's answer, and has to "
         "sum to 1.", powers / powers.sum(axis=0)),
        ("That is the sigmoid of each logit alone, so a row does not sum to 1. " + _TOGETHER,
         alone),
        ("Those are sigmoids divided by their sum. Softmax divides powers, exp(z), by theirs.",
         _shares_of(alone)),
        ("You divided the logits by their sum. Take exp first, which makes all of them positive.",
         _shares_of(logits)),
        ("You divided absolute values by their sum. Take exp first, which keeps their order.",
         _shares_of(np.abs(logits))),
        ("You set negative logits to 0, as ReLU does, and divided by the sum. Take exp instead.",
         _shares_of(np.maximum(logits, 0))),
        ("That is exp alone. Divide each power by the sum of its row.", powers),
        ("You divided by the largest power, so that it became 1. Divide by the sum of the row.",
         expected / expected.max(axis=1, keepdims=True)),
        ("You applied softmax twice. The second one flattens the probabilities.",
         _shares_of(np.exp(expected))),
        ("Those are logarithms of probabilities.", np.log(expected)),
        ("That is a one-hot row: the winner takes all. Softmax gives every class a probability.",
         np.eye(logits.shape[1])[winners]),
        ("That is argmax, the index of the winner. Return a probability for each class.",
         winners),
        ("You took powers of 2. Softmax takes powers of e, which np.exp gives.",
         _shares_of(np.exp2(logits))),
        ("The sign is reversed: the highest logit got the lowest probability.",
         _shares_of(1 / expected)),
        ("Every class gets the same probability, whatever the logits.", _shares_of(0 * logits + 1)),
        ("You rounded the probabilities. Return them with all their digits.",
         np.round(expected, 2)),
        ("Those are the logits, unchanged.", logits),
        *lazy(logits.shape, [case[-1] for case in _LOGITS]),
    ]  # fmt: skip


def _large_softmax_slips(logits: Numbers) -> Slips:
    limits, sizes = (700, 500, 100, 50, 30, 20, 10), np.abs(logits)
    divisors = 100, 1000, sizes.max(), sizes.max(axis=1, keepdims=True)
    too_little = 0, logits.mean(axis=1, keepdims=True), logits.min(axis=1, keepdims=True)
    return [
        (_OVERFLOW, *(_shares_of(np.exp(logits - shift)) for shift in too_little)),
        ("You subtracted the highest logit of the whole batch, so all powers of a low row became "
         "0, and 0 / 0 is nan, not a number. Subtract the highest logit of each row instead.",
         _shares_of(np.exp(logits - logits.max()))),
        ("Where a power was infinite, 0 now stands for what was no number. That hides the "
         "overflow: shift the logits of each row before exp, so that none is above 0.",
         np.nan_to_num(_shares_of(np.exp(logits)))),
        ("You clipped the logits. All above the limit became equal, so their differences are lost.",
         *(np.exp(_log_shares(np.clip(logits, -limit, limit))) for limit in limits)),
        (_DIVIDED, *(np.exp(_log_shares(logits / divisor)) for divisor in divisors)),
    ]  # fmt: skip


def _softmax_explained(received: Any, logits: Numbers, *_: Any) -> str:
    if not _has_nan(received):
        return ""
    lost = np.isnan(np.asarray(received, float))
    if lost.shape != logits.shape:
        return ""
    # Where all powers are 0 the whole row is lost; beside an infinite one, the others become 0.
    in_part = (lost.any(axis=1) & ~lost.all(axis=1)).any()
    return _OVERFLOW if in_part or lost[logits.max(axis=1).argmax()].any() else _UNDERFLOW


check_softmax_values = Check(
    "softmax(logits)", _LOGITS, _softmax_slips, part="the probabilities", meanings=_KEEP_COLUMN
)
check_softmax_stable = check_softmax_values.then(
    "large logits", cases=_LARGE_LOGITS, explain=_softmax_explained
)

# cross_entropy_from_logits ----------------------------------------------------------------------

#: logits, label, expected
_EXAMPLES = as_arrays(
    ([-1, -3, 2, 0.5], 0, 3.24659065), ([1.0, 2, 0], 1, 0.40760596), ([1.0, 2, 0], 2, 2.40760596)
)
_FAR_APART = as_arrays(([-2000.0, -2000], 0, 0.69314718), ([1000.0, 0, -50], 1, 1000.0))

_TINY = 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15, 1e-16, 1e-20, 1e-30, 1e-100, 1e-300
_INFINITE = (
    "The probability was rounded to 0, and the logarithm of 0 is infinite. Work with the logits: "
    "the logarithm of a quotient is a difference of logarithms."
)
_NO_LOSS = (
    "A power became infinite or 0 on the way, and the result is nan, not a number. Subtract the "
    "highest logit first."
)


def _loss_slips(logits: Numbers, label: int, expected: float) -> Slips:
    losses, logit, share = -_log_shares(logits), logits[label], np.exp(-expected)
    return [
        *(_large_loss_slips(logits, label, share) if np.abs(logits).max() > _FAR else [
            # Of logits far apart a loss that is no number has other reasons.
            ("You took the logarithm of the logit, as if it were a probability. "
             "Softmax comes first.", -np.log(logit)),
        ]),
        ("That is minus the logit. Softmax and the logarithm are missing.", -logit),
        ("You applied softmax twice: to the logits, and again to the probabilities.",
         -_log_shares(np.exp(-losses))[label]),
        ("That is the loss of the highest logit, as if the network were always right. "
         "Use the logit of the true class, however low it is.", losses.min()),
        ("The sign is missing: a loss is never below 0.", -expected),
        ("That is the probability of the true class. The loss is minus its logarithm.", share),
        ("That is 1 minus the probability.", 1 - share),
        ("That is the loss of a sigmoid, which looks at the true class's logit alone. " + _TOGETHER,
         np.logaddexp(0, -logit)),
        ("You added up the loss of every class. Only the true class counts.", losses.sum()),
        ("That is one loss per class. Only the true class counts.", losses),
        ("The sum of the powers leaves out the true class. It runs over all classes.",
         np.logaddexp.reduce(np.delete(logits, label)) - logit),
        ("You multiplied by the label, as if it were a row of zeros with a 1. It is an index: it "
         "picks out one class.", label * losses.sum(), label * losses),
        ("That is the mean over the classes. Only the true class counts.", losses.mean()),
        ("That is the logarithm of the wrong side: 1 − p is what all other classes share. Take "
         "the probability of the true class.", -np.log(1 - share)),
        ("Those are squared differences between probabilities and the one-hot row. Cross-entropy "
         "is minus the logarithm of the true class's probability.",
         ((np.exp(-losses) - np.eye(len(logits))[label]) ** 2).sum(),
         ((np.exp(-losses) - np.eye(len(logits))[label]) ** 2).mean(), (1 - share) ** 2),
        ("That is a logarithm to base 10. The loss uses np.log.", expected / np.log(10)),
        ("That is a logarithm to base 2. The loss uses np.log.", expected / np.log(2)),
        ("That is how far the true logit is below the highest. The other classes count as well, "
         "because softmax divides by a sum over all of them.", logits.max() - logit),
        ("That is the logarithm of the sum. Subtract the true class's logit from it.",
         expected + logit),
        ("You shifted the logits in one place only: those in the sum, or that of the true class. A "
         "shift changes nothing only if it is the same in both.",
         expected - logits.max(), expected + logits.max()),
        ("You counted the classes from 1. NumPy counts from 0.", losses[label - 1]),
        ("Those are the probabilities.", np.exp(-losses)),
        ("You rounded the loss. Return it with all its digits.", np.round(expected, 2)),
        ("That is 0 whatever the logits, as if every answer were perfect.", 0.0),
        (HARD_CODED, *(case[-1] for case in _EXAMPLES)),
    ]  # fmt: skip


def _large_loss_slips(logits: Numbers, label: int, share: float) -> Slips:
    clipped = [np.clip(logits, -limit, limit) for limit in (700, 500, 100, 50)]
    return [
        *(("You kept the probability above a tiny number, so no answer costs more than "
           f"{-np.log(least):.1f}.", -np.log(max(share, least)), -np.log(share + least))
          for least in _TINY),
        ("You clipped the logits, so how far apart they are is lost.",
         *(-_log_shares(other)[label] for other in clipped)),
    ]  # fmt: skip


def _loss_explained(received: Any, *_: Any) -> str:
    if not is_numeric(received) or np.isfinite(received).all():
        return ""
    if _has_nan(received):
        return _NO_LOSS
    return _INFINITE if np.isposinf(received).any() else ""


_LOSS = "cross_entropy_from_logits(logits, label)"
check_cross_entropy_values = Check(_LOSS, _EXAMPLES, _loss_slips, part="the loss", form=one_number)
check_cross_entropy_stable = check_cross_entropy_values.then(
    "logits far apart", cases=_FAR_APART, explain=_loss_explained
)

# build_classifier -------------------------------------------------------------------------------

_SPARSE, _ONE_HOT = "SparseCategoricalCrossentropy", "CategoricalCrossentropy"
#: n_inputs, n_hidden, n_classes, one_hot, expected
_CLASSIFIERS: list[Case] = [
    (64, 16, 10, False,
     Network((64,), ("Dense(16, relu)", "Dense(10)"), f"{_SPARSE}(from_logits=True)",
             ("accuracy",))),
    (20, 8, 3, True,
     Network((20,), ("Dense(8, relu)", "Dense(3)"), f"{_ONE_HOT}(from_logits=True)",
             ("accuracy",))),
]  # fmt: skip


def _classifier_slips(
    _: int, n_hidden: int, n_classes: int, one_hot: bool, expected: Network
) -> Slips:
    hidden, last = expected.layers
    fitting, other = (_ONE_HOT, _SPARSE) if one_hot else (_SPARSE, _ONE_HOT)

    def ending(activation: str, loss: str = expected.loss) -> Network:
        return replace(expected, layers=(hidden, f"Dense({n_classes}, {activation})"), loss=loss)

    def with_loss(loss: str) -> Network:
        return replace(expected, loss=loss)

    labels = (
        "The labels are one-hot rows, and the sparse loss takes whole numbers."
        if one_hot
        else "The labels are whole numbers. CategoricalCrossentropy takes one-hot rows, and "
        "SparseCategoricalCrossentropy takes whole numbers."
    )
    binary, squares = "BinaryCrossentropy", "MeanSquaredError"
    return [
        ("Softmax is applied twice: the last layer has one, and from_logits=True makes the loss "
         "apply another. Leave it out of the network.", ending("softmax")),
        ("The last layer has softmax, and the loss expects probabilities. Both fit together, but "
         "the network should give logits: leave softmax to the loss.", ending("softmax", fitting)),
        ("The loss takes the logits for probabilities. Tell it that they are logits.",
         with_loss(fitting)),
        (f"{labels} The loss has to fit them.",
         with_loss(f"{other}(from_logits=True)"), with_loss(other),
         ending("softmax", f"{other}(from_logits=True)"), ending("softmax", other)),
        ("Binary cross-entropy asks for each class alone whether it is true. Here exactly one of "
         "several classes is, so the loss has to treat their logits together.",
         *(lost for loss in (binary, f"{binary}(from_logits=True)")
           for lost in (with_loss(loss), ending("sigmoid", loss), ending("softmax", loss)))),
        ("The last layer has a sigmoid, which treats each class alone. Leave its activation out: "
         "softmax is the work of the loss.", ending("sigmoid"), ending("sigmoid", fitting)),
        ("The mean squared error measures how far numbers lie apart. A class is not a quantity, "
         "so the loss should be a cross-entropy.", with_loss(squares), ending("softmax", squares)),
        ("The last layer has ReLU as well. It turns all negative logits into 0, so that these "
         "classes can no longer be told apart.", ending("relu")),
        ("The hidden layer has no activation, so both layers together are one linear layer.",
         replace(expected, layers=(f"Dense({n_hidden})", last))),
        ("There is no hidden layer.", replace(expected, layers=(last,))),
        ("The network ends in one neuron. Each class needs a logit of its own.",
         replace(expected, layers=(hidden, "Dense(1)"))),
        ("The network is not compiled: its loss is missing.",
         replace(expected, loss="", metrics=())),
        ("Nothing counts how many answers are right. Add the metric \"accuracy\".",
         replace(expected, metrics=())),
        ("keras.metrics.Accuracy counts outputs that equal the label exactly, and a logit hardly "
         "ever does. The name \"accuracy\" lets Keras choose what fits the labels.",
         replace(expected, metrics=("Accuracy",))),
    ]  # fmt: skip


def _classifier_explained(received: Network, *case: Any) -> str:
    """Name the slip that was made along with other metrics, or where the networks differ."""
    for name, *given in _classifier_slips(*case):
        if any(replace(slip, metrics=received.metrics) == received for slip in given):
            return str(name)
    return first_difference(received, *case)


check_build_classifier = Check(
    "build_classifier(n_inputs, n_hidden, n_classes, one_hot)",
    _CLASSIFIERS,
    _classifier_slips,
    describe=describe_network,
    form=network("optimizer"),
    explain=_classifier_explained,
    meanings=MEANINGS,
)
