"""Right and wrong answers to the exercises on the multilayer perceptron."""

from collections.abc import Iterator
from functools import reduce
from itertools import pairwise
from typing import Any

import numpy as np

from course_utils.grading.exercise import Exercise

Case = tuple[Any, ...]


def _table(rng: np.random.Generator, *shape: int) -> Any:
    """Random numbers with two decimals, none of them near 0."""
    return np.round(rng.uniform(0.2, 3, shape), 2) * rng.choice([-1, 1], shape)


# weighted_sum ---------------------------------------------------------------------------------


def _weighted_sum(inputs, weights, bias):
    return (inputs * weights).sum() + bias


def _neurons(rng: np.random.Generator) -> Iterator[Case]:
    for _ in range(10):
        n = int(rng.integers(3, 9))
        yield _table(rng, n), _table(rng, n), float(_table(rng, 1)[0])


def one_number(expected, received):
    """A sum is one number, also where it comes in an array of length 1."""
    return np.size(received) == 1 and np.allclose(np.ravel(received)[0], expected, rtol=1e-4)


WEIGHTED_SUM = Exercise("weighted_sum", _weighted_sum, _neurons, agree=one_number)


@WEIGHTED_SUM.right
def weighted_sum_by_loop(inputs, weights, bias):
    total = bias
    for number, weight in zip(inputs, weights, strict=True):
        total += number * weight
    return float(total)


@WEIGHTED_SUM.right
def weighted_sum_by_dot(inputs, weights, bias):
    return np.dot(weights, inputs) + bias


@WEIGHTED_SUM.right
def weighted_sum_by_table(inputs, weights, bias):
    return inputs.reshape(1, -1) @ weights.reshape(-1, 1) + bias


@WEIGHTED_SUM.right
def weighted_sum_float32(inputs, weights, bias):
    return np.float32(inputs @ weights + bias)


@WEIGHTED_SUM.right
def weighted_sum_bias_as_weight(inputs, weights, bias):
    return np.append(inputs, 1) @ np.append(weights, bias)


@WEIGHTED_SUM.wrong("The bias does not count", says="forgot the bias")
def weighted_sum_no_bias(inputs, weights, bias):
    return (inputs * weights).sum()


@WEIGHTED_SUM.wrong("Each input has a bias", says="once for each input")
def weighted_sum_bias_each(inputs, weights, bias):
    return (inputs * weights + bias).sum()


@WEIGHTED_SUM.wrong("The bias is a threshold to subtract", says="subtracted the bias")
def weighted_sum_minus_bias(inputs, weights, bias):
    return (inputs * weights).sum() - bias


@WEIGHTED_SUM.wrong("The bias is one more weight for the sum", says="multiplied by the bias")
def weighted_sum_times_bias(inputs, weights, bias):
    return (inputs * weights).sum() * bias


@WEIGHTED_SUM.wrong("A neuron gives one number for each input", says="products alone")
def weighted_sum_products(inputs, weights, bias):
    return inputs * weights


@WEIGHTED_SUM.wrong("A neuron gives a row", says="bias to each product")
def weighted_sum_products_and_bias(inputs, weights, bias):
    return inputs * weights + bias


@WEIGHTED_SUM.wrong("Weight = activation", says="a weight is not what comes out")
def weighted_sum_weights_alone(inputs, weights, bias):
    return weights.sum() + bias


@WEIGHTED_SUM.wrong("A neuron adds its inputs up", says="left the weights out")
def weighted_sum_inputs_alone(inputs, weights, bias):
    return inputs.sum() + bias


@WEIGHTED_SUM.wrong("A weighted sum is a mean", says="mean of the products")
def weighted_sum_mean(inputs, weights, bias):
    return (inputs * weights).mean() + bias


@WEIGHTED_SUM.wrong("Weights are added to the inputs", says="Multiply each pair")
def weighted_sum_added(inputs, weights, bias):
    return (inputs + weights).sum() + bias


@WEIGHTED_SUM.wrong("One weight serves all inputs", says="sum by sum")
def weighted_sum_of_sums(inputs, weights, bias):
    return inputs.sum() * weights.sum() + bias


@WEIGHTED_SUM.wrong("A neuron's answer is never negative", says="no ReLU in this exercise")
def weighted_sum_bent(inputs, weights, bias):
    return max(0.0, (inputs * weights).sum() + bias)


