"""Beginners' mistakes in the lesson "Start here"."""

from benchmarks.beginners import mistake


@mistake("count_pixels", cause="The loop begins at 1 but ends as if it began at 0: a row is lost.")
def rows_counted_from_one(height, width):
    total = 0
    for _row in range(1, height):
        total += width
    return total


@mistake("count_pixels", cause="It returns a sentence with the number in it, not the number.")
def answer_as_a_sentence(height, width):
    n_pixels = height * width
    return f"{n_pixels} numbers"


@mistake("count_pixels", cause="It sets height and width to 3 itself, and so ignores the caller.")
def size_of_the_example_set_inside(height, width):
    height = 3
    width = 3
    return height * width


@mistake("count_pixels", cause="Two stars make a power in Python, where one star multiplies.")
def two_stars_for_one(height, width):
    return height**width


@mistake("count_pixels", cause="It asks for the len of two numbers, as if they were lists of rows.")
def len_of_a_number(height, width):
    n_rows = len(height)
    n_columns = len(width)
    return n_rows * n_columns
