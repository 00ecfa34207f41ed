"""A network that knows a thousand kinds of things in photos, and what it needs to see one."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from course_utils._shipped import how_to_restore, load_arrays
from course_utils.pretrained.photo_layers import (
    SIDE,
    array_names,
    build_photo_network,
    set_arrays,
)

if TYPE_CHECKING:
    from keras import Model

WEIGHTS = Path(__file__).with_name("photo_network.npz")
CLASSES = Path(__file__).with_name("photo_classes.json")
RECORDS = Path(__file__).with_name("photo_network.toml")
REBUILD = "course pretrained rebuild-photo-network --originals FOLDER"

_MIDDLE, _SPREAD = 127, 128  # of the values that the network was trained on


def load_photo_network() -> tuple[Model, Model]:
    """Load a network for colour photos, trained on ImageNet, and its part that finds features.

    Nothing is downloaded. The network is EfficientNet-Lite0 with 4.7 million parameters. Give
    both models what `prepare_photos` returns, and predict in small batches:
    ``classifier.predict(prepared, batch_size=8)`` takes about 1 GB of memory, TensorFlow included.

    Returns
    -------
    classifier : keras.Model
        From prepared photos (n, 224, 224, 3) to probabilities (n, 1000), in the order of
        `photo_class_names`. Uncompiled, so compile it before you train it.
    feature_extractor : keras.Model
        The same layers without the last: from prepared photos to features (n, 1280), from
        which a new last layer can tell classes of your own apart. Both models share their
        layers, so what trains one changes the other.

    Raises
    ------
    FileNotFoundError
        If the weights' file is missing.
    DamagedFileError
        If the file is truncated or altered.

    Notes
    -----
    ImageNet, in the edition of the challenge of 2012, is 1.3 million photos from the web in
    1,000 classes, sorted by many paid workers. Each photo has a single label, although many
    show several things, and some labels are wrong: about 6 % of those of the validation photos,
    as Northcutt, Athalye and Mueller (2021) found. The classes are an odd choice, too. More than a
    hundred are breeds of dog and two are called sunglasses, but there is no giraffe, and a
    network that is shown one must still choose among what it knows. Almost half of the photos
    come from the United States (Shankar and others, 2017), so it recognises kitchens and
    weddings from there better than those of other countries. The photos belong to the people
    who took them, and the collection is given out for non-commercial research and teaching
    only, to those who accept its terms, which is why none of it is here. The weights are
    offered by their publishers under the licence Apache 2.0; whether ImageNet's terms reach as
    far as weights trained on it has not been settled. ``LICENSE-photo-network``, beside this
    module, says where they come from and what was changed.

    They are shipped in half precision, apart from what belongs to a whole channel, which moves
    a probability by less than 0.005. The design is by M. Tan and Q. Le (2019), EfficientNet:
    Rethinking Model Scaling for Convolutional Neural Networks, ICML.

    Examples
    --------
    >>> from course_utils.datasets import load_photos
    >>> photos, _, _ = load_photos()
    >>> classifier, feature_extractor = load_photo_network()
    >>> probabilities = classifier.predict(prepare_photos(photos[:1]), verbose=0)
    >>> probabilities.shape, photo_class_names()[probabilities[0].argmax()]
    ((1, 1000), 'bison')
    >>> feature_extractor.output_shape
    (None, 1280)
    """
    import keras

    classifier = build_photo_network()
    set_arrays(classifier, load_photo_weights(classifier))
    features = classifier.get_layer("features").output
    return classifier, keras.Model(classifier.input, features, name="photo_features")


def photo_class_names() -> list[str]:
    """List the 1,000 classes of `load_photo_network`, in the order of its probabilities.

    Returns
    -------
    list of str
        A new list each time. Two names come twice, "missile" and "sunglasses", because
        ImageNet has these classes twice.

    Examples
    --------
    >>> names = photo_class_names()
    >>> len(names), names[1], names[388]
    (1000, 'goldfish', 'giant panda')
    """
    return json.loads(CLASSES.read_text("utf-8"))


def prepare_photos(
    photos: NDArray[np.uint8] | Iterable[NDArray[np.uint8]],
) -> NDArray[np.float32]:
    """Cut photos to their middle square, resize them and scale them for the photo network.

    Parameters
    ----------
    photos : ndarray of shape (n, height, width, 3), uint8, or list of (height, width, 3)
        Red, green and blue from 0 to 255. In a list each photo may have its own size.

    Returns
    -------
    ndarray of shape (n, 224, 224, 3), float32
        Values from about -1 to 1: 127 is subtracted, and the rest divided by 128. What lies
        outside the middle square is lost.

    Raises
    ------
    TypeError
        If `photos` is neither an array nor a list of arrays.
    ValueError
        If a photo is not uint8 or does not have three colours, or if there is none.

    Notes
    -----
    For photos of your own, ``load_image_folder(path, (224, 224), color_mode="rgb", crop=True)``
    returns such an array, cut to the middle square of each.

    Examples
    --------
    >>> wide = np.full((300, 400, 3), 255, np.uint8)
    >>> prepared = prepare_photos([wide])
    >>> prepared.shape, float(prepared.max())
    ((1, 224, 224, 3), 1.0)
    """
    from PIL import Image

    each = list(_require_photos(photos))
    prepared = np.empty((len(each), SIDE, SIDE, 3), np.float32)
    for i, photo in enumerate(each):
        side = min(photo.shape[:2])
        top, left = ((length - side) // 2 for length in photo.shape[:2])
        square = Image.fromarray(photo[top : top + side, left : left + side])
        prepared[i] = np.asarray(square.resize((SIDE, SIDE), Image.Resampling.BICUBIC))
    prepared -= _MIDDLE
    prepared /= _SPREAD
    return prepared


def load_photo_weights(network: Model | None = None) -> dict[str, NDArray[np.floating]]:
    """Load the arrays of a network's layers from the checked file; without one only check it."""
    layers = array_names(network) if network is not None else {}
    names = [name for of_layer in layers.values() for name in of_layer]
    restore = how_to_restore(f"pretrained/{WEIGHTS.name}", REBUILD)
    return load_arrays(WEIGHTS, names, read_records()["sha256"], restore)


