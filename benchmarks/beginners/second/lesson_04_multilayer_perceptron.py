"""Beginners' mistakes in the lesson "Multilayer perceptron"."""

import keras
import numpy as np

from benchmarks.beginners import mistake

# merge_layers ---------------------------------------------------------------------------------


@mistake("merge_layers", cause="Both biases go through the second layer, not the first ones alone.")
def both_biases_through_layer_two(first_weights, first_biases, second_weights, second_biases):
    weights = first_weights @ second_weights
    biases = (first_biases + second_biases) @ second_weights
    return weights, biases


@mistake(
    "merge_layers", cause="The sum has no axis, so all outputs share one number as their bias."
)
def sum_over_the_whole_matrix(first_weights, first_biases, second_weights, second_biases):
    weights = first_weights @ second_weights
    sent_on = (first_biases[:, np.newaxis] * second_weights).sum()
    return weights, sent_on + second_biases


@mistake("merge_layers", cause="In the loop each product replaces the one before; = is not +=.")
def products_not_added_up(first_weights, first_biases, second_weights, second_biases):
    n_inputs, n_hidden = first_weights.shape
    n_outputs = second_weights.shape[1]
    weights = np.zeros((n_inputs, n_outputs))
    for i in range(n_inputs):
        for k in range(n_outputs):
            for j in range(n_hidden):
                weights[i, k] = first_weights[i, j] * second_weights[j, k]
    return weights, first_biases @ second_weights + second_biases


@mistake("merge_layers", cause="It adds the first biases to the first weights before multiplying.")
def biases_added_to_the_weights(first_weights, first_biases, second_weights, second_biases):
    first = first_weights + first_biases
    weights = np.dot(first, second_weights)
    biases = np.dot(first_biases, second_weights) + second_biases
    return weights, biases


# forward --------------------------------------------------------------------------------------


@mistake("forward", cause="ReLU is forgotten, so the whole network is worth only one layer.")
def no_relu_anywhere(inputs, layers):
    outputs = inputs
    for weights, biases in layers:
        outputs = outputs @ weights + biases
    return outputs


@mistake("forward", cause="It ends with softmax, although nothing should follow the last layer.")
def softmax_at_the_end(inputs, layers):
    outputs = inputs
    for weights, biases in layers[:-1]:
        outputs = np.maximum(outputs @ weights + biases, 0)
    weights, biases = layers[-1]
    logits = outputs @ weights + biases
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


@mistake("forward", cause="It compares pairs of arrays with !=, which has no single truth value.")
def layers_compared_with_the_last(inputs, layers):
    outputs = inputs
    for layer in layers:
        weights, biases = layer
        outputs = outputs @ weights + biases
        if layer != layers[-1]:
            outputs = np.maximum(outputs, 0)
    return outputs


@mistake("forward", cause="After the loop the names still hold the last hidden layer's numbers.")
def names_from_the_loop_used_again(inputs, layers):
    hidden = inputs
    for weights, biases in layers[:-1]:
        hidden = hidden @ weights + biases
        hidden = np.where(hidden > 0, hidden, 0)
    return hidden @ weights + biases


@mistake("forward", cause="np.minimum keeps the negative numbers; ReLU is np.maximum.")
def minimum_for_maximum(inputs, layers):
    n_layers = len(layers)
    outputs = inputs
    for i in range(n_layers):
        weights, biases = layers[i]
        outputs = np.dot(outputs, weights) + biases
        if i != n_layers - 1:
            outputs = np.minimum(0, outputs)
    return outputs


# build_mlp ------------------------------------------------------------------------------------


@mistake("build_mlp", cause="It believes that layers must shrink, and sorts them by their size.")
def largest_layer_first(image_shape, hidden_units, n_classes):
    network = keras.Sequential([keras.layers.Input(image_shape), keras.layers.Flatten()])
    for units in sorted(hidden_units, reverse=True):
        network.add(keras.layers.Dense(units, activation="relu"))
    network.add(keras.layers.Dense(n_classes, activation="softmax"))
    return network


@mistake(
    "build_mlp", cause="It unrolls images with two axes only, so colour images stay as they are."
)
def only_grey_images_unrolled(image_shape, hidden_units, n_classes):
    network = keras.Sequential()
    network.add(keras.layers.Input(image_shape))
    if len(image_shape) == 2:
        network.add(keras.layers.Flatten())
    for units in hidden_units:
        network.add(keras.layers.Dense(units, activation="relu"))
    network.add(keras.layers.Dense(n_classes, activation="softmax"))
    return network


@mistake("build_mlp", cause="Input is forgotten, so the network does not know the images' shape.")
def begins_without_input(image_shape, hidden_units, n_classes):
    network = keras.Sequential()
    if len(image_shape) > 1:
        network.add(keras.layers.Flatten())
    for units in hidden_units:
        network.add(keras.layers.Dense(units, activation="relu"))
    network.add(keras.layers.Dense(n_classes, activation="softmax"))
    return network


@mistake("build_mlp", cause="It takes the position in the list for the number of neurons.")
def position_for_number_of_neurons(image_shape, hidden_units, n_classes):
    network = keras.Sequential([keras.layers.Input(image_shape), keras.layers.Flatten()])
    for i in range(len(hidden_units)):
        network.add(keras.layers.Dense(i, activation="relu"))
    network.add(keras.layers.Dense(n_classes, activation="softmax"))
    return network


@mistake("build_mlp", cause="The last layer has no softmax, so it gives no probabilities.")
def last_layer_without_softmax(image_shape, hidden_units, n_classes):
    inputs = keras.layers.Input(image_shape)
    outputs = keras.layers.Flatten()(inputs)
    for units in hidden_units:
        outputs = keras.layers.Dense(units, activation="relu")(outputs)
    outputs = keras.layers.Dense(n_classes)(outputs)
    return keras.Model(inputs, outputs)
