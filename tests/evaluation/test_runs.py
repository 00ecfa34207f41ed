"""What several runs gave."""

import numpy as np
import pytest

from course_utils.evaluation import spread


def test_the_standard_error_shrinks_with_the_root_of_the_number_of_runs() -> None:
    few, many = spread([0.8, 0.9] * 2), spread([0.8, 0.9] * 200)
    assert few.standard_error / many.standard_error == pytest.approx(
        10 * np.sqrt(4 / 3 * 399 / 400), rel=1e-6
    )


def test_lowest_and_highest_are_those_of_the_runs_in_any_order() -> None:
    found = spread([0.8, 0.95, 0.7, 0.9])
    assert (found.lowest, found.highest) == (0.7, 0.95)


def test_one_run_has_no_spread() -> None:
    with pytest.raises(ValueError, match="repeat it with another seed"):
        spread([0.9])
