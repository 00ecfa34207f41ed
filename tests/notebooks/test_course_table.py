"""What the table of `course lessons` must say: no lesson is long, and there is enough to do."""

import re
from collections import Counter

import pytest
from course_notebooks import COURSE, read

from course_utils.grading.workload import Workload, workloads

WORKLOADS = workloads(COURSE)
REQUIRED = [workload for workload in WORKLOADS if workload.required]
SOLUTIONS = [solution for workload in WORKLOADS for solution in workload.solutions]

MOST_MINUTES = 70
#: Small ideas, which must not keep anybody for long.
MOST_MINUTES_OF = {"one_hot_encoding": 45, "normalisation": 60}
MOST_MINUTES_OF_THE_REQUIRED_PATH = 10 * 60
LEAST_EXERCISES_IN_KERAS = 8
MOST_ONE_LINE_FRACTION = 0.2


def name_of(workload: Workload) -> str:
    return workload.name


@pytest.mark.parametrize("workload", REQUIRED, ids=name_of)
def test_no_required_lesson_takes_too_long(workload: Workload) -> None:
    most, minutes = MOST_MINUTES_OF.get(workload.topic, MOST_MINUTES), workload.minutes
    assert minutes <= most


def test_the_lessons_with_limits_of_their_own_are_there() -> None:
    assert MOST_MINUTES_OF.keys() <= {workload.topic for workload in REQUIRED}


def test_the_required_path_takes_ten_hours_at_most() -> None:
    minutes = sum(workload.minutes for workload in REQUIRED)
    assert minutes <= MOST_MINUTES_OF_THE_REQUIRED_PATH


@pytest.mark.parametrize("workload", WORKLOADS, ids=name_of)
def test_a_lesson_states_the_minutes_of_the_formula(workload: Workload) -> None:
    title = read("solutions", workload.name).cells[0].source
    stated = re.findall(r"^\*\*Time:\*\* about (\d+) minutes", title, flags=re.MULTILINE)
    assert stated == [str(workload.minutes)], (
        f"write `**Time:** about {workload.minutes} minutes.` into the first cell of "
        f"solutions/{workload.name}"
    )


def test_the_first_lesson_trains_a_network() -> None:
    assert WORKLOADS[0].trainings >= 1


def test_enough_exercises_are_in_keras() -> None:
    assert sum(solution.in_keras for solution in SOLUTIONS) >= LEAST_EXERCISES_IN_KERAS


def test_few_solutions_are_one_line() -> None:
    one_line = sum(solution.lines == 1 for solution in SOLUTIONS)
    assert one_line <= MOST_ONE_LINE_FRACTION * len(SOLUTIONS)


def test_the_right_option_stands_evenly_at_the_first_four_places() -> None:
    places = Counter(place for workload in WORKLOADS for place in workload.right_places)
    shares = [places[place] / places.total() for place in range(4)]
    assert all(0.2 <= share <= 0.3 for share in shares), places
