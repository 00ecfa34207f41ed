"""Small networks with random weights, for tests."""

from typing import Any

import numpy as np


def network(*layers: Any, seed: int = 0) -> Any:
    """Build a network of layers, its weights drawn from a seed."""
    import keras

    keras.utils.set_random_seed(seed)
    built = keras.Sequential(list(layers))
    rng = np.random.default_rng(seed)
    built.set_weights([rng.normal(0, 0.3, w.shape).astype(np.float32) for w in built.get_weights()])
    return built


def grey_cnn(n_classes: int = 3, end: str = "softmax", flatten: bool = True) -> Any:
    """Build a CNN for grey pictures of 8 × 12 pixels, which scales them itself."""
    import keras

    layers = keras.layers
    return network(
        layers.Input((8, 12, 1)),
        layers.Rescaling(1 / 255),
        layers.Conv2D(4, 3, padding="same", activation="relu"),
        layers.MaxPooling2D(),
        layers.Flatten() if flatten else layers.GlobalAveragePooling2D(),
        layers.Dropout(0.5),
        layers.Dense(n_classes, activation=end),
    )
