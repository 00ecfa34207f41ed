"""Kernels with a name, and the changes that can be added to their entries."""

#: The nine entries of a kernel, row by row.
ENTRIES = (
    "top_left", "top", "top_right", "left", "middle", "right",
    "bottom_left", "bottom", "bottom_right",
)  # fmt: skip
#: Nine entries, row by row, and what their sum is divided by.
PRESETS = {
    "all zeros": ((0, 0, 0, 0, 0, 0, 0, 0, 0), 1),
    "identity": ((0, 0, 0, 0, 1, 0, 0, 0, 0), 1),
    "blur": ((1, 1, 1, 1, 1, 1, 1, 1, 1), 9),
    "sharpen": ((0, -1, 0, -1, 5, -1, 0, -1, 0), 1),
    "edge left": ((-1, 0, 1, -1, 0, 1, -1, 0, 1), 1),
    "edge top": ((-1, -1, -1, 0, 0, 0, 1, 1, 1), 1),
    "outline": ((-1, -1, -1, -1, 8, -1, -1, -1, -1), 1),
    "emboss": ((-2, -1, 0, -1, 1, 1, 0, 1, 2), 1),
}


def kernel_of(preset: str, changes: list[int]) -> tuple[list[int], int]:
    """Add to a preset's entries; return them, and what the sum of their products is divided by."""
    entries, divisor = PRESETS[preset]
    return [entry + change for entry, change in zip(entries, changes, strict=True)], divisor
