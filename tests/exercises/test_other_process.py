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
from course_utils.grading.trial import Attempt, Lesson


def answer_calls(course: Path, calls: Any) -> None:
    """Ask the answers what comes through a pipe. The other process."""
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    import keras  # noqa: F401  (before an answer does, while every call is watched)

    lessons: dict[str, list[Attempt]] = {}
    while True:
        name, place, grade_id, arguments = calls.recv()
        if name not in lessons:
            lessons[name] = Lesson(course, name).attempts()
        attempt = lessons[name][place]
        check, _ = attempt.exercise.parts[grade_id]
        calls.send((os.getpid(), Lesson.asker(attempt.answer, check)(arguments)))


class OtherProcess:
    """A process in which the answers live."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.calls, theirs = context.Pipe()
        self.process = context.Process(target=answer_calls, args=(COURSE, theirs), daemon=True)
        self.process.start()
        theirs.close()  # so that the end of the process ends a wait for it

    def ask(self, lesson: str, place: int, grade_id: str, arguments: Any) -> Answer:
        """Ask an answer there."""
        self.calls.send((lesson, place, grade_id, arguments))
        pid, answer = self.calls.recv()
        assert pid != os.getpid()
        return answer

    def stop(self) -> None:
        """End the process, which TensorFlow would take a second or two to tidy up."""
        self.process.kill()
        self.process.join()


@pytest.fixture(scope="module")
def other() -> Iterator[OtherProcess]:
    """Another process with the answers."""
    process = OtherProcess()
    yield process
    process.stop()


def verdicts(lesson: Lesson, place: int, other: OtherProcess | None) -> list[Verdict]:
    """Judge an answer by visible and hidden cases of every part."""
    attempt = lesson.attempts()[place]
    found = []
    for grade_id, (check, _) in attempt.exercise.parts.items():

        def asker(arguments: Any, grade_id: str = grade_id, check: Any = check) -> Answer:
            if other is None:
                return Lesson.asker(attempt.answer, check)(arguments)
            return other.ask(lesson.name, place, grade_id, arguments)

        hidden = attempt.exercise.hidden_cases(grade_id, np.random.default_rng(0))
        found += [check.examine(asker), check.examine(asker, hidden)]
    return found


@pytest.mark.parametrize("lesson", LESSONS, ids=label)
def test_every_right_and_wrong_answer_meets_the_same_verdict(
    lesson: Lesson, other: OtherProcess
) -> None:
    import keras  # noqa: F401

    for place in range(len(lesson.attempts())):
        assert verdicts(lesson, place, other) == verdicts(lesson, place, None)
