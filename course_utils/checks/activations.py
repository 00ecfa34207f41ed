"""The checks of the exercises on activations: what is asked, known slips, and what is said."""

from dataclasses import replace
from typing import Any

import numpy as np

from course_utils.checks.check import Case, Check
from course_utils.checks.comparing import HARD_CODED, Numbers, Slips, as_arrays, is_numeric, lazy
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


# relu -------------------------------------------------------------------------------------------

#: values, expected
_VALUES = as_arrays(
    ([-2, -0.5, 0, 0.5, 3], [0, 0, 0, 0.5, 3]), ([[-4, 7], [2, -9]], [[0, 7], [2, 0]])
)


def _relu_slips(values: Numbers, expected: Numbers) -> Slips:
    least, greatest = values.min(), values.max()
    unlike_0_1 = "does not bring values into 0 to 1. What is positive passes unchanged."
    return [
        ("Those are the values, unchanged.", values),
        (f"You cut off above 1. ReLU {unlike_0_1}", np.clip(values, 0, 1)),
        (f"You divided by the greatest value. ReLU {unlike_0_1}", expected / greatest),
        (f"You stretched the values from 0 to 1. ReLU {unlike_0_1}",
         (values - least) / (greatest - least)),
        ("You removed the minus signs. ReLU turns negative values into 0.", np.abs(values)),
        ("That says which values are positive. ReLU passes the values themselves.", values > 0),
        ("You kept the negative values and lost the positive ones.",
         values - expected, expected - values),
        ("The negative values are left out, so the shape changed. Each becomes a 0.",
         values[values > 0], values[values >= 0]),
        ("That is the greatest value alone. ReLU compares each value with 0.", greatest),
        ("You moved all values up by the least of them. ReLU leaves positive values alone.",
         values - least),
        ("That is the sigmoid.", 1 / (1 + np.exp(-values))),
        *lazy(values.shape, [case[-1] for case in _VALUES]),
    ]  # fmt: skip


check_relu = Check("relu(values)", _VALUES, _relu_slips)

# sigmoid ----------------------------------------------------------------------------------------

#: values, expected
_SQUASHED = as_arrays(
    ([-2, 0, 0.5, 2], [0.11920292, 0.5, 0.62245933, 0.88079708]),
    ([[-1000.0, 1000], [1, -1]], [[0, 1], [0.73105858, 0.26894142]]),
)


def _sigmoid_slips(values: Numbers, expected: Numbers) -> Slips:
    power = np.exp(-values)
    return [
        ("Those are the values, unchanged.", values),
        ("The sign is missing: 1 + exp(−z), not 1 + exp(z).", 1 - expected),
        ("You divided by 1 − exp(−z). The two are added.", 1 / (1 - power)),
        ("That is 1 + exp(−z). The sigmoid is 1 divided by it.", 1 + power),
        ("That is exp(−z) alone.", power),
        ("That is exp(z) alone.", np.exp(values)),
        ("That is tanh: it runs from −1 to 1.", np.tanh(values)),
        ("That is the slope of the sigmoid.", expected * (1 - expected)),
        ("That is softmax: it works on all values together, the sigmoid on each.",
         np.exp(_log_shares(values.ravel())).reshape(values.shape), np.exp(_log_shares(values))),
        ("You decided: 0 or 1. The sigmoid has every value between them.",
         values > 0, np.round(expected)),
        ("You cut the values off at 0 and 1. The sigmoid bends.", np.clip(values, 0, 1)),
        ("That is ReLU.", np.maximum(values, 0)),
        *lazy(values.shape, [case[-1] for case in _SQUASHED]),
    ]  # fmt: skip


def _sigmoid_explained(received: Any, *_: Any) -> str:
    return "exp(1000) is infinite. Use exp(−z), below a 1." if _has_nan(received) else ""


check_sigmoid = Check("sigmoid(values)", _SQUASHED, _sigmoid_slips, explain=_sigmoid_explained)

