"""Moves of a picture, against what NumPy makes of it."""

import numpy as np

from course_utils.explorers.mathematics.moves import augment, ink_lost, rotation

SIZE = [7, 10]
PIXELS = np.random.default_rng(0).integers(0, 256, SIZE).astype(np.uint8)
STILL = {"down": 0, "right": 0, "degrees": 0, "zoom": 100, "mirrored": False}


def moved(**moves: int) -> np.ndarray:
    return np.array(augment(PIXELS.tobytes(), SIZE, **{**STILL, **moves})).reshape(SIZE)


def test_without_a_move_the_picture_stays_as_it_was() -> None:
    np.testing.assert_array_equal(moved(), PIXELS)


def test_a_mirrored_picture_is_the_one_that_numpy_reads_from_right_to_left() -> None:
    np.testing.assert_array_equal(moved(mirrored=True), PIXELS[:, ::-1])


def test_half_a_turn_puts_a_picture_on_its_head() -> None:
    np.testing.assert_array_equal(moved(degrees=180), PIXELS[::-1, ::-1])


def test_a_quarter_turn_is_clockwise() -> None:
    square = PIXELS[:, :7]
    turned = augment(square.tobytes(), [7, 7], 0, 0, 90, 100, False)
    np.testing.assert_array_equal(np.reshape(turned, (7, 7)), np.rot90(square, -1))


def test_a_shift_fills_the_gap_with_zeros_and_brings_nothing_back() -> None:
    result = moved(down=2, right=-3)
    np.testing.assert_array_equal(result[2:, :-3], PIXELS[:-2, 3:])
    assert not result[:2].any()
    assert not result[:, -3:].any()


def test_a_picture_of_half_the_size_leaves_the_border_empty() -> None:
    shrunk = np.reshape(augment(bytes([9] * 400), [20, 20], 0, 0, 0, 50, False), (20, 20))
    assert (shrunk[5:15, 5:15] == 9).all()
    assert shrunk.sum() == 900


def test_ink_is_lost_where_a_shift_pushes_it_out() -> None:
    lost, total = ink_lost(PIXELS.tobytes(), SIZE, **{**STILL, "right": 4})
    assert (lost, total) == (PIXELS[:, -4:].sum(), PIXELS.sum())


def test_mirroring_loses_no_ink() -> None:
    assert ink_lost(PIXELS.tobytes(), SIZE, **{**STILL, "mirrored": True})[0] == 0


def test_cosine_and_sine_are_whole_numbers_of_4096ths() -> None:
    assert [rotation(degrees) for degrees in (0, 180, 30)] == [(4096, 0), (-4096, 0), (3547, 2048)]