@WEIGHTED_SUM.wrong("The sample's answer is the answer", says="hard-coded")
def weighted_sum_hard_coded(inputs, weights, bias):
    return 6.5


@WEIGHTED_SUM.wrong("Both samples' answers are the answer", says="hard-coded")
def weighted_sum_hard_coded_both(inputs, weights, bias):
    return 6.5 if len(inputs) == 3 else -4.0


@WEIGHTED_SUM.wrong("The lesson's number is the answer", says="hard-coded")
def weighted_sum_hard_coded_example(inputs, weights, bias):
    return 5.0


@WEIGHTED_SUM.wrong("A zero may do", says="Every value is 0")
def weighted_sum_zero(inputs, weights, bias):
    return 0


@WEIGHTED_SUM.wrong("Printing is returning", says="prints its answer")
def weighted_sum_printed(inputs, weights, bias):
    print((inputs * weights).sum() + bias)


@WEIGHTED_SUM.wrong("An argument is mine to change", says="changed its argument")
def weighted_sum_in_place(inputs, weights, bias):
    inputs *= weights
    return inputs.sum() + bias


@WEIGHTED_SUM.wrong("A neuron has three inputs", says="first product alone")
def weighted_sum_first(inputs, weights, bias):
    return inputs[0] * weights[0] + bias


# dense ----------------------------------------------------------------------------------------


def _dense(inputs, weights, biases):
    return inputs @ weights + biases


def _batches(rng: np.random.Generator) -> Iterator[Case]:
    for i in range(10):
        n, n_inputs = int(rng.integers(2, 5)), int(rng.integers(5, 8))
        n_units = n_inputs if i % 3 == 0 else int(rng.integers(8, 11))
        yield _table(rng, n, n_inputs), _table(rng, n_inputs, n_units), _table(rng, n_units)


DENSE = Exercise("dense", _dense, _batches)


@DENSE.right
def dense_by_loops(inputs, weights, biases):
    rows = []
    for example in inputs:
        row = []
        for unit in range(len(biases)):
            total = biases[unit]
            for i in range(len(example)):
                total = total + example[i] * weights[i, unit]
            row.append(total)
        rows.append(row)
    return rows


@DENSE.right
def dense_by_neurons(inputs, weights, biases):
    columns = [(inputs * w).sum(axis=1) + b for w, b in zip(weights.T, biases, strict=True)]
    return np.stack(columns, axis=1)


@DENSE.right
def dense_on_paper(inputs, weights, biases):
    return (weights.T @ inputs.T + biases.reshape(-1, 1)).T


@DENSE.right
def dense_by_einsum(inputs, weights, biases):
    return np.einsum("ni,iu->nu", inputs, weights) + biases


@DENSE.right
def dense_float32(inputs, weights, biases):
    return np.dot(inputs, weights).astype("float32") + biases.astype("float32")


@DENSE.right
def dense_by_keras(inputs, weights, biases):
    import keras

    layer = keras.layers.Dense(len(biases))
    layer.build(inputs.shape)
    layer.set_weights([weights, biases])
    return layer(inputs)


@DENSE.wrong("Biases do not count", says="forgot the biases")
def dense_no_biases(inputs, weights, biases):
    return inputs @ weights


@DENSE.wrong("A layer has a single bias", says="bias of its own")
def dense_single_bias(inputs, weights, biases):
    return inputs @ weights + biases[0]


@DENSE.wrong("A layer's biases are added up", says="bias of its own")
def dense_sum_of_biases(inputs, weights, biases):
    return inputs @ weights + biases.sum()


@DENSE.wrong("Each input has a bias", says="once for each input")
def dense_bias_each(inputs, weights, biases):
    return sum(np.outer(inputs[:, i], weights[i]) + biases for i in range(len(weights)))


@DENSE.wrong("A bias is a threshold to subtract", says="subtracted the biases")
def dense_minus_biases(inputs, weights, biases):
    return inputs @ weights - biases


@DENSE.wrong("A bias is a factor", says="multiplied by the biases")
def dense_times_biases(inputs, weights, biases):
    return inputs @ weights * biases


@DENSE.wrong("W x + b can be written down as it is", says="which table has to stand on the left")
def dense_weights_first(inputs, weights, biases):
    return weights @ inputs + biases


