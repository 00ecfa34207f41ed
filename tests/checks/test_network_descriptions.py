"""Networks that calculate the same are described alike, and what is no network is told in words.

What is described stands here as code, so that Keras is loaded only when a test runs.
"""

import pickle
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from course_utils.checks import CheckError
from course_utils.checks.asking import ask
from course_utils.checks.check import Check
from course_utils.checks.networks import (
    MEANINGS,
    Network,
    describe_history,
    describe_network,
    first_difference,
    network,
)

MLP = "[Input((4, 4)), Flatten(), Dense(5, 'relu'), Dense(3, 'softmax')]"
EXPECTED = Network((4, 4), ("Flatten", "Dense(5, relu)", "Dense(3, softmax)"))
LOGITS_LOSS = "SparseCategoricalCrossentropy(from_logits=True)"


def made(code: str, **names: Any) -> Any:
    """Make what a line of code says, with all of Keras at hand."""
    import keras

    return eval(code, {"keras": keras, **vars(keras), **vars(keras.layers), **names})


def functional(flatten: str, relu: str, softmax: str) -> Any:
    inputs = made("Input((4, 4))")
    hidden = made(f"{relu}(Dense(5)({flatten}(inputs)))", inputs=inputs)
    outputs = made(f"{softmax}(Dense(3)(hidden))", hidden=hidden)
    return made("Model(inputs, outputs)", inputs=inputs, outputs=outputs)


def compiled(settings: str) -> Any:
    built = made("Sequential([Input((4,)), Dense(3)])")
    made(f"built.compile({settings})", built=built)
    return built


@pytest.mark.filterwarnings("ignore:Do not pass an `input_shape`")
@pytest.mark.parametrize(
    "code",
    [
        "[Input((4, 4), 7), Flatten(name='rows'), Dense(5, 'relu'), Dense(3, 'softmax')]",
        "[Flatten(input_shape=(4, 4)), Dense(5, 'relu'), Dense(3, 'softmax')]",
        "[Input((4, 4)), Flatten(), Dense(5, activations.relu), Dense(3, ops.softmax)]",
        "[Input((4, 4)), Flatten(), Dense(5, ReLU()), Dense(3, Activation('softmax'))]",
        "[Input((4, 4)), Flatten(), Dense(5), Activation('relu'), Dense(3, 'linear'), Softmax()]",
        "[Input((4, 4)), Reshape((-1,)), Flatten(), Dense(5, 'relu'), Dense(3, 'softmax')]",
        "[Input((4, 4)), Identity(), Flatten(), Dense(5, 'relu', True, 'he_normal'), "
        "Dense(3, 'softmax', kernel_regularizer=None)]",
        "[Sequential([Input((4, 4)), Flatten(), Dense(5)]), ReLU(), Sequential([Input((5,)), "
        "Dense(3, 'softmax')])]",
    ],
)
def test_a_network_is_described_alike_however_it_was_written(code: str) -> None:
    found = describe_network(made(f"Sequential({code})"))
    assert found == EXPECTED
    assert found.n_parameters == 16 * 5 + 5 + 5 * 3 + 3


@pytest.mark.parametrize(
    "parts",
    [
        ("Flatten()", "ReLU()", "Softmax()"),
        ("Reshape((16,))", "activations.relu", "activations.softmax"),
        ("(lambda x: ops.reshape(x, (-1, 16)))", "ops.relu", "ops.softmax"),
    ],
)
def test_a_functional_network_is_described_as_a_sequential_one(parts: tuple[str, ...]) -> None:
    assert describe_network(functional(*parts)) == EXPECTED


@pytest.mark.parametrize(
    ("mean", "told"),
    [
        ("ops.mean(maps, axis=(1, 2))", "GlobalAveragePooling2D"),
        ("ops.mean(maps, axis=[-2, -3])", "GlobalAveragePooling2D"),
        ("GlobalAvgPool2D()(maps)", "GlobalAveragePooling2D"),
        ("ops.mean(maps, axis=(1, 2), keepdims=True)", "Mean"),
        ("ops.mean(maps, axis=-1)", "Mean"),
        ("ops.mean(maps)", "Mean"),
    ],
)
def test_a_mean_over_rows_and_columns_is_global_average_pooling(mean: str, told: str) -> None:
    maps = made("Input((9, 9, 4))")
    means = made(mean, maps=maps)
    assert describe_network(made("Model(maps, means)", maps=maps, means=means)).layers == (told,)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("Dense(5, use_bias=False)", "Dense(5, use_bias=False)"),
        ("Dense(5, LeakyReLU(0.1))", "Dense(5, LeakyReLU(negative_slope=0.1))"),
        ("Dense(5, kernel_regularizer='l2')", "Dense(5, kernel_regularizer=L2(l2=0.01))"),
        (
            "Dense(5, kernel_regularizer=regularizers.L1L2(0, 0.001))",
            "Dense(5, kernel_regularizer=L2(l2=0.001))",
        ),
        ("Dropout(0.5, seed=1)", "Dropout(0.5)"),
        ("Dense(5, 'relu'), ReLU()", "Dense(5, relu) → relu"),
        ("ReLU(max_value=6)", "ReLU(max_value=6)"),
        ("Conv2D(8, 3, activation='relu')", "Conv2D(8, (3, 3), relu)"),
        ("Conv2D(8, (3, 3), padding='SAME')", "Conv2D(8, (3, 3), padding='same')"),
        ("Conv2D(8, 3, strides=2)", "Conv2D(8, (3, 3), strides=(2, 2))"),
        ("MaxPooling2D(2, strides=2)", "MaxPooling2D"),
        ("MaxPooling2D(3, 1)", "MaxPooling2D(pool_size=(3, 3), strides=(1, 1))"),
        (
            "Conv2D(8, 3), BatchNormalization(), ReLU()",
            "Conv2D(8, (3, 3)) → BatchNormalization → relu",
        ),
    ],
)
def test_what_makes_a_difference_is_written(code: str, told: str) -> None:
    built = made(f"Sequential([Input((9, 9, 1)), {code}])")
    assert describe_network(built).shown == f"(9, 9, 1) → {told}"


