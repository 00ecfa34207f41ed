"""Grading a class: what was handed in is read, judged in a sandbox, and carried into nbgrader.

In the order of a submission's way: `collecting` reads its folder, `reading`, `matching` and
`submissions` its notebook; `judging` asks it (`student`) and makes a result of it (`results`);
`grade` does so for a class, in `processes`; `gradebook` carries the results on, with `master`,
`entries` and `stage`, `autograded` and `feedback`.
`fingerprint` and `diagnosis` say what was misunderstood, and `report` what came of all of it;
that one is imported by itself, because it also reads the school's list of students.
"""

from course_utils.grading.marking.grade import current_results, grade_lesson, machines
from course_utils.grading.marking.gradebook import carry, write_feedback

__all__ = [
    "carry",
    "current_results",
    "grade_lesson",
    "machines",
    "write_feedback",
]
