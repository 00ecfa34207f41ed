"""What a check is: cases to ask, and a judge of what came back.

A check asks (arguments in, plain data out) and judges (cases and answers in, a verdict out). The
judge calls nothing of the learner's, so the answers may come from another process.
"""

import contextlib
import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field, replace
from functools import partial
from typing import Any

import numpy as np

from course_utils.checks.asking import Answer, Elsewhere, Prepare, ask
from course_utils.checks.bodies import ALL_RETURN, SOME_RETURN, UNTOUCHED
from course_utils.checks.comparing import (
    TOLERANCE,
    Slips,
    alike,
    is_numeric,
    n_numbers,
)
from course_utils.checks.differing import of_dtypes, of_shapes, of_values
from course_utils.checks.errors import explain
from course_utils.checks.facts import Asked as Stated
from course_utils.checks.facts import find_fact
from course_utils.checks.further import Further, further, trace
from course_utils.checks.naming import Asked, Case, Named, by_near_misses, by_slips
from course_utils.checks.outcome import CheckError, NotAttemptedError
from course_utils.checks.rerun import LEFTOVER, cells_that_were_run, is_leftover
from course_utils.checks.showing import lay_out, shorten, show, show_call
from course_utils.checks.time_limit import OutOfTimeError

#: Asks a function, wherever it is.
Asker = Callable[[Sequence[Any]], Answer]

#: Stands in `meanings` for what is no error, but returns nothing.
NOTHING = "returns nothing"

_REMEMBERS = "returned {} at first, and something else when it was asked the same again."
_BETWEEN_CALLS = (
    "Something outlives the call, unless it is drawn at random. Is there a list or array that "
    "stands outside the function, or as a default value in its first line? Make it inside the "
    "function, where each call gets its own."
)
_EXAMPLES = "The cases that the task shows come out right. What is different about this one?"
_NEAR = (
    "A right function with one change gives the same results as yours: one that {}. Does yours "
    "come to the same?"
)
_NEAR_WHERE_WRONG = (
    "Where your results are wrong, a right function with one change gives the same: one that {}. "
    "Does yours come to the same?"
)
#: Stands after a slip that explains what came back, where in other cases nothing did.
STOPS = "With other arguments your function stops with {}."
#: How long a person waits for a call, and for one in which a network may learn.
_SECONDS, _NETWORK_SECONDS = 10.0, 60.0

_FRESH = "The visible cases came out right, but this input is fresh."
_FROM_ARGUMENTS = "Does the function work from its arguments, or is an answer hard-coded?"


@dataclass(frozen=True)
class Verdict:
    """What a judge says of answers.

    Attributes
    ----------
    message : str
        What is wrong, for the learner; empty if nothing is.
    reason : str
        The part of the message that explains: the likely slip.
    attempted : bool
        Whether the exercise was begun.
    more : sequence of cases
        What the judge wants to ask before it can say more.
    is_sure : bool
        Whether the reason fits everything that came back. A hint may fit less: it helps the learner
        to look, but other mistakes give the same.
    fact : str
        What the message says where it has no reason: something true of all results.
    """

    message: str = ""
    reason: str = ""
    attempted: bool = True
    more: Sequence[Case] = ()
    is_sure: bool = True
    fact: str = ""

    def __bool__(self) -> bool:
        """Say whether there is anything to object or to ask."""
        return bool(self.message or self.more)


def _until_it_hangs(asker: Asker) -> Asker:
    """Ask no more once a call has run out of time: a person would wait for each of the others."""
    last: list[Answer] = []

    def asked(arguments: Sequence[Any]) -> Answer:
        if not last or not last[0].error.startswith(OutOfTimeError.__name__):
            last[:] = [asker(arguments)]
        return last[0]

    return asked


def _as_it_came(received: Any) -> Any:
    return received


