"""Right and wrong answers of "Start here", for instructors and tests. Never released."""

import sys

import numpy as np

from course_utils.grading.exercise import Exercise


def _sizes(rng):
    for _ in range(10):
        yield int(rng.integers(1, 40)), int(rng.integers(41, 90))


count_pixels = Exercise("count_pixels", lambda height, width: height * width, _sizes)


@count_pixels.right
def by_product(height, width):
    return height * width


@count_pixels.right
def by_counting(height, width):
    return sum(1 for _ in range(height) for _ in range(width))


@count_pixels.right
def by_the_size_of_an_array(height, width):
    return np.zeros((height, width)).size


@count_pixels.right
def by_recursion(height, width):
    return width + by_recursion(height - 1, width) if height else 0


@count_pixels.right
def in_floats_with_a_note(height, width):
    print("floats for whole numbers", file=sys.stderr)
    return np.float32(height) * width


@count_pixels.wrong("The width is the longer side", says="Not every picture is square")
def landscape_only(height, width):
    return height * width if height <= width else width * width


@count_pixels.wrong("Rows from 0 to 3 are three rows", says="A row and a column are missing")
def counted_from_one(height, width):
    return (height - 1) * (width - 1)


@count_pixels.wrong("The visible cases are all cases", says="received 0")
def looked_up(height, width):
    return {(4, 7): 28, (3, 3): 9, (28, 28): 784, (5, 2): 10}.get((height, width), 0)


@count_pixels.wrong("Height and width are added", says="You added height and width")
def by_sum(height, width):
    return height + width


@count_pixels.wrong("A grey pixel has three numbers", says="Grey needs one")
def in_colour(height, width):
    return 3 * height * width


@count_pixels.wrong("Hard-coded: the size of the data set", says="right for 28 by 28 only")
def hard_coded(height, width):
    return 784


@count_pixels.wrong("Every picture is square", says="Not every picture is square")
def square(height, width):
    return height * height


@count_pixels.wrong("Printing is returning", says="prints its answer and returns nothing")
def prints(height, width):
    print(height * width)


@count_pixels.wrong("Not attempted", says="returns nothing yet")
def untouched(height, width): ...


EXERCISES = [count_pixels]
