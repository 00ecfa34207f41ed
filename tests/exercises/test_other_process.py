"""A check judges answers that come from another process in the same words."""

import multiprocessing
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from course_exercises import COURSE, LESSONS, label

from course_utils.checks.asking import Answer
from course_utils.checks.check import Verdict
from course_utils.grading.trial import Lesson, asker_of


def answer_calls(course: Path, name: str, calls: Any) -> None:
    """Ask a lesson's answers what comes through a pipe, until None comes. The other process."""
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    lesson = Lesson(course, name)
    attempts = lesson.attempts()
    while (call := calls.recv()) is not None:
        place, grade_id, arguments = call
        attempt = attempts[place]
        check, _ = attempt.exercise.parts[grade_id]
        calls.send((os.getpid(), asker_of(attempt.answer, check)(arguments)))


class OtherProcess:
    """A process in which a lesson's answers live."""

    def __init__(self, lesson: Lesson) -> None:
        context = multiprocessing.get_context("spawn")
        self.calls, theirs = context.Pipe()
        arguments = (COURSE, lesson.name, theirs)
        self.process = context.Process(target=answer_calls, args=arguments, daemon=True)
        self.process.start()

    def ask(self, place: int, grade_id: str, arguments: Any) -> Answer:
        """Ask an answer there."""
        self.calls.send((place, grade_id, arguments))
        pid, answer = self.calls.recv()
        assert pid != os.getpid()
        return answer

    def stop(self) -> None:
        """End the process."""
        self.calls.send(None)
        self.process.join()


@pytest.fixture(scope="module", params=LESSONS, ids=label)
def lesson(request: pytest.FixtureRequest) -> Lesson:
    """Each lesson in turn."""
    return request.param


@pytest.fixture(scope="module")
def other(lesson: Lesson) -> Iterator[OtherProcess]:
    """Another process with the lesson's answers."""
    process = OtherProcess(lesson)
    yield process
    process.stop()


def verdicts(lesson: Lesson, place: int, other: OtherProcess | None) -> list[Verdict]:
    """Judge an answer by visible and hidden cases of every part."""
    attempt = lesson.attempts()[place]
    found = []
    for grade_id, (check, _) in attempt.exercise.parts.items():

        def asker(arguments: Any, grade_id: str = grade_id, check: Any = check) -> Answer:
            if other is None:
                return asker_of(attempt.answer, check)(arguments)
            return other.ask(place, grade_id, arguments)

        hidden = attempt.exercise.hidden_cases(grade_id, np.random.default_rng(0))
        found += [check.examine(asker), check.examine(asker, hidden)]
    return found


def test_every_right_and_wrong_answer_meets_the_same_verdict(
    lesson: Lesson, other: OtherProcess
) -> None:
    for place in range(len(lesson.attempts())):
        assert verdicts(lesson, place, other) == verdicts(lesson, place, None)
