"""Small trained networks, and recorded runs, that come with the course: no minute of training.

An MLP and a CNN for each data set. They are small enough to run inside a web page, which is
what the explorers do with them; the tutorials' own, larger networks are in `networks`.

================  ==========================================================
``info``          the records: a layer, a trained network
``registry``      which networks there are, how they were trained, hashes
``loading``       ``load_weights``: NumPy arrays, their integrity checked
``rebuilding``    for maintainers: train anew, and prove the files whole
``records.toml``  what the last rebuild measured; written by it
``runs``          recorded training runs, and recording them anew
================  ==========================================================
"""

from course_utils.pretrained.loading import load_weights
from course_utils.pretrained.registry import describe_pretrained, pretrained_names

__all__ = ["describe_pretrained", "load_weights", "pretrained_names"]
