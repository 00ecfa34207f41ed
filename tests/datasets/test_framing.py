"""Framing photographed digits as MNIST's are."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from scipy import ndimage

from course_utils.datasets import frame_as_mnist, load_dataset, load_image_folder

PAPER, INK = 225, 40


def a_page(height=200, width=300, paper=PAPER):
    return np.full((height, width), paper, np.uint8)


def with_an_l(page, top=120, left=220, length=60, ink=INK):
    """Write an L, whose lower stroke is half as long as its upright one."""
    page[top : top + length, left : left + length // 6] = ink
    page[top + length - length // 6 : top + length, left : left + length // 2] = ink
    return page


def box(framed):
    """Height and width of what is bright."""
    rows, columns = np.nonzero(framed > 127)
    return int(np.ptp(rows)) + 1, int(np.ptp(columns)) + 1


@settings(max_examples=25, deadline=None)
@given(
    top=st.integers(0, 300),
    left=st.integers(0, 400),
    length=st.integers(30, 120),
    paper=st.integers(150, 255),
)
def test_place_size_and_paper_make_no_difference(top, left, length, paper):
    framed = frame_as_mnist(with_an_l(a_page(420, 520, paper), top, left, length))
    assert box(framed) == pytest.approx((20, 10), abs=1)
    assert ndimage.center_of_mass(framed) == pytest.approx((14, 14), abs=0.6)
    assert framed.max() == 255
    assert framed[0].max() == framed[:, 0].max() == 0


def test_dark_on_light_and_light_on_dark_come_out_alike():
    page = with_an_l(a_page())
    np.testing.assert_array_equal(frame_as_mnist(page), frame_as_mnist(255 - page))


def test_a_shadow_is_no_ink():
    shadow = np.linspace(1, 0.25, 300)
    framed = frame_as_mnist((with_an_l(a_page(), left=220) * shadow).astype(np.uint8))
    assert box(framed) == pytest.approx((20, 10), abs=1)
    assert framed[0].max() == framed[-1].max() == framed[:, 0].max() == framed[:, -1].max() == 0


def test_noise_and_specks_are_no_ink():
    page = with_an_l(a_page())
    page[10:13, 10:13] = INK  # 9 pixels, where the L has some 700
    noisy = page + np.random.default_rng(0).normal(0, 4, page.shape)
    framed = frame_as_mnist(noisy.clip(0, 255).astype(np.uint8))
    assert box(framed) == pytest.approx((20, 10), abs=1)
    assert framed[:, :5].max() == 0


def test_printed_lines_are_no_ink():
    page = a_page()
    page[::20] = page[:, ::20] = PAPER - 60
    assert box(frame_as_mnist(with_an_l(page))) == pytest.approx((20, 10), abs=1)


def test_a_tiny_digit_is_found_on_a_large_page():
    page = with_an_l(a_page(900, 1200), top=850, left=1100, length=24)
    noisy = page + np.random.default_rng(0).normal(0, 5, page.shape)
    framed = frame_as_mnist(noisy.clip(0, 255).astype(np.uint8))
    assert box(framed) == pytest.approx((20, 10), abs=2)


def test_a_table_beside_the_paper_is_no_ink():
    page = with_an_l(a_page())
    page[:, :20] = INK
    assert box(frame_as_mnist(page)) == pytest.approx((20, 10), abs=1)


def test_a_part_that_stands_apart_belongs_to_the_digit():
    page = with_an_l(a_page())
    page[100:108, 220:250] = INK  # a bar above the L, like that of a 5
    framed = frame_as_mnist(page)
    bar = np.flatnonzero(framed.max(axis=1) > 127)[0]
    assert box(framed)[0] == 20
    assert framed[bar, 10:18].max() > 127
    assert framed[bar + 3].max() == 0  # the gap


def test_a_flat_digit_keeps_its_proportions():
    page = a_page()
    page[100:110, 40:140] = INK
    assert box(frame_as_mnist(page)) == (2, 20)


def test_the_field_can_have_any_size():
    framed = frame_as_mnist(with_an_l(a_page()), (84, 112))
    assert framed.shape == (84, 112)
    assert box(framed) == pytest.approx((60, 30), abs=1)


def test_mnists_own_digits_stay_nearly_as_they_are():
    _, (digits, _) = load_dataset("mnist")
    framed = np.stack([frame_as_mnist(digit) for digit in digits[:200]])
    moved = np.abs(framed.astype(int) - digits[:200]).mean(axis=(1, 2))
    assert np.median(moved) < 6  # of 255; a move by one pixel makes some 25
    one_pixel = np.abs(np.roll(digits[:200], 1, axis=2).astype(int) - digits[:200])
    assert np.median(moved) < one_pixel.mean() / 2


def test_the_array_is_left_as_it_is():
    page = with_an_l(a_page())
    before = page.copy()
    frame_as_mnist(page)
    np.testing.assert_array_equal(page, before)


def test_a_folder_is_framed_whatever_its_photos_look_like(tmp_path):
    (tmp_path / "L").mkdir()
    large = Image.fromarray(with_an_l(a_page())).resize((2400, 1600))
    large.save(tmp_path / "L" / "a.jpg", quality=90)
    Image.fromarray(255 - with_an_l(a_page(), top=0, left=0)).save(tmp_path / "L" / "b.png")
    framed = load_image_folder(tmp_path, frame=True)[0]
    assert framed.shape == (2, 28, 28)
    for image in framed:
        assert box(image) == pytest.approx((20, 10), abs=1)
    np.testing.assert_array_equal(load_image_folder(tmp_path, invert=True, frame=True)[0], framed)


def test_an_empty_page_in_a_folder_is_named(tmp_path):
    (tmp_path / "L").mkdir()
    Image.fromarray(a_page()).save(tmp_path / "L" / "blank.png")
    with pytest.raises(ValueError, match=r"blank\.png cannot be framed: .*ink that stands out"):
        load_image_folder(tmp_path, frame=True)
