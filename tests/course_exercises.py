"""The exercises of the course, loaded once."""

from pathlib import Path
from typing import Any

from course_utils.checks.check import Check
from course_utils.grading.exercise import Exercise, Slip, WrongAnswer
from course_utils.grading.release import find_course
from course_utils.grading.trial import Lesson, load_lessons

COURSE = find_course(Path(__file__))
LESSONS = list(load_lessons(COURSE))
EXERCISES = [(lesson, exercise) for lesson in LESSONS for exercise in lesson.exercises]
PARTS = [(*pair, grade_id) for pair in EXERCISES for grade_id in pair[1].parts]


def label(value: Any) -> str | None:
    """Name a case by lesson, exercise and answer."""
    attributes = {
        Lesson: "name",
        Exercise: "name",
        WrongAnswer: "misconception",
        Slip: "name",
        Check: "title",
    }
    attribute = attributes.get(type(value))
    return getattr(value, attribute) if attribute else getattr(value, "__qualname__", None)
