"""What was misunderstood is named where it is on file, and called unknown where it is not."""

import os
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import zip_longest
from typing import Any
from unittest.mock import Mock

import numpy as np
import pytest
from course_notebooks import COURSE, lesson_on
from handed_in_code import SEED, code_of, completed, judged, notebook
from unknown_answers import UNKNOWN

from course_utils.checks.asking import Answer, Foreign
from course_utils.grading.exercise import WrongAnswer
from course_utils.grading.marking.diagnosis import Diagnosis, KnownAnswers, Source
from course_utils.grading.marking.fingerprint import Fingerprint
from course_utils.grading.marking.grade import PRELOAD_EVERYTHING
from course_utils.grading.marking.results import CellResult, Outcome
from course_utils.grading.trial import Lesson
from course_utils.sandbox.box import Box, NoSandboxError

TOPICS = list(UNKNOWN)
UNKNOWN_DIAGNOSIS = Diagnosis("unknown", Source.NONE)


@pytest.fixture(scope="module")
def box() -> Iterator[Box]:
    """A sandbox. Where none is to be had the test is skipped; in CI it fails."""
    try:
        with Box(preload=PRELOAD_EVERYTHING) as opened:
            yield opened
    except NoSandboxError as error:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(str(error))


def diagnoses(topic: str, code: dict[str, str], box: Box) -> list[tuple[CellResult, Diagnosis]]:
    """Judge code, and say what was misunderstood in each graded cell that is wrong."""
    lesson = lesson_on(topic)
    cells = [cell for cell in judged(lesson, notebook(lesson, code), box) if cell.exercise in code]
    return [(cell, found) for cell in cells if (found := known(lesson).diagnose(cell))]


@cache
def known(lesson: str) -> KnownAnswers:
    return KnownAnswers(COURSE, lesson, SEED)


def known_class(topic: str) -> list[dict[str, Any]]:
    """Make a class of an exercise's known wrong answers: the first of each, then the second…"""
    exercises = [
        [(exercise.name, wrong) for wrong in exercise.wrong_answers]
        for exercise in Lesson(COURSE, lesson_on(topic)).exercises
        if not any(check.describe for check, _ in exercise.parts.values())
    ]
    return [dict(filter(None, student)) for student in zip_longest(*exercises)]


def is_right(known: WrongAnswer, found: Diagnosis, said: str) -> bool:
    """Whether a diagnosis names the misconception, or the check does in its author's words."""
    if known.misconception in found.name:
        return True
    is_telling = known.says not in ("expected", "fresh", "this input is fresh")
    return found.source is Source.CHECK and is_telling and known.says in said


def test_at_least_nine_in_ten_of_known_wrong_answers_are_named_right(box: Box) -> None:
    right, wrong = 0, []
    for topic in TOPICS:
        answers = COURSE / "solutions" / lesson_on(topic) / "answers.py"
        for student in known_class(topic):
            code = {
                name: code_of(answers, known.answer.__name__, name)
                for name, known in student.items()
            }
            found = diagnoses(topic, code, box)
            for name, known in student.items():
                said = "\n".join(cell.message for cell, _ in found if cell.exercise == name)
                for cell, diagnosis in found:
                    if cell.exercise == name and is_right(known, diagnosis, said):
                        right += 1
                    elif cell.exercise == name:
                        wrong.append((cell.grade_id, known.misconception, diagnosis.name))
    assert right >= 60
    assert right / (right + len(wrong)) >= 0.9, wrong


@pytest.mark.parametrize("topic", TOPICS)
def test_wrong_answers_that_are_not_on_file_are_called_unknown(topic: str, box: Box) -> None:
    students = zip_longest(
        *([(name, body) for body in bodies] for name, bodies in UNKNOWN[topic].items())
    )
    found = [
        (cell.grade_id, body, diagnosis)
        for student in students
        for body in [dict(filter(None, student))]
        for cell, diagnosis in diagnoses(
            topic,
            {name: completed(lesson_on(topic), name, text) for name, text in body.items()},
            box,
        )
    ]
    assert {answer for *_, answer in found} == {UNKNOWN_DIAGNOSIS}, found
    assert len(found) >= sum(map(len, UNKNOWN[topic].values()))


