"""Beginners' mistakes in the lesson "Multilayer perceptron"."""

import keras
import numpy as np

from benchmarks.beginners import mistake

# merge_layers ---------------------------------------------------------------------------------


@mistake(
    "merge_layers", cause="The first biases are added as they are, not sent through layer two."
)
def biases_added_up(first_weights, first_biases, second_weights, second_biases):
    weights = first_weights @ second_weights
    biases = first_biases + second_biases
    return weights, biases


@mistake(
    "merge_layers", cause="* multiplies number by number, where a product of matrices is needed."
)
def weights_multiplied_by_star(first_weights, first_biases, second_weights, second_biases):
    weights = first_weights * second_weights
    biases = first_biases @ second_weights + second_biases
    return weights, biases


@mistake("merge_layers", cause="The two matrices are multiplied in the wrong order.")
def second_weights_first(first_weights, first_biases, second_weights, second_biases):
    weights = second_weights @ first_weights
    biases = first_biases @ second_weights + second_biases
    return weights, biases


@mistake("merge_layers", cause="The biases of the second layer are forgotten.")
def second_biases_forgotten(first_weights, first_biases, second_weights, second_biases):
    weights = first_weights @ second_weights
    biases = first_biases @ second_weights
    return weights, biases


@mistake("merge_layers", cause="It adds the two results to one array, where a pair is wanted.")
def weights_plus_biases(first_weights, first_biases, second_weights, second_biases):
    weights = first_weights @ second_weights
    biases = first_biases @ second_weights + second_biases
    return weights + biases


@mistake("merge_layers", cause="It returns the biases first and the weights second.")
def biases_before_weights(first_weights, first_biases, second_weights, second_biases):
    weights = np.dot(first_weights, second_weights)
    biases = np.dot(first_biases, second_weights) + second_biases
    return biases, weights


@mistake("merge_layers", cause="It puts a ReLU between the layers, which are linear here.")
def relu_on_the_first_biases(first_weights, first_biases, second_weights, second_biases):
    weights = first_weights @ second_weights
    hidden = np.maximum(first_biases, 0)
    biases = hidden @ second_weights + second_biases
    return weights, biases


@mistake("merge_layers", cause="It adds the first biases once more, in place of the second ones.")
def first_biases_added_again(first_weights, first_biases, second_weights, second_biases):
    weights = first_weights.dot(second_weights)
    biases = first_biases.dot(second_weights) + first_biases
    return weights, biases


# forward --------------------------------------------------------------------------------------


@mistake("forward", cause="It applies ReLU after every layer, the last one included.")
def relu_after_the_last_layer(inputs, layers):
    outputs = inputs
    for weights, biases in layers:
        outputs = outputs @ weights + biases
        outputs = np.maximum(outputs, 0)
    return outputs


@mistake("forward", cause="It applies ReLU before each layer, and so to the inputs as well.")
def relu_on_the_inputs(inputs, layers):
    outputs = inputs
    for weights, biases in layers:
        outputs = np.maximum(outputs, 0)
        outputs = outputs @ weights + biases
    return outputs


@mistake(
    "forward", cause="pop takes the last layer out of the list that was given, and so changes it."
)
def last_layer_popped(inputs, layers):
    last_weights, last_biases = layers.pop()
    outputs = inputs
    for weights, biases in layers:
        outputs = np.maximum(outputs @ weights + biases, 0)
    return outputs @ last_weights + last_biases


@mistake("forward", cause="Python's max cannot compare 0 with an array; np.maximum can.")
def max_for_maximum(inputs, layers):
    outputs = inputs
    for weights, biases in layers[:-1]:
        outputs = max(0, outputs @ weights + biases)
    weights, biases = layers[-1]
    return outputs @ weights + biases


@mistake("forward", cause="The biases of hidden layers are added after ReLU, not before it.")
def hidden_biases_after_relu(inputs, layers):
    outputs = inputs
    for weights, biases in layers[:-1]:
        sums = outputs @ weights
        outputs = np.maximum(sums, 0) + biases
    weights, biases = layers[-1]
    return outputs @ weights + biases


@mistake("forward", cause="The last layer has lost its biases.")
def no_biases_in_the_last_layer(inputs, layers):
    outputs = inputs
    for weights, biases in layers[:-1]:
        outputs = np.maximum(outputs @ weights + biases, 0)
    return outputs @ layers[-1][0]


