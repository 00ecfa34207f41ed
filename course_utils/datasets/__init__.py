"""Real image data as NumPy arrays: two shipped sets, photos, or a folder of your own pictures.

The complete MNIST and Fashion-MNIST and 113 colour photos are beside this file, so that a
lesson's first cell works offline. Every loader returns the same kinds of array: images of
shape ``(n, height, width)``, or with colours ``(n, height, width, 3)``, uint8, 0 to 255, and
labels of shape ``(n,)``, uint8.

===================  ==========================================================
``registry``         what each shipped set is: classes, source, licence, hashes
``loading``          ``load_dataset``: a shipped set, its integrity checked
``photos``           ``load_photos``: colour photos, and who took each
``folder``           ``load_image_folder``: your own pictures, one folder per class
``class_folders``    which files in there are pictures, and of which class
``pictures``         reading one picture, in any format
``framing``          ``frame_as_mnist``: crop, scale and centre a digit
``likeness``         a warning where pictures look unlike a shipped set
``originals``        for maintainers: rebuild the shipped files, prove them equal
``photo_originals``  for maintainers: the same for the photos
===================  ==========================================================
"""

from course_utils.datasets.folder import load_image_folder
from course_utils.datasets.framing import frame_as_mnist
from course_utils.datasets.loading import load_dataset
from course_utils.datasets.photos import describe_photos, load_photos
from course_utils.datasets.registry import class_names, dataset_names, describe_dataset

__all__ = [
    "class_names",
    "dataset_names",
    "describe_dataset",
    "describe_photos",
    "frame_as_mnist",
    "load_dataset",
    "load_image_folder",
    "load_photos",
]
