"""The checks of the exercises on deeper networks: what is asked, known slips, and what is said."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from math import prod
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from course_utils.checks.asking import Foreign
from course_utils.checks.check import Case, Check
from course_utils.checks.comparing import EXACT, HARD_CODED, Numbers, Slips, as_arrays, lazy
from course_utils.checks.networks import (
    MEANINGS,
    Network,
    describe_network,
    first_difference,
    network,
)
from course_utils.checks.outcome import CheckError
from course_utils.checks.showing import show

# receptive_field --------------------------------------------------------------------------------

#: layers, expected
_STACKS: list[Case] = [
    ([(3, 1), (2, 2), (3, 1), (2, 2)], 10),
    ([(5, 2), (3, 1), (3, 2)], 13),
    ([(3, 1), (3, 1), (3, 1)], 7),
]


def field_of(layers: Sequence[tuple[int, int]]) -> int:
    """Calculate the side of a receptive field."""
    steps = np.cumprod([1, *(stride for _, stride in layers)])
    return 1 + sum(
        (window - 1) * int(step) for (window, _), step in zip(layers, steps, strict=False)
    )


def _field_slips(layers: Sequence[tuple[int, int]], expected: int) -> Slips:
    windows, strides = [int(window) for window, _ in layers], [int(stride) for _, stride in layers]
    steps = [prod(strides[:i]) for i in range(len(strides))]
    late = [prod(strides[: i + 1]) for i in range(len(strides))]
    before = [1, *strides[:-1]]
    grown = [field_of(layers[: i + 1]) for i in range(len(layers))]
    return [
        ("The strides are not used. Behind a stride of 2 neighbours on a map lie 2 pixels apart, "
         "so a window reaches twice as far.", 1 + sum(windows) - len(windows)),
        ("A layer's own stride counts only for the layers behind it: multiply the length of a step "
         "by it after the window has been added.",
         1 + sum((k - 1) * step for k, step in zip(windows, late, strict=True))),
        ("Only the stride of the layer before is used. The length of a step is the product of all "
         "earlier strides.", 1 + sum((k - 1) * s for k, s in zip(windows, before, strict=True))),
        ("Only each layer's own stride is used. The length of a step is the product of all earlier "
         "strides.", 1 + sum((k - 1) * s for k, s in zip(windows, strides, strict=True))),
        ("The length of a step is the product of the earlier strides, not their sum.",
         1 + sum((k - 1) * (sum(strides[:i]) or 1) for i, k in enumerate(windows)),
         1 + sum((k - 1) * (1 + sum(strides[:i])) for i, k in enumerate(windows))),
        ("The pixel that you begin with is missing: without any layer, a number sees itself.",
         expected - 1),
        ("A window of k widens the field by k − 1 steps, because it overlaps with what was seen "
         "before by one.", 1 + sum(k * step for k, step in zip(windows, steps, strict=True)),
         sum(k * step for k, step in zip(windows, steps, strict=True))),
        ("That is the sum of the windows. They overlap.", sum(windows)),
        ("That is the product of the windows. Each of them adds to the field.", prod(windows)),
        ("You went through the layers from the last to the first, so that later strides act on "
         "earlier windows.", field_of(layers[::-1])),
        ("That is how far apart neighbours on the last map lie.", prod(strides)),
        ("That is the number of pixels. The side of the square is asked for.", expected**2),
        ("That is the field behind each layer. Return the last one alone.", grown, [1, *grown]),
        ("The last layer is missing.", field_of(layers[:-1])),
        ("The loop ends in its first round: is `return` indented too far?", windows[0]),
        *((HARD_CODED, case[-1]) for case in _STACKS),
    ]  # fmt: skip


check_receptive_field = Check(
    "receptive_field(layers)",
    _STACKS,
    _field_slips,
    tolerance=EXACT,
    meanings={
        "too many values to unpack|not enough values to unpack|cannot unpack": "Each layer is a "
        "pair: for window, stride in layers: takes it apart.",
    },
)

# mix_channels -----------------------------------------------------------------------------------

#: maps, weights, biases, expected
_MIXES = as_arrays(
    (
        [[[1.0, 2.0], [0.0, 3.0], [2.0, -1.0]], [[4.0, 0.5], [-2.0, 1.0], [1.0, 1.0]]],
        [[1.0, 0.0, -1.0], [2.0, 1.0, 0.5]],
        [0.0, 1.0, -2.0],
        [
            [[5.0, 3.0, -2.0], [6.0, 4.0, -0.5], [0.0, 0.0, -4.5]],
            [[5.0, 1.5, -5.75], [0.0, 2.0, 0.5], [3.0, 2.0, -2.5]],
        ],
    ),
    (
        [[[1.0, -1.0], [2.0, 0.5]], [[0.0, 3.0], [1.5, 1.0]], [[-2.0, 1.0], [4.0, -3.0]]],
        [[2.0, -1.0], [0.5, 3.0]],
        [1.0, -0.5],
        [
            [[2.5, -4.5], [5.25, -1.0]],
            [[2.5, 8.5], [4.5, 1.0]],
            [[-2.5, 4.5], [7.5, -13.5]],
        ],
    ),
)


def _mix_slips(maps: Numbers, weights: Numbers, biases: Numbers, expected: Numbers) -> Slips:
    rows, columns, channels = maps.shape
    filters = len(biases)
    sums = maps @ weights
    strips = weights.T @ maps.reshape(channels, -1)  # the pixels of other places as channels
    turned = weights.T @ maps.reshape(-1, channels).T
    transposed = [maps @ weights.T + biases] if channels == filters else []
    return [
        ("The biases are missing.", sums),
        ("Each filter has one bias, however many channels its input has.",
         sums + channels * biases),
        ("The weights are transposed: weights[channel, filter] leads from a channel to a filter.",
         *transposed),
        ("There is an activation. Here the layer ends with its sums, so some are below 0.",
         np.maximum(expected, 0)),
        ("The maps are added up to one. Each filter gives a map of its own.",
         expected.sum(axis=-1), expected.sum(axis=-1, keepdims=True)),
        ("The maps stand along the first axis. In Keras the channels come last.",
         expected.transpose(2, 0, 1)),
        ("The pixels stand in one row. Keep rows and columns as they are.",
         expected.reshape(-1, filters)),
        ("All pixels are mixed. A 1 × 1 convolution leaves each pixel to itself, and mixes its "
         "channels.", maps.mean(axis=(0, 1)) @ weights + biases,
         maps.sum(axis=(0, 1)) @ weights + biases,
         np.broadcast_to(maps.mean(axis=(0, 1)) @ weights + biases, expected.shape)),
        ("reshape put numbers of different pixels together. The channels of a pixel lie side by "
         "side, along the last axis.", strips.T.reshape(rows, columns, filters) + biases,
         strips.reshape(rows, columns, filters) + biases,
         turned.reshape(rows, columns, filters) + biases),
        ("Only one channel is used. A filter has a weight for every channel.",
         maps[..., :1] * weights[0] + biases, maps[..., -1:] * weights[-1] + biases),
        ("That is a mean over the channels. A filter adds up.", sums / channels + biases),
        ("The bias is added before the weights are applied. It comes last, once per filter.",
         *([(maps + biases) @ weights] if channels == filters else [])),
        ("Rows and columns are swapped.", expected.swapaxes(0, 1)),
        ("Those are the maps, unchanged.", maps),
        *lazy(expected.shape, [case[-1] for case in _MIXES]),
    ]  # fmt: skip


check_mix_channels = Check(
    "mix_channels(maps, weights, biases)",
    _MIXES,
    _mix_slips,
    meanings={
        "matmul.*mismatch|not aligned|shape-mismatch for sum": "In a @ b the last axis of a must "
        "be as long as the first axis of b. Which axis of maps holds the channels, and which axis "
        "of weights?",
    },
)

# build_pooled -----------------------------------------------------------------------------------

_ANY_SIZE = (None, None, 1)


def pooled_network(filters: Sequence[int], n_classes: int) -> Network:
    """Describe the network that is asked for."""
    layers: list[str] = []
    for i, n in enumerate(filters):
        layers += ["MaxPooling2D"] if i else []
        layers.append(f"Conv2D({n}, (3, 3), relu, padding='same')")
    return Network(_ANY_SIZE, (*layers, "GlobalAveragePooling2D", f"Dense({n_classes}, softmax)"))


#: filters, n_classes, expected
_POOLED: list[Case] = [
    ([8, 16], 10, pooled_network([8, 16], 10)),
    ([4, 6, 12], 3, pooled_network([4, 6, 12], 3)),
]


def _pooled_slips(filters: Sequence[int], n_classes: int, expected: Network) -> Slips:
    layers = expected.layers
    *body, pool, last = layers

    def with_layers(*changed: str) -> Network:
        return replace(expected, layers=changed)

    def in_all(old: str, new: str) -> Network:
        return with_layers(*(layer.replace(old, new) for layer in layers))

    return [
        ("This network takes pictures of one size only. With None for rows and columns, "
         "Input((None, None, 1)), it takes any.", replace(expected, input_shape=(28, 28, 1))),
        ("Global max pooling keeps the largest number of each map. The mean is asked for.",
         in_all("GlobalAverage", "GlobalMax")),
        ("Nothing makes one number of each map, so the dense layer is applied to every pixel. "
         "Global average pooling comes before it.", with_layers(*body, last)),
        ("The last layer needs softmax.", with_layers(*body, pool, f"Dense({n_classes})")),
        ("The convolutions have no ReLU.", in_all(", relu", "")),
        ("The convolutions shrink their maps. padding='same' keeps the size.",
         in_all(", padding='same'", "")),
        ("There is max pooling behind the last convolution, too. It belongs between two "
         "convolutions only.", with_layers(*body, "MaxPooling2D", pool, last)),
        ("There is no max pooling between the convolutions.",
         with_layers(*(layer for layer in layers if not layer.startswith("Max")))),
        ("All convolutions have as many filters as the first. Each takes its own number from the "
         "list.", pooled_network([filters[0]] * len(filters), n_classes)),
        ("The convolutions come in the reverse order of the list.",
         pooled_network(filters[::-1], n_classes)),
        ("Only one convolution is there. Loop over all numbers in the list.",
         pooled_network(filters[:1], n_classes), pooled_network(filters[-1:], n_classes)),
        ("The last layer has ten neurons whatever is asked for. n_classes says how many.",
         with_layers(*body, pool, "Dense(10, softmax)")),
        ("There is a dense layer between pooling and output. Here the means go to the last layer "
         "at once.",
         *(with_layers(*body, pool, f"Dense({n}, relu)", last) for n in (64, 100, 128))),
    ]  # fmt: skip


check_build_pooled = Check(
    "build_pooled(filters, n_classes)",
    _POOLED,
    _pooled_slips,
    describe=describe_network,
    form=network("loss", "metrics", "optimizer"),
    explain=first_difference,
    meanings={
        "must be fully-defined|should be defined|Found .None.": "A dense layer behind Flatten has "
        "a weight for each number that comes in, so the size of the picture would have to be "
        "known. Which layer leaves one number of each map, whatever its size?",
        "min_ndim=4, found ndim=3": "A convolution needs a channel axis: rows, columns "
        "and channels, as in (None, None, 1).",
        **MEANINGS,
    },
)

# residual_block ---------------------------------------------------------------------------------

_SIDE = 3


def _filled(shape: Sequence[int], key: int) -> Numbers:
    """Make numbers of both signs that look random and are always the same."""
    return np.sin(1.0 + 2.4 * key + 1.7 * np.arange(prod(shape)) ** 1.1).reshape(shape)


def _weights(side: int, channels: int, filters: int, key: int = 0) -> tuple[Numbers, Numbers]:
    """Make the kernel and the biases of a convolution: always the same for the same shape."""
    shape = (side, side, channels, filters)
    return _filled(shape, 10 * side + key) / side, _filled((filters,), side + key)


def _convolved(maps: Numbers, weights: tuple[Numbers, Numbers]) -> Numbers:
    """Slide filters over maps, with a ring of zeros that keeps the size."""
    kernels, biases = weights
    ring = len(kernels) // 2
    padded = np.pad(maps, ((ring, ring), (ring, ring), (0, 0)))
    windows = sliding_window_view(padded, kernels.shape[:2], axis=(0, 1))
    return np.tensordot(windows, kernels.transpose(2, 0, 1, 3), axes=3) + biases


def _relu(maps: Numbers) -> Numbers:
    return np.maximum(maps, 0)


def block_of(shape: tuple[int, int, int], filters: int) -> Numbers:
    """Calculate what the block makes of the maps of a case."""
    maps, first, second, past = _parts(shape, filters)
    return _relu(_convolved(_relu(_convolved(maps, first)), second) + past)


def _parts(shape: tuple[int, int, int], filters: int) -> tuple[Any, ...]:
    """Make the maps of a case, the weights of both convolutions, and what goes past them."""
    channels, same = shape[-1], shape[-1] == filters
    maps = _filled(shape, 1)
    first, second = _weights(3, channels, filters), _weights(3, filters, filters, int(same))
    return maps, first, second, maps if same else _convolved(maps, _weights(1, channels, filters))


#: shape of the maps, number of filters, expected
_BLOCKS: list[Case] = [
    ((_SIDE, _SIDE, 2), 2, block_of((_SIDE, _SIDE, 2), 2)),
    ((2, 4, 3), 3, block_of((2, 4, 3), 3)),
]
_WIDENED: list[Case] = [
    ((_SIDE, _SIDE, 1), 2, block_of((_SIDE, _SIDE, 1), 2)),
    ((2, 3, 4), 2, block_of((2, 3, 4), 2)),
]


def _block_slips(shape: tuple[int, int, int], filters: int, expected: Numbers) -> Slips:
    maps, first, second, past = _parts(shape, filters)
    channels, same = shape[-1], shape[-1] == filters
    alone = _convolved(maps, first)
    hidden = _relu(alone)
    inner, linear = _convolved(hidden, second), _convolved(alone, second)
    one_by_one = _convolved(maps, _weights(1, channels, filters))
    shared = _convolved(hidden, first) if same else inner
    no_bias = tuple((kernels, 0 * biases) for kernels, biases in (first, second))
    bare = _convolved(_relu(_convolved(maps, no_bias[0])), no_bias[1])
    return [
        ("Nothing goes past the convolutions: the input of the block is not added.",
         _relu(inner), inner, _relu(linear)),
        ("The ReLU behind the sum is missing.", inner + past),
        ("The second ReLU comes too early. First add the input, then apply it.",
         _relu(inner) + past, _relu(_relu(inner) + past)),
        ("There is no ReLU between the two convolutions, so that they are no more than one linear "
         "step.", _relu(linear + past), linear + past),
        ("Only one convolution is there. The block has two.",
         _relu(alone + past), hidden + past, _relu(hidden + past), alone + past),
        ("You added what the first convolution gives. What goes past both is the input of the "
         "block.", _relu(inner + hidden), _relu(inner + alone), inner + hidden, inner + alone),
        ("The input is multiplied, where it should be added.", _relu(inner * past), inner * past),
        ("The input stands beside the new maps as further channels. It should be added to them, so "
         "that the number of channels stays.",
         *(make(np.concatenate(pair, axis=-1)) for make in (_relu, np.array)
           for pair in ((inner, maps), (maps, inner), (inner, past), (past, inner)))),
        ("That is the mean of the two. Add them.", _relu((inner + past) / 2), (inner + past) / 2),
        ("That is their difference. Add them.", _relu(inner - past), _relu(past - inner)),
        ("Where the number of channels stays, the input is added as it is, without a 1 × 1 "
         "convolution.", *([_relu(inner + one_by_one)] if same else [])),
        ("The input has one channel, and was added to all of the new ones. Where the number of "
         "channels changes, a 1 × 1 convolution brings the input to the new one.",
         *([_relu(inner + maps)] if channels == 1 < filters else [])),
        ("What goes past the block has a ReLU of its own. Add it as it is.",
         _relu(inner + _relu(past))),
        ("Both convolutions have the same weights, because one layer is used twice. Make a layer "
         "for each.", *([_relu(shared + past)] if same else [])),
        ("The convolutions have no biases.", _relu(bare + past)),
        ("The input came back unchanged.", maps, _relu(maps)),
        *lazy(expected.shape, [case[-1] for case in (*_BLOCKS, *_WIDENED)]),
    ]  # fmt: skip


@contextmanager
def _with_input(shape: tuple[int, int, int], filters: int) -> Iterator[Sequence[Any]]:
    """Make maps as the layers of a network pass them on."""
    import keras

    yield [keras.Input(shape), filters]


def _describe_block(returned: Any, maps: Any, _: int) -> Any:
    """Say what the block makes of maps that are always the same, with weights that are, too."""
    import keras

    if not isinstance(returned, keras.KerasTensor):
        return describe_network(returned)
    block = keras.Model(maps, returned)
    seen: list[tuple[int, ...]] = []
    key = 0
    for weight in block.weights:
        shape = tuple(weight.shape)
        if len(shape) == 4:
            key = seen.count(shape)
            kernel, biases = _weights(shape[0], shape[2], shape[3], key)
            seen.append(shape)
            weight.assign(kernel if shape[0] == shape[1] else np.ones(shape))
        elif seen and shape == biases.shape:
            weight.assign(biases)
    return np.asarray(block(_filled(tuple(maps.shape[1:]), 1)[None]))[0]


def _maps(received: Any) -> Any:
    """Demand maps, as the layers of a network pass them on."""
    if isinstance(received, Network | Foreign):
        told = received.shown if isinstance(received, Foreign) else f"a network, {received.shown}"
        raise CheckError(
            f"expected maps, as a layer gives them when it is called; received {told}. A block is "
            "a part of a network: call each layer with what the one before gave, and return what "
            "comes out last."
        )
    if isinstance(received, np.ndarray):
        return received
    raise CheckError(f"expected maps, as a layer gives them; received {show(received)}")


check_residual_block = Check(
    "residual_block(maps, filters)",
    _BLOCKS,
    _block_slips,
    part="as many filters as channels",
    form=_maps,
    describe=_describe_block,
    prepare=_with_input,
    meanings={
        "incompatible shapes|must have the same shape|Dimensions must be equal|broadcast": "Only "
        "maps of the same shape can be added. padding='same' keeps rows and columns, and where the "
        "number of channels changes, a 1 × 1 convolution has to bring the input to the new one.",
        "would be zero or negative": "Without padding a convolution shrinks its maps, "
        "and only maps of the same shape can be added. padding='same' keeps rows and columns.",
        **MEANINGS,
    },
)
check_residual_block_widened = check_residual_block.then(
    "another number of filters", cases=_WIDENED
)
