"""One-hot, unrolling and scaling."""

import dataclasses
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from course_utils.datasets import load_dataset
from course_utils.preprocessing import (
    Standardizer,
    fit_standardizer,
    one_hot,
    scale_to_unit,
    unroll,
)

small_images = hnp.arrays(np.uint8, hnp.array_shapes(min_dims=3, max_dims=3, max_side=6))


def peak_megabytes(function, *arguments):
    """Most memory that a call holds beyond what was there before."""
    tracemalloc.start()
    try:
        result = function(*arguments)
        return result, tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()


@pytest.fixture
def many_images():
    """As many pixels as MNIST's training images: 47 MB."""
    return np.ones((60_000, 28, 28), np.uint8)


class TestOneHot:
    def test_the_result_is_float32_with_a_column_for_each_class(self):
        rows = one_hot(np.array([3, 1], np.uint8), 10)
        assert rows.dtype == np.float32
        assert rows.shape == (2, 10)

    @settings(deadline=None)
    @given(labels=st.lists(st.integers(0, 6), min_size=1))
    def test_each_row_holds_a_single_one_at_its_label(self, labels):
        rows = one_hot(labels, 7)
        assert (rows.sum(axis=1) == 1).all()
        assert rows.argmax(axis=1).tolist() == labels

    def test_no_labels_give_no_rows(self):
        assert one_hot(np.array([], np.uint8), 10).shape == (0, 10)

    def test_it_agrees_with_an_identity_matrix(self):
        np.testing.assert_array_equal(one_hot(range(4), 4), np.eye(4))

    @pytest.mark.parametrize("label", [-1, 10])
    def test_a_label_out_of_range_is_named_with_its_place(self, label):
        with pytest.raises(ValueError, match=rf"between 0 and 9 .*labels\[1\] = {label}"):
            one_hot([0, label], 10)

    def test_labels_that_are_one_hot_already_are_recognised(self):
        with pytest.raises(
            ValueError, match=r"got float32 \(2, 10\). They look one-hot encoded already"
        ):
            one_hot(one_hot([0, 1], 10), 10)


class TestUnroll:
    @settings(deadline=None)
    @given(images=small_images)
    def test_the_rows_of_pixels_lie_end_to_end(self, images):
        _, height, width = images.shape
        unrolled = unroll(images)
        for row in range(height):
            start = row * width
            np.testing.assert_array_equal(unrolled[:, start : start + width], images[:, row])

    def test_an_image_of_mnist_has_784_inputs(self):
        assert unroll(np.zeros((5, 28, 28), np.uint8)).shape == (5, 784)

    @pytest.mark.parametrize("dtype", [np.uint8, np.float32])
    def test_the_dtype_is_kept(self, dtype):
        assert unroll(np.zeros((1, 2, 3), dtype)).dtype == dtype

    def test_no_images_give_no_rows(self):
        assert unroll(np.zeros((0, 28, 28), np.uint8)).shape == (0, 784)

    def test_unrolling_twice_is_refused(self):
        with pytest.raises(ValueError, match=r"got uint8 \(5, 784\).*before unrolling"):
            unroll(unroll(np.zeros((5, 28, 28), np.uint8)))


class TestScaleToUnit:
    @settings(deadline=None)
    @given(images=small_images)
    def test_black_is_zero_and_white_is_one(self, images):
        np.testing.assert_array_equal(scale_to_unit(images), images.astype(np.float32) / 255)

    def test_the_result_is_float32(self):
        assert scale_to_unit(np.zeros((1, 2, 2), np.uint8)).dtype == np.float32

    def test_the_images_themselves_stay_as_they_are(self):
        images = np.full((1, 2, 2), 255, np.uint8)
        scale_to_unit(images)
        assert images.max() == 255

    def test_scaling_twice_is_refused(self):
        with pytest.raises(ValueError, match=r"got float32 \(1, 2, 2\).*before scaling"):
            scale_to_unit(scale_to_unit(np.zeros((1, 2, 2), np.uint8)))

    def test_the_result_is_the_only_large_array(self, many_images):
        scaled_images, peak = peak_megabytes(scale_to_unit, many_images)
        assert peak < scaled_images.nbytes / 1e6 + 5