@DENSE.wrong("A row of weights belongs to a neuron", says="is none to be turned")
def dense_transposed_weights(inputs, weights, biases):
    return inputs @ weights.T + biases


@DENSE.wrong("reshape equals transpose", says="the wrong way round")
def dense_square_transposed(inputs, weights, biases):
    square = weights.shape[0] == weights.shape[1]
    return inputs @ (weights.T if square else weights) + biases


@DENSE.wrong("A neuron is a row of the result", says="Rows and columns are swapped")
def dense_turned(inputs, weights, biases):
    return (inputs @ weights + biases).T


@DENSE.wrong("* is the matrix product", says="Two shapes do not fit")
def dense_elementwise(inputs, weights, biases):
    return inputs * weights + biases


@DENSE.wrong("A layer takes one example", says="first example alone")
def dense_first_example(inputs, weights, biases):
    return inputs[0] @ weights + biases


@DENSE.wrong("return inside the loop is fine", says="first example alone")
def dense_early_return(inputs, weights, biases):
    for example in inputs:
        return [example @ weights + biases]
    return []


@DENSE.wrong("A batch is one large example", says="added up over the batch")
def dense_summed_batch(inputs, weights, biases):
    return (inputs @ weights + biases).sum(axis=0)


@DENSE.wrong("A layer gives one number", says="added up over the neurons")
def dense_summed_neurons(inputs, weights, biases):
    return (inputs @ weights + biases).sum(axis=1)


@DENSE.wrong("A layer always bends", says="no ReLU in this exercise")
def dense_bent(inputs, weights, biases):
    return np.maximum(inputs @ weights + biases, 0)


@DENSE.wrong("A right shape is a right answer", says="Every value is 0")
def dense_zeros(inputs, weights, biases):
    return np.zeros((len(inputs), len(biases)))


@DENSE.wrong("The sample's answer is the answer", says="hard-coded")
def dense_hard_coded(inputs, weights, biases):
    return np.array([[-1.5, 7.0, 4.25, 12.0], [1.5, -2.0, 1.25, 6.0]])


@DENSE.wrong("A layer hands its inputs on", says="unchanged")
def dense_nothing(inputs, weights, biases):
    return inputs


@DENSE.wrong("Printing is returning", says="prints its answer")
def dense_printed(inputs, weights, biases):
    print(inputs @ weights + biases)


@DENSE.wrong("An argument is mine to change", says="changed its argument")
def dense_in_place(inputs, weights, biases):
    result = inputs @ weights + biases
    inputs[:] = 0
    return result


# count_parameters -----------------------------------------------------------------------------


def _count_parameters(sizes):
    return sum(before * units + units for before, units in pairwise(sizes))


def _sizes(rng: np.random.Generator) -> Iterator[Case]:
    for _ in range(10):
        yield ([int(size) for size in rng.integers(2, 40, int(rng.integers(2, 6)))],)


COUNT_PARAMETERS = Exercise("count_parameters", _count_parameters, _sizes)


@COUNT_PARAMETERS.right
def count_by_index(sizes):
    total = 0
    for i in range(1, len(sizes)):
        total += (sizes[i - 1] + 1) * sizes[i]
    return total


@COUNT_PARAMETERS.right
def count_by_numpy(sizes):
    array = np.array(sizes)
    return array[:-1] @ array[1:] + array[1:].sum()


@COUNT_PARAMETERS.right
def count_by_recursion(sizes):
    def count(rest):
        return 0 if len(rest) < 2 else (rest[0] + 1) * rest[1] + count(rest[1:])

    return count(list(sizes))


@COUNT_PARAMETERS.right
def count_by_float(sizes):
    return reduce(lambda total, pair: total + pair[0] * pair[1] + pair[1], pairwise(sizes), 0.0)


@COUNT_PARAMETERS.right
def count_by_arrays(sizes):
    layers = [(np.zeros((a, b)), np.zeros(b)) for a, b in pairwise(sizes)]
    return sum(array.size for layer in layers for array in layer)


@COUNT_PARAMETERS.wrong("Biases forgotten in the count", says="forgot the biases")
def count_weights(sizes):
    return sum(a * b for a, b in pairwise(sizes))


