"""What is asked in each exercise, which slips are known, and how answers are judged.

A module a lesson, a section an exercise. They hold no solutions, but the slips, and what is
expected of the visible cases. The lessons share seven modules:

================= =====================================================================
``check``         cases to ask, and a judge of what came back
``asking``        calls a learner's function, and describes what it did by plain data
``comparing``     compares results, with one another and with what known slips give
``forms``         takes an answer out of the forms in which a right one may come
``networks``      describes a Keras network by plain data
``probabilities`` turns logits into probabilities
``showing``       writes a value for a message
================= =====================================================================
"""

from course_utils.checks.outcome import CheckError, NotAttemptedError

__all__ = ["CheckError", "NotAttemptedError"]