# slopes -----------------------------------------------------------------------------------------

#: inputs, outputs, expected
_CURVES = as_arrays(
    ([0.0, 2, 3], [2.0, 8, 4], [3.0, -4]),
    ([-2, -1.5, 0, 0.5, 1], [0, 0, 0, 0.5, 1], [0.0, 0, 1, 1]),
)


def _slopes_slips(inputs: Numbers, outputs: Numbers, expected: Numbers) -> Slips:
    run, rise = np.diff(inputs), np.diff(outputs)
    return [
        ("Those are the outputs, unchanged.", outputs),
        ("You divided each output by its input. A slope compares two neighbouring points.",
         outputs / inputs, outputs[1:] / inputs[1:]),
        ("Those are the differences of the outputs. They still have to be divided by those "
         "of the inputs, which are not always 1.", rise),
        ("Those are the differences of the inputs.", run),
        ("That is upside down: input differences, divided by output differences.", 1 / expected),
        ("The sign is turned round: later minus earlier, in both.", -expected),
        ("You lost the sign. A curve that falls has a negative slope.", np.abs(expected)),
        ("You divided by the first step for all. The inputs need not be equally far apart.",
         rise / run[0]),
        ("That is the slope from the first point to the last. Each step has its own.",
         (outputs[-1] - outputs[0]) / (inputs[-1] - inputs[0])),
        ("You measured each point from the first one, not from its neighbour.",
         (outputs[1:] - outputs[0]) / (inputs[1:] - inputs[0])),
        ("np.gradient gives a value for each point, a mean of two slopes. "
         "One slope a step is asked for: one fewer than points.", np.gradient(outputs, inputs)),
        ("You multiplied the differences. Divide.", rise * run),
        *lazy(run.shape, [case[-1] for case in _CURVES]),
    ]  # fmt: skip