@COUNT_PARAMETERS.wrong("Parameters = neurons", says="counted neurons")
def count_neurons(sizes):
    return sum(sizes[1:])


@COUNT_PARAMETERS.wrong("Parameters = all circles of the drawing", says="counted neurons")
def count_circles(sizes):
    return sum(sizes)


@COUNT_PARAMETERS.wrong("Inputs have biases as well", says="inputs biases")
def count_input_biases(sizes):
    return _count_parameters(sizes) + sizes[0]


@COUNT_PARAMETERS.wrong("A layer has a single bias", says="each layer a single bias")
def count_single_bias(sizes):
    return sum(a * b + 1 for a, b in pairwise(sizes))


@COUNT_PARAMETERS.wrong("A bias belongs to an input", says="one bias for each input")
def count_bias_per_input(sizes):
    return sum(a * b + a for a, b in pairwise(sizes))


@COUNT_PARAMETERS.wrong("Parameters depend on the number of images", says="number of images")
def count_times_images(sizes):
    return _count_parameters(sizes) * 60_000


@COUNT_PARAMETERS.wrong("The output layer only reads out", says="output layer out")
def count_without_output(sizes):
    return _count_parameters(sizes[:-1]) if len(sizes) > 2 else 0


@COUNT_PARAMETERS.wrong("The hidden layer holds them all", says="first layer alone")
def count_first_layer(sizes):
    return sizes[0] * sizes[1] + sizes[1]


@COUNT_PARAMETERS.wrong("The first neighbours stand for all: = instead of +=",
                        says="last layer alone")  # fmt: skip
def count_last_layer(sizes):
    total = 0
    for a, b in pairwise(sizes):
        total = a * b + b
    return total


@COUNT_PARAMETERS.wrong("All layers meet all layers", says="all later ones")
def count_all_pairs(sizes):
    pairs = [(a, b) for i, a in enumerate(sizes) for b in sizes[i + 1 :]]
    return sum(a * b for a, b in pairs) + sum(sizes[1:])


@COUNT_PARAMETERS.wrong("Multiply all sizes", says="multiplied all sizes")
def count_product(sizes):
    return int(np.prod(sizes))


@COUNT_PARAMETERS.wrong("A list of layers is a total", says="one by one")
def count_list(sizes):
    return [a * b + b for a, b in pairwise(sizes)]


@COUNT_PARAMETERS.wrong("The lesson's number is the answer", says="hard-coded")
def count_hard_coded(sizes):
    return 118_282


@COUNT_PARAMETERS.wrong("The sample's answer is the answer", says="hard-coded")
def count_hard_coded_sample(sizes):
    return {5: 37, 2: 12, 6: 21}.get(sizes[0], 37)


@COUNT_PARAMETERS.wrong("A zero may do", says="Every value is 0")
def count_zero(sizes):
    return 0


@COUNT_PARAMETERS.wrong("Printing is returning", says="prints its answer")
def count_printed(sizes):
    print(_count_parameters(sizes))


@COUNT_PARAMETERS.wrong("An argument is mine to change", says="changed its argument")
def count_in_place(sizes):
    total, before = 0, sizes.pop(0)
    for units in sizes:
        total, before = total + (before + 1) * units, units
    return total


# merge_layers ---------------------------------------------------------------------------------


def _merge(first_weights, first_biases, second_weights, second_biases):
    weights = first_weights @ second_weights
    return weights, first_biases @ second_weights + second_biases


def _two_layers(rng: np.random.Generator) -> Iterator[Case]:
    for i in range(10):
        a, b, c = (int(size) for size in rng.integers((2, 5, 8), (5, 8, 11)))
        a, b, c = (b, b, b) if i % 3 == 0 else (a, b, c)
        yield _table(rng, a, b), _table(rng, b), _table(rng, b, c), _table(rng, c)


def same_layer(expected, received):
    """Two layers are one where weights and biases agree; biases may be a table of one row."""
    weights, biases = received
    return np.allclose(weights, expected[0], rtol=1e-4) and np.allclose(
        np.ravel(biases), expected[1], rtol=1e-4, atol=1e-5
    )


MERGE_LAYERS = Exercise("merge_layers", _merge, _two_layers, agree=same_layer)


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


@MERGE_LAYERS.wrong("Biases are only in the last layer", says="forgot the first layer's biases")
def merge_last_biases(first_weights, first_biases, second_weights, second_biases):
    return first_weights @ second_weights, second_biases


