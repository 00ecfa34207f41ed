"""Explorers: ideas that one can move. One a file; its browser scene lies beside it."""

from course_utils.explorers.activation import Activation, explore_activation
from course_utils.explorers.bends import Bends, explore_bends
from course_utils.explorers.explorer import Explorer
from course_utils.explorers.image_browser import ImageBrowser, explore_images
from course_utils.explorers.label_distance import LabelDistance, explore_label_distance
from course_utils.explorers.layers import Layers, explore_layers
from course_utils.explorers.loss_spelling import LossSpelling, explore_loss_spelling
from course_utils.explorers.neuron import Neuron, explore_neuron
from course_utils.explorers.one_hot import OneHot, explore_one_hot
from course_utils.explorers.patch import Patch, explore_patch
from course_utils.explorers.predict import predict
from course_utils.explorers.prediction_file import review_predictions
from course_utils.explorers.scaling import Scaling, explore_scaling
from course_utils.explorers.softmax import Softmax, explore_softmax
from course_utils.explorers.split import Split, explore_split
from course_utils.explorers.valley import Valley, explore_valley
from course_utils.explorers.wraparound import Wraparound, explore_wraparound

__all__ = [
    "Activation",
    "Bends",
    "Explorer",
    "ImageBrowser",
    "LabelDistance",
    "Layers",
    "LossSpelling",
    "Neuron",
    "OneHot",
    "Patch",
    "Scaling",
    "Softmax",
    "Split",
    "Valley",
    "Wraparound",
    "explore_activation",
    "explore_bends",
    "explore_images",
    "explore_label_distance",
    "explore_layers",
    "explore_loss_spelling",
    "explore_neuron",
    "explore_one_hot",
    "explore_patch",
    "explore_scaling",
    "explore_softmax",
    "explore_split",
    "explore_valley",
    "explore_wraparound",
    "predict",
    "review_predictions",
]
