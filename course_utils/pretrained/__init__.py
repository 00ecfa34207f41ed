"""Small trained networks and recorded runs that come with the course, ready to use.

There are an MLP and a CNN for each data set, and two CNNs for clothes in colour, small enough for
the explorers to run them inside a web page. The tutorials' own, larger networks are in `networks`.
For colour photos there is a large one, which learnt a thousand classes elsewhere.

=================  ==========================================================
``info``           the records: a layer, a trained network
``registry``       which networks there are, how they were trained, hashes
``loading``        ``load_weights``: NumPy arrays, with their integrity checked
``rebuilding``     for maintainers: train again, and verify the files
``colouring``      the colours of garments that two of the networks learnt from
``records.toml``   what the last rebuild measured; written by it
``runs``           recorded training runs, and recording them again
``checkpoints``    the clothes network's first layer at steps of its training
``recordings``     how such recordings are kept, an entry to a line
``photo_network``  the network for photos: its models, its classes, its input
``photo_layers``   its architecture
``photo_weights``  for maintainers: convert its weights again, and verify them
=================  ==========================================================
"""

from course_utils.pretrained.loading import load_weights
from course_utils.pretrained.photo_network import (
    load_photo_network,
    photo_class_names,
    prepare_photos,
)
from course_utils.pretrained.registry import describe_pretrained, pretrained_names

__all__ = [
    "describe_pretrained",
    "load_photo_network",
    "load_weights",
    "photo_class_names",
    "prepare_photos",
    "pretrained_names",
]
