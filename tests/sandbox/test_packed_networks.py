"""A network that a student built is told, and rebuilt elsewhere, as a check sees it in place."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

keras = pytest.importorskip("keras")
import tensorflow as tf  # noqa: E402
from keras import layers, ops  # noqa: E402

from course_utils.checks.networks import describe_network  # noqa: E402
from course_utils.sandbox.networks import objection, pack_call, unpack_call  # noqa: E402


def squared(labels: Any, outputs: Any) -> Any:
    return ops.mean((labels - outputs) ** 2)


class OwnMetric(keras.metrics.Metric):
    def update_state(self, *_: Any, **__: Any) -> None: ...

    def result(self) -> float:
        return 1.0


class OwnLoss(keras.losses.Loss):
    def call(self, labels: Any, outputs: Any) -> Any:
        return squared(labels, outputs)


class OwnOptimizer(keras.optimizers.Adam): ...


class OwnSchedule(keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, _: Any) -> float:
        return 0.5

    def get_config(self) -> dict[str, Any]:
        return {"start": 0.5}


class OwnInitializer(keras.initializers.Initializer):
    def __call__(self, shape: Any, dtype: Any = None) -> Any:
        return 0.25 * np.ones(shape)


class OwnRegularizer(keras.regularizers.Regularizer):
    def __call__(self, weights: Any) -> Any:
        return ops.sum(weights)

    def get_config(self) -> dict[str, Any]:
        return {"strength": 0.5}


class OwnConstraint(keras.constraints.Constraint): ...


class OwnLayer(layers.Layer):
    def call(self, inputs: Any) -> Any:
        return inputs


def total(weights: Any) -> Any:
    return ops.sum(weights)


def swish_like(numbers: Any) -> Any:
    return numbers * 3


def dense(**settings: Any) -> Any:
    parts = [layers.Input((4,)), layers.Dense(3, **settings), layers.Dense(2)]
    return keras.Sequential(parts)


def compiled(**settings: Any) -> Any:
    network = dense()
    network.compile(**{"optimizer": "adam", "loss": "mse", **settings})
    return network


OWN: dict[str, Callable[[], Any]] = {
    "a function as a metric": lambda: compiled(metrics=["accuracy", squared]),
    "a class as a metric": lambda: compiled(metrics=[OwnMetric()]),
    "a wrapped function as a metric": lambda: compiled(
        metrics=[keras.metrics.MeanMetricWrapper(squared)]
    ),
    "metrics by name": lambda: compiled(metrics={"dense": [squared]}),
    "one metric": lambda: compiled(metrics=["accuracy"], loss=squared),
    "a function as the loss": lambda: compiled(loss=squared),
    "a class as the loss": lambda: compiled(loss=OwnLoss()),
    "an optimiser": lambda: compiled(optimizer=OwnOptimizer(0.25, weight_decay=0.5)),
    "a schedule": lambda: compiled(optimizer=keras.optimizers.SGD(OwnSchedule())),
    "an optimiser with a schedule": lambda: compiled(optimizer=OwnOptimizer(OwnSchedule())),
    "an initialiser": lambda: dense(kernel_initializer=OwnInitializer()),
    "a function as an initialiser": lambda: dense(
        bias_initializer=lambda shape, dtype=None: ops.ones(shape)
    ),
    "a regulariser": lambda: dense(kernel_regularizer=OwnRegularizer()),
    "a function as a regulariser": lambda: dense(kernel_regularizer=total),
    "a constraint": lambda: dense(kernel_constraint=OwnConstraint()),
    "an activation of TensorFlow": lambda: dense(activation=tf.nn.relu),
    "softmax of TensorFlow": lambda: dense(activation=tf.nn.softmax),
    "an activation in a layer": lambda: keras.Sequential(
        [layers.Input((4,)), layers.Dense(3), layers.Activation(tf.nn.tanh)]
    ),
    "an activation in a network inside": lambda: keras.Sequential(
        [layers.Input((4,)), keras.Sequential([layers.Dense(3, activation=tf.nn.relu)])]
    ),
    "a lambda": lambda: dense(activation=lambda x: keras.activations.softmax(x)),
}


def rebuilt(network: Any) -> Any:
    call = pack_call(Path.cwd(), network)
    assert objection(call) == ""
    return unpack_call(call, [])[0]


@pytest.mark.parametrize("name", OWN)
def test_what_is_the_learners_own_is_described_as_it_would_be_in_place(name: str) -> None:
    network = OWN[name]()
    assert describe_network(rebuilt(network)) == describe_network(network)


@pytest.mark.parametrize("name", OWN)
def test_what_is_the_learners_own_changes_nothing_of_what_a_network_calculates(name: str) -> None:
    network, images = OWN[name](), np.eye(4, dtype=np.float32)
    np.testing.assert_allclose(rebuilt(network)(images), network(images), atol=1e-6)


@pytest.mark.parametrize("name", [name for name in OWN if "metric" in name or "loss" in name])
def test_what_stands_for_the_learners_own_lets_a_check_measure(name: str) -> None:
    images, labels = np.eye(4, dtype=np.float32), np.zeros((4, 2), np.float32)
    rebuilt(OWN[name]()).evaluate(images, labels, verbose=0)


@pytest.mark.parametrize(
    ("build", "named"),
    [
        (lambda: dense(activation=swish_like), "swish_like"),
        (lambda: keras.Sequential([layers.Input((4,)), OwnLayer()]), "OwnLayer"),
        (lambda: keras.Sequential([layers.Input((4,)), layers.Lambda(swish_like)]), "Lambda"),
    ],
)
def test_what_no_check_can_look_into_is_named_with_what_to_use(
    build: Callable[[], Any], named: str
) -> None:
    said = objection(pack_call(Path.cwd(), build()))
    assert said.startswith(f"with {named}, ")
    assert "Use layers of keras.layers" in said


def test_an_activation_that_only_has_the_name_of_one_is_the_learners_own() -> None:
    def relu(numbers: Any) -> Any:
        return numbers - 1

    assert "Dense(3, relu of your own)" in describe_network(dense(activation=relu)).layers
