"""To and from the school's systems: who is in the class, what they handed in, and the scores.

Each function reads, and returns what it would write. Nothing is written before `write` is called,
so a dry run is all but the last step.
"""

from course_utils.grading.school.files import Download, read_download
from course_utils.grading.school.filling import Filling, fill_canvas, fill_moodle
from course_utils.grading.school.long import LongExport, export_long
from course_utils.grading.school.roster import RosterChanges, plan_roster

__all__ = [
    "Download",
    "Filling",
    "LongExport",
    "RosterChanges",
    "export_long",
    "fill_canvas",
    "fill_moodle",
    "plan_roster",
    "read_download",
]
