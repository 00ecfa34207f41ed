"""What the exercises' visible checks say: one module a lesson. They hold no answers.

Beside a lesson's module lie its visible cases (``_samples``) and what the slips known of its
exercises would give (``_slips``). The lessons share four modules:

=========== =====================================================================
``outcome`` calls a learner's function, and tells of success and failure
``results`` compares what came back with what was expected
``_forms``  takes an answer out of the forms in which a right one may come
``_slips``  names the slip that gives what came back
=========== =====================================================================
"""

from course_utils.checks.outcome import CheckError, NotAttemptedError

__all__ = ["CheckError", "NotAttemptedError"]
