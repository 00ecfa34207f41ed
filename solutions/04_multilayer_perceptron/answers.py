"""Right and wrong answers to the exercises on the multilayer perceptron."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np

from course_utils.checks.multilayer_perceptron import (
    check_build_mlp,
    check_forward,
    check_merge_layers_biases,
    check_merge_layers_weights,
)
from course_utils.checks.networks import Network
from course_utils.grading.exercise import Exercise


def _layer(rng: np.random.Generator, n_inputs: int, n_units: int, scale: float = 1.0) -> Any:
    return rng.normal(0, scale, (n_inputs, n_units)), rng.normal(0, scale, n_units)


# merge_layers ---------------------------------------------------------------------------------


def _merge(first_weights, first_biases, second_weights, second_biases):
    weights = first_weights @ second_weights
    return weights, first_biases @ second_weights + second_biases


def _two_layers(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for i in range(20):
        a, b, c = (int(size) for size in rng.integers((2, 5, 8), (5, 8, 11)))
        a, b, c = (b, b, b) if i % 4 == 0 else (a, b, c)
        yield *_layer(rng, a, b), *_layer(rng, b, c)


MERGE_LAYERS = Exercise(
    _merge,
    {
        "merge_layers_weights": (check_merge_layers_weights, _two_layers),
        "merge_layers_biases": (check_merge_layers_biases, _two_layers),
    },
)


@MERGE_LAYERS.right
def merge_by_list(first_weights, first_biases, second_weights, second_biases):
    weights = np.dot(first_weights, second_weights)
    return [weights, second_biases + second_weights.T @ first_biases]


@MERGE_LAYERS.right
def merge_by_probing(first_weights, first_biases, second_weights, second_biases):
    def both(inputs):
        return (inputs @ first_weights + first_biases) @ second_weights + second_biases

    biases = both(np.zeros(len(first_weights)))
    return both(np.eye(len(first_weights))) - biases, biases


@MERGE_LAYERS.right
def merge_with_a_row_of_biases(first_weights, first_biases, second_weights, second_biases):
    row = first_biases.reshape(1, -1)
    return first_weights @ second_weights, row @ second_weights + second_biases


@MERGE_LAYERS.right
def merge_by_adding_up(first_weights, first_biases, second_weights, second_biases):
    weights = np.zeros((len(first_weights), len(second_biases)))
    biases = second_biases.copy()
    for hidden in range(len(first_biases)):
        for output in range(len(second_biases)):
            biases[output] += first_biases[hidden] * second_weights[hidden, output]
            for number in range(len(first_weights)):
                weights[number, output] += (
                    first_weights[number, hidden] * second_weights[hidden, output]
                )
    return weights, biases


@MERGE_LAYERS.right
def merge_by_loops(first_weights, first_biases, second_weights, second_biases):
    n_inputs, n_hidden, n_outputs = *first_weights.shape, len(second_biases)
    weights = [
        [sum(first_weights[i, h] * second_weights[h, o] for h in range(n_hidden))
         for o in range(n_outputs)] for i in range(n_inputs)
    ]  # fmt: skip
    biases = [
        second_biases[o] + sum(first_biases[h] * second_weights[h, o] for h in range(n_hidden))
        for o in range(n_outputs)
    ]
    return weights, biases


@MERGE_LAYERS.wrong("Biases add up past the weights", says="3 and 2 do not fit")
def merge_added_biases(first_weights, first_biases, second_weights, second_biases):
    return first_weights @ second_weights, first_biases + second_biases


@MERGE_LAYERS.wrong("Biases add up past the weights, where they fit", says="pass through")
def merge_added_where_possible(first_weights, first_biases, second_weights, second_biases):
    fits = len(first_biases) == len(second_biases)
    carried = first_biases if fits else first_biases @ second_weights
    return first_weights @ second_weights, carried + second_biases


@MERGE_LAYERS.wrong("The order of a product is free", says="The order is wrong")
def merge_wrong_order(first_weights, first_biases, second_weights, second_biases):
    return second_weights @ first_weights, first_biases @ second_weights + second_biases


@MERGE_LAYERS.wrong("Layers add up", says="3 and 2 do not fit")
def merge_added_weights(first_weights, first_biases, second_weights, second_biases):
    return first_weights + second_weights, first_biases @ second_weights + second_biases


@MERGE_LAYERS.wrong("Biases come first", says="weights come first")
def merge_swapped(first_weights, first_biases, second_weights, second_biases):
    weights, biases = _merge(first_weights, first_biases, second_weights, second_biases)
    return biases, weights


@MERGE_LAYERS.wrong("The weights are enough", says="expected two results, weights and biases")
def merge_weights_alone(first_weights, first_biases, second_weights, second_biases):
    return first_weights @ second_weights


@MERGE_LAYERS.wrong("Printing is returning", says="prints its answer")
def merge_printed(first_weights, first_biases, second_weights, second_biases):
    print(_merge(first_weights, first_biases, second_weights, second_biases))


@MERGE_LAYERS.wrong("An argument is mine to change", says="changed its argument")
def merge_in_place(first_weights, first_biases, second_weights, second_biases):
    weights = first_weights @ second_weights
    second_biases += first_biases @ second_weights
    return weights, second_biases


# forward --------------------------------------------------------------------------------------


def _forward(inputs, layers):
    numbers = inputs
    for weights, biases in layers[:-1]:
        numbers = np.maximum(numbers @ weights + biases, 0)
    weights, biases = layers[-1]
    return numbers @ weights + biases


def _networks(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for i in range(20):
        sizes = [int(size) for size in rng.integers(4, 8, 3 + i % 2)]
        inputs = rng.normal(0, 2, (int(rng.integers(4, 7)), sizes[0]))
        yield inputs, [_layer(rng, before, after, 2.0) for before, after in pairwise(sizes)]


FORWARD = Exercise(_forward, {"forward_check": (check_forward, _networks)})


@FORWARD.right
def forward_by_index(inputs, layers):
    numbers = inputs
    for i in range(len(layers)):
        numbers = numbers @ layers[i][0] + layers[i][1]
        if i < len(layers) - 1:
            numbers = numbers * (numbers > 0)
    return numbers


@FORWARD.right
def forward_by_where(inputs, layers):
    *hidden, (last_weights, last_biases) = layers
    for weights, biases in hidden:
        sums = np.dot(inputs, weights) + biases
        inputs = np.where(sums < 0, 0, sums)
    return (inputs @ last_weights + last_biases).tolist()


@FORWARD.right
def forward_bent_before_all_but_the_first(inputs, layers):
    for i, (weights, biases) in enumerate(layers):
        inputs = (inputs if i == 0 else inputs.clip(min=0)) @ weights + biases
    return inputs.astype("float32")


@FORWARD.right
def forward_by_keras(inputs, layers):
    import keras

    network = keras.Sequential([keras.layers.Input((inputs.shape[1],))])
    for i, (_, biases) in enumerate(layers):
        bend = "relu" if i < len(layers) - 1 else None
        network.add(keras.layers.Dense(len(biases), activation=bend))
    network.set_weights([array for layer in layers for array in layer])
    return network(inputs)


@FORWARD.wrong("ReLU comes after every layer", says="after the last layer")
def forward_bent_to_the_end(inputs, layers):
    for weights, biases in layers:
        inputs = np.maximum(inputs @ weights + biases, 0)
    return inputs


@FORWARD.wrong("One non-linear step is enough", says="after the first layer only")
def forward_bent_once(inputs, layers):
    for i, (weights, biases) in enumerate(layers):
        inputs = inputs @ weights + biases
        if i == 0 and len(layers) > 1:
            inputs = np.maximum(inputs, 0)
    return inputs


@FORWARD.wrong("return inside the loop is fine", says="returns in the first round")
def forward_early_return(inputs, layers):
    for weights, biases in layers:
        sums = inputs @ weights + biases
        return np.maximum(sums, 0) if len(layers) > 1 else sums
    return inputs


@FORWARD.wrong("A network has two layers", says="2 names left of the `=`")
def forward_two_layers(inputs, layers):
    (first, first_biases), (second, second_biases) = layers
    return np.maximum(inputs @ first + first_biases, 0) @ second + second_biases


def _relu_without_return(values):
    np.maximum(values, 0)


@FORWARD.wrong("A helper needs no return", says="`inputs` is None.")
def forward_helper(inputs, layers):
    for weights, biases in layers:
        inputs = inputs @ weights + biases
        if len(layers) > 1:
            inputs = _relu_without_return(inputs)
    return inputs + 0


@FORWARD.wrong("max takes an array entry by entry", says="np.maximum compares entry by entry")
def forward_by_max(inputs, layers):
    for weights, biases in layers:
        inputs = max(0, inputs @ weights + biases)
    return inputs


@FORWARD.wrong("Printing is returning", says="prints its answer")
def forward_printed(inputs, layers):
    print(_forward(inputs, layers))


@FORWARD.wrong("An argument is mine to change", says="changed its argument")
def forward_pops(inputs, layers):
    while len(layers) > 1:
        weights, biases = layers.pop(0)
        inputs = np.maximum(inputs @ weights + biases, 0)
    return inputs @ layers[0][0] + layers[0][1]


# build_mlp ------------------------------------------------------------------------------------


def _build_mlp(image_shape, hidden_units, n_classes):
    import keras

    network = keras.Sequential([keras.layers.Input(image_shape), keras.layers.Flatten()])
    for units in hidden_units:
        network.add(keras.layers.Dense(units, activation="relu"))
    network.add(keras.layers.Dense(n_classes, activation="softmax"))
    return network


def _expected_mlp(image_shape, hidden_units, n_classes):
    flatten = ["Flatten"] if len(image_shape) > 1 else []
    hidden = [f"Dense({units}, relu)" for units in hidden_units]
    return Network(tuple(image_shape), (*flatten, *hidden, f"Dense({n_classes}, softmax)"))


def _mlp_sizes(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for n_hidden in (3, 4):
        height, width, *sizes, n_classes = map(
            int, rng.permutation(np.arange(3, 15))[: n_hidden + 3]
        )
        # Whoever sorts them, up or down, changes their order.
        yield (height, width), [*sorted(sizes)[1:], min(sizes)], n_classes


BUILD_MLP = Exercise(
    _build_mlp, {"build_mlp_check": (check_build_mlp, _mlp_sizes)}, expect=_expected_mlp
)


@BUILD_MLP.right
def mlp_of_a_list(image_shape, hidden_units, n_classes):
    from keras import Sequential
    from keras.layers import Dense, Flatten, Input

    hidden = [Dense(units, "relu") for units in hidden_units]
    return Sequential([Input(image_shape), Flatten(), *hidden, Dense(n_classes, "softmax")])


@BUILD_MLP.right
def mlp_functional(image_shape, hidden_units, n_classes):
    import keras

    inputs = keras.Input(image_shape)
    numbers = keras.layers.Flatten()(inputs) if len(image_shape) > 1 else inputs
    for units in hidden_units:
        numbers = keras.activations.relu(keras.layers.Dense(units)(numbers))
    return keras.Model(inputs, keras.layers.Dense(n_classes, activation="softmax")(numbers))


@BUILD_MLP.right
def mlp_with_activations_as_layers(image_shape, hidden_units, n_classes):
    import keras

    network = keras.Sequential()
    network.add(keras.Input(image_shape))
    network.add(keras.layers.Reshape((-1,)))
    for units in hidden_units:
        network.add(keras.layers.Dense(units, kernel_initializer="he_normal"))
        network.add(keras.layers.ReLU())
    network.add(keras.layers.Dense(n_classes))
    network.add(keras.layers.Activation("softmax"))
    return network


@BUILD_MLP.right
def mlp_compiled_already(image_shape, hidden_units, n_classes):
    network = _build_mlp(list(image_shape), tuple(hidden_units), n_classes)
    network.compile("adam", "sparse_categorical_crossentropy")
    network.summary()
    return network


@BUILD_MLP.wrong("Dense layers are non-linear by themselves", says="no activation")
def mlp_linear(image_shape, hidden_units, n_classes):
    import keras

    hidden = [keras.layers.Dense(units) for units in hidden_units]
    ends = keras.layers.Flatten(), keras.layers.Dense(n_classes, activation="softmax")
    return keras.Sequential([keras.Input(image_shape), ends[0], *hidden, ends[1]])


@BUILD_MLP.wrong("A dense layer unrolls an image itself", says="Flatten is missing")
def mlp_without_flatten(image_shape, hidden_units, n_classes):
    import keras

    network = keras.Sequential([keras.Input(image_shape)])
    for units in hidden_units:
        network.add(keras.layers.Dense(units, activation="relu"))
    network.add(keras.layers.Dense(n_classes, activation="softmax"))
    return network


@BUILD_MLP.wrong("The batch belongs in the input shape", says="number of images in a batch")
def mlp_with_batch(image_shape, hidden_units, n_classes):
    return _build_mlp((100, *image_shape), hidden_units, n_classes)


@BUILD_MLP.wrong("None in the input shape stands for the batch", says="the batch, whose size")
def mlp_with_open_batch(image_shape, hidden_units, n_classes):
    return _build_mlp((None, *image_shape), hidden_units, n_classes)


@BUILD_MLP.wrong("Keras finds the input shape by itself", says="does not know its input shape")
def mlp_without_input(image_shape, hidden_units, n_classes):
    import keras

    hidden = [keras.layers.Dense(units, activation="relu") for units in hidden_units]
    last = keras.layers.Dense(n_classes, activation="softmax")
    return keras.Sequential([keras.layers.Flatten(), *hidden, last])


@BUILD_MLP.wrong("One output neuron is enough", says="ends in one neuron")
def mlp_of_one_output(image_shape, hidden_units, n_classes):
    return _build_mlp(image_shape, hidden_units, 1)


@BUILD_MLP.wrong("A network has two hidden layers", says="Layer 2 is one too many")
def mlp_of_two_hidden_layers(image_shape, hidden_units, n_classes):
    return _build_mlp(image_shape, [hidden_units[0], hidden_units[-1]], n_classes)


@BUILD_MLP.wrong("A list of sizes is one layer", says="one whole number")
def mlp_of_a_list_of_units(image_shape, hidden_units, n_classes):
    return _build_mlp(image_shape, [hidden_units], n_classes)


@BUILD_MLP.wrong("A list of layers is a network", says="Give it to keras.Sequential( )")
def mlp_as_a_list(image_shape, hidden_units, n_classes):
    return _build_mlp(image_shape, hidden_units, n_classes).layers


@BUILD_MLP.wrong(
    "The outputs of the last layer are the network", says="keras.Model(inputs, outputs)"
)
def mlp_as_its_outputs(image_shape, hidden_units, n_classes):
    return _build_mlp(image_shape, hidden_units, n_classes).outputs[0]


@BUILD_MLP.wrong("compile returns the network", says="a line of its own")
def mlp_compiled_in_return(image_shape, hidden_units, n_classes):
    return _build_mlp(image_shape, hidden_units, n_classes).compile("adam", "mse")


@BUILD_MLP.wrong("Printing is returning", says="prints its answer")
def mlp_summary(image_shape, hidden_units, n_classes):
    return _build_mlp(image_shape, hidden_units, n_classes).summary()


@BUILD_MLP.wrong("An argument is mine to change", says="changed its argument")
def mlp_pops(image_shape, hidden_units, n_classes):
    sizes = []
    while hidden_units:
        sizes.append(hidden_units.pop(0))
    return _build_mlp(image_shape, sizes, n_classes)


EXERCISES = [MERGE_LAYERS, FORWARD, BUILD_MLP]
