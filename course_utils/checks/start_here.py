"""The check of the exercise in "Start here": what is asked, known slips, and what is said."""

from course_utils.checks.check import Case, Check
from course_utils.checks.comparing import EXACT, Slips

# count_pixels -----------------------------------------------------------------------------------

#: height, width, expected
_SIZES: list[Case] = [(4, 7, 28), (3, 3, 9), (28, 28, 784), (5, 2, 10)]


def _count_slips(height: int, width: int, expected: int) -> Slips:
    return [
        ("You added height and width: that counts one column and one row.", height + width),
        ("That is three numbers per pixel, as in a colour picture. Grey needs one.", 3 * expected),
        ("784 is right for 28 by 28 only. Use the height and width that are passed.", 784),
        ("Not every picture is square: use both numbers.", height * height, width * width),
        ("Those are the pixels along the rim alone. The picture has pixels inside, too.",
         2 * (height + width), 2 * (height + width) - 4),
        ("A row and a column are missing: rows 0 to 3 are four rows.", (height - 1) * (width - 1)),
    ]  # fmt: skip


check_count_pixels = Check("count_pixels(height, width)", _SIZES, _count_slips, tolerance=EXACT)
