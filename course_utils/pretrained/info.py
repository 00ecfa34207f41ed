"""The records that describe a trained network; `registry` fills them in."""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Layer:
    """One layer of a shipped network."""

    name: str  # in Keras, and the beginning of its arrays' names
    kind: str  # a convolution is 3 × 3 with padding "same", a pooling keeps the largest of 2 × 2
    weights_shape: tuple[int, ...] = ()  # as Keras holds them; the last number counts the biases
    activation: str = ""

    @property
    def array_shapes(self) -> dict[str, tuple[int, ...]]:
        """Shapes of its arrays by name: weights, then biases."""
        if not self.weights_shape:
            return {}
        return {
            f"{self.name}_weights": self.weights_shape,
            f"{self.name}_biases": self.weights_shape[-1:],
        }

    @property
    def n_parameters(self) -> int:
        """How many numbers the layer has learnt."""
        return sum(map(math.prod, self.array_shapes.values()))


@dataclass(frozen=True)
class PretrainedInfo:
    """A description of one shipped network, which prints as a short text.

    Parameters
    ----------
    name : str
        What to pass to `load_weights`.
    title : str
        The network's name in prose.
    dataset : {"mnist", "fashion_mnist"}
        The data set that it was trained on.
    layers : tuple of Layer
        From the picture to the ten probabilities.
    seed : int
        The seed for ``keras.utils.set_random_seed``.
    epochs : int
        The epoch whose weights were kept, which had the lowest validation loss.
    validation_accuracy, test_accuracy : float
        From 0 to 1, as the rebuild measured them.
    sha256 : str
        SHA-256 of the file, as 64 hexadecimal digits.
    n_bytes : int
        The file's size.

    Examples
    --------
    >>> from course_utils.pretrained import describe_pretrained
    >>> info = describe_pretrained("digits_cnn")
    >>> info.dataset, info.n_parameters, info.file_name
    ('mnist', 9098, 'digits_cnn.npz')
    """

    name: str
    title: str
    dataset: str
    layers: tuple[Layer, ...]
    seed: int
    epochs: int
    validation_accuracy: float
    test_accuracy: float
    sha256: str
    n_bytes: int

    @property
    def file_name(self) -> str:
        """The file beside this module."""
        return f"{self.name}.npz"

    @property
    def n_parameters(self) -> int:
        """How many numbers the whole network has learnt."""
        return sum(layer.n_parameters for layer in self.layers)

    @property
    def n_channels(self) -> int:
        """How many numbers a pixel of its pictures has: 3 in colour, 1 in grey."""
        shape = self.layers[0].weights_shape
        return shape[2] if shape else 1

    @property
    def array_shapes(self) -> dict[str, tuple[int, ...]]:
        """Shapes of all arrays by name, in the order of the layers."""
        return {name: shape for layer in self.layers for name, shape in layer.array_shapes.items()}

    def __str__(self) -> str:
        return (
            f"{self.title}: {self.n_parameters:,} parameters\n"
            f"Layers:   {', '.join(layer.name for layer in self.layers)}\n"
            f"Input:    pictures (n, 28, 28, {self.n_channels}), scaled from 0 to 1\n"
            f"Trained:  57,000 training images of {self.dataset}, {self.epochs} epochs, "
            f"seed {self.seed}\n"
            f"Accuracy: {self.validation_accuracy:.4f} on 3,000 validation images, "
            f"{self.test_accuracy:.4f} on 10,000 test images"
        )
