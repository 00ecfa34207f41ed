"""Explorers: ideas with sliders to move. Each has one file, and beside it its browser scene.

Their common base is in ``base``, shared mathematics in ``mathematics``.
"""

from course_utils.explorers.activation import Activation, explore_activation
from course_utils.explorers.augmentation import Augmentation, explore_augmentation
from course_utils.explorers.backpropagation import Backpropagation, explore_backpropagation
from course_utils.explorers.base.explorer import Explorer
from course_utils.explorers.calibration import Calibration, explore_calibration
from course_utils.explorers.drawing import Drawing, explore_drawing
from course_utils.explorers.evidence import Evidence, explore_evidence
from course_utils.explorers.feature_maps import FeatureMaps, explore_feature_maps
from course_utils.explorers.image_browser import ImageBrowser, explore_images
from course_utils.explorers.kernel import Kernel, explore_kernel
from course_utils.explorers.label_distance import LabelDistance, explore_label_distance
from course_utils.explorers.layers import Layers, explore_layers
from course_utils.explorers.learning_filters import (
    LearningFilters,
    explore_learning_filters,
)
from course_utils.explorers.learning_rate import LearningRate, explore_learning_rate
from course_utils.explorers.neuron import Neuron, explore_neuron
from course_utils.explorers.nonlinearity import Nonlinearity, explore_nonlinearity
from course_utils.explorers.one_hot import OneHot, explore_one_hot
from course_utils.explorers.patch import Patch, explore_patch
from course_utils.explorers.pooling import Pooling, explore_pooling
from course_utils.explorers.recolouring import Recolouring, explore_recolouring
from course_utils.explorers.scaling import Scaling, explore_scaling
from course_utils.explorers.schedule import Schedule, explore_schedule
from course_utils.explorers.search import Search, explore_search
from course_utils.explorers.softmax import Softmax, explore_softmax
from course_utils.explorers.split import Split, explore_split
from course_utils.explorers.stack import Stack, explore_stack
from course_utils.explorers.threshold import Threshold, explore_threshold
from course_utils.explorers.training_runs import TrainingRuns, explore_training_runs
from course_utils.explorers.valley import Valley, explore_valley
from course_utils.explorers.wraparound import Wraparound, explore_wraparound

__all__ = [
    "Activation",
    "Augmentation",
    "Backpropagation",
    "Calibration",
    "Drawing",
    "Evidence",
    "Explorer",
    "FeatureMaps",
    "ImageBrowser",
    "Kernel",
    "LabelDistance",
    "Layers",
    "LearningFilters",
    "LearningRate",
    "Neuron",
    "Nonlinearity",
    "OneHot",
    "Patch",
    "Pooling",
    "Recolouring",
    "Scaling",
    "Schedule",
    "Search",
    "Softmax",
    "Split",
    "Stack",
    "Threshold",
    "TrainingRuns",
    "Valley",
    "Wraparound",
    "explore_activation",
    "explore_augmentation",
    "explore_backpropagation",
    "explore_calibration",
    "explore_drawing",
    "explore_evidence",
    "explore_feature_maps",
    "explore_images",
    "explore_kernel",
    "explore_label_distance",
    "explore_layers",
    "explore_learning_filters",
    "explore_learning_rate",
    "explore_neuron",
    "explore_nonlinearity",
    "explore_one_hot",
    "explore_patch",
    "explore_pooling",
    "explore_recolouring",
    "explore_scaling",
    "explore_schedule",
    "explore_search",
    "explore_softmax",
    "explore_split",
    "explore_stack",
    "explore_threshold",
    "explore_training_runs",
    "explore_valley",
    "explore_wraparound",
]