@pytest.mark.parametrize(
    ("loss", "told"),
    [
        ("'sparse_categorical_crossentropy'", "SparseCategoricalCrossentropy"),
        ("losses.sparse_categorical_crossentropy", "SparseCategoricalCrossentropy"),
        ("losses.SparseCategoricalCrossentropy", "SparseCategoricalCrossentropy"),
        ("losses.SparseCategoricalCrossentropy(False)", "SparseCategoricalCrossentropy"),
        ("losses.SparseCategoricalCrossentropy(from_logits=True)", LOGITS_LOSS),
        ("[losses.SparseCategoricalCrossentropy(True)]", LOGITS_LOSS),
        ("lambda *y: losses.sparse_categorical_crossentropy(*y, from_logits=True)", LOGITS_LOSS),
        ("lambda *y: losses.categorical_crossentropy(*y)", "CategoricalCrossentropy"),
        ("'mse'", "MeanSquaredError"),
        ("losses.MeanSquaredError(name='mine')", "MeanSquaredError"),
        ("None", ""),
    ],
)
def test_a_loss_is_written_alike_however_it_was_given(loss: str, told: str) -> None:
    assert describe_network(compiled(f"loss={loss}")).loss == told


@pytest.mark.parametrize(
    ("loss", "metric", "told"),
    [
        ("mse", "'accuracy'", "accuracy"),
        ("mse", "'acc'", "accuracy"),
        ("sparse_categorical_crossentropy", "'sparse_categorical_accuracy'", "accuracy"),
        ("sparse_categorical_crossentropy", "metrics.SparseCategoricalAccuracy()", "accuracy"),
        ("categorical_crossentropy", "metrics.CategoricalAccuracy(name='right')", "accuracy"),
        ("mse", "metrics.Accuracy()", "Accuracy"),
        (
            "categorical_crossentropy",
            "metrics.SparseCategoricalAccuracy()",
            "SparseCategoricalAccuracy",
        ),
    ],
)
def test_only_an_accuracy_that_fits_the_loss_is_accuracy(loss: str, metric: str, told: str) -> None:
    found = describe_network(compiled(f"loss={loss!r}, metrics=[{metric}]"))
    assert found.metrics == (told,)


@pytest.mark.parametrize(
    ("optimizer", "told"),
    [
        ("'adam'", "Adam(learning_rate=0.001)"),
        ("optimizers.SGD(0.1)", "SGD(learning_rate=0.1)"),
        ("optimizers.AdamW()", "AdamW(learning_rate=0.001, weight_decay=0.004)"),
        (
            "optimizers.Adam(0.01, weight_decay=0.1)",
            "AdamW(learning_rate=0.01, weight_decay=0.1)",
        ),
    ],
)
def test_an_optimiser_is_written_with_its_rate_and_decay(optimizer: str, told: str) -> None:
    assert describe_network(compiled(optimizer)).optimizer == told


def test_a_description_can_travel_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(EXPECTED)) == EXPECTED


@pytest.mark.filterwarnings("ignore:Skipping variable loading")
def test_a_network_that_was_saved_and_loaded_is_described_as_before(tmp_path: Path) -> None:
    import keras

    built = compiled("'adam', losses.SparseCategoricalCrossentropy(True), metrics=['accuracy']")
    built.save(tmp_path / "network.keras")
    loaded = keras.models.load_model(tmp_path / "network.keras")
    assert describe_network(loaded) == describe_network(built)


def test_describing_draws_no_random_number_and_keeps_the_weights() -> None:
    import keras

    built = made(f"Sequential({MLP})")
    before = [weights.copy() for weights in built.get_weights()]
    drawn = []
    for describe in (describe_network, lambda _: None):
        keras.utils.set_random_seed(0)
        describe(built)
        drawn.append([*np.asarray(keras.random.uniform((2,))), random.random()])
    assert drawn[0] == drawn[1]
    assert all(map(np.array_equal, before, built.get_weights()))


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("[Flatten(), Dense(3)]", "Give it to keras.Sequential"),
        ("Dense(3)", "a single layer, Dense"),
        ("Sequential", "which was not called"),
        ("Sequential().summary", "which was not called"),
        ("Input((3,))", "keras.Model(inputs, outputs)"),
        ("callbacks.History()", "return the network"),
        ("type('Own', (Model,), {})()", "a class of your own"),
        ("'a network'", "received 'a network'"),
        ("Sequential([Dense(3)])", "does not know its input shape"),
    ],
)
def test_what_is_no_network_is_told_in_words(code: str, told: str) -> None:
    with pytest.raises(CheckError) as caught:
        network()(describe_network(made(code)))
    assert told in str(caught.value)


