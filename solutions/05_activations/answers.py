"""Right and wrong answers to the exercises on activations."""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from course_utils.checks.activations import (
    check_bent_network,
    check_build_classifier,
    check_cross_entropy_stable,
    check_cross_entropy_values,
    check_softmax_stable,
    check_softmax_values,
)
from course_utils.checks.networks import Network
from course_utils.grading.exercise import Exercise

# bent_network ---------------------------------------------------------------------------------


def _bent_network(inputs, weights, biases, output_weights):
    return np.maximum(inputs @ weights + biases, 0) @ output_weights


def _networks(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for _ in range(20):
        n_inputs, n_hidden = int(rng.integers(2, 4)), int(rng.integers(4, 6))
        inputs, weights = rng.normal(0, 2, (8, n_inputs)), rng.normal(0, 2, (n_inputs, n_hidden))
        biases, output_weights = rng.normal(0, 2, (2, n_hidden))
        weights[0, 0], output_weights[0], biases[0] = -2.0, -1.5, -1.0
        yield inputs, weights, biases, output_weights


BENT_NETWORK = Exercise(_bent_network, {"bent_network_check": (check_bent_network, _networks)})


@BENT_NETWORK.right
def network_by_loops(inputs, weights, biases, output_weights):
    outputs = []
    for row in inputs:
        total = 0.0
        for neuron, output_weight in enumerate(output_weights):
            z = sum(x * w for x, w in zip(row, weights[:, neuron], strict=True)) + biases[neuron]
            total += max(0.0, z) * output_weight
        outputs.append(total)
    return outputs


@BENT_NETWORK.right
def network_by_transpose(inputs, weights, biases, output_weights):
    hidden = weights.T @ inputs.T + biases[:, None]
    hidden[hidden < 0] = 0
    return (output_weights @ hidden).astype(np.float32)


@BENT_NETWORK.right
def network_by_keras(inputs, weights, biases, output_weights):
    import keras

    hidden = keras.layers.Dense(len(biases), activation="relu")
    hidden.build(inputs.shape)
    hidden.set_weights([weights, biases])
    return np.asarray(hidden(inputs.astype("float32"))) @ output_weights


@BENT_NETWORK.wrong("One ReLU at the end is enough", says="You applied ReLU to the output.")
def network_with_relu_at_the_end(inputs, weights, biases, output_weights):
    return [max(0, (row @ weights + biases) @ output_weights) for row in inputs]


@BENT_NETWORK.wrong("The bias comes after the activation", says="You added the bias after ReLU")
def network_late_bias(inputs, weights, biases, output_weights):
    neurons = zip(weights.T, biases, output_weights, strict=True)
    return sum((np.maximum(inputs @ w, 0) + bias) * output for w, bias, output in neurons)


@BENT_NETWORK.wrong("XOR is a table to look up", says="expected")
def network_logic(inputs, weights, biases, output_weights):
    return (inputs[:, 0] != inputs[:, 1]).astype(float)


@BENT_NETWORK.wrong("Printing is returning", says="prints its answer")
def network_printed(inputs, weights, biases, output_weights):
    print(_bent_network(inputs, weights, biases, output_weights))


@BENT_NETWORK.wrong("An argument is mine to change", says="changed its argument")
def network_in_place(inputs, weights, biases, output_weights):
    biases += 1
    return np.maximum(inputs @ weights + biases - 1, 0) @ output_weights


# softmax --------------------------------------------------------------------------------------


def _softmax(logits):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def _logits(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for _ in range(20):
        yield (rng.normal(0, 2, (int(rng.integers(2, 5)), int(rng.integers(5, 8)))),)


def _large_logits(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for _ in range(20):
        logits = rng.normal(0, 2, (4, int(rng.integers(5, 8))))
        logits += np.array([[1000.0], [-1000.0], [0.0], [0.0]])
        logits[3, :2] += 1000, -1000  # both in a row
        yield (logits,)


SOFTMAX = Exercise(
    _softmax,
    {
        "softmax_values": (check_softmax_values, _logits),
        "softmax_stable": (check_softmax_stable, _large_logits),
    },
)


@SOFTMAX.right
def softmax_by_loop(logits):
    rows = []
    for row in logits:
        powers = [np.exp(logit - max(row)) for logit in row]
        rows.append([power / sum(powers) for power in powers])
    return rows


@SOFTMAX.right
def softmax_by_scipy(logits):
    import scipy.special

    return scipy.special.softmax(logits, axis=-1)


@SOFTMAX.right
def softmax_by_log_sum(logits):
    log_sums = np.logaddexp.reduce(logits, axis=1)
    return np.exp(logits - log_sums[:, None]).astype(np.float32)


@SOFTMAX.right
def softmax_by_keras(logits):
    import keras

    return np.asarray(keras.ops.softmax(logits.astype("float64"), axis=-1))


@SOFTMAX.wrong("Softmax needs no care with large logits", says="exp of 710 or more")
def softmax_overflow(logits):
    powers = np.exp(logits)
    return powers / powers.sum(axis=1, keepdims=True)


@SOFTMAX.wrong("One highest logit serves the whole batch", says="highest logit of the whole batch")
def softmax_one_greatest(logits):
    powers = np.exp(logits - logits.max())
    return powers / powers.sum(axis=1, keepdims=True)


@SOFTMAX.wrong("A smaller scale changes nothing", says="another temperature")
def softmax_scaled(logits):
    large = np.abs(logits).max() > 100
    return _softmax(logits / 1000) if large else _softmax(logits)


@SOFTMAX.wrong("Sums of rows fit to rows by themselves", says="keepdims=True")
def softmax_no_keepdims(logits):
    powers = np.exp(logits)
    return powers / powers.sum(axis=1)


@SOFTMAX.wrong("The functions of math take arrays", says="Those of NumPy take a whole array")
def softmax_by_math(logits):
    powers = math.exp(logits)
    return powers / powers.sum(axis=1, keepdims=True)


@SOFTMAX.wrong("Softmax twice is harmless", says="softmax twice")
def softmax_twice(logits):
    return _softmax(_softmax(logits))


@SOFTMAX.wrong("Printing is returning", says="prints its answer")
def softmax_printed(logits):
    print(_softmax(logits))


@SOFTMAX.wrong("An argument is mine to change", says="changed its argument")
def softmax_in_place(logits):
    logits -= logits.max(axis=1, keepdims=True)
    return _softmax(logits)


# cross_entropy_from_logits --------------------------------------------------------------------


def _cross_entropy(logits, label):
    shifted = logits - logits.max()
    return np.log(np.exp(shifted).sum()) - shifted[label]


def _examples(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for _ in range(20):
        logits = rng.normal(0, 2, int(rng.integers(5, 9)))
        yield logits, int(rng.integers(len(logits)))


def _far_apart(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for _ in range(20):
        logits = rng.permutation(5) * 1000 + rng.uniform(-9, 9, 5)
        yield logits, int(rng.permutation(np.argsort(logits)[:4])[0])


CROSS_ENTROPY = Exercise(
    _cross_entropy,
    {
        "cross_entropy_from_logits_values": (check_cross_entropy_values, _examples),
        "cross_entropy_from_logits_stable": (check_cross_entropy_stable, _far_apart),
    },
)


@CROSS_ENTROPY.right
def loss_by_logaddexp(logits, label):
    return float(np.logaddexp.reduce(logits) - logits[label])


@CROSS_ENTROPY.right
def loss_by_scipy(logits, label):
    import scipy.special

    return -scipy.special.log_softmax(logits)[label]


@CROSS_ENTROPY.right
def loss_by_one_hot(logits, label):
    shifted = logits - max(logits)
    log_shares = shifted - np.log(np.sum(np.exp(shifted)))
    return np.float32(-(np.eye(len(logits))[label] * log_shares).sum())


@CROSS_ENTROPY.right
def loss_by_keras(logits, label):
    import keras

    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    return float(loss(np.array([label]), logits[None]))


@CROSS_ENTROPY.wrong("First probabilities, then their logarithm", says="logarithm of 0 is infinite")
def loss_in_two_steps(logits, label):
    return -np.log(_softmax(logits[None])[0, label])


@CROSS_ENTROPY.wrong("A tiny number repairs the logarithm", says="so no answer costs more")
def loss_with_a_floor(logits, label):
    return -np.log(np.maximum(_softmax(logits[None])[0, label], 1e-12))


@CROSS_ENTROPY.wrong("exp has room for every logit", says="A power became infinite")
def loss_overflow(logits, label):
    powers = np.exp(logits)
    return -np.log(powers[label] / powers.sum())


@CROSS_ENTROPY.wrong("Each class costs something", says="loss of every class")
def loss_all(logits, label):
    return sum(_cross_entropy(logits, place) for place in range(len(logits)))


@CROSS_ENTROPY.wrong("Printing is returning", says="prints its answer")
def loss_printed(logits, label):
    print(_cross_entropy(logits, label))


@CROSS_ENTROPY.wrong("An argument is mine to change", says="changed its argument")
def loss_in_place(logits, label):
    logits -= logits.max()
    return np.log(np.exp(logits).sum()) - logits[label]


# build_classifier -----------------------------------------------------------------------------


def _layers(n_inputs, n_hidden, n_classes, last=None):
    import keras

    hidden = keras.layers.Dense(n_hidden, activation="relu")
    outputs = keras.layers.Dense(n_classes, activation=last)
    return keras.Sequential([keras.layers.Input((n_inputs,)), hidden, outputs])


def _build_classifier(n_inputs, n_hidden, n_classes, one_hot):
    from keras import losses

    kind = losses.CategoricalCrossentropy if one_hot else losses.SparseCategoricalCrossentropy
    network = _layers(n_inputs, n_hidden, n_classes)
    network.compile(optimizer="adam", loss=kind(from_logits=True), metrics=["accuracy"])
    return network


def _expected_classifier(n_inputs, n_hidden, n_classes, one_hot):
    kind = "CategoricalCrossentropy" if one_hot else "SparseCategoricalCrossentropy"
    layers = (f"Dense({n_hidden}, relu)", f"Dense({n_classes})")
    return Network((n_inputs,), layers, f"{kind}(from_logits=True)", ("accuracy",))


def _classifiers(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for one_hot in (False, True):
        yield (*map(int, rng.permutation(np.arange(3, 30))[:3]), one_hot)


BUILD_CLASSIFIER = Exercise(
    _build_classifier,
    {"build_classifier_check": (check_build_classifier, _classifiers)},
    expect=_expected_classifier,
)


@BUILD_CLASSIFIER.right
def classifier_functional(n_inputs, n_hidden, n_classes, one_hot):
    import keras

    inputs = keras.Input((n_inputs,))
    hidden = keras.layers.ReLU()(keras.layers.Dense(n_hidden)(inputs))
    network = keras.Model(inputs, keras.layers.Dense(n_classes, activation="linear")(hidden))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True, name="loss")
    accuracy = keras.metrics.SparseCategoricalAccuracy("share right")
    if one_hot:
        loss = keras.losses.CategoricalCrossentropy(True)
        accuracy = keras.metrics.CategoricalAccuracy()
    network.compile(keras.optimizers.SGD(0.1, momentum=0.9), loss, metrics=[accuracy])
    return network


@BUILD_CLASSIFIER.right
def classifier_with_its_own_loss(n_inputs, n_hidden, n_classes, one_hot):
    import keras

    def loss(labels, logits):
        kind = "categorical_crossentropy" if one_hot else "sparse_categorical_crossentropy"
        return getattr(keras.losses, kind)(labels, logits, from_logits=True)

    network = keras.Sequential([keras.Input((n_inputs,))])
    network.add(_layers(n_inputs, n_hidden, n_classes))
    network.compile("rmsprop", loss, metrics=["acc"])
    return network


@BUILD_CLASSIFIER.right
def classifier_by_tensorflow(n_inputs, n_hidden, n_classes, one_hot):
    import tensorflow as tf

    network = _layers(n_inputs, n_hidden, n_classes)
    sparse = tf.nn.sparse_softmax_cross_entropy_with_logits
    network.compile(loss=tf.nn.softmax_cross_entropy_with_logits if one_hot else sparse,
                    metrics=["accuracy"])  # fmt: skip
    return network


@BUILD_CLASSIFIER.wrong("Softmax followed by from_logits=True is harmless", says="applied twice")
def classifier_of_two_softmaxes(n_inputs, n_hidden, n_classes, one_hot):
    import keras

    network = _layers(n_inputs, n_hidden, n_classes)
    network.add(keras.layers.Softmax())
    network.compile(loss=_build_classifier(1, 1, 1, one_hot).loss, metrics=["accuracy"])
    return network


@BUILD_CLASSIFIER.wrong("The loss sees that it gets logits", says="takes the logits for")
def classifier_with_a_loss_by_name(n_inputs, n_hidden, n_classes, one_hot):
    network = _layers(n_inputs, n_hidden, n_classes)
    kind = "categorical_crossentropy" if one_hot else "sparse_categorical_crossentropy"
    network.compile("adam", kind, metrics=["accuracy"])
    return network


@BUILD_CLASSIFIER.wrong("A class of losses is a loss", says="takes the logits for")
def classifier_with_a_loss_not_called(n_inputs, n_hidden, n_classes, one_hot):
    from keras import losses

    network = _layers(n_inputs, n_hidden, n_classes)
    kind = losses.CategoricalCrossentropy if one_hot else losses.SparseCategoricalCrossentropy
    network.compile("adam", kind, metrics=["accuracy"])
    return network


@BUILD_CLASSIFIER.wrong("One loss fits all labels", says="The labels are one-hot rows")
def classifier_always_sparse(n_inputs, n_hidden, n_classes, one_hot):
    return _build_classifier(n_inputs, n_hidden, n_classes, False)


@BUILD_CLASSIFIER.wrong("Categorical means any labels", says="The labels are whole numbers")
def classifier_never_sparse(n_inputs, n_hidden, n_classes, one_hot):
    return _build_classifier(n_inputs, n_hidden, n_classes, True)


@BUILD_CLASSIFIER.wrong("Sparse means one-hot", says="The loss has to fit them")
def classifier_turned_round(n_inputs, n_hidden, n_classes, one_hot):
    return _build_classifier(n_inputs, n_hidden, n_classes, not one_hot)


@BUILD_CLASSIFIER.wrong("Ten yes-or-no questions are one of ten", says="each class alone")
def classifier_of_sigmoids(n_inputs, n_hidden, n_classes, one_hot):
    network = _layers(n_inputs, n_hidden, n_classes, "sigmoid")
    network.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return network


@BUILD_CLASSIFIER.wrong("A loss measures a distance", says="A class is not a quantity")
def classifier_by_squares(n_inputs, n_hidden, n_classes, one_hot):
    network = _layers(n_inputs, n_hidden, n_classes)
    network.compile("adam", "mse", metrics=["accuracy"])
    return network


@BUILD_CLASSIFIER.wrong("Accuracy is a class to be made", says="equal the label exactly")
def classifier_of_equal_numbers(n_inputs, n_hidden, n_classes, one_hot):
    import keras

    network = _build_classifier(n_inputs, n_hidden, n_classes, one_hot)
    network.compile("adam", network.loss, metrics=[keras.metrics.Accuracy()])
    return network


@BUILD_CLASSIFIER.wrong("What is third in compile is the metrics", says="applied twice")
def classifier_without_metrics(n_inputs, n_hidden, n_classes, one_hot):
    network = _layers(n_inputs, n_hidden, n_classes, "softmax")
    network.compile("adam", _build_classifier(1, 1, 1, one_hot).loss, ["accuracy"])
    return network


@BUILD_CLASSIFIER.wrong("A network knows its loss", says="is not compiled")
def classifier_not_compiled(n_inputs, n_hidden, n_classes, one_hot):
    return _layers(n_inputs, n_hidden, n_classes)


@BUILD_CLASSIFIER.wrong("compile returns the network", says="a line of its own")
def classifier_compiled_in_return(n_inputs, n_hidden, n_classes, one_hot):
    return _layers(n_inputs, n_hidden, n_classes).compile("adam", "mse")


@BUILD_CLASSIFIER.wrong("Printing is returning", says="prints its answer")
def classifier_summary(n_inputs, n_hidden, n_classes, one_hot):
    _build_classifier(n_inputs, n_hidden, n_classes, one_hot).summary()


EXERCISES = [BENT_NETWORK, SOFTMAX, CROSS_ENTROPY, BUILD_CLASSIFIER]