check_slopes = Check("slopes(inputs, outputs)", _CURVES, _slopes_slips)

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
        ("There is no bend: two linear layers are one linear layer, and cannot do XOR.", straight),
        # Before the next: where both fit, the hidden neurons have their bend.
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
        ("ReLU does not bring values into 0 to 1: 3 stays 3.", np.clip(sums, 0, 1) @ out),
        ("That is a network with the sigmoid. This one has ReLU.", (1 / (1 + np.exp(-sums))) @ out),
        ("That is a network with tanh. This one has ReLU.", np.tanh(sums) @ out),
        ("Those are the hidden outputs. The output weights are still to come.", bent),
        ("You added up the hidden outputs without their output weights.", bent.sum(axis=1)),
        ("You decided: 0 or 1. What is asked for is the number that the network gives.",
         expected > 0.5),
        ("Each output stands in a row of its own. A plain row of n numbers is asked for.",
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
_LARGE_LOGITS = as_arrays(([[1001.0, 1002, 1000], [-1000, -1000, -1000]], _SHARES))

_KEEP_COLUMN = {
    "broadcast": "One number a row has shape (n,), and the logits have (n, n_classes). "
    "keepdims=True keeps the numbers in a column, (n, 1)."
}
_OVERFLOW = (
    "exp of a number above 709 is infinite, and infinity divided by infinity is not a number. "
    "A shift of all logits of a row changes no probability: shift so that none is above 0."
)
_UNDERFLOW = (
    "All powers of a row became 0, and 0 / 0 is not a number. You subtracted one greatest number "
    "for the whole batch. Each row needs its own."
)


def _softmax_slips(logits: Numbers, expected: Numbers) -> Slips:
    def share(parts: Numbers) -> Numbers:
        return parts / parts.sum(axis=1, keepdims=True)

    powers, alone = np.exp(logits), 1 / (1 + np.exp(-logits))
    winners = logits.argmax(axis=1)
    return [
        *(_large_softmax_slips(logits) if np.abs(logits).max() > _FAR else []),
        ("The sum runs over the whole batch. Each row is an answer of its own, and sums to 1.",
         powers / powers.sum()),
        ("You worked down the columns: the sum over the images is 1. Each row is one image's "
         "answer.", powers / powers.sum(axis=0)),
        ("That is the sigmoid of each logit alone; a row does not sum to 1. " + _TOGETHER, alone),
        (f"Those are sigmoids, divided by their sum. {_TOGETHER} It takes exp(z).", share(alone)),
        ("You divided the logits by their sum. exp comes first: it makes all numbers positive.",
         share(logits)),
        ("You divided magnitudes by their sum. exp comes first, and keeps −3 below 1.",
         share(np.abs(logits))),
        ("You clipped the negative logits, as ReLU does, and divided by the sum. exp comes first.",
         share(np.maximum(logits, 0))),
        ("That is exp alone. Divide by the sum of the row.", powers),
        ("You compared with the greatest alone, so that it got 1. Divide by the sum of the row.",
         expected / expected.max(axis=1, keepdims=True)),
        ("You applied softmax twice. The second one flattens the probabilities.",
         share(np.exp(expected))),
        ("Those are logarithms of probabilities.", np.log(expected)),
        ("That is a one-hot row: only the winner is left. Softmax keeps a share for each.",
         np.eye(logits.shape[1])[winners]),
        ("That is argmax, the place of the winner. A probability for each class is asked for.",
         winners),
        ("You took powers of 2. Softmax takes powers of e: np.exp.", share(np.exp2(logits))),
        ("The sign is turned round: the greatest logit got the smallest probability.",
         share(1 / expected)),
        ("Every class gets the same probability, whatever the logits.", share(0 * logits + 1)),
        ("You rounded. Return the probabilities with all their digits.", np.round(expected, 2)),
        ("Those are the logits, unchanged.", logits),
        *lazy(logits.shape, [case[-1] for case in _LOGITS]),
    ]  # fmt: skip


def _large_softmax_slips(logits: Numbers) -> Slips:
    limits, sizes = (700, 500, 100, 50, 30, 20, 10), np.abs(logits)
    divisors = 100, 1000, sizes.max(), sizes.max(axis=1, keepdims=True)
    return [
        ("You cut the logits off. All above the limit became equal, so their differences are lost.",
         *(np.exp(_log_shares(np.clip(logits, -limit, limit))) for limit in limits)),
        ("You divided the logits before exp. That is another temperature: it changes the "
         "probabilities.", *(np.exp(_log_shares(logits / divisor)) for divisor in divisors)),
    ]  # fmt: skip


def _softmax_explained(received: Any, *_: Any) -> str:
    if not _has_nan(received):
        return ""
    first = np.atleast_1d(received)[:1]  # holds the greatest logit of the batch
    return _OVERFLOW if np.isnan(first).any() else _UNDERFLOW


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
    "The probability became 0, and its logarithm is infinite. Work with the logits: the logarithm "
    "of a quotient is a difference of logarithms."
)
_NO_LOSS = (
    "A power became infinite or 0 on the way, and the logarithm has no number for it. Subtract "
    "the greatest logit first."
)


