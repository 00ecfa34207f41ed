"""Plots: arrays in, Matplotlib Axes out. Nothing here calls ``show()``."""

from course_utils.plots.activations import plot_curves, plot_output, plot_regions
from course_utils.plots.counts import plot_class_counts
from course_utils.plots.histograms import plot_histogram, plot_histograms
from course_utils.plots.images import plot_image, plot_samples
from course_utils.plots.layers import plot_network, plot_responses
from course_utils.plots.one_hot import plot_distances, plot_image_with_row, plot_one_hot
from course_utils.plots.picture import Picture, describe

__all__ = [
    "Picture",
    "describe",
    "plot_class_counts",
    "plot_curves",
    "plot_distances",
    "plot_histogram",
    "plot_histograms",
    "plot_image",
    "plot_image_with_row",
    "plot_network",
    "plot_one_hot",
    "plot_output",
    "plot_regions",
    "plot_responses",
    "plot_samples",
]
