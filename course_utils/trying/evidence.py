"""Where in a picture an answer comes from: the gradient times the activation of the last maps.

It is exact where the maps lead straight to the logits, by ``Flatten`` or a global average and one
dense layer. There a map's values times its weights, summed over all cells, and the bias give the
logit. With a hidden layer between, the gradient would depend on the picture, and nothing adds up.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

_PASSED = ("Dropout", "Flatten", "GlobalAveragePooling2D")
_ENDS = ("Softmax", "Activation")


class EvidenceMap:
    """The way from a network's last maps to its logits.

    Parameters
    ----------
    network : keras.Model

    Raises
    ------
    ValueError
        If the maps do not lead straight to the logits.
    """

    def __init__(self, network: Any) -> None:
        *self._before, last = _steps(network)
        if type(last).__name__ in _ENDS and self._before:  # a softmax in a layer of its own
            last = self._before.pop()
        after: list[Any] = []
        while self._before and type(self._before[-1]).__name__ in _PASSED:
            after.insert(0, self._before.pop())
        gathers = [each for each in after if type(each).__name__ != "Dropout"]
        shape = getattr(self._before[-1], "output", None) if self._before else None
        is_map = shape is not None and len(shape.shape) == 4 and min(shape.shape[1:3]) > 1
        if type(last).__name__ != "Dense" or not gathers or not is_map:
            raise ValueError(
                "There is no evidence map, because this network has no feature maps that lead "
                "straight to its answers: convolutions, then Flatten or a global average, then "
                "one dense layer."
            )
        self._gathers, self._dense = gathers, last

    def maps(self, batch: NDArray[np.floating]) -> Any:
        """Return the last maps: (1, rows, columns, n_maps)."""
        values = batch
        for step in self._before:
            values = step(values, training=False)
        return values

    def evidence(
        self, batch: NDArray[np.floating], blank: NDArray[np.floating], k: int
    ) -> NDArray[np.float64]:
        """Return what each cell adds to a class's logit, beyond a blank picture: (rows, columns).

        A single logit belongs to the second class; what speaks for it speaks against the first.
        """
        return self._products(batch, k) - self._products(blank, k)

    def _products(self, batch: NDArray[np.floating], k: int) -> NDArray[np.float64]:
        import tensorflow as tf

        maps = tf.convert_to_tensor(self.maps(batch))
        single = self._dense.units == 1
        with tf.GradientTape() as tape:
            tape.watch(maps)
            gathered = maps
            for gather in self._gathers:
                gathered = gather(gathered)
            logits = tf.matmul(gathered, self._dense.kernel)
            logit = logits[0, 0 if single else k]
        products = np.asarray(maps * tape.gradient(logit, maps))[0].astype(np.float64)
        return products.sum(axis=-1) * (-1 if single and k == 0 else 1)


def _steps(network: Any) -> list[Any]:
    """List what a network does one after another; a part with branches is a single step."""
    import keras

    is_line = isinstance(network, keras.Sequential)
    steps: list[Any] = []
    for place, layer in enumerate(network.layers if is_line else _end_of(network)):
        is_part = isinstance(layer, keras.Model) and (is_line or place > 0)
        steps += _steps(layer) if is_part else [layer]
    return [step for step in steps if type(step).__name__ != "InputLayer"]


def _end_of(network: Any) -> list[Any]:
    """Take the layers at the end of a functional network that follow each other in a line."""
    import keras

    end: list[Any] = []
    tensor = network.outputs[0]
    while True:
        layer = next((one for one in network.layers if _output_of(one) is tensor), None)
        if type(layer).__name__ not in (*_PASSED, *_ENDS, "Dense") or layer is None:
            break
        end.insert(0, layer)
        tensor = layer.input
    return [keras.Model(network.inputs, tensor), *end]


def _output_of(layer: Any) -> Any:
    """Return a layer's output, if it is a single one."""
    try:
        return layer.output
    except (AttributeError, ValueError):
        return None
