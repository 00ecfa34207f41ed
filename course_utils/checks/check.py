"""What a check is: cases to ask, and a judge of what came back.

A check asks (arguments in, plain data out) and judges (cases and answers in, a verdict out). The
judge calls nothing of the learner's, so the answers may come from another process.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field, replace
from functools import partial
from typing import Any

import numpy as np

from course_utils.checks.asking import Answer, Elsewhere, Prepare, ask
from course_utils.checks.comparing import (
    TOLERANCE,
    Slips,
    alike,
    first_difference,
    is_numeric,
    kind_remark,
)
from course_utils.checks.outcome import CheckError, NotAttemptedError
from course_utils.checks.showing import shorten, show, show_argument

#: The arguments, then what is expected.
Case = Sequence[Any]
#: Asks a function, wherever it is.
Asker = Callable[[Sequence[Any]], Answer]

#: Stands in `meanings` for what is no error, but returns nothing.
NOTHING = "returns nothing"

_FRESH = (
    "The visible cases came out right, but this input is fresh. Does the function work from its "
    "arguments, or is an answer hard-coded?"
)


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
        Whether the reason fits everything that came back. A hint may fit less: a slip that gives
        one wrong result helps the learner to look, but other mistakes give it as well.
    """

    message: str = ""
    reason: str = ""
    attempted: bool = True
    more: Sequence[Case] = ()
    is_sure: bool = True

    def __bool__(self) -> bool:
        """Say whether there is anything to object or to ask."""
        return bool(self.message or self.more)


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
        What an error means here: a pattern for its name and text, and what to say. A callable
        takes the arguments and returns such a mapping. What is said at :data:`NOTHING` is added
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
        if cases is None:
            print(f"✓ {self.title} {self.says} on the visible cases.")

    def asker(self, function: Callable[..., Any]) -> Asker:
        """Say how a function is asked, in this process or in another."""
        if isinstance(function, Elsewhere):
            return partial(function.asked_by, self)
        return partial(ask, function, describe=self.describe, prepare=self.prepare)

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
        with np.errstate(all="ignore"):
            listed = self.slips(*case) if self.slips else ()
        found: dict[tuple[str, int], Any] = {}
        for name, *values in listed:
            first = sum(known == name for known, _ in found)
            found |= {(name, first + i): value for i, value in enumerate(values)}
        return found

    @np.errstate(all="ignore")  # whatever the learner told NumPy to do about overflow
    def examine(self, asker: Asker, cases: Sequence[Case] | None = None) -> Verdict:
        """Ask and judge until the judge has nothing more to ask."""
        asked = list(self.cases if cases is None else cases)
        answers = [asker(self.arguments(case)) for case in asked]
        while (verdict := self.judge(asked, answers, fresh=cases is not None)).more:
            asked += verdict.more
            answers += [asker(self.arguments(case)) for case in verdict.more]
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
        results: list[Any] = []
        verdict = Verdict()
        for case, answer in zip(cases, answers, strict=True):
            verdict = self._of_call(case, answer)
            if not verdict:
                try:
                    results.append(self.form(answer.returned))
                except CheckError as error:
                    verdict = self._refusal(case, [str(error)], str(error))
            if verdict:
                break
        # Dtypes come last: "the values are right" has to be true of every case.
        looks: list[Callable[[Case, Any], list[str]]] = [
            partial(self._of_result, cases, results),
            self._of_dtype,
        ]
        for look in looks if not verdict else looks[:1]:
            for case, result in zip(cases, results, strict=False):
                if wrong := look(case, result):
                    *lines, reason = wrong
                    told = [*lines, f"{_FRESH} {reason}".rstrip() if fresh else reason]
                    refusal = self._refusal(case, told, reason)
                    return replace(refusal, is_sure=self._fits_all(cases, results, reason))
        if verdict or not self.whole:
            return verdict
        found = self.whole(cases, results)
        if isinstance(found, str):
            return Verdict(f"{self.name}: {found}", found) if found else Verdict()
        return Verdict(more=found)

    def _of_call(self, case: Case, answer: Answer) -> Verdict:
        """Say what is wrong with how the function behaved, whatever it returned."""
        if answer.error:
            line = f", in its line `{answer.line}`" if answer.line else ""
            reason = self._meaning(case, answer.error)
            stopped = f"stopped with {shorten(answer.error, 300)}{line}."
            return self._refusal(case, [stopped, reason], reason)
        if answer.returned is None or answer.returned is Ellipsis:
            hint = self._meaning(case, NOTHING)
            if answer.printed:
                reason = (
                    f"{self.name} prints its answer and returns nothing. Printing shows a value to "
                    "a person; `return` hands it to the program. End the function with `return`. "
                    f"{hint}"
                ).rstrip()
                return Verdict(reason, reason)
            told = (
                f"{self.name} returns nothing yet. Write its body, end it with `return`, "
                f"run its cell, then run this one again. {hint}"
            )
            return Verdict(told.rstrip(), attempted=False)
        if answer.changed:
            place, now = answer.changed[0]
            reason = (
                "The caller of the function still needs it. Make a new array instead of writing "
                "into this one."
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

    def _of_result(
        self, cases: Sequence[Case], results: Sequence[Any], case: Case, result: Any
    ) -> list[str]:
        """Say what is wrong with a result: lines, the last of which explains. Or nothing."""
        demanded = self.demand(result, *case) if self.demand else ""
        if demanded or not self.compares:
            return demanded.splitlines()
        right, expected = self._is_right(case, result), self.expected(case)[self.result]
        explained = partial(self._reason, cases, results, case, result)
        part = self._part(result)
        if self.shape_only:
            return self._of_shape(part, expected, explained)
        return [] if right else self._of_values(part, expected, explained)

    def _of_shape(self, result: Any, expected: Any, explained: Callable[[], str]) -> list[str]:
        wanted = np.shape(expected)
        got = np.shape(result) if is_numeric(result) else None
        if got == wanted:
            return []
        received = f"received: {f'shape {got}' if got is not None else show(result)}"
        reason = explained() or (self.shape_only if got is not None else kind_remark(result))
        return [f"expected: shape {wanted}", received, reason]

    def _of_values(self, result: Any, expected: Any, explained: Callable[[], str]) -> list[str]:
        of_numbers = is_numeric(expected)
        if of_numbers and is_numeric(result) and np.asarray(result).dtype.kind != "b":
            wanted = np.asarray(expected)
            kind = np.asarray(result).dtype.kind
            if kind in "iu" and np.array_equal(wanted, np.round(wanted)):
                wanted = wanted.astype(np.int64)  # 3, not 3.0, where whole numbers came
            elif kind == "f":
                wanted = wanted.astype(np.float64)
            expected = wanted if wanted.ndim else wanted.item()
        lines = [f"expected: {show(expected)}", f"received: {show(result)}"]
        if (
            of_numbers
            and np.ndim(expected) == 0
            and is_numeric(result)
            and show(expected) == show(result)
        ):
            lines.append("They differ by less than is shown here.")
        if of_numbers and not is_numeric(result):
            return [*lines, explained() or kind_remark(result)]
        if np.shape(result) != np.shape(expected):
            lines.append(f"The shape is {np.shape(result)}, not {np.shape(expected)}.")
        elif np.ndim(expected) and of_numbers:
            place = first_difference(result, expected, self.tolerance)
            shown = show(np.asarray(expected)[place]), show(np.asarray(result)[place])
            lines.append(
                f"They first differ at index {list(place)}: {shown[0]} expected, "
                f"{shown[1]} received."
            )
        return [*lines, explained()]

    def _of_dtype(self, case: Case, result: Any) -> list[str]:
        """Say what is wrong with a dtype, once all values are right."""
        if self.dtype is None:
            return []
        result = self._part(result)
        right = "The shape is right." if self.shape_only else "The values are right."
        if self.dtype is np.integer:
            kind = np.asarray(result).dtype
            if kind.kind in "iu":
                return []
            remark = "Whole numbers can look things up; names[2.0] stops with an error."
            return ["expected: whole numbers", f"received: {kind.name}", f"{right} {remark}"]
        wanted, got = np.dtype(self.dtype), getattr(result, "dtype", None)
        if got == wanted:
            return []
        came = got.name if got is not None else f"a {type(result).__name__}, which has no dtype"
        remark = "Make an array of it." if got is None else "Change the dtype with astype."
        if wanted == np.float32 and got == np.float64:
            remark = f"float64 takes twice the memory. {remark}"
        if wanted.kind in "iu" and got is not None and got.kind == "f":
            remark = f"Round to whole numbers first. {remark}"
        if wanted == np.uint8:
            why = "Images stay uint8, because whatever comes next expects 0 to 255 in one byte."
            remark = f"{why} {remark}"
        return [f"expected: dtype {wanted.name}", f"received: {came}", f"{right} {remark}"]

    def _reason(
        self, cases: Sequence[Case], results: Sequence[Any], case: Case, result: Any
    ) -> str:
        """Name the slip that gives what was received, or say what else the result tells.

        One that explains all results goes before one that explains the wrong ones, and that
        before one that explains this one.
        """
        asked = list(zip(cases, results, strict=False))
        wrong = [pair for pair in asked if not self._is_right(*pair)]
        for pairs in [asked] if self.together else [asked, wrong, [(case, result)]]:
            if name := next(iter(self._fitting(pairs)), ""):
                return name
        return self.explain(result, *case) if self.explain else ""

    def _fits_all(self, cases: Sequence[Case], results: Sequence[Any], reason: str) -> bool:
        """Say whether a reason fits everything: a slip's has to give each result.

        Where it gives none, as for a padding that it is not about, the result has to be right.
        """
        if self.shape_only and reason == self.shape_only:
            return False
        is_slip, fits = False, len(results) == len(cases)
        for case, result in zip(cases, results, strict=False):
            given = [value for (name, _), value in self.slips_of(case).items() if name == reason]
            is_slip |= bool(given)
            if given:
                fits &= any(alike(self._compared(result), one, self.tolerance) for one in given)
            elif self.compares and not self.shape_only:
                fits &= self._is_right(case, result)
        return fits or not is_slip

    def _fitting(self, pairs: Sequence[tuple[Case, Any]]) -> list[str]:
        """Name the slips that give every one of these results."""
        found: dict[tuple[str, int], int] = {}
        for case, result in pairs:
            for key, value in self.slips_of(case).items():
                fits = alike(self._compared(result), value, self.tolerance)
                found[key] = found.get(key, 0) + fits
        return [name for (name, _), count in found.items() if count == len(pairs)]

    def _compared(self, result: Any) -> Any:
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
        pairs = zip(self.parameters, self.arguments(case), strict=True)
        given = ", ".join(f"{name}={show_argument(value)}" for name, value in pairs)
        head = f"{self.name}({shorten(given, 240)})"
        if self.part:
            head += f", {self.part}"
        return Verdict("\n".join([head, *(f"  {line}" for line in lines if line)]), reason)