def _loss_slips(logits: Numbers, label: int, expected: float) -> Slips:
    losses, logit, share = -_log_shares(logits), logits[label], np.exp(-expected)
    return [
        *(_large_loss_slips(logits, label, share) if np.abs(logits).max() > _FAR else [
            # Of logits far apart a loss that is no number has other reasons.
            ("That took the logarithm of the logit, as if it were a probability. "
             "Softmax comes first.", -np.log(logit)),
        ]),
        ("That is minus the logit. Softmax and the logarithm are missing.", -logit),
        ("You applied softmax twice: to the logits, and again to the probabilities.",
         -_log_shares(np.exp(-losses))[label]),
        ("That is the loss of the greatest logit, so the network is always right. "
         "Look up the true class, however small its logit is.", losses.min()),
        ("The sign is missing: a loss is never below 0.", -expected),
        ("That is the probability of the true class. Minus its logarithm is the loss.", share),
        ("That is 1 minus the probability.", 1 - share),
        ("That is the sigmoid's loss: it looks at the true class's logit alone. " + _TOGETHER,
         np.logaddexp(0, -logit)),
        ("You added up the loss of every class. Only the true class counts.", losses.sum()),
        ("That is one number a class. Only the true class counts.", losses),
        ("That is the mean over the classes. Only the true class counts.", losses.mean()),
        ("That is a logarithm to base 10. The loss uses np.log.", expected / np.log(10)),
        ("That is a logarithm to base 2. The loss uses np.log.", expected / np.log(2)),
        ("That is the distance from the greatest logit. The other classes count as well: "
         "softmax has a sum.", logits.max() - logit),
        ("That is the logarithm of the sum, without the true class's logit.", expected + logit),
        ("You counted classes from 1. NumPy counts from 0.", losses[label - 1]),
        ("Those are the probabilities.", np.exp(-losses)),
        ("You rounded. Return the loss with all its digits.", np.round(expected, 2)),
        ("That is 0, a perfect answer, whatever the logits.", 0.0),
        (HARD_CODED, *(case[-1] for case in _EXAMPLES)),
    ]  # fmt: skip


def _large_loss_slips(logits: Numbers, label: int, share: float) -> Slips:
    clipped = [np.clip(logits, -limit, limit) for limit in (700, 500, 100, 50)]
    return [
        *(("You kept the probability above a tiny number. No answer then costs more than "
           f"{-np.log(least):.1f}.", -np.log(max(share, least)), -np.log(share + least))
          for least in _TINY),
        ("You cut the logits off, and so lost how far apart they are.",
         *(-_log_shares(other)[label] for other in clipped)),
    ]  # fmt: skip


def _loss_explained(received: Any, *_: Any) -> str:
    if not is_numeric(received) or np.isfinite(received).all():
        return ""
    return _NO_LOSS if _has_nan(received) else _INFINITE


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

    def ending(bend: str, loss: str = expected.loss) -> Network:
        return replace(expected, layers=(hidden, f"Dense({n_classes}, {bend})"), loss=loss)

    def with_loss(loss: str) -> Network:
        return replace(expected, loss=loss)

    labels = (
        "The labels are one-hot rows, and the sparse loss takes whole numbers."
        if one_hot
        else "The labels are whole numbers. CategoricalCrossentropy takes one-hot rows; its sparse "
        "sibling takes numbers."
    )
    binary, squares = "BinaryCrossentropy", "MeanSquaredError"
    return [
        ("Softmax is applied twice: the last layer has one, and from_logits=True makes the loss "
         "apply another. Leave it out of the network.", ending("softmax")),
        ("The network gives probabilities, and the loss takes them for such. They fit, but logits "
         "are asked for: leave softmax to the loss.", ending("softmax", fitting)),
        ("The loss takes the logits for probabilities. Tell it that they are logits.",
         with_loss(fitting)),
        (f"{labels} The loss has to fit them.",
         with_loss(f"{other}(from_logits=True)"), with_loss(other),
         ending("softmax", f"{other}(from_logits=True)"), ending("softmax", other)),
        ("Binary cross-entropy asks of each class alone whether it is true. Here exactly one of "
         "several classes is, so the loss has to treat their logits together.",
         *(lost for loss in (binary, f"{binary}(from_logits=True)")
           for lost in (with_loss(loss), ending("sigmoid", loss), ending("softmax", loss)))),
        ("The last layer has a sigmoid, which treats each class alone. Leave its activation out: "
         "softmax is the work of the loss.", ending("sigmoid"), ending("sigmoid", fitting)),
        ("The mean squared error measures how far numbers lie apart. A class is no amount, so "
         "the loss should be a cross-entropy.", with_loss(squares), ending("softmax", squares)),
        ("ReLU also came after the last layer. It turns negative logits into 0, so that classes "
         "can no longer be told apart.", ending("relu")),
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
