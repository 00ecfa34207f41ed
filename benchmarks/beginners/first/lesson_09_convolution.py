"""Beginners' mistakes in the lesson "Convolution"."""
# ruff: noqa: RET503, RET505 - beginners wrote this

import numpy as np

from benchmarks.beginners import mistake

# output_size ----------------------------------------------------------------------------------


@mistake(
    "output_size", cause="It counts the steps and forgets the position where the kernel starts."
)
def steps_without_the_start(n, kernel_size, stride, padding):
    room = n - 1 if padding == "same" else n - kernel_size
    return room // stride


@mistake("output_size", cause="It divides with /, so the number of positions may be a fraction.")
def a_fraction_of_a_position(n, kernel_size, stride, padding):
    room = n - 1 if padding == "same" else n - kernel_size
    return room / stride + 1


@mistake("output_size", cause="It adds the 1 before the division by the stride, not after it.")
def one_added_before_dividing(n, kernel_size, stride, padding):
    room = n - 1 if padding == "same" else n - kernel_size
    return (room + 1) // stride


@mistake("output_size", cause="It rounds up, and so counts a last step for which there is no room.")
def last_step_rounded_up(n, kernel_size, stride, padding):
    room = n - 1 if padding == "same" else n - kernel_size
    steps = int(np.ceil(room / stride))
    return steps + 1


@mistake("output_size", cause="It believes that 'same' keeps the size, whatever the stride.")
def same_size_at_any_stride(n, kernel_size, stride, padding):
    if padding == "same":
        return n
    room = n - kernel_size
    return room // stride + 1


@mistake("output_size", cause="It squares the result: the positions of the image, not of one side.")
def positions_in_the_whole_image(n, kernel_size, stride, padding):
    room = n - 1 if padding == "same" else n - kernel_size
    side = room // stride + 1
    return side * side


@mistake("output_size", cause="Its result is returned for 'valid' only, so 'same' gives None.")
def nothing_for_same(n, kernel_size, stride, padding):
    if padding == "valid":
        room = n - kernel_size
        return room // stride + 1
    elif padding == "same":
        room = n - 1
        room // stride + 1


@mistake("output_size", cause="It forgets the stride and counts every one-pixel step.")
def stride_forgotten(n, kernel_size, stride, padding):
    room = n - 1 if padding == "same" else n - kernel_size
    return room + 1


# convolve -------------------------------------------------------------------------------------


@mistake("convolve", cause="The windows ignore the stride and always move by one pixel.")
def windows_one_pixel_apart(image, kernel, stride):
    side = len(kernel)
    n_rows = (image.shape[0] - side) // stride + 1
    n_columns = (image.shape[1] - side) // stride + 1
    output = np.zeros((n_rows, n_columns))
    for row in range(n_rows):
        for column in range(n_columns):
            window = image[row : row + side, column : column + side]
            output[row, column] = (window * kernel).sum()
    return output


@mistake("convolve", cause="It turns the kernel over, as mathematicians do, but should not here.")
def kernel_turned_over(image, kernel, stride):
    side = len(kernel)
    n_rows = (image.shape[0] - side) // stride + 1
    n_columns = (image.shape[1] - side) // stride + 1
    output = np.zeros((n_rows, n_columns))
    for row in range(n_rows):
        for column in range(n_columns):
            for i in range(side):
                for j in range(side):
                    pixel = image[row * stride + i, column * stride + j]
                    output[row, column] += pixel * kernel[side - 1 - i, side - 1 - j]
    return output


@mistake("convolve", cause="It multiplies window and kernel as matrices, not number by number.")
def window_times_kernel_as_matrices(image, kernel, stride):
    side = len(kernel)
    n_rows = (image.shape[0] - side) // stride + 1
    n_columns = (image.shape[1] - side) // stride + 1
    output = np.zeros((n_rows, n_columns))
    for i in range(n_rows):
        for j in range(n_columns):
            window = image[i * stride : i * stride + side, j * stride : j * stride + side]
            output[i, j] = np.sum(window @ kernel)
    return output