def read_records() -> dict[str, Any]:
    """Read what the last rebuild wrote about the file of weights."""
    return tomllib.loads(RECORDS.read_text("utf-8"))


def _require_photos(photos: object) -> Iterable[NDArray[np.uint8]]:
    """Require colour photos, at least one."""
    expected = "`photos` must be uint8 (n, height, width, 3), or a list of (height, width, 3)"
    if isinstance(photos, np.ndarray):
        if photos.ndim == 3 and photos.shape[2] == 3:
            raise ValueError(
                f"{expected}; got {photos.dtype} {photos.shape}, a single photo. "
                "Put it in a list: prepare_photos([photo])."
            )
    elif isinstance(photos, str) or not isinstance(photos, Iterable):
        raise TypeError(
            f"{expected}; got {type(photos).__name__}. Pass the photos as load_photos() gives them."
        )
    each = list(photos)
    if not each:
        raise ValueError(f"{expected}; got none. Look at how many photos there are first.")
    for photo in each:
        if not isinstance(photo, np.ndarray):
            raise TypeError(
                f"{expected}; got {type(photo).__name__} among them. "
                "Turn each photo into an array first: np.asarray(photo)."
            )
        if photo.dtype != np.uint8 or photo.ndim != 3 or photo.shape[2] != 3 or not photo.size:
            raise ValueError(
                f"{expected}; got {photo.dtype} {photo.shape} for one. "
                "Pass the photos as load_photos() gives them, in colour and before any scaling."
            )
    return each