class TestStandardizer:
    def test_mnist_gives_the_published_mean_and_standard_deviation(self):
        (train_images, _), _ = load_dataset("mnist")
        standardizer = fit_standardizer(train_images)
        assert standardizer.mean == pytest.approx(33.318421449829934, abs=1e-9)
        assert standardizer.std == pytest.approx(78.56748998339798, abs=1e-9)

    @settings(deadline=None)
    @given(images=small_images)
    def test_fitting_agrees_with_numpy_in_double_precision(self, images):
        standardizer = fit_standardizer(images)
        assert standardizer.mean == pytest.approx(images.mean(dtype=np.float64), abs=1e-9)
        assert standardizer.std == pytest.approx(images.std(dtype=np.float64), abs=1e-9)

    @settings(deadline=None)
    @given(images=small_images)
    def test_transforming_agrees_with_the_formula_in_double_precision(self, images):
        expected = (images.astype(np.float64) - 100) / (50 + 1e-10)
        transformed = Standardizer(mean=100.0, std=50.0).transform(images)
        np.testing.assert_allclose(transformed, expected, atol=1e-6)

    def test_the_training_images_come_out_with_mean_zero_and_deviation_one(self):
        images = np.random.default_rng(0).integers(0, 256, (50, 28, 28), np.uint8)
        transformed = fit_standardizer(images).transform(images).astype(np.float64)
        assert transformed.mean() == pytest.approx(0, abs=1e-6)
        assert transformed.std() == pytest.approx(1, abs=1e-6)

    def test_other_images_are_measured_against_the_training_images(self):
        standardizer = fit_standardizer(np.array([[[0, 4]]], np.uint8))  # mean 2, deviation 2
        assert standardizer.transform(np.array([[[6]]], np.uint8)).item() == pytest.approx(2)

    def test_images_of_a_single_grey_value_become_zero(self):
        images = np.full((3, 2, 2), 7, np.uint8)
        assert not fit_standardizer(images).transform(images).any()

    def test_the_result_is_float32(self):
        images = np.zeros((1, 2, 2), np.uint8)
        assert Standardizer(0.0, 1.0).transform(images).dtype == np.float32

    def test_a_fitted_standardizer_cannot_be_changed(self):
        with pytest.raises(dataclasses.FrozenInstanceError):
            Standardizer(0.0, 1.0).mean = 5.0

    def test_fitting_makes_no_large_copy(self, many_images):
        assert peak_megabytes(fit_standardizer, many_images)[1] < 20

    def test_the_transformed_images_are_the_only_large_array(self, many_images):
        transformed, peak = peak_megabytes(Standardizer(0.0, 1.0).transform, many_images)
        assert peak < transformed.nbytes / 1e6 + 5


takes_raw_images = pytest.mark.parametrize(
    "function",
    [scale_to_unit, fit_standardizer, Standardizer(0.0, 1.0).transform],
    ids=["scale_to_unit", "fit_standardizer", "transform"],
)


@takes_raw_images
def test_unrolled_scaled_images_are_refused_with_what_was_expected(function):
    expected = r"`images` must be uint8 \(n, height, width\).*got float32 \(32, 784\).*before"
    with pytest.raises(ValueError, match=expected):
        function(np.zeros((32, 784), np.float32))


@takes_raw_images
def test_a_single_image_is_answered_with_how_to_pass_one(function):
    with pytest.raises(ValueError, match=r"got uint8 \(28, 28\).*images\[i : i \+ 1\]"):
        function(np.zeros((28, 28), np.uint8))


@takes_raw_images
def test_a_channel_axis_is_answered_with_how_to_take_it_off(function):
    with pytest.raises(ValueError, match=r"got uint8 \(5, 28, 28, 1\).*images\[..., 0\]"):
        function(np.zeros((5, 28, 28, 1), np.uint8))


@takes_raw_images
def test_a_list_is_refused_with_how_to_make_an_array(function):
    with pytest.raises(TypeError, match=r"got list\. Pass numpy\.asarray"):
        function([[[0]]])


@takes_raw_images
def test_images_of_any_size_are_accepted(function):
    function(np.ones((2, 5, 9), np.uint8))
