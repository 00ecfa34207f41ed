"""Filters of the shipped networks."""

import numpy as np

from course_utils.explorers.mathematics.filters import filter_of
from course_utils.pretrained import load_weights


def test_a_filter_has_a_slice_for_each_map_that_it_reads() -> None:
    weights = load_weights("digits_cnn")["conv_2_weights"]
    np.testing.assert_array_equal(filter_of(weights, 5)[7], weights[:, :, 7, 5])
