"""Beginners' mistakes in the lesson "Start here"."""
# ruff: noqa: RET503, RET504 - beginners wrote this

from benchmarks.beginners import mistake


@mistake("count_pixels", cause="It adds height and width, where they should be multiplied.")
def height_plus_width(height, width):
    return height + width


@mistake("count_pixels", cause="It counts the pixels along the rim of the picture, not all of it.")
def pixels_along_the_rim(height, width):
    return 2 * height + 2 * width


@mistake("count_pixels", cause="It returns inside the loop, so only the first row is counted.")
def only_the_first_row(height, width):
    total = 0
    for _row in range(height):
        total = total + width
        return total


@mistake("count_pixels", cause="The total is replaced in each round, where it should grow.")
def total_replaced_in_each_row(height, width):
    total = 0
    for _row in range(height):
        total = width
    return total


@mistake("count_pixels", cause="It multiplies by three colours, although the picture is grey.")
def three_numbers_per_pixel(height, width):
    return height * width * 3


@mistake("count_pixels", cause="It prints the number and returns nothing.")
def number_of_pixels_printed(height, width):
    print(height * width)


@mistake("count_pixels", cause="It writes heights for height, a name that Python does not know.")
def name_with_one_letter_too_many(height, width):
    return heights * width  # noqa: F821


@mistake("count_pixels", cause="It takes every picture to be square and uses the height twice.")
def every_picture_is_square(height, width):
    return height * height
