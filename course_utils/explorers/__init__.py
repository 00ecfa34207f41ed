"""Explorers: ideas that one can move. One a file; its browser scene lies beside it."""

from course_utils.explorers.explorer import Explorer
from course_utils.explorers.predict import predict
from course_utils.explorers.prediction_file import review_predictions
from course_utils.explorers.wraparound import Wraparound, explore_wraparound

__all__ = ["Explorer", "Wraparound", "explore_wraparound", "predict", "review_predictions"]
