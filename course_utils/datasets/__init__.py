"""Real image data as NumPy arrays: two shipped sets, or a folder of your own pictures.

The complete MNIST and Fashion-MNIST are beside this file, so that a lesson's first cell
works offline. Every loader returns the same kinds of array: images of
shape ``(n, height, width)``, uint8, 0 to 255, and labels of shape ``(n,)``, uint8.

================= ==========================================================
``registry``      what each shipped set is: classes, source, licence, hashes
``loading``       ``load_dataset``: a shipped set, its integrity checked
``folder``        ``load_image_folder``: your own pictures, one folder per class
``class_folders`` which files in there are pictures, and of which class
``pictures``      reading one picture, in any format
``framing``       ``frame_as_mnist``: crop, scale and centre a digit
``likeness``      a warning where pictures look unlike a shipped set
``originals``     for maintainers: rebuild the shipped files, prove them equal
================= ==========================================================
"""

from course_utils.datasets.folder import load_image_folder
from course_utils.datasets.framing import frame_as_mnist
from course_utils.datasets.loading import load_dataset
from course_utils.datasets.registry import class_names, dataset_names, describe_dataset

__all__ = [
    "class_names",
    "dataset_names",
    "describe_dataset",
    "frame_as_mnist",
    "load_dataset",
    "load_image_folder",
]
