"""A lesson's tools are its own checks, explorers and predict boxes, under one name."""

import pytest
from course_notebooks import LESSONS, topic_of

from course_utils import lessons
from course_utils.checks import activations as checks


def test_every_lesson_of_the_course_has_its_tools() -> None:
    assert dir(lessons) == sorted(map(topic_of, LESSONS))


def test_a_lesson_holds_its_checks_explorers_and_predict_boxes() -> None:
    lesson = lessons.activations
    assert lesson.check_bent_network is checks.check_bent_network
    assert lesson.predict("xor").key == "activations.xor"
    assert "explore_activation" in dir(lesson)


def test_a_lesson_holds_no_other_lessons_explorers() -> None:
    assert "explore_patch" not in dir(lessons.activations)


def test_a_lesson_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(AttributeError, match="no lesson 'activation'. There are: activations"):
        lessons.activation  # noqa: B018
