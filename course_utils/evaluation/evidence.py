"""Where in a picture a class's logit comes from."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_utils import _arguments


def class_evidence(maps: ArrayLike, weights: ArrayLike) -> NDArray[np.float64]:
    """Divide the logits of a dense layer behind ``Flatten`` among the cells of its feature maps.

    Flattened maps keep a weight of their own for each cell, map and class. A cell's evidence for a
    class is the sum of its maps' values times these weights. Over all cells, evidence and bias add
    up to the logit.

    Parameters
    ----------
    maps : array_like of shape (..., height, width, n_maps)
        What the layer before ``Flatten`` returns, for one image or for several.
    weights : array_like of shape (height * width * n_maps, n_classes)
        Of the dense layer that returns the logits, without its biases.

    Returns
    -------
    ndarray of shape (..., height, width, n_classes), float64
        Above 0 where a cell speaks for a class, below 0 where it speaks against it. Subtract the
        evidence of a blank image to see what an image adds.

    Raises
    ------
    TypeError
        If one of the two does not hold numbers.
    ValueError
        If a value is not finite, or the shapes do not fit each other.

    Examples
    --------
    >>> maps = [[[1.0, 2.0], [0.0, 3.0]]]  # one row of two cells, two maps
    >>> weights = [[1.0], [10.0], [1.0], [-1.0]]  # for a single class
    >>> class_evidence(maps, weights)[..., 0]
    array([[21., -3.]])
    """
    cells = _arguments.finite_array("maps", maps).astype(np.float64)
    rows = _arguments.finite_array("weights", weights).astype(np.float64)
    if cells.ndim < 3:
        raise ValueError(
            f"`maps` must have shape (..., height, width, n_maps); got {cells.shape}. Pass what "
            "the layer before Flatten returns."
        )
    height, width, n_maps = cells.shape[-3:]
    if rows.ndim != 2 or len(rows) != height * width * n_maps:
        raise ValueError(
            f"`weights` must have shape ({height * width * n_maps}, n_classes), because `maps` has "
            f"{height} × {width} × {n_maps} values for an image; got {rows.shape}. Pass those of "
            "the dense layer right behind Flatten."
        )
    own = rows.reshape(height, width, n_maps, -1)
    evidence = np.zeros((*cells.shape[:-1], rows.shape[1]))
    for k in range(n_maps):  # in the order of the explorer's scene, which einsum would not keep
        evidence += cells[..., k, np.newaxis] * own[:, :, k]
    return evidence
