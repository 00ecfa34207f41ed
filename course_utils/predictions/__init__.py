"""Predict boxes: commit to an answer, and to how sure you are, before the output shows it.

=============  ==========================================================
``box``        the box in the notebook, and its explanation
``questions``  what the boxes ask, a file for each lesson in ``lessons/``
``record``     what a learner answered, kept beside the notebook
=============  ==========================================================
"""

from course_utils.predictions.box import predict
from course_utils.predictions.record import review_predictions

__all__ = ["predict", "review_predictions"]
