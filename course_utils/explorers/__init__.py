"""Explorers: ideas that one can move. One a file; its browser scene lies beside it."""

from course_utils.explorers.explorer import Explorer
from course_utils.explorers.image_browser import ImageBrowser, explore_images
from course_utils.explorers.label_distance import LabelDistance, explore_label_distance
from course_utils.explorers.loss_spelling import LossSpelling, explore_loss_spelling
from course_utils.explorers.one_hot import OneHot, explore_one_hot
from course_utils.explorers.patch import Patch, explore_patch
from course_utils.explorers.predict import predict
from course_utils.explorers.prediction_file import review_predictions
from course_utils.explorers.scaling import Scaling, explore_scaling
from course_utils.explorers.split import Split, explore_split
from course_utils.explorers.valley import Valley, explore_valley
from course_utils.explorers.wraparound import Wraparound, explore_wraparound

__all__ = [
    "Explorer",
    "ImageBrowser",
    "LabelDistance",
    "LossSpelling",
    "OneHot",
    "Patch",
    "Scaling",
    "Split",
    "Valley",
    "Wraparound",
    "explore_images",
    "explore_label_distance",
    "explore_loss_spelling",
    "explore_one_hot",
    "explore_patch",
    "explore_scaling",
    "explore_split",
    "explore_valley",
    "explore_wraparound",
    "predict",
    "review_predictions",
]
