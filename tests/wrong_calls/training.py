"""Wrong calls of what ``fit`` is given besides the network."""

import numpy as np

from course_utils.training import progress, seeded_batches
from wrong_calls.rows import IMAGES, LABELS, RAGGED, Row, mistyped, row

_SIZE = "`batch_size` must be a whole number of at least 1"
_SEED = "`seed` must be a whole number from 0 to 4294967295"

ROWS: list[Row] = [
    row(progress, disable=1, error=TypeError, expected="True or False", got="got 1"),
    row(progress, disable="no", error=TypeError, expected="True or False", got="got 'no'"),
    row(
        seeded_batches,
        3,
        LABELS,
        seed=0,
        expected="one entry or more for each image",
        got="got shapes ()",
    ),
    row(
        seeded_batches,
        IMAGES[:0],
        LABELS,
        seed=0,
        expected="one entry or more",
        got="got shapes (0, 4, 4)",
    ),
    row(
        seeded_batches,
        RAGGED,
        LABELS,
        seed=0,
        expected="`images` must have rows",
        got="different lengths",
    ),
    row(
        seeded_batches, IMAGES, 3, seed=0, expected="one entry or more for each image", got="and ()"
    ),
    row(seeded_batches, IMAGES, LABELS[:2], seed=0, expected="as many as `images`, 3", got="got 2"),
    row(seeded_batches, IMAGES, LABELS, batch_size=0, seed=0, expected=_SIZE, got="got 0"),
    mistyped(seeded_batches, IMAGES, LABELS, batch_size=1.5, seed=0, expected=_SIZE, got="got 1.5"),
    row(seeded_batches, IMAGES, LABELS, seed=-1, expected=_SEED, got="got -1"),
    row(seeded_batches, IMAGES, LABELS, seed=2**32, expected=_SEED, got="got 4294967296"),
    mistyped(seeded_batches, IMAGES, LABELS, seed=None, expected=_SEED, got="got None"),
    mistyped(seeded_batches, IMAGES, LABELS, seed=np.nan, expected=_SEED, got="got nan"),
]
