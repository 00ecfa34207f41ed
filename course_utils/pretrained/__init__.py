"""Small trained networks and recorded runs that come with the course, ready to use.

There are an MLP and a CNN for each data set, small enough for the explorers to run them inside
a web page. The tutorials' own, larger networks are in `networks`.

================  ==========================================================
``info``          the records: a layer, a trained network
``registry``      which networks there are, how they were trained, hashes
``loading``       ``load_weights``: NumPy arrays, with their integrity checked
``rebuilding``    for maintainers: train again, and verify the files
``records.toml``  what the last rebuild measured; written by it
``runs``          recorded training runs, and recording them again
================  ==========================================================
"""

from course_utils.pretrained.loading import load_weights
from course_utils.pretrained.registry import describe_pretrained, pretrained_names

__all__ = ["describe_pretrained", "load_weights", "pretrained_names"]
