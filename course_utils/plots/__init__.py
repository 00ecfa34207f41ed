"""Plots: arrays in, Matplotlib Axes out. Nothing here calls ``show()``."""

from course_utils.plots.activations import plot_curves, plot_output, plot_regions
from course_utils.plots.backpropagation import plot_backpropagation
from course_utils.plots.calibration import plot_reliability
from course_utils.plots.confidences import plot_confidence_grid, plot_confidences
from course_utils.plots.confusion import plot_confusion
from course_utils.plots.counts import plot_class_counts
from course_utils.plots.experiments import plot_experiments
from course_utils.plots.feature_maps import plot_feature_maps, plot_kernels
from course_utils.plots.framing import plot_framing
from course_utils.plots.histograms import plot_histogram, plot_histograms
from course_utils.plots.history import plot_history
from course_utils.plots.images import plot_image, plot_samples
from course_utils.plots.layers import plot_network, plot_responses
from course_utils.plots.one_hot import plot_image_with_row, plot_one_hot
from course_utils.plots.picture import Picture, describe
from course_utils.plots.predictions import plot_predictions

__all__ = [
    "Picture",
    "describe",
    "plot_backpropagation",
    "plot_class_counts",
    "plot_confidence_grid",
    "plot_confidences",
    "plot_confusion",
    "plot_curves",
    "plot_experiments",
    "plot_feature_maps",
    "plot_framing",
    "plot_histogram",
    "plot_histograms",
    "plot_history",
    "plot_image",
    "plot_image_with_row",
    "plot_kernels",
    "plot_network",
    "plot_one_hot",
    "plot_output",
    "plot_predictions",
    "plot_regions",
    "plot_reliability",
    "plot_responses",
    "plot_samples",
]