@mistake(
    "forward", cause="It takes the network to have exactly two layers, the first and the last."
)
def always_two_layers(inputs, layers):
    first_weights, first_biases = layers[0]
    hidden = inputs @ first_weights + first_biases
    hidden[hidden < 0] = 0
    last_weights, last_biases = layers[1]
    return hidden @ last_weights + last_biases


@mistake("forward", cause="Every layer is given the inputs, not the outputs of the layer before.")
def inputs_for_every_layer(inputs, layers):
    for i in range(len(layers)):
        weights, biases = layers[i]
        outputs = inputs @ weights + biases
        if i < len(layers) - 1:
            outputs = np.maximum(outputs, 0)
    return outputs


# build_mlp ------------------------------------------------------------------------------------


@mistake("build_mlp", cause="Flatten is missing, so images with rows and columns are not unrolled.")
def images_not_unrolled(image_shape, hidden_units, n_classes):
    network = keras.Sequential()
    network.add(keras.layers.Input(image_shape))
    for units in hidden_units:
        network.add(keras.layers.Dense(units, activation="relu"))
    network.add(keras.layers.Dense(n_classes, activation="softmax"))
    return network


@mistake("build_mlp", cause="It uses the first number of hidden_units only, and forgets the loop.")
def only_one_hidden_layer(image_shape, hidden_units, n_classes):
    network = keras.Sequential([keras.layers.Input(image_shape), keras.layers.Flatten()])
    network.add(keras.layers.Dense(hidden_units[0], activation="relu"))
    network.add(keras.layers.Dense(n_classes, activation="softmax"))
    return network


@mistake("build_mlp", cause="The hidden layers have no ReLU, so all layers are worth only one.")
def hidden_layers_without_relu(image_shape, hidden_units, n_classes):
    network = keras.Sequential([keras.layers.Input(image_shape), keras.layers.Flatten()])
    for units in hidden_units:
        network.add(keras.layers.Dense(units))
    network.add(keras.layers.Dense(n_classes, activation="softmax"))
    return network


@mistake("build_mlp", cause="It returns what add returns, which is nothing, not the network.")
def result_of_add_returned(image_shape, hidden_units, n_classes):
    network = keras.Sequential([keras.layers.Input(image_shape), keras.layers.Flatten()])
    for units in hidden_units:
        network.add(keras.layers.Dense(units, activation="relu"))
    return network.add(keras.layers.Dense(n_classes, activation="softmax"))


@mistake("build_mlp", cause="The output layer stands in the loop, so it is added in every round.")
def output_layer_in_the_loop(image_shape, hidden_units, n_classes):
    network = keras.Sequential([keras.layers.Input(image_shape), keras.layers.Flatten()])
    for units in hidden_units:
        network.add(keras.layers.Dense(units, activation="relu"))
        network.add(keras.layers.Dense(n_classes, activation="softmax"))
    return network


@mistake("build_mlp", cause="It appends n_classes to the list that it was given.")
def classes_appended_to_the_list(image_shape, hidden_units, n_classes):
    network = keras.Sequential([keras.layers.Input(image_shape), keras.layers.Flatten()])
    hidden_units.append(n_classes)
    for units in hidden_units[:-1]:
        network.add(keras.layers.Dense(units, activation="relu"))
    network.add(keras.layers.Dense(hidden_units[-1], activation="softmax"))
    return network


@mistake("build_mlp", cause="It hands the whole list to one Dense, which wants a single number.")
def whole_list_in_one_layer(image_shape, hidden_units, n_classes):
    network = keras.Sequential([keras.layers.Input(image_shape), keras.layers.Flatten()])
    network.add(keras.layers.Dense(hidden_units, activation="relu"))
    network.add(keras.layers.Dense(n_classes, activation="softmax"))
    return network


@mistake("build_mlp", cause="It writes 28 × 28 into the code and ignores image_shape.")
def always_28_by_28(image_shape, hidden_units, n_classes):
    network = keras.Sequential([keras.layers.Input((28, 28)), keras.layers.Flatten()])
    for units in hidden_units:
        network.add(keras.layers.Dense(units, activation="relu"))
    network.add(keras.layers.Dense(n_classes, activation="softmax"))
    return network
