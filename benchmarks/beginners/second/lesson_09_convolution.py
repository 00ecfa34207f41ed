"""Beginners' mistakes in the lesson "Convolution"."""

import numpy as np

from benchmarks.beginners import mistake

# output_size ----------------------------------------------------------------------------------


@mistake("output_size", cause="It uses padding as a truth value, and any text counts as true.")
def padding_as_a_truth_value(n, kernel_size, stride, padding):
    room = n - 1 if padding else n - kernel_size
    return room // stride + 1


@mistake(
    "output_size", cause="It subtracts the kernel's size, although room allows for it already."
)
def kernel_subtracted_again(n, kernel_size, stride, padding):
    room = n - 1 if padding == "same" else n - kernel_size
    return (room - kernel_size) // stride + 1


@mistake("output_size", cause="The brackets add the 1 to the stride, not to the number of steps.")
def one_added_to_the_stride(n, kernel_size, stride, padding):
    room = n - 1 if padding == "same" else n - kernel_size
    return room // (stride + 1)


@mistake("output_size", cause="It counts with < where the last position may lie exactly at room.")
def last_position_not_counted(n, kernel_size, stride, padding):
    room = n - 1 if padding == "same" else n - kernel_size
    positions = 0
    start = 0
    while start < room:
        positions += 1
        start += stride
    return positions


