"""Logits turned into probabilities, as slips and facts calculate with them."""

import numpy as np

from course_utils.checks.comparing import Numbers


def softmax(logits: Numbers, axis: int | None = -1) -> Numbers:
    """Turn numbers into probabilities along an axis, or all of them together."""
    powers = np.exp(logits - logits.max(axis=axis, keepdims=True))
    return np.asarray(powers / powers.sum(axis=axis, keepdims=True))
