"""How good predictions are, and what they rest on. Arrays in, arrays and numbers out.

============== =====================================================================
``classes``    which class was taken for which, and the accuracy of each class
``confidence`` calibration, and coverage if only confident answers are given
``evidence``   where in an image a class's logit comes from
``runs``       several runs of the same training from different seeds
============== =====================================================================
"""

from course_utils.evaluation.classes import accuracy_by_class, confusion
from course_utils.evaluation.confidence import (
    CalibrationTable,
    calibration_table,
    coverage_and_accuracy,
    expected_calibration_error,
)
from course_utils.evaluation.evidence import class_evidence
from course_utils.evaluation.runs import Spread, spread

__all__ = [
    "CalibrationTable",
    "Spread",
    "accuracy_by_class",
    "calibration_table",
    "class_evidence",
    "confusion",
    "coverage_and_accuracy",
    "expected_calibration_error",
    "spread",
]
