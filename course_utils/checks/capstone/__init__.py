"""The checks of the capstone's exercises: a file an exercise."""

from course_utils.checks.capstone.baseline import check_baseline_accuracy
from course_utils.checks.capstone.failures import (
    check_known_failures_pairs,
    check_known_failures_shares,
)
from course_utils.checks.capstone.log import (
    check_my_log_choice,
    check_my_log_model,
    check_my_log_rows,
)
from course_utils.checks.capstone.pick import check_pick_best_budget, check_pick_best_choice
from course_utils.checks.capstone.plan import check_my_plan
from course_utils.checks.capstone.saving import check_save_and_reload

__all__ = [
    "check_baseline_accuracy",
    "check_known_failures_pairs",
    "check_known_failures_shares",
    "check_my_log_choice",
    "check_my_log_model",
    "check_my_log_rows",
    "check_my_plan",
    "check_pick_best_budget",
    "check_pick_best_choice",
    "check_save_and_reload",
]
