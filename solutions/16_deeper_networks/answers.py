"""The answers to the exercises on deeper networks: right ones, wrong ones, and hidden cases."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from course_utils.checks.deeper_networks import (
    block_of,
    check_build_pooled,
    check_mix_channels,
    check_receptive_field,
    check_residual_block,
    check_residual_block_widened,
    pooled_network,
)
from course_utils.grading.exercise import Exercise

Case = tuple[Any, ...]

# receptive_field ------------------------------------------------------------------------------


def _receptive_field(layers):
    field, step = 1, 1
    for window, stride in layers:
        field += (window - 1) * step
        step *= stride
    return field


def _stacks(rng: np.random.Generator) -> Iterator[Case]:
    for n in rng.integers(3, 7, 20):
        windows, strides = rng.integers(2, 6, n), rng.integers(1, 4, n)
        yield ([(int(k), int(s)) for k, s in zip(windows, strides, strict=True)],)


RECEPTIVE_FIELD = Exercise(
    _receptive_field, {"receptive_field_check": (check_receptive_field, _stacks)}
)


@RECEPTIVE_FIELD.right
def field_from_behind(layers):
    seen = 1
    for window, stride in layers[::-1]:
        seen = (seen - 1) * stride + window
    return seen


@RECEPTIVE_FIELD.right
def field_by_numpy(layers):
    windows, strides = np.array(layers).T
    steps = np.cumprod(strides) // strides
    return 1 + ((windows - 1) * steps).sum()


@RECEPTIVE_FIELD.right
def field_by_recursion(layers):
    if not layers:
        return 1.0
    (window, stride), *behind = layers
    return (field_by_recursion(behind) - 1) * stride + window


@RECEPTIVE_FIELD.wrong("All neighbours lie one pixel apart", says="The strides are not used")
def field_without_strides(layers):
    return 1 + sum(window - 1 for window, _ in layers)


@RECEPTIVE_FIELD.wrong("A stride acts on its own window", says="counts only for the layers behind")
def field_with_own_stride(layers):
    field, step = 1, 1
    for window, stride in layers:
        step *= stride
        field += (window - 1) * step
    return field


@RECEPTIVE_FIELD.wrong("A window adds its whole width", says="by k − 1 steps")
def field_of_whole_windows(layers):
    field, step = 1, 1
    for window, stride in layers:
        field += window * step
        step *= stride
    return field


@RECEPTIVE_FIELD.wrong("Windows multiply", says="the product of the windows")
def field_as_product(layers):
    return np.prod([window for window, _ in layers])


@RECEPTIVE_FIELD.wrong("Only the layer before matters", says="product of all earlier strides")
def field_of_the_last_stride(layers):
    field, before = 1, 1
    for window, stride in layers:
        field += (window - 1) * before
        before = stride
    return field


@RECEPTIVE_FIELD.wrong("A field is an area", says="The side of the square is asked for")
def field_as_area(layers):
    return _receptive_field(layers) ** 2


@RECEPTIVE_FIELD.wrong("Printing is returning", says="prints its answer")
def field_printed(layers):
    print(_receptive_field(layers))


# mix_channels ---------------------------------------------------------------------------------


def _mix_channels(maps, weights, biases):
    return maps @ weights + biases


def _mixes(rng: np.random.Generator) -> Iterator[Case]:
    for trial in range(20):
        rows, columns, channels = map(int, rng.choice([2, 3, 4, 5, 6], 3, replace=False))
        filters = channels if trial % 2 else channels + 1
        yield (
            rng.normal(0, 2, (rows, columns, channels)).round(1),
            rng.normal(0, 2, (channels, filters)).round(1),
            rng.choice([-2.0, -1.0, -0.5, 0.5, 1.0, 3.0], filters),
        )


MIX_CHANNELS = Exercise(_mix_channels, {"mix_channels_check": (check_mix_channels, _mixes)})


@MIX_CHANNELS.right
def mix_pixel_by_pixel(maps, weights, biases):
    rows, columns, _ = maps.shape
    mixed = np.zeros((rows, columns, len(biases)))
    for row in range(rows):
        for column in range(columns):
            for i, bias in enumerate(biases):
                mixed[row, column, i] = (maps[row, column] * weights[:, i]).sum() + bias
    return mixed


@MIX_CHANNELS.right
def mix_by_einsum(maps, weights, biases):
    return np.einsum("rcx,xf->rcf", maps, weights).astype(np.float32) + biases


@MIX_CHANNELS.right
def mix_by_keras(maps, weights, biases):
    import keras

    layer = keras.layers.Conv2D(len(biases), 1)
    layer.build((1, *maps.shape))
    layer.set_weights([weights[None, None], biases])
    return layer(maps[None])[0]


@MIX_CHANNELS.wrong("A bias is optional", says="The biases are missing")
def mix_without_bias(maps, weights, biases):
    return maps @ weights


@MIX_CHANNELS.wrong("Every layer ends with ReLU", says="There is an activation")
def mix_with_relu(maps, weights, biases):
    return np.maximum(maps @ weights + biases, 0)


@MIX_CHANNELS.wrong("A layer has one map", says="added up to one")
def mix_to_one_map(maps, weights, biases):
    return (maps @ weights + biases).sum(axis=-1)


@MIX_CHANNELS.wrong("Mixing is averaging over the picture", says="All pixels are mixed")
def mix_all_pixels(maps, weights, biases):
    return maps.mean(axis=(0, 1)) @ weights + biases


@MIX_CHANNELS.wrong("reshape can move an axis", says="numbers of different pixels together")
def mix_by_reshape(maps, weights, biases):
    rows, columns, channels = maps.shape
    rows_of_channels = maps.reshape(channels, rows * columns)
    mixed = weights.T @ rows_of_channels
    return mixed.T.reshape(rows, columns, len(biases)) + biases


@MIX_CHANNELS.wrong("Channels come first", says="the channels come last")
def mix_channels_first(maps, weights, biases):
    return np.moveaxis(maps @ weights + biases, -1, 0)


@MIX_CHANNELS.wrong("An argument is mine to change", says="changed its argument")
def mix_in_place(maps, weights, biases):
    weights *= 1.0
    maps += 1
    return (maps - 1) @ weights + biases


# build_pooled ---------------------------------------------------------------------------------


def _build_pooled(filters, n_classes):
    from keras import Sequential, layers

    network = Sequential([layers.Input((None, None, 1))])
    for i, n in enumerate(filters):
        if i > 0:
            network.add(layers.MaxPooling2D(2))
        network.add(layers.Conv2D(n, 3, padding="same", activation="relu"))
    network.add(layers.GlobalAveragePooling2D())
    network.add(layers.Dense(n_classes, activation="softmax"))
    return network


def _filters(rng: np.random.Generator) -> Iterator[Case]:
    for n in (2, 4):
        yield [int(f) for f in rng.choice(range(2, 13), n, replace=False)], int(rng.integers(3, 9))


BUILD_POOLED = Exercise(
    _build_pooled,
    {"build_pooled_check": (check_build_pooled, _filters)},
    expect=pooled_network,
)


@BUILD_POOLED.right
def pooled_by_calling_layers(filters, n_classes):
    from keras import Model, layers

    inputs = layers.Input((None, None, 1))
    maps = layers.ReLU()(layers.Conv2D(filters[0], (3, 3), padding="same")(inputs))
    for n in filters[1:]:
        maps = layers.MaxPooling2D()(maps)
        maps = layers.Activation("relu")(layers.Conv2D(n, 3, padding="same")(maps))
    means = layers.GlobalAveragePooling2D()(maps)
    return Model(inputs, layers.Softmax()(layers.Dense(n_classes)(means)))


@BUILD_POOLED.right
def pooled_from_a_list(filters, n_classes):
    import keras
    from keras import layers

    made = [layers.Input(shape=[None, None, 1])]
    for n in filters:
        convolution = layers.Conv2D(n, kernel_size=3, padding="same", activation=keras.ops.relu)
        made += [convolution, layers.MaxPool2D((2, 2))]
    made[-1] = layers.GlobalAvgPool2D()
    network = keras.Sequential([*made, layers.Dense(n_classes, "softmax")])
    network.compile("adam", "sparse_categorical_crossentropy")
    return network


@BUILD_POOLED.right
def pooled_by_a_mean(filters, n_classes):
    import keras

    inputs = keras.Input((None, None, 1))
    maps = inputs
    for i, n in enumerate(filters):
        maps = keras.layers.MaxPooling2D(2)(maps) if i else maps
        maps = keras.layers.Conv2D(n, 3, padding="same", activation="relu")(maps)
    means = keras.ops.mean(maps, axis=(1, 2))
    return keras.Model(inputs, keras.layers.Dense(n_classes, activation="softmax")(means))


def _changed(filters, n_classes, shape=(None, None, 1), head=None, **settings):
    """Build the network with one thing changed."""
    from keras import Sequential, layers

    settings = {"padding": "same", "activation": "relu", **settings}
    network = Sequential([layers.Input(shape)])
    for i, n in enumerate(filters):
        if i:
            network.add(layers.MaxPooling2D(2))
        network.add(layers.Conv2D(n, 3, **settings))
    for layer in [layers.GlobalAveragePooling2D()] if head is None else head:
        network.add(layer)
    network.add(layers.Dense(n_classes, activation="softmax"))
    return network


@BUILD_POOLED.wrong("A dense layer needs Flatten", says="Which layer leaves one number of each map")
def pooled_flattened(filters, n_classes):
    from keras import layers

    return _changed(filters, n_classes, head=[layers.Flatten()])


@BUILD_POOLED.wrong("A network has one input size", says="pictures of one size only")
def pooled_for_one_size(filters, n_classes):
    return _changed(filters, n_classes, shape=(28, 28, 1))


@BUILD_POOLED.wrong("Pooling is max pooling", says="The mean is asked for")
def pooled_by_max(filters, n_classes):
    from keras import layers

    return _changed(filters, n_classes, head=[layers.GlobalMaxPooling2D()])


@BUILD_POOLED.wrong("A dense layer reads all maps by itself", says="applied to every pixel")
def pooled_without_pooling(filters, n_classes):
    return _changed(filters, n_classes, head=[])


@BUILD_POOLED.wrong("Grey images need no channel axis", says="needs a channel axis")
def pooled_without_channel(filters, n_classes):
    return _changed(filters, n_classes, shape=(None, None))


@BUILD_POOLED.wrong("Convolutions are non-linear by themselves", says="have no ReLU")
def pooled_linear(filters, n_classes):
    return _changed(filters, n_classes, activation=None)


@BUILD_POOLED.wrong("Every convolution is pooled", says="behind the last convolution, too")
def pooled_once_too_often(filters, n_classes):
    from keras import layers

    head = [layers.MaxPooling2D(2), layers.GlobalAveragePooling2D()]
    return _changed(filters, n_classes, head=head)


# residual_block -------------------------------------------------------------------------------


def _residual_block(maps, filters):
    from keras import layers

    inner = layers.Conv2D(filters, 3, padding="same", activation="relu")(maps)
    inner = layers.Conv2D(filters, 3, padding="same")(inner)
    past = maps
    if maps.shape[-1] != filters:
        past = layers.Conv2D(filters, 1)(maps)
    return layers.ReLU()(layers.Add()([inner, past]))


def _blocks(rng: np.random.Generator) -> Iterator[Case]:
    for channels in (2, 4):
        rows, columns = map(int, rng.integers(3, 6, 2))
        yield (rows, columns, channels), channels


def _widened(rng: np.random.Generator) -> Iterator[Case]:
    for channels, filters in ((2, 5), (4, 3)):
        rows, columns = map(int, rng.integers(3, 6, 2))
        yield (rows, columns, channels), filters


RESIDUAL_BLOCK = Exercise(
    _residual_block,
    {
        "residual_block_same": (check_residual_block, _blocks),
        "residual_block_widened": (check_residual_block_widened, _widened),
    },
    expect=block_of,
)


@RESIDUAL_BLOCK.right
def block_by_operators(maps, filters):
    import keras

    first = keras.layers.Conv2D(filters, (3, 3), padding="same")
    second = keras.layers.Conv2D(filters, (3, 3), padding="same")
    same = maps.shape[-1] == filters
    past = maps if same else keras.layers.Conv2D(filters, 1, padding="same")(maps)
    return keras.ops.relu(past + second(keras.activations.relu(first(maps))))


@RESIDUAL_BLOCK.right
def block_of_a_network_within(maps, filters):
    import keras
    from keras import layers

    convolutions = keras.Sequential(
        [
            layers.Conv2D(filters, 3, padding="same", kernel_initializer="he_normal"),
            layers.Activation("relu"),
            layers.Conv2D(filters, 3, padding="same", kernel_initializer="he_normal"),
        ]
    )
    past = layers.Identity()(maps)
    if maps.shape[-1] != filters:
        past = layers.Conv2D(filters, 1)(past)
    return layers.Activation("relu")(layers.add([convolutions(maps), past]))


@RESIDUAL_BLOCK.right
def block_padded_by_hand(maps, filters):
    from keras import layers

    inner = maps
    for activation in ("relu", None):
        inner = layers.ZeroPadding2D(1)(inner)
        inner = layers.Conv2D(filters, 3, activation=activation)(inner)
    if int(maps.shape[3]) != filters:
        maps = layers.Conv2D(filters, 1, strides=1)(maps)
    return layers.Activation("relu")(inner + maps)


def _inner(maps, filters, last=None):
    """Apply two convolutions."""
    from keras import layers

    inner = layers.Conv2D(filters, 3, padding="same", activation="relu")(maps)
    return layers.Conv2D(filters, 3, padding="same", activation=last)(inner)


def _past(maps, filters):
    """Bring the input to as many channels."""
    from keras import layers

    return maps if maps.shape[-1] == filters else layers.Conv2D(filters, 1)(maps)


@RESIDUAL_BLOCK.wrong("Two convolutions are a block", says="input of the block is not added")
def block_plain(maps, filters):
    return _inner(maps, filters, "relu")


@RESIDUAL_BLOCK.wrong("ReLU belongs to each convolution", says="comes too early")
def block_with_an_early_relu(maps, filters):
    return _inner(maps, filters, "relu") + _past(maps, filters)


@RESIDUAL_BLOCK.wrong("A sum needs no activation", says="ReLU behind the sum is missing")
def block_without_a_last_relu(maps, filters):
    return _inner(maps, filters) + _past(maps, filters)


@RESIDUAL_BLOCK.wrong("A connection is a concatenation", says="It should be added")
def block_concatenated(maps, filters):
    from keras import layers

    return layers.ReLU()(layers.Concatenate()([_inner(maps, filters), maps]))


@RESIDUAL_BLOCK.wrong("A connection always needs weights", says="is added as it is")
def block_with_a_needless_convolution(maps, filters):
    from keras import layers

    return layers.ReLU()(_inner(maps, filters) + layers.Conv2D(filters, 1)(maps))


@RESIDUAL_BLOCK.wrong("A layer can be used as often as one likes", says="one layer is used twice")
def block_of_one_layer(maps, filters):
    from keras import layers

    layer = layers.Conv2D(filters, 3, padding="same")
    inner = layer(layers.ReLU()(layer(maps)))
    return layers.ReLU()(inner + _past(maps, filters))


@RESIDUAL_BLOCK.wrong("A convolution keeps the size of its maps", says="maps of the same shape")
def block_shrinking(maps, filters):
    from keras import layers

    inner = layers.Conv2D(filters, 3, activation="relu")(maps)
    return layers.ReLU()(layers.Add()([layers.Conv2D(filters, 3)(inner), maps]))


@RESIDUAL_BLOCK.wrong("Any two maps can be added", says="brings the input to the new one")
def block_never_widened(maps, filters):
    from keras import layers

    return layers.ReLU()(layers.Add()([_inner(maps, filters), maps]))


@RESIDUAL_BLOCK.wrong("A block is a network", says="A block is a part of a network")
def block_as_a_network(maps, filters):
    import keras

    return keras.Model(maps, _residual_block(maps, filters))


@RESIDUAL_BLOCK.wrong("Layers are returned, not called", says="expected maps")
def block_of_uncalled_layers(maps, filters):
    from keras import layers

    return layers.Conv2D(filters, 3, padding="same", activation="relu")


EXERCISES = [RECEPTIVE_FIELD, MIX_CHANNELS, BUILD_POOLED, RESIDUAL_BLOCK]
