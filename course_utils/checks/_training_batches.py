"""What is demanded of batches: images with their labels, and every image once."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_utils.checks.outcome import CheckError, show

Batches = list[tuple[Any, Any]]


def expect_together(batches: Batches, images: NDArray[Any], labels: NDArray[Any]) -> None:
    """Demand that each image stands with its own label. No image and no label stands twice."""
    name = "make_batches"
    if not batches:
        raise CheckError(f"{name} returns no batches at all, for {len(images)} images.")
    for place, (some, names) in enumerate(batches):
        rows, row_labels = _array(some), np.ravel(_array(names))
        if rows.shape[1:] != images.shape[1:]:
            raise CheckError(
                f"{name}: the images of batch {place} have shape {rows.shape}; expected "
                f"(number of images, {', '.join(map(str, images.shape[1:]))}). A batch is a pair: "
                "its images first, then its labels."
            )
        if len(rows) != len(row_labels):
            raise CheckError(
                f"{name}: batch {place} has {len(rows)} images and {len(row_labels)} labels. Cut "
                "both at the same places."
            )
        for row, label in zip(rows, row_labels, strict=True):
            found = np.flatnonzero((images == row).all(axis=tuple(range(1, images.ndim))))
            if not found.size:
                raise CheckError(f"{name}: batch {place} holds an image that was not given.")
            if label != labels[found[0]]:
                raise CheckError(
                    f"{name}: the image {show(row.tolist())} has label {labels[found[0]]}; in "
                    f"batch {place} it stands with {label}. Images and labels no longer belong "
                    "together: put both in the same order, and cut both at the same places."
                )


def expect_complete(batches: Batches, arguments: list[Any], expected: Batches) -> None:
    """Demand the batches that the order and the batch size ask for."""
    images, _, size, order = arguments
    got = [_array(rows) for rows, _ in batches]
    wanted = [rows for rows, _ in expected]
    if len(got) == len(wanted) and all(map(_equal, got, wanted)):
        return
    lengths, right = ([len(rows) for rows in some] for some in (got, wanted))
    raise CheckError(
        f"make_batches for {len(images)} images, batch_size {size}, order {show(order.tolist())}: "
        f"expected batches of {right} images, received {lengths}. "
        f"{_hint(got, wanted, images, size, order)}".strip()
    )


def _hint(
    got: list[NDArray[Any]],
    wanted: list[NDArray[Any]],
    images: NDArray[Any],
    size: int,
    order: NDArray[Any],
) -> str:
    """Name the likely slip."""
    lengths, right = [len(rows) for rows in got], [len(rows) for rows in wanted]
    n = len(images)
    if lengths == right:
        flat = np.concatenate(got)
        if _equal(flat, images):
            return "They stand in their old order. Use `order`: it says which image comes first."
        if _equal(flat, images[np.argsort(order)]):
            return "You turned `order` round. order[0] is the place of the image that comes first."
        if len(np.unique(flat, axis=0)) < n:
            return "Some images stand twice, others are missing. An epoch uses every image once."
        return "The images are the right ones, in another order than `order` says."
    if right[-1] < size and lengths == right[:-1]:
        return "The last, smaller batch is missing. Its images count, too."
    if len(got) == size and sum(lengths) == n:
        return "batch_size is the number of images in a batch, not the number of batches."
    if len(got) == 1:
        return "That is a single batch. Go on until every image is used."
    if sum(lengths) > n:
        return "Some images stand twice. An epoch uses every image once."
    return "An epoch uses every image once."


def _array(values: Any) -> NDArray[Any]:
    """Read what a learner put into a batch."""
    try:
        return np.atleast_1d(np.asarray(values))
    except ValueError:  # lists of unequal lengths
        raise CheckError(
            f"make_batches: a batch holds rows of unequal lengths: {show(values)}."
        ) from None


def _equal(left: NDArray[Any], right: NDArray[Any]) -> bool:
    return left.shape == right.shape and bool(np.array_equal(left, right))
