"""The stack explorer: shapes and parameters of a convolutional network, as Keras counts them."""

from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure

from course_utils.explorers import explore_stack
from course_utils.explorers.stack import (
    field_in_words,
    percent_of,
    shape_in_words,
    stack_layers,
)


def random_stacks(seed: int, n: int = 300) -> list[tuple[Any, ...]]:
    """Draw arguments of `stack_layers`; some stacks do not fit."""
    rng = np.random.default_rng(seed)
    cases = []
    for _ in range(n):
        numbers = rng.integers((8, 1, 0, 1, 1, 1, 0, 1, 0), (40, 4, 4, 65, 6, 4, 2, 4, 257))
        side, channels, blocks, filters, kernel, stride, same, pool, units = map(int, numbers)
        cases.append((side, channels, blocks, filters, kernel, stride, bool(same), pool, units))
    return cases


def built_by_keras(case: tuple[Any, ...]) -> tuple[list[list[int]], int]:
    """Build the same stack in Keras; return each layer's output shape, and all parameters."""
    from keras import Sequential, layers

    side, channels, blocks, filters, kernel, stride, same, pool, units = case
    made: list[Any] = [layers.Input((side, side, channels))]
    for block in range(blocks):
        padding = "same" if same else "valid"
        made.append(layers.Conv2D(filters * 2**block, kernel, stride, padding))
        if pool > 1:
            made.append(layers.MaxPooling2D(pool))
    made += [layers.Flatten(), *([layers.Dense(units)] if units else []), layers.Dense(10)]
    network = Sequential(made)
    return [list(layer.output.shape[1:]) for layer in network.layers], network.count_params()


def test_shapes_and_parameters_are_those_of_keras() -> None:
    fitting = [case for case in random_stacks(0, 60) if stack_layers(*case)[-1][1]]
    assert len(fitting) > 20
    for case in fitting:
        stack = stack_layers(*case)
        ours = [shape for _, shape, _, _ in stack[1:]], sum(count for _, _, count, _ in stack)
        assert ours == built_by_keras(case)


def seen_by_tensorflow(case: tuple[Any, ...]) -> int:
    """Measure how many columns have a gradient for the number in the middle of the last map."""
    import tensorflow as tf
    from keras import Sequential, layers

    side, _, blocks, _, kernel, stride, same, pool, _ = case
    made: list[Any] = [layers.Input((side, side, 1))]
    for _ in range(blocks):
        padding = "same" if same else "valid"
        made.append(layers.Conv2D(1, kernel, stride, padding, kernel_initializer="ones"))
        if pool > 1:
            made.append(layers.AveragePooling2D(pool))  # each pixel of a window counts, always
    image = tf.zeros((1, side, side, 1))
    with tf.GradientTape() as tape:
        tape.watch(image)
        maps = Sequential(made)(image)
        middle = maps[0, maps.shape[1] // 2, maps.shape[2] // 2, 0]
    columns = np.flatnonzero(np.asarray(tape.gradient(middle, image)).any(axis=(0, 1, 3)))
    return int(columns[-1] - columns[0] + 1)


@pytest.mark.parametrize("same", [False, True])
@pytest.mark.parametrize("blocks", [1, 2, 3])
@pytest.mark.parametrize(("kernel", "stride", "pool"), [(3, 1, 2), (5, 1, 1), (2, 1, 3), (3, 2, 2)])
def test_a_map_sees_the_pixels_that_have_a_gradient(blocks, kernel, stride, pool, same) -> None:
    case = (240, 1, blocks, 1, kernel, stride, same, pool, 0)
    *_, (_, _, _, sees), _, _ = stack_layers(*case)
    assert sees == seen_by_tensorflow(case)


def test_the_receptive_field_of_the_second_network_is_the_lessons_table() -> None:
    stack = stack_layers(28, 1, 2, 32, 3, 1, True, 2, 128)
    assert [sees for _, _, _, sees in stack] == [1, 3, 4, 8, 10, 0, 0, 0]


def test_a_stack_that_does_not_fit_is_refused_by_keras_too() -> None:
    case = (8, 1, 2, 4, 5, 1, False, 2, 10)
    assert stack_layers(*case)[-1] == ("Conv2D 8", [], 0, 0)
    with pytest.raises(ValueError, match="zero or negative"):
        built_by_keras(case)


@pytest.mark.parametrize(
    ("arguments", "total"),
    [
        ({"blocks": 1, "padding": "valid", "dense_units": 100}, "542,230"),
        ({}, "421,642"),
        ({"blocks": 0}, "101,770"),
    ],
)
def test_the_tutorials_networks_have_their_parameters(arguments, total) -> None:
    assert (
        f"Together these layers have {total} parameters." in explore_stack(**arguments).sentence()
    )


def test_the_sentence_walks_from_layer_to_layer() -> None:
    assert explore_stack(1, 32, padding="valid", dense_units=100).sentence() == (
        "Input: 28 × 28 × 1 → Conv2D 32: 26 × 26 × 32 (320), sees 3 × 3 → MaxPool 2: "
        "13 × 13 × 32, sees 4 × 4 → Flatten: 5,408 → Dense 100: 100 (540,900) → Dense 10: "
        "10 (1,010). Together these layers have 542,230 parameters. The largest, Dense 100, has "
        "100 % of them."
    )


def test_the_sentence_says_where_a_stack_ends_too_early() -> None:
    sentence = explore_stack(3, 8, kernel_size=5, padding="valid", dense_units=0).sentence()
    assert sentence.endswith(
        "Conv2D 32: does not fit. The output layer is never reached, so this network cannot be "
        "built."
    )


def test_the_still_twin_names_every_layer() -> None:
    figure = Figure()
    explore_stack().draw(figure)
    words = {text.get_text() for text in figure.axes[0].texts}
    assert {"Conv2D 64", "14 × 14 × 64", "sees 8 × 8", "18,496"} <= words
    assert "all: 421,642 parameters" in words


def test_the_still_twin_is_drawn_where_nothing_fits() -> None:
    figure = Figure()
    explore_stack(3, 8, kernel_size=5, padding="valid", pool_size=3).draw(figure)
    assert "cannot be built" in {text.get_text() for text in figure.axes[0].texts}


COMPARED = {
    stack_layers: random_stacks(1),
    field_in_words: [(1,), (10,)],
    shape_in_words: [([],), ([10],), ([5408],), ([28, 28, 1],), ([256, 256, 1024],)],
    percent_of: [(part, 200) for part in range(201)],
}


@pytest.mark.parametrize("function", COMPARED)
def test_the_browser_calculates_as_python_does(same_in_browser, function) -> None:
    same_in_browser("stack.js", function, COMPARED[function])


def test_a_shape_is_written_with_commas_and_one_that_does_not_fit_in_words() -> None:
    shapes = [[13, 13, 32], [5408], []]
    assert [shape_in_words(s) for s in shapes] == ["13 × 13 × 32", "5,408", "does not fit"]