@dataclass(frozen=True)
class Check:
    """The check of an exercise, or of a part of it. Calling it checks a learner's function.

    Attributes
    ----------
    asks : str
        The function that the learner writes, as in ``"shift_image(image, down, right)"``.
    cases : sequence of tuple
        The visible ones: the arguments, then each result that is expected.
    slips : callable, optional
        ``slips(*arguments, *expected)`` lists what each known slip gives: its name, then a result
        or several.
    part : str
        Which part of the exercise this is, if it has several, as in ``"the values"``.
    result : int
        Which of the expected results is compared, where there are several.
    form : callable
        Takes the result out of the forms in which a right one may come. Raises CheckError.
    demand : callable, optional
        ``demand(received, *arguments, *expected)`` says what else is wrong, or nothing. Of several
        lines the last is the reason.
    explain : callable, optional
        ``explain(received, *arguments, *expected)`` says what a wrong result tells that no slip
        gives, or nothing.
    compares : bool
        Whether the result is compared with the expected one; if not, `demand` judges alone.
    whole : callable, optional
        ``whole(cases, results)`` sees all results together once each is right by itself. It says
        what is wrong, or lists further cases to ask.
    shape_only : str
        If given, only the shape is compared; this is said where no slip explains it.
    dtype : dtype_like, optional
        Which dtype the result must have; ``np.integer`` for whole numbers of any.
    together : bool
        Whether a slip is named only if it explains every result: a single True or False fits
        many. Where several results are expected, slips then give all of them.
    meanings : mapping of str to str, or callable
        What an error means here, where :mod:`course_utils.checks.errors` would say too little: a
        pattern for its name and text, and what to say. A callable takes the arguments and returns
        such a mapping. What is said at :data:`NOTHING` is added
        where the function returns nothing.
    tolerance : float
        How far numbers may lie apart, relative to 1 and to the expected value.
    allows : tuple of str
        Functions of this package that may be called, as in ``"preprocessing.one_hot"``.
    describe : callable, optional
        ``describe(returned, *arguments)`` makes plain data of what the function returned, where
        that is none, and of what became of its arguments. It is not asked about None or ``...``.
    prepare : callable, optional
        ``with prepare(*arguments) as given:`` makes what the function is given of the arguments of
        a case, where plain data is not enough: a network of its weights, a file of its contents.
    says : str
        What is well, once it is.
    follows : Check, optional
        The part before this one. What it has said already is not said again.
    """

    asks: str
    cases: Sequence[Case]
    slips: Callable[..., Slips] | None = None
    _: KW_ONLY
    part: str = ""
    result: int = 0
    form: Callable[[Any], Any] = _as_it_came
    demand: Callable[..., str] | None = None
    explain: Callable[..., str] | None = None
    compares: bool = True
    whole: Callable[[Sequence[Case], Sequence[Any]], str | Sequence[Case]] | None = None
    shape_only: str = ""
    dtype: Any = None
    together: bool = False
    meanings: Mapping[str, str] | Callable[..., Mapping[str, str]] = field(default_factory=dict)
    tolerance: float = TOLERANCE
    allows: tuple[str, ...] = ()
    describe: Callable[..., Any] | None = None
    prepare: Prepare | None = None
    says: str = "does what it should"
    follows: "Check | None" = None

    def __call__(self, function: Callable[..., Any], cases: Sequence[Case] | None = None) -> None:
        """Ask a learner's function the visible cases, or hidden ones, and tell the learner.

        Parameters
        ----------
        function : callable
            The learner's.
        cases : sequence of tuple, optional
            Hidden cases, as `cases` of the class. Where they are right nothing is printed.

        Raises
        ------
        NotAttemptedError
            If the function returns nothing yet.
        CheckError
            If something is wrong; the message says what, and names the likely slip.
        """
        if not callable(function):
            raise CheckError(
                f"The check needs your function itself; it got {show(function)}. Pass its name "
                f"without brackets behind it. If that is what stands there, then {self.name} has "
                "been given another value: run the cell that defines it again."
            )
        verdict = self.examine(self.asker(function), cases)
        if verdict:
            kind = CheckError if verdict.attempted else NotAttemptedError
            fresh = self.title if cases is not None else ""
            raise kind(verdict.message, verdict.reason, fresh, verdict.is_sure)
        if cases is None and is_leftover(function, self.name, cells_that_were_run()):
            print(lay_out(LEFTOVER.format(name=self.name)))
        elif cases is None:
            print(f"✓ {self.title} {self.says} on the visible cases.")

    def asker(self, function: Callable[..., Any], seconds: float | None = None) -> Asker:
        """Say how a function is asked, in this process or in another.

        Here a call may take so many seconds, by default as many as a person waits.
        """
        if isinstance(function, Elsewhere):
            return partial(function.asked_by, self)
        if seconds is None:
            seconds = _NETWORK_SECONDS if self.describe or self.prepare else _SECONDS
        asked = partial(
            ask, function, describe=self.describe, prepare=self.prepare, seconds=seconds
        )
        return _until_it_hangs(asked)

    def then(self, part: str = "", **changes: Any) -> "Check":
        """Make the check of the exercise's next part: this one, but for what is given.

        Examples
        --------
        >>> rows = Check("split(n)", [(1, 2)], part="the rows", dtype=int)
        >>> rows.then("the columns", dtype=None).title
        'split (the columns)'
        """
        return replace(self, part=part, follows=self, **changes)

    @property
    def name(self) -> str:
        """The learner's function."""
        return self.asks.partition("(")[0]

    @property
    def title(self) -> str:
        """The learner's function, and the part that is looked at."""
        return f"{self.name} ({self.part})" if self.part else self.name

    @property
    def parameters(self) -> list[str]:
        """The names of its arguments."""
        return [name.strip() for name in self.asks.partition("(")[2][:-1].split(",") if name]

    @property
    def n_expected(self) -> int:
        """How many results a case expects."""
        return len(self.cases[0]) - len(self.parameters) if self.cases else 0

    def arguments(self, case: Case) -> Sequence[Any]:
        """Take the arguments out of a case."""
        return case[: len(self.parameters)]

    def expected(self, case: Case) -> Sequence[Any]:
        """Take the expected results out of a case."""
        return case[len(self.parameters) :]

    def slips_of(self, case: Case) -> dict[tuple[str, int], Any]:
        """Find what each known slip gives in a case, by its name and number of those so named."""
        # A warning on standard error would cost whoever is graded their points.
        with warnings.catch_warnings(action="ignore"), np.errstate(all="ignore"):
            listed = self.slips(*case) if self.slips else ()
        found: dict[tuple[str, int], Any] = {}
        for name, *values in listed:
            first = sum(known == name for known, _ in found)
            found |= {(name, first + i): value for i, value in enumerate(values)}
        return found

    @property
    def further(self) -> Further:
        """The cases that are asked beside the visible ones, where nothing hidden is asked."""
        return further(self.name, self.part)

    @np.errstate(all="ignore")  # whatever the learner told NumPy to do about overflow
    def examine(self, asker: Asker, cases: Sequence[Case] | None = None) -> Verdict:
        """Ask and judge until the judge has nothing more to ask."""
        asked = [*self.cases, *self.further.cases] if cases is None else list(cases)
        answers = [asker(self.arguments(case)) for case in asked]
        while (verdict := self.judge(asked, answers, fresh=cases is not None)).more:
            asked += verdict.more
            answers += [asker(self.arguments(case)) for case in verdict.more]
        if verdict and asked and self._remembers(asker, asked[0], answers[0]):
            lines = [_REMEMBERS.format(show(answers[0].returned)), _BETWEEN_CALLS]
            return self._refusal(asked[0], lines, _BETWEEN_CALLS)
        if verdict.reason and self.follows:
            before = self.follows.examine(asker)
            if before.reason == verdict.reason:
                told = (
                    f"{self.title}: not yet, for the reason that the check before this one gives."
                )
                return replace(verdict, message=told)
        return verdict

    def judge(
        self, cases: Sequence[Case], answers: Sequence[Answer], *, fresh: bool = False
    ) -> Verdict:
        """Say what is wrong with answers, from whatever process they came.

        Parameters
        ----------
        cases : sequence of tuple
            What was asked.
        answers : sequence of Answer
            One for each case.
        fresh : bool, default False
            Whether the cases are hidden ones, asked once the visible ones came out right.

        Returns
        -------
        Verdict
        """
        failed: list[tuple[int, Verdict]] = []
        asked: list[Asked] = []
        for place, (case, answer) in enumerate(zip(cases, answers, strict=True)):
            verdict = self._of_call(case, answer)
            if not verdict:
                try:
                    asked.append(self._asked(place, case, self.form(answer.returned)))
                except CheckError as error:
                    verdict = self._refusal(case, [str(error)], str(error))
            if verdict:
                failed.append((place, verdict))
        wrong = [one for one in asked if not one.is_right]
        # What is wrong with the first case that fails is what is spoken of.
        if failed and not (wrong and wrong[0].place < failed[0][0]):
            return self._smallest_like_the_first(cases, failed)
        if wrong:
            stopped = {place: answers[place].error for place, _ in failed}
            return self._of_wrong(asked, wrong, stopped, fresh=fresh)
        for one in asked:  # dtypes come last: "the values are right" has to be true of every case
            right = "The shape is right." if self.shape_only else "The values are right."
            if self.dtype is not None and (
                lines := of_dtypes(self._part(one.result), self.dtype, right)
            ):
                return self._told(one, lines, fresh=fresh)
        if not self.whole:
            return Verdict()
        found = self.whole(cases, [one.result for one in asked])
        if isinstance(found, str):
            return Verdict(f"{self.name}: {found}", found) if found else Verdict()
        return Verdict(more=found)

    def traces_of(self, answer: Answer) -> tuple[float | str, float | str] | None:
        """Make one number of what is compared of an answer, and one of all that was returned."""
        if answer.error or answer.returned is None or answer.returned is Ellipsis:
            return None
        try:
            result = self.form(answer.returned)
            return trace(self._part(result)), trace(result)
        except CheckError:
            return None

    def _remembers(self, asker: Asker, case: Case, answer: Answer) -> bool:
        """Say whether a function gives the same arguments another result the second time."""
        # What `whole` sees together may be the same question twice: then it says what that means.
        # A network is not asked again, because that may take as long as it learns.
        if self.describe or self.whole or answer.error:
            return False
        again = asker(self.arguments(case))
        if again.error:
            return False
        one, other = answer.returned, again.returned
        with contextlib.suppress(Exception):  # what cannot be compared is no sign of it
            return show(one) != show(other) and not alike(one, other, 0)
        return False

    def _asked(self, place: int, case: Case, result: Any) -> Asked:
        """Say of a result whether it is right."""
        demanded = self.demand(result, *case) if self.demand else ""
        if self.shape_only:
            wanted, part = self.expected(case)[self.result], self._part(result)
            is_right = is_numeric(part) and np.shape(part) == np.shape(wanted)
        else:
            is_right = not self.compares or self._is_right(case, result)
        return Asked(place, case, result, demanded, is_right and not demanded)

    def _smallest_like_the_first(
        self, cases: Sequence[Case], failed: Sequence[tuple[int, Verdict]]
    ) -> Verdict:
        """Take the smallest case that failed for the same reason as the first."""
        first = failed[0][1]
        alike = [place for place, verdict in failed if verdict.reason == first.reason]
        smallest = self._smallest([cases[place] for place in alike])
        return dict(failed)[alike[smallest]]

    def _smallest(self, cases: Sequence[Case]) -> int:
        """Choose the case to show: the first, which its author chose, or a much smaller one."""
        sizes = [n_numbers(self.arguments(case)) for case in cases]
        smallest = min(sizes)
        return 0 if sizes[0] <= 2 * smallest else sizes.index(smallest)

    def _of_wrong(
        self,
        asked: Sequence[Asked],
        wrong: Sequence[Asked],
        stopped: Mapping[int, str],
        *,
        fresh: bool,
    ) -> Verdict:
        """Say what is wrong with results, by the smallest case and by what explains them all."""
        demanding = [one for one in wrong if one.demanded]
        some = demanding if wrong[0].demanded or not self.compares else wrong
        shown = some[self._smallest([one.case for one in some])]
        if shown.demanded:
            *lines, reason = shown.demanded.splitlines()
            return self._told(shown, [*lines, reason], fresh=fresh)
        named = self._named(asked, shown, stopped, fresh=fresh)
        shown = named.of or shown
        *lines, hint = self._compared_lines(shown)
        if named.fact and hint and hint != self.shape_only:  # it is of another kind altogether
            named = Named(hint, hint)
        if named:
            verdict = self._told(shown, [*lines, named.text], fresh=fresh)
            return replace(verdict, reason=named.reason, is_sure=named.is_sure, fact=named.fact)
        verdict = self._told(shown, [*lines, hint], fresh=fresh)
        return replace(verdict, is_sure=hint != self.shape_only)

    def _compared_lines(self, one: Asked) -> list[str]:
        """Write what was expected and what came back, and last what the two tell."""
        expected, part = self.expected(one.case)[self.result], self._part(one.result)
        if self.shape_only:
            return list(of_shapes(part, expected, self.shape_only))
        return list(of_values(part, expected, self.tolerance))

    def _told(self, one: Asked, lines: Sequence[str], *, fresh: bool) -> Verdict:
        """Write what is wrong with a result; the last line explains."""
        *before, reason = lines
        told = [*before, f"{_FRESH} {reason or _FROM_ARGUMENTS}" if fresh else reason]
        return self._refusal(one.case, told, reason)

    def _of_call(self, case: Case, answer: Answer) -> Verdict:
        """Say what is wrong with how the function behaved, whatever it returned."""
        if answer.error:
            return self._of_error(case, answer)
        if answer.returned is None or answer.returned is Ellipsis:
            return self._of_nothing(case, answer)
        if answer.changed:
            place, now = answer.changed[0]
            kind = "list" if isinstance(case[place], list) else "array"
            reason = (
                f"The caller of the function still needs it. Make a new {kind} instead of changing "
                "this one."
            )
            name, before = self.parameters[place], show(case[place])
            told = f"changed its argument {name}: it was {before} and is now {show(now)}."
            return self._refusal(case, [told, reason], reason)
        for called in answer.course_functions:
            if not any(allowed in called for allowed in self.allows):
                reason = (
                    f"{self.name} calls {called}, a function of this course. Here its work is the "
                    "exercise: write it yourself here."
                )
                return Verdict(reason, reason)
        return Verdict()

    def _of_error(self, case: Case, answer: Answer) -> Verdict:
        """Say with what a call stopped, where, and what that means: the exercise's word first."""
        line = f", in its line `{answer.line}`" if answer.line else ""
        known = self._meaning(case, answer.error)
        reason = known or explain(answer, self.asks)
        ended = f"stopped with {shorten(answer.error, 300)}"
        if answer.error.startswith(OutOfTimeError.__name__):
            ended = f"was stopped: {answer.error.partition(': ')[2]}"
        refusal = self._refusal(case, [f"{ended}{line}.", reason], reason)
        # What an error means in general says less than which misconception led to it.
        return replace(refusal, is_sure=bool(known) or not reason)

    def _of_nothing(self, case: Case, answer: Answer) -> Verdict:
        """Say why nothing came back: nothing was begun, or a value gets lost on the way."""
        hint = self._meaning(case, NOTHING)
        if answer.body == UNTOUCHED and not answer.printed and not answer.changed:
            told = f"{self.name} returns nothing yet. Write its body, run its cell, then this one."
            return Verdict(told, attempted=False)
        if answer.body == ALL_RETURN and not answer.printed:
            reason = (
                "What stands behind `return` is None. A method that changes something in place, "
                "such as sort, append or fill, returns nothing itself."
            )
            return self._refusal(case, ["returned None.", hint or reason], hint or reason)
        if answer.body == SOME_RETURN:
            reason = (
                "There is a `return`, but not on every way through the function. Go through it "
                f"with these arguments: which `if` is taken, and where does it end? {hint}"
            ).rstrip()
            return self._refusal(case, ["returned None.", reason], reason)
        if answer.printed:
            reason = (
                f"{self.name} prints its answer and returns nothing. Printing shows a value to "
                "a person; `return` hands it to the program. End the function with `return`. "
                f"{hint}"
            )
        elif answer.changed:
            name = self.parameters[answer.changed[0][0]]
            reason = (
                f"{self.name} changes its argument {name} and returns nothing. The caller still "
                f"needs {name} as it was: make a new array, and hand it back with `return`. {hint}"
            )
        else:
            reason = (
                f"{self.name} returns nothing: what it works out is lost when it ends. Its last "
                f"line has to hand the result back with `return`. {hint}"
            )
        return Verdict(reason.rstrip(), reason.rstrip())

    def _named(
        self,
        asked: Sequence[Asked],
        shown: Asked,
        stopped: Mapping[int, str],
        *,
        fresh: bool,
    ) -> Named:
        """Name what explains the results, or say what the one that is shown tells."""
        wrong = [one for one in asked if not one.is_right]
        slip, slip_of_wrong = by_slips(asked, self.slips_of, self.compared, self.tolerance)
        near = near_of_wrong = ""
        if not fresh:
            near, near_of_wrong = by_near_misses(asked, list(stopped), self.further.near_misses)
        errors = {error.partition(":")[0] for error in stopped.values()} - {""}
        elsewhere = f" {STOPS.format(' or '.join(sorted(errors)))}" if errors else ""
        if slip and not (stopped and self.together):
            return Named(f"{slip}{elsewhere}", slip, not stopped)
        if near:
            return Named(_NEAR.format(near))
        if slip_of_wrong and not self.together:
            return Named(f"{slip_of_wrong}{elsewhere}", slip_of_wrong, not stopped)
        for one in (shown, *wrong):
            if self.explain and (told := self.explain(one.result, *one.case)):
                return Named(told, told, of=one)
        if fact := find_fact([self._stated(one) for one in asked], self.parameters):
            return Named(f"{fact.text} {fact.question}".rstrip())
        if near_of_wrong and not self.together:
            return Named(_NEAR_WHERE_WRONG.format(near_of_wrong))
        if not fresh and wrong[0].place >= len(self.cases):
            return Named(_EXAMPLES, _EXAMPLES, is_sure=False)
        return Named()

    def _stated(self, one: Asked) -> Stated:
        """State a case for whoever looks for facts, which know neither checks nor slips."""
        arguments, expected = tuple(self.arguments(one.case)), self.expected(one.case)[self.result]
        return Stated(arguments, expected, self._part(one.result), one.is_right)

    def compared(self, result: Any) -> Any:
        """Take the part of a result that slips give: all of it, if they are told together."""
        return result if self.together else self._part(result)

    def _part(self, result: Any) -> Any:
        """Take the result that is compared out of several."""
        return result[self.result] if self.n_expected > 1 else result

    def _is_right(self, case: Case, result: Any) -> bool:
        return alike(self._part(result), self.expected(case)[self.result], self.tolerance)

    def _meaning(self, case: Case, error: str) -> str:
        meanings = (
            self.meanings(*self.arguments(case)) if callable(self.meanings) else self.meanings
        )
        return next((said for pattern, said in meanings.items() if re.search(pattern, error)), "")

    def _refusal(self, case: Case, lines: Sequence[str], reason: str) -> Verdict:
        """Say what was asked, and below it what is wrong."""
        part = f", {self.part}" if self.part else ""
        head, *cut = show_call(self.name, self.parameters, self.arguments(case), part)
        return Verdict("\n".join([head, *(f"  {line}" for line in [*cut, *lines] if line)]), reason)
