"""A shipped network as a Keras model: what NumPy and the browser are compared with."""

from typing import Any

from course_utils.pretrained import load_weights
from course_utils.pretrained.rebuilding import build_untrained


def trained_network(name: str) -> Any:
    network = build_untrained(name)
    network.set_weights(list(load_weights(name).values()))
    return network