def test_what_a_check_does_not_ask_for_may_be_whatever_it_likes() -> None:
    received = Network((4,), ("Dense(2)",), "MeanSquaredError", ("accuracy",), "Adam")
    assert network("loss", "metrics", "optimizer")(received) == Network((4,), ("Dense(2)",))


@pytest.mark.parametrize(
    ("received", "told"),
    [
        (Network((5,), EXPECTED.layers), "The input shape is (5,)"),
        (Network((4, 4), ("Flatten", "Dense(6, relu)")), "has the size 6, where 5 is asked for"),
        (Network((4, 4), EXPECTED.layers[1:]), "Layer 1 is missing: Flatten"),
        (Network((4, 4), ("Flatten", *EXPECTED.layers)), "Layer 2 is one too many: Flatten"),
        (Network((4, 4), ("Flatten", "Dropout(0.5)")), "Dense(5, relu) expected, Dropout(0.5)"),
        (Network((4, 4), EXPECTED.layers[:2]), "Dense(3, softmax) is still to come"),
        (Network((4, 4), (*EXPECTED.layers, "softmax")), "nothing after Dense(3, softmax)"),
        (Network((4, 4), EXPECTED.layers, optimizer="Adam"), "The optimizer is another one"),
        (EXPECTED, ""),
    ],
)
def test_the_first_difference_is_named(received: Network, told: str) -> None:
    assert told in first_difference(received, EXPECTED)


def test_a_network_that_is_not_compiled_is_told_so() -> None:
    assert "not compiled" in first_difference(Network((4,), ()), Network((4,), (), "mse"))


def test_a_history_is_described_by_its_lists() -> None:
    history = made("callbacks.History()")
    history.history = {"loss": [0.5, np.float32(0.25)]}
    assert describe_history(history) == {"loss": [0.5, 0.25]}
    assert describe_history(made(f"Sequential({MLP})")) == EXPECTED


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("Sequential([Flatten])", "with its brackets"),
        ("Sequential(Flatten(), Dense(3))", "takes one list"),
        ("Sequential([Input(8), Dense(3)])", "A shape is a tuple"),
        ("Sequential([Dense([3, 4])])", "one whole number"),
        ("Sequential([Dense(3, 'rellu')])", "no activation of this name"),
        ("Sequential([Input((4, 4)), Conv2D(2, 3)])", "a channel axis"),
        ("Sequential([Input((4, 4, 1)), Conv2D(2, 5)])", "smaller than the window"),
        ("Sequential([Input((4,)), Dense(3)])(ops.ones((2, 5)))", "of another shape"),
        ("Sequential([Input((None, 4)), Flatten(), Dense(3)])", "that of one image"),
        ("Sequential([Input((4,)), Dense(3)]).fit(ops.ones((2, 4)), ops.ones(2))", "its compile"),
    ],
)
def test_what_an_error_of_keras_means_is_told(code: str, told: str) -> None:
    check = Check("build()", [(EXPECTED,)], describe=describe_network, meanings=MEANINGS)
    with pytest.raises(CheckError) as caught:
        check(lambda: made(code))
    *lines, meaning = str(caught.value).splitlines()
    assert len(lines) == 2
    assert told in meaning
    assert "\x1b" not in lines[1]


def test_a_message_is_the_same_however_many_layers_were_made_before() -> None:
    code = "Sequential([Input((4,)), Dense(3)])(ops.ones((2, 5)))"
    answers = [ask(lambda: made(code), []) for _ in range(2)]
    shown = [ask(lambda: made("Dense(3)"), []) for _ in range(2)]
    assert answers[0] == answers[1]
    assert "layer 'dense'" in answers[0].error
    assert shown[0] == shown[1]


def test_a_network_that_lost_its_way_out_is_told_the_line_that_it_needs() -> None:
    check = Check("build()", [(EXPECTED,)], describe=describe_network, meanings=MEANINGS)
    for call in ("compile()", "summary()"):
        with pytest.raises(CheckError, match="a line of its own"):
            check(lambda call=call: made(f"Sequential({MLP}).{call}"))


def test_nothing_is_written_while_a_network_learns(capfd: pytest.CaptureFixture[str]) -> None:
    built = made(f"Sequential({MLP})")  # what TensorFlow says at its start comes before

    def fit() -> Any:
        built.compile(loss="sparse_categorical_crossentropy")
        built.fit(np.ones((7, 4, 4)), np.ones(7), verbose=2)
        return built

    capfd.readouterr()
    assert ask(fit, [], describe_network).returned.layers == EXPECTED.layers
    assert capfd.readouterr() == ("", "")
