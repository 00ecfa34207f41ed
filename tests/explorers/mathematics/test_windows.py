"""Convolution and pooling: the explorers' and the lesson's own NumPy, against Keras."""

from itertools import product
from typing import Any

import numpy as np
import pytest
from course_notebooks import lesson_on, read
from hypothesis import given, settings
from hypothesis import strategies as st

from course_utils.explorers.mathematics.windows import (
    convolve,
    output_position,
    output_size,
    padding_before,
    pool,
    window_at,
)

SLOW = settings(max_examples=60, deadline=None)
paddings = st.sampled_from(["valid", "same"])


@pytest.fixture(scope="module")
def ops() -> Any:
    """Keras's own convolution and pooling."""
    from course_utils.environment import quiet_tensorflow

    quiet_tensorflow()
    import keras

    return keras.ops


@pytest.fixture(scope="module")
def lesson() -> dict[str, Any]:
    """The function that the lesson writes in NumPy."""
    cells = {cell.id: cell.source for cell in read("solutions", lesson_on("convolution")).cells}
    space: dict[str, Any] = {}
    exec("import numpy as np", space)
    exec("from numpy.lib.stride_tricks import sliding_window_view", space)
    exec(cells["convolution-numpy"].split("\n\n\n")[0], space)
    return space


@st.composite
def layers(draw: Any, least_side: int = 1) -> tuple[int, int, int, int, str, int]:
    """Draw height, width, window, stride, padding and a seed that fit together."""
    window = draw(st.integers(least_side, 5))
    height, width = (draw(st.integers(window, 12)) for _ in range(2))
    return height, width, window, draw(st.integers(1, 4)), draw(paddings), draw(st.integers(0, 999))


@SLOW
@given(layer=layers())
def test_a_kernel_slides_as_in_keras(ops, layer) -> None:
    height, width, window, stride, padding, seed = layer
    rng = np.random.default_rng(seed)
    picture, kernel = rng.normal(size=(height, width)), rng.normal(size=(window, window))
    theirs = ops.conv(
        picture[None, ..., None].astype("float32"),
        kernel[..., None, None].astype("float32"),
        stride,
        padding,
    )
    ours = convolve(picture, kernel, stride, padding)
    np.testing.assert_allclose(ours, np.asarray(theirs)[0, ..., 0], atol=1e-5)


@SLOW
@given(layer=layers(), how=st.sampled_from(["max", "average"]))
def test_a_window_pools_as_in_keras(ops, layer, how) -> None:
    height, width, window, stride, padding, seed = layer
    picture = np.random.default_rng(seed).normal(size=(height, width)).astype("float32")
    theirs = getattr(ops, f"{how}_pool")(picture[None, ..., None], window, stride, padding)
    ours = pool(picture, window, stride, how, padding)
    np.testing.assert_allclose(ours, np.asarray(theirs)[0, ..., 0], atol=1e-5)


@SLOW
@given(layer=layers(), channels=st.integers(1, 4), filters=st.integers(1, 5))
def test_the_lessons_convolution_equals_keras(ops, lesson, layer, channels, filters) -> None:
    height, width, window, *_, seed = layer
    rng = np.random.default_rng(seed)
    image = rng.normal(size=(height, width, channels)).astype("float32")
    kernels = rng.normal(size=(window, window, channels, filters)).astype("float32")
    biases = rng.normal(size=filters).astype("float32")
    theirs = np.asarray(ops.conv(image[None], kernels, 1, "valid"))[0] + biases
    ours = lesson["convolution"](image, kernels, biases)
    np.testing.assert_allclose(ours, theirs, atol=1e-5 * channels * window)


@given(layer=layers())
def test_the_output_size_is_the_number_of_positions(layer) -> None:
    height, _, window, stride, padding, _ = layer
    last = height if padding == "same" else height - window + 1
    assert output_size(height, window, stride, padding) == len(range(0, last, stride))


def test_a_window_that_does_not_fit_has_no_position() -> None:
    assert output_size(2, 3) == output_size(1, 9, stride=2) == 0


@given(layer=layers())
def test_zeros_lie_before_the_picture_only_with_same_padding(layer) -> None:
    height, _, window, stride, padding, _ = layer
    before = padding_before(height, window, stride, padding)
    assert 0 <= before <= window // 2
    assert padding == "same" or before == 0


def test_beyond_the_border_there_is_padding() -> None:
    picture = np.array([[1, 2], [3, 4]])
    assert window_at(picture, 1, 1, (2, 2), outside=9).tolist() == [[4, 9], [9, 9]]


def random_slides(seed: int, n: int = 100) -> list[tuple[list, list, int, str]]:
    """Draw pictures, kernels, strides and paddings."""
    rng = np.random.default_rng(seed)
    return [
        (
            rng.integers(0, 256, rng.integers(4, 10, 2)).tolist(),
            rng.integers(-12, 13, (3, 3)).tolist(),
            int(rng.integers(1, 4)),
            str(rng.choice(["valid", "same"])),
        )
        for _ in range(n)
    ]


SLIDES = list(product(range(1, 12), range(1, 6), range(1, 5), ("valid", "same")))
PICTURE = np.random.default_rng(1).integers(0, 256, (5, 6))


COMPARED = {
    convolve: random_slides(0),
    output_size: SLIDES,
    padding_before: SLIDES,
    window_at: list(product([PICTURE], range(-2, 5), range(-2, 6), [(3, 3)])),
    output_position: [(step, *sides) for step in range(40) for sides in ((4, 5), (1, 7))],
}


@pytest.mark.parametrize("function", COMPARED)
def test_the_browser_calculates_as_python_does(same_in_browser, function) -> None:
    same_in_browser("windows.js", function, COMPARED[function])


def test_past_the_last_position_a_kernel_stays_there() -> None:
    assert [output_position(step, 2, 4) for step in (5, 99)] == [(1, 1), (1, 3)]