@mistake("convolve", cause="It takes the number of rows for the columns, as if images were square.")
def as_many_columns_as_rows(image, kernel, stride):
    side = len(kernel)
    n_rows = (image.shape[0] - side) // stride + 1
    output = np.zeros((n_rows, n_rows))
    for i in range(n_rows):
        for j in range(n_rows):
            window = image[i * stride : i * stride + side, j * stride : j * stride + side]
            output[i, j] = np.sum(window * kernel)
    return output


@mistake(
    "convolve", cause="The window ends one pixel early: the end of a slice is left out already."
)
def window_ends_too_early(image, kernel, stride):
    side = len(kernel)
    n_rows = (image.shape[0] - side) // stride + 1
    n_columns = (image.shape[1] - side) // stride + 1
    output = np.zeros((n_rows, n_columns))
    for i in range(n_rows):
        for j in range(n_columns):
            top, left = i * stride, j * stride
            window = image[top : top + side - 1, left : left + side - 1]
            output[i, j] = np.sum(window * kernel)
    return output


@mistake("convolve", cause="The sum replaces the whole output, where it should fill one place.")
def output_replaced_by_a_sum(image, kernel, stride):
    side = len(kernel)
    n_rows = (image.shape[0] - side) // stride + 1
    n_columns = (image.shape[1] - side) // stride + 1
    output = np.zeros((n_rows, n_columns))
    for row in range(n_rows):
        for column in range(n_columns):
            top, left = row * stride, column * stride
            output = np.sum(image[top : top + side, left : left + side] * kernel)
    return output


@mistake("convolve", cause="It steps through the output by the stride, and leaves places at 0.")
def strides_through_the_output(image, kernel, stride):
    side = len(kernel)
    n_rows = (image.shape[0] - side) // stride + 1
    n_columns = (image.shape[1] - side) // stride + 1
    output = np.zeros((n_rows, n_columns))
    for row in range(0, n_rows, stride):
        for column in range(0, n_columns, stride):
            top, left = row * stride, column * stride
            output[row, column] = (image[top : top + side, left : left + side] * kernel).sum()
    return output


@mistake("convolve", cause="The output has the image's dtype, and uint8 cannot hold the sums.")
def output_in_the_dtype_of_the_image(image, kernel, stride):
    side = len(kernel)
    n_rows = (image.shape[0] - side) // stride + 1
    n_columns = (image.shape[1] - side) // stride + 1
    output = np.zeros((n_rows, n_columns), dtype=image.dtype)
    for row in range(n_rows):
        for column in range(n_columns):
            top, left = row * stride, column * stride
            output[row, column] = np.sum(image[top : top + side, left : left + side] * kernel)
    return output


# network_parameters ---------------------------------------------------------------------------


@mistake("network_parameters", cause="The filters' biases are forgotten.")
def filters_without_biases(input_shape, layers):
    rows, columns, channels = input_shape
    total = 0
    for kind, *numbers in layers:
        if kind == "conv":
            filters, side, padding = numbers
            total += side * side * channels * filters
            if padding == "valid":
                rows, columns = rows - side + 1, columns - side + 1
            channels = filters
        elif kind == "pool":
            rows, columns = rows // numbers[0], columns // numbers[0]
        elif kind == "flatten":
            channels = rows * columns * channels
        else:
            total += channels * numbers[0] + numbers[0]
            channels = numbers[0]
    return total


@mistake("network_parameters", cause="A filter is counted as if its input had a single channel.")
def filters_of_one_channel(input_shape, layers):
    rows, columns, channels = input_shape
    total = 0
    for layer in layers:
        if layer[0] == "conv":
            weights_of_a_filter = layer[2] * layer[2]
            total = total + layer[1] * weights_of_a_filter + layer[1]
            channels = layer[1]
            if layer[3] == "valid":
                rows = rows - (layer[2] - 1)
                columns = columns - (layer[2] - 1)
        if layer[0] == "pool":
            rows = rows // layer[1]
            columns = columns // layer[1]
        if layer[0] == "flatten":
            channels = rows * columns * channels
        if layer[0] == "dense":
            total = total + channels * layer[1] + layer[1]
            channels = layer[1]
    return total