@MERGE_LAYERS.wrong("Biases of the second layer forgotten", says="forgot the second layer's")
def merge_carried_biases(first_weights, first_biases, second_weights, second_biases):
    return first_weights @ second_weights, first_biases @ second_weights


@MERGE_LAYERS.wrong("Biases add up past the weights", says="Two shapes do not fit")
def merge_added_biases(first_weights, first_biases, second_weights, second_biases):
    return first_weights @ second_weights, first_biases + second_biases


@MERGE_LAYERS.wrong("Biases add up past the weights, where they fit", says="pass through")
def merge_added_where_possible(first_weights, first_biases, second_weights, second_biases):
    fits = len(first_biases) == len(second_biases)
    carried = first_biases if fits else first_biases @ second_weights
    return first_weights @ second_weights, carried + second_biases


@MERGE_LAYERS.wrong("The biases are laid end to end", says="end to end")
def merge_joined_biases(first_weights, first_biases, second_weights, second_biases):
    return first_weights @ second_weights, np.concatenate([first_biases, second_biases])


@MERGE_LAYERS.wrong("Biases are multiplied", says="multiplied by the second")
def merge_multiplied_biases(first_weights, first_biases, second_weights, second_biases):
    return first_weights @ second_weights, first_biases @ second_weights * second_biases


@MERGE_LAYERS.wrong("The order of a product is free", says="which table has to stand on the left")
def merge_wrong_order(first_weights, first_biases, second_weights, second_biases):
    return second_weights @ first_weights, first_biases @ second_weights + second_biases


@MERGE_LAYERS.wrong("The order is free for square tables", says="The order is wrong")
def merge_wrong_order_if_square(first_weights, first_biases, second_weights, second_biases):
    biases = first_biases @ second_weights + second_biases
    if first_weights.shape == second_weights.shape:
        return second_weights @ first_weights, biases
    return first_weights @ second_weights, biases


@MERGE_LAYERS.wrong("Layers add up", says="Two shapes do not fit")
def merge_added_weights(first_weights, first_biases, second_weights, second_biases):
    return first_weights + second_weights, first_biases @ second_weights + second_biases


@MERGE_LAYERS.wrong("The second layer replaces the first", says="first layer is missing")
def merge_second(first_weights, first_biases, second_weights, second_biases):
    return second_weights, second_biases


@MERGE_LAYERS.wrong("The first layer does it all", says="second layer is missing")
def merge_first(first_weights, first_biases, second_weights, second_biases):
    return first_weights, first_biases


@MERGE_LAYERS.wrong("Biases come first", says="weights come first")
def merge_swapped(first_weights, first_biases, second_weights, second_biases):
    weights, biases = _merge(first_weights, first_biases, second_weights, second_biases)
    return biases, weights


@MERGE_LAYERS.wrong("Between linear layers there is always a bend", says="no ReLU in this exercise")
def merge_bent(first_weights, first_biases, second_weights, second_biases):
    weights, biases = _merge(first_weights, first_biases, second_weights, second_biases)
    return np.maximum(weights, 0), np.maximum(biases, 0)


@MERGE_LAYERS.wrong("The weights are enough", says="must return two arrays")
def merge_weights_alone(first_weights, first_biases, second_weights, second_biases):
    return first_weights @ second_weights


@MERGE_LAYERS.wrong("A right shape is a right answer", says="Every value is 0")
def merge_zeros(first_weights, first_biases, second_weights, second_biases):
    shape = (len(first_weights), len(second_biases))
    return np.zeros(shape), np.zeros(len(second_biases))


@MERGE_LAYERS.wrong("The sample's answer is the answer", says="hard-coded")
def merge_hard_coded(first_weights, first_biases, second_weights, second_biases):
    return np.array([[5.0, 3.0], [1.0, 1.0]]), np.array([0.25, 9.0])


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


def _networks(rng: np.random.Generator) -> Iterator[Case]:
    for i in range(10):
        sizes = [int(size) for size in rng.integers(4, 8, 3 + i % 2)]
        layers = [(_table(rng, a, b), _table(rng, b)) for a, b in pairwise(sizes)]
        yield _table(rng, int(rng.integers(3, 6)), sizes[0]), layers