@mistake("output_size", cause="It pads half a kernel at both ends: one too many for an even size.")
def half_a_kernel_at_both_ends(n, kernel_size, stride, padding):
    if padding == "same":
        n = n + 2 * (kernel_size // 2)
    return (n - kernel_size) // stride + 1


# convolve -------------------------------------------------------------------------------------


@mistake("convolve", cause="The window is a part of the image, so *= overwrites the pixels.")
def window_multiplied_in_place(image, kernel, stride):
    side = len(kernel)
    n_rows = (image.shape[0] - side) // stride + 1
    n_columns = (image.shape[1] - side) // stride + 1
    output = np.zeros((n_rows, n_columns))
    for row in range(n_rows):
        for column in range(n_columns):
            top, left = row * stride, column * stride
            window = image[top : top + side, left : left + side]
            window *= kernel
            output[row, column] = window.sum()
    return output


@mistake("convolve", cause="The total is set to 0 once, so each sum contains all earlier ones.")
def total_never_set_back(image, kernel, stride):
    side = len(kernel)
    n_rows = (image.shape[0] - side) // stride + 1
    n_columns = (image.shape[1] - side) // stride + 1
    output = np.zeros((n_rows, n_columns))
    total = 0
    for row in range(n_rows):
        for column in range(n_columns):
            for i in range(side):
                for j in range(side):
                    total += image[row * stride + i, column * stride + j] * kernel[i, j]
            output[row, column] = total
    return output


@mistake("convolve", cause="The stride is used for the rows only, and columns move by one pixel.")
def stride_for_the_rows_only(image, kernel, stride):
    side = len(kernel)
    n_rows = (image.shape[0] - side) // stride + 1
    n_columns = (image.shape[1] - side) // stride + 1
    output = np.zeros((n_rows, n_columns))
    for row in range(n_rows):
        for column in range(n_columns):
            window = image[row * stride : row * stride + side, column : column + side]
            output[row, column] = (window * kernel).sum()
    return output


@mistake("convolve", cause="It sets negative sums to 0, as if no pixel could lie below 0.")
def negative_sums_set_to_zero(image, kernel, stride):
    side = len(kernel)
    n_rows = (image.shape[0] - side) // stride + 1
    n_columns = (image.shape[1] - side) // stride + 1
    output = np.zeros((n_rows, n_columns))
    for i in range(n_rows):
        for j in range(n_columns):
            top, left = i * stride, j * stride
            total = np.sum(image[top : top + side, left : left + side] * kernel)
            output[i, j] = max(total, 0)
    return output


@mistake("convolve", cause="Python's sum adds up rows only, and a row does not fit in one place.")
def sum_of_python(image, kernel, stride):
    side = len(kernel)
    n_rows = (image.shape[0] - side) // stride + 1
    n_columns = (image.shape[1] - side) // stride + 1
    output = np.zeros((n_rows, n_columns))
    for row in range(n_rows):
        for column in range(n_columns):
            top, left = row * stride, column * stride
            products = image[top : top + side, left : left + side] * kernel
            output[row, column] = sum(products)
    return output


# network_parameters ---------------------------------------------------------------------------


@mistake(
    "network_parameters", cause="It counts a filter's weights anew at every position it slides to."
)
def weights_at_every_position(input_shape, layers):
    rows, columns, channels = input_shape
    total = 0
    for kind, *numbers in layers:
        if kind == "conv":
            filters, side, padding = numbers
            if padding == "valid":
                rows, columns = rows - side + 1, columns - side + 1
            total += (side * side * channels + 1) * filters * rows * columns
            channels = filters
        elif kind == "pool":
            rows, columns = rows // numbers[0], columns // numbers[0]
        elif kind == "flatten":
            channels = rows * columns * channels
        else:
            total += (channels + 1) * numbers[0]
            channels = numbers[0]
    return total


@mistake(
    "network_parameters", cause="It believes that each filter gives one map per channel, not one."
)
def a_map_for_each_channel(input_shape, layers):
    rows, columns, channels = input_shape
    total = 0
    for kind, *numbers in layers:
        if kind == "conv":
            filters, side, padding = numbers
            total += (side * side * channels + 1) * filters
            channels = channels * filters
            if padding == "valid":
                rows = rows - side + 1
                columns = columns - side + 1
        if kind == "pool":
            rows = rows // numbers[0]
            columns = columns // numbers[0]
        if kind == "flatten":
            channels = rows * columns * channels
        if kind == "dense":
            total += (channels + 1) * numbers[0]
            channels = numbers[0]
    return total


@mistake(
    "network_parameters", cause="pop takes the layers off the caller's list, which ends empty."
)
def layers_taken_off_the_list(input_shape, layers):
    rows, columns, channels = input_shape
    total = 0
    while len(layers) > 0:
        layer = layers.pop(0)
        kind = layer[0]
        if kind == "conv":
            filters, side = layer[1], layer[2]
            total += filters * (channels * side**2 + 1)
            if layer[3] == "valid":
                rows -= side - 1
                columns -= side - 1
            channels = filters
        elif kind == "pool":
            rows //= layer[1]
            columns //= layer[1]
        elif kind == "flatten":
            channels *= rows * columns
        elif kind == "dense":
            total += (channels + 1) * layer[1]
            channels = layer[1]
    return total


@mistake("network_parameters", cause="It follows the rows only, as if all pictures were square.")
def every_picture_square(input_shape, layers):
    size = input_shape[0]
    channels = input_shape[2]
    total = 0
    for kind, *numbers in layers:
        if kind == "conv":
            filters, side, padding = numbers
            total += (side * side * channels + 1) * filters
            channels = filters
            if padding == "valid":
                size = size - side + 1
        elif kind == "pool":
            size = size // numbers[0]
        elif kind == "flatten":
            channels = size * size * channels
        elif kind == "dense":
            total += (channels + 1) * numbers[0]
            channels = numbers[0]
    return total


@mistake(
    "network_parameters", cause="It gives a dense layer a single bias, where each neuron has one."
)
def one_bias_for_a_dense_layer(input_shape, layers):
    rows, columns, channels = input_shape
    total = 0
    for layer in layers:
        if layer[0] == "conv":
            _, filters, side, padding = layer
            total += side * side * channels * filters + filters
            channels = filters
            if padding == "valid":
                rows, columns = rows - (side - 1), columns - (side - 1)
        elif layer[0] == "pool":
            rows, columns = rows // layer[1], columns // layer[1]
        elif layer[0] == "flatten":
            channels = rows * columns * channels
        else:
            total += channels * layer[1] + 1
            channels = layer[1]
    return total
