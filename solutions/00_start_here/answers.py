"""Right and wrong answers to the exercise in "Start here"."""

import sys
from collections.abc import Iterator

import numpy as np

from course_utils.checks.start_here import check_count_pixels
from course_utils.grading.exercise import Exercise

# count_pixels ---------------------------------------------------------------------------------


def _count_pixels(height, width):
    return height * width


def _sizes(rng: np.random.Generator) -> Iterator[tuple[int, ...]]:
    for _ in range(10):
        yield tuple(rng.choice(np.arange(1, 91), 2, replace=False).tolist())


COUNT_PIXELS = Exercise(_count_pixels, {"count_pixels_check": (check_count_pixels, _sizes)})


@COUNT_PIXELS.right
def by_counting(height, width):
    return sum(1 for _ in range(height) for _ in range(width))


@COUNT_PIXELS.right
def by_the_size_of_an_array(height, width):
    return np.zeros((height, width)).size


@COUNT_PIXELS.right
def by_recursion(height, width):
    return width + by_recursion(height - 1, width) if height else 0


@COUNT_PIXELS.right
def in_floats_with_a_note(height, width):
    print("floats for whole numbers", file=sys.stderr)
    return np.float32(height) * width


@COUNT_PIXELS.wrong("The width is the longer side", says="Not every picture is square")
def landscape_only(height, width):
    return height * width if height <= width else width * width


@COUNT_PIXELS.wrong("Rows from 0 to 3 are three rows", says="A row and a column are missing")
def counted_from_one(height, width):
    return sum(1 for _ in range(1, height) for _ in range(1, width))


@COUNT_PIXELS.wrong("The visible cases are all cases", says="result is wrong, it is 0")
def looked_up(height, width):
    return {(4, 7): 28, (3, 3): 9, (28, 28): 784, (5, 2): 10}.get((height, width), 0)


@COUNT_PIXELS.wrong("Printing is returning", says="prints its answer and returns nothing")
def prints(height, width):
    print(height * width)


EXERCISES = [COUNT_PIXELS]