FORWARD = Exercise("forward", _forward, _networks)


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


@FORWARD.wrong("Stacking linear layers adds power", says="one linear layer")
def forward_linear(inputs, layers):
    for weights, biases in layers:
        inputs = inputs @ weights + biases
    return inputs


@FORWARD.wrong("ReLU comes after every layer", says="after the last layer")
def forward_bent_to_the_end(inputs, layers):
    for weights, biases in layers:
        inputs = np.maximum(inputs @ weights + biases, 0)
    return inputs


@FORWARD.wrong("Biases do not count", says="forgot the biases")
def forward_no_biases(inputs, layers):
    for weights, _ in layers[:-1]:
        inputs = np.maximum(inputs @ weights, 0)
    return inputs @ layers[-1][0]


@FORWARD.wrong("One bend is enough", says="after the first layer only")
def forward_bent_once(inputs, layers):
    for i, (weights, biases) in enumerate(layers):
        inputs = inputs @ weights + biases
        if i == 0 and len(layers) > 1:
            inputs = np.maximum(inputs, 0)
    return inputs


@FORWARD.wrong("ReLU clips weights", says="clipped its weights")
def forward_clipped_weights(inputs, layers):
    for weights, biases in layers:
        inputs = inputs @ np.maximum(weights, 0) + biases
    return inputs


@FORWARD.wrong("ReLU puts values between 0 and 1", says="cut off above 1")
def forward_clipped_to_unit(inputs, layers):
    for weights, biases in layers[:-1]:
        inputs = np.clip(inputs @ weights + biases, 0, 1)
    return inputs @ layers[-1][0] + layers[-1][1]


@FORWARD.wrong("ReLU takes the sign away", says="took away the sign")
def forward_absolute(inputs, layers):
    for weights, biases in layers[:-1]:
        inputs = np.abs(inputs @ weights + biases)
    return inputs @ layers[-1][0] + layers[-1][1]


@FORWARD.wrong("ReLU is yes or no", says="made 0 and 1")
def forward_steps(inputs, layers):
    for weights, biases in layers[:-1]:
        inputs = (inputs @ weights + biases > 0).astype(float)
    return inputs @ layers[-1][0] + layers[-1][1]


@FORWARD.wrong("ReLU comes before a layer", says="bent the inputs")
def forward_bent_inputs(inputs, layers):
    for weights, biases in layers:
        inputs = np.maximum(inputs, 0) @ weights + biases
    return inputs


@FORWARD.wrong("A network ends in softmax", says="softmax after the last")
def forward_softmax(inputs, layers):
    shares = np.exp(_forward(inputs, layers) - _forward(inputs, layers).max(axis=1, keepdims=True))
    return shares / shares.sum(axis=1, keepdims=True)


@FORWARD.wrong("The last layer only reads out", says="last layer is missing")
def forward_without_last(inputs, layers):
    for weights, biases in layers[:-1]:
        inputs = np.maximum(inputs @ weights + biases, 0)
    return inputs


@FORWARD.wrong("return inside the loop is fine", says="first layer alone")
def forward_early_return(inputs, layers):
    for weights, biases in layers:
        sums = inputs @ weights + biases
        return np.maximum(sums, 0) if len(layers) > 1 else sums
    return inputs


@FORWARD.wrong("A network has two layers", says="stopped with")
def forward_two_layers(inputs, layers):
    (first, first_biases), (second, second_biases) = layers
    return np.maximum(inputs @ first + first_biases, 0) @ second + second_biases


@FORWARD.wrong("The outputs are the class", says="winner's place")
def forward_winner(inputs, layers):
    return _forward(inputs, layers).argmax(axis=1)


@FORWARD.wrong("A right shape is a right answer", says="Every value is 0")
def forward_zeros(inputs, layers):
    return np.zeros((len(inputs), len(layers[-1][1])))


@FORWARD.wrong("The sample's answer is the answer", says="hard-coded")
def forward_hard_coded(inputs, layers):
    return np.array([[19.5, -13.0], [1.5, -1.5]])


@FORWARD.wrong("Numbers pass through as they are", says="unchanged")
def forward_nothing(inputs, layers):
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


EXERCISES = [WEIGHTED_SUM, DENSE, COUNT_PARAMETERS, MERGE_LAYERS, FORWARD]