@mistake(
    "network_parameters", cause="A convolution without padding loses side pixels, not side − 1."
)
def a_pixel_too_many_lost(input_shape, layers):
    rows = input_shape[0]
    columns = input_shape[1]
    channels = input_shape[2]
    n_parameters = 0
    for layer in layers:
        if layer[0] == "conv":
            _, filters, side, padding = layer
            n_parameters += filters * side * side * channels + filters
            channels = filters
            if padding != "same":
                rows -= side
                columns -= side
        elif layer[0] == "pool":
            rows //= layer[1]
            columns //= layer[1]
        elif layer[0] == "flatten":
            channels *= rows * columns
        elif layer[0] == "dense":
            n_parameters += channels * layer[1] + layer[1]
            channels = layer[1]
    return n_parameters


@mistake(
    "network_parameters", cause="It shrinks the picture for 'same' too, and ignores the padding."
)
def padding_ignored(input_shape, layers):
    rows, columns, channels = input_shape
    total = 0
    for kind, *numbers in layers:
        if kind == "conv":
            filters, side, _padding = numbers
            total += (side * side * channels + 1) * filters
            rows, columns = rows - side + 1, columns - side + 1
            channels = filters
        elif kind == "pool":
            rows, columns = rows // numbers[0], columns // numbers[0]
        elif kind == "flatten":
            channels = rows * columns * channels
        else:
            total += (channels + 1) * numbers[0]
            channels = numbers[0]
    return total


@mistake("network_parameters", cause="It rounds up after pooling, and so keeps incomplete windows.")
def incomplete_windows_kept(input_shape, layers):
    rows, columns, channels = input_shape
    total = 0
    for kind, *numbers in layers:
        if kind == "conv":
            filters, side, padding = numbers
            total += (side * side * channels + 1) * filters
            if padding == "valid":
                rows, columns = rows - side + 1, columns - side + 1
            channels = filters
        elif kind == "pool":
            rows = int(np.ceil(rows / numbers[0]))
            columns = int(np.ceil(columns / numbers[0]))
        elif kind == "flatten":
            channels = rows * columns * channels
        else:
            total += (channels + 1) * numbers[0]
            channels = numbers[0]
    return total


@mistake(
    "network_parameters", cause="Flattening forgets the channels and keeps one picture's pixels."
)
def channels_lost_in_flattening(input_shape, layers):
    rows, columns, channels = input_shape
    total, inputs = 0, 0
    for kind, *numbers in layers:
        if kind == "conv":
            filters, side, padding = numbers
            total += filters * (side * side * channels) + filters
            channels = filters
            if padding == "valid":
                rows = rows - side + 1
                columns = columns - side + 1
        if kind == "pool":
            rows, columns = int(rows / numbers[0]), int(columns / numbers[0])
        if kind == "flatten":
            inputs = rows * columns
        if kind == "dense":
            total += inputs * numbers[0] + numbers[0]
            inputs = numbers[0]
    return total


@mistake(
    "network_parameters", cause="After a dense layer it still counts the inputs of the first one."
)
def second_dense_layer_on_the_pixels(input_shape, layers):
    rows, columns, channels = input_shape
    total = 0
    for kind, *numbers in layers:
        if kind == "conv":
            filters, side, padding = numbers
            total = total + (side**2 * channels + 1) * filters
            channels = filters
            if padding == "valid":
                rows, columns = rows - (side - 1), columns - (side - 1)
        elif kind == "pool":
            (size,) = numbers
            rows, columns = rows // size, columns // size
        elif kind == "flatten":
            length = rows * columns * channels
        elif kind == "dense":
            (neurons,) = numbers
            total = total + length * neurons + neurons
    return total


@mistake(
    "network_parameters", cause="Each layer's number replaces the total, where it should add up."
)
def only_the_last_layer_counted(input_shape, layers):
    rows, columns, channels = input_shape
    total = 0
    for kind, *numbers in layers:
        if kind == "conv":
            filters, side, padding = numbers
            total = (side * side * channels + 1) * filters
            if padding == "valid":
                rows, columns = rows - side + 1, columns - side + 1
            channels = filters
        elif kind == "pool":
            rows, columns = rows // numbers[0], columns // numbers[0]
        elif kind == "flatten":
            channels = rows * columns * channels
        else:
            total = (channels + 1) * numbers[0]
            channels = numbers[0]
    return total
