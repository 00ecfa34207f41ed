"""What came of a class: outcomes, scores, exercises, misconceptions, and work that is alike."""

from course_utils.grading.marking.report.making import make_report
from course_utils.grading.marking.report.writing import Report

__all__ = ["Report", "make_report"]