@pytest.mark.parametrize("topic", TOPICS)
def test_every_slip_of_a_check_is_named_for_sure(topic: str) -> None:
    lesson = Lesson(COURSE, lesson_on(topic))
    for exercise in lesson.exercises:
        for slip in exercise.slips():
            verdict = slip.check.examine(lesson.asker(slip, slip.check))
            assert verdict.is_sure, slip.name


# The same cases, the same outputs ---------------------------------------------------------------


def fingerprint(*returned: Any) -> str:
    made = Fingerprint()
    for value in returned:
        made.add(Answer(value))
    return made.text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([[1, 2], [3, 4]], np.array([[1.0, 2], [3, 4]])),
        (0.1 + 0.2, 0.3),
        (np.array([-0.0]), np.array([0.0])),
        (3.0000000001, 3),
        (np.array([np.nan, np.inf]), [float("nan"), float("inf")]),
        (True, np.bool_(True)),
        ({"a": 0.1 + 0.2}, {"a": 0.3}),
        (
            Foreign("function", "<function f at 0x7f01>"),
            Foreign("function", "<function f at 0x7f02>"),
        ),
    ],
    ids=repr,
)
def test_what_a_check_takes_for_the_same_has_one_fingerprint(one: Any, other: Any) -> None:
    assert fingerprint(one) == fingerprint(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([1, 2], [[1, 2]]),
        (12345, 12346),
        ("1", 1),
        (0.5, 0.501),
        ([1, [2]], [[1], 2]),
        (None, 0),
        ({1: 2}, {2: 1}),
    ],
    ids=repr,
)
def test_what_a_check_tells_apart_has_two_fingerprints(one: Any, other: Any) -> None:
    assert fingerprint(one) != fingerprint(other)


def test_the_single_numbers_of_an_answer_are_rounded_all_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rounded = Mock(side_effect=np.round)
    monkeypatch.setattr("course_utils.grading.marking.fingerprint._rounded", rounded)
    fingerprint({number: number / 3 for number in range(1000)})
    assert rounded.call_count == 1


def test_the_order_of_answers_counts() -> None:
    assert fingerprint(1, 2) != fingerprint(2, 1)


def test_nobody_who_was_not_asked_has_a_fingerprint() -> None:
    assert fingerprint() == ""


# Who says so ------------------------------------------------------------------------------------

LESSON = lesson_on("one_hot_encoding")
WRONG = CellResult("one_hot_values", "one_hot", 0.0, 2.0, Outcome.GRADED, "not yet")


def diagnose(**changes: Any) -> Diagnosis | None:
    return KnownAnswers(COURSE, LESSON, SEED).diagnose(replace(WRONG, **changes))


def test_the_slip_that_a_check_names_is_the_diagnosis() -> None:
    assert diagnose(slip="You added.", answers="0") == Diagnosis("You added.", Source.CHECK)


def test_equal_outputs_with_a_known_wrong_answer_are_its_misconception() -> None:
    [answers] = [
        answers
        for answers, name in KnownAnswers(COURSE, LESSON, SEED)
        .misconceptions("one_hot_values")
        .items()
        if name.startswith("Lazy")
    ]
    assert diagnose(answers=answers) == Diagnosis(
        "Lazy: the visible cases hard-coded", Source.KNOWN_ANSWER
    )


@pytest.mark.parametrize(
    "changes",
    [{"earned": 2.0}, {"outcome": Outcome.NOT_ATTEMPTED}, {"outcome": Outcome.TIMED_OUT}],
    ids=str,
)
def test_nothing_is_said_of_what_was_not_judged_to_be_wrong(changes: dict[str, Any]) -> None:
    assert diagnose(**changes) is None


def test_code_that_did_not_run_is_unknown() -> None:
    assert diagnose(answers="") == UNKNOWN_DIAGNOSIS


def test_no_known_answer_is_asked_while_checks_name_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("course_utils.grading.marking.diagnosis.load_exercises", None)
    assert diagnose(slip="You added.") is not None
