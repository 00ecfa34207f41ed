"""What the table of `course lessons` must say: no lesson is long, and there is enough to do.

And each term of the glossary is bold once, in the lesson that introduces it.
"""

import re
from collections import Counter
from io import StringIO

import pytest
from course_notebooks import COURSE, read
from rich.console import Console

from course_utils.grading.glossary import read_definitions
from course_utils.grading.release import DEFINITIONS, SOLUTIONS
from course_utils.grading.workload import Workload, tell, workloads

WORKLOADS = workloads(COURSE)
REQUIRED = [workload for workload in WORKLOADS if workload.required]
SOLVED = [solution for workload in WORKLOADS for solution in workload.solutions]
N_TERMS = len(read_definitions(COURSE / SOLUTIONS / DEFINITIONS))

MOST_MINUTES = 70
#: Small ideas, which must not keep anybody for long.
MOST_MINUTES_OF = {"one_hot_encoding": 45, "normalisation": 60}
MOST_MINUTES_OF_THE_REQUIRED_PATH = 11 * 60
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


def test_the_required_path_takes_eleven_hours_at_most() -> None:
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
    assert sum(solution.in_keras for solution in SOLVED) >= LEAST_EXERCISES_IN_KERAS


def test_few_solutions_are_one_line() -> None:
    one_line = sum(solution.lines == 1 for solution in SOLVED)
    assert one_line <= MOST_ONE_LINE_FRACTION * len(SOLVED)


def test_the_right_option_stands_evenly_at_the_first_four_places() -> None:
    places = Counter(place for workload in WORKLOADS for place in workload.right_places)
    shares = [places[place] / places.total() for place in range(4)]
    assert all(0.2 <= share <= 0.3 for share in shares), places


def test_each_term_of_the_glossary_is_bold_once() -> None:
    printed = StringIO()
    Console(file=printed, width=120).print(tell(COURSE))
    assert f"Each of the {N_TERMS} terms of the glossary is bold once." in printed.getvalue()


def test_the_terms_of_the_lessons_are_those_of_the_glossary() -> None:
    assert sum(workload.terms for workload in WORKLOADS) == N_TERMS
