"""Plots: arrays in, Matplotlib Axes out. Nothing here calls ``show()``."""

from course_utils.plots.picture import Picture, describe

__all__ = ["Picture", "describe"]
