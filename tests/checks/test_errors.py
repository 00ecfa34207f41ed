"""Beginners' usual errors are explained, with the numbers of the learner's own line."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from course_utils.checks.asking import Answer, ask
from course_utils.checks.errors import explain

scores = np.array([1.0, 2.0, 3.0])


def forgets_to_return(values: Any) -> None:
    values + 1


def of_two(left: Any, right: Any) -> Any:
    return left + right


def without_end(values: Any) -> Any:
    return without_end(values)


def reads_too_early() -> Any:
    if len(scores) > 3:
        total = 0
    return total  # type: ignore[possibly-undefined]


def asserts() -> None:
    assert len(scores) == 2


WEIGHTS, INPUTS, LIST, SHARES = np.ones((2, 4)), np.ones((5, 3)), [1, 2], [0.25, 0.75]
NOTHING = None
#: What a learner writes, and what it has to hear.
WRITTEN: dict[str, tuple[Callable[[], Any], str]] = {
    "shapes that do not broadcast": (
        lambda: np.ones((2, 3)) + np.ones(2),
        "Of (2, 3) and (2,), 3 and 2 do not fit.",
    ),
    "three shapes of which two fit": (
        lambda: np.where(scores > 0, np.ones(2), 1),
        "Of (3,) and (2,), 3 and 2 do not fit.",
    ),
    "a matrix product of what does not meet": (
        lambda: INPUTS @ WEIGHTS,
        "Here these are 3 and 2. There INPUTS has the shape (5, 3) and WEIGHTS (2, 4).",
    ),
    "a dot product of what does not meet": (
        lambda: np.dot(INPUTS, WEIGHTS),
        "Here these are 3 and 2.",
    ),
    "a matrix product with a number": (lambda: INPUTS @ 3, "Numbers multiply by *"),
    "the rows of an array, added up by Python": (
        lambda: np.zeros(2).__setitem__(0, sum(WEIGHTS)),
        "Python's `sum` adds up the rows of an array, so that one number for each column is left.",
    ),
    "several numbers for one place": (
        lambda: np.zeros(2).__setitem__(0, WEIGHTS.sum(axis=0)),
        "Should one number be made of them, or should the place have room for more?",
    ),
    "values that do not fit into their place": (
        lambda: INPUTS.copy().__setitem__(0, np.ones(2)),
        "The values have the shape (2,), and the place they are to be written to has the shape "
        "(3,)",
    ),
    "a result that does not fit in place": (
        lambda: np.ones(3).__iadd__(np.ones((2, 3))),
        "The result has the shape (2,3), and it cannot be kept in an array of the shape (3,).",
    ),
    "a mask of another length": (
        lambda: scores[np.array([True, False])],
        "as long as what it chooses from: here 3, but it has 2",
    ),
    "the larger of 0 and an array": (lambda: max(0, scores), "np.maximum compares entry by entry"),
    "an array in an if": (lambda: 1 if scores == scores else 0, ".all(), or for one of them"),
    "two conditions on an array": (lambda: scores > 0 and scores < 2, "& works entry by entry"),
    "an index past the end": (
        lambda: scores[3],
        "Axis 0 has the size 3, and Python counts from 0: its last index is 2, not 3.",
    ),
    "an index into nothing": (lambda: np.ones(0)[0], "is empty"),
    "a list's index past its end": (lambda: [1, 2][2], "the last index of a list of n is n - 1"),
    "two indices for one axis": (
        lambda: scores[:, 0],
        "The array has 1 axis, and 2 indices stand in its brackets. There scores has the shape",
    ),
    "a fraction for an index": (lambda: scores[4 / 2], "`//` gives whole numbers"),
    "a fraction for a range": (lambda: range(4 / 2), "`//` gives whole numbers"),  # type: ignore
    "a fraction for the end of a slice": (lambda: LIST[: 4 / 2], "`//` gives whole numbers"),  # type: ignore
    "a number with a point for a range": (lambda: range(np.floor(2.5)), "np.floor and np.ceil"),  # type: ignore
    "a value of an array for an index": (
        lambda: [scores[value] for value in scores],
        "`for value in scores` gives the values of scores, and these are no indices. "
        "range(len(scores)) gives the indices.",
    ),
    "a value of a list for its index": (
        lambda: [SHARES[share] for share in SHARES],  # type: ignore
        "range(len(SHARES)) gives the indices.",
    ),
    "one index of two": (lambda: INPUTS[0, 0.5], "An index stands here that is no whole number."),  # type: ignore
    "text for an index into an array": (lambda: scores["a"], "text in square brackets is for"),
    "an array of numbers with a point for an index": (lambda: INPUTS[scores], "astype(int)"),
    "nothing for an index": (lambda: LIST[NOTHING], "`NOTHING` is None."),  # type: ignore
    "text for an index": (lambda: LIST["a"], "text in square brackets is for a dictionary"),  # type: ignore
    "a list of indices into a list": (lambda: LIST[[0, 1]], "np.array( ) makes an array"),  # type: ignore
    "a misspelt name": (lambda: scoress, "There is a name scores: is it meant?"),  # type: ignore # noqa: F821
    "a name in other letters": (lambda: Scores, "There is a name scores: is it meant?"),  # type: ignore # noqa: F821
    "a library that was not imported": (lambda: keras, "its first code cell does so: run that"),  # type: ignore # noqa: F821
    "a module that was not imported": (lambda: itertools, "known after `import itertools`"),  # type: ignore # noqa: F821
    "a name that nothing defines": (lambda: q7, "run that cell first"),  # type: ignore # noqa: F821
    "a name without a value so far": (reads_too_early, "total gets its value in this function"),
    "a missing argument": (lambda: of_two(1), "of_two is called without a value for 'right'"),  # type: ignore
    "an argument too many": (
        lambda: of_two(1, 2, 3),  # type: ignore
        "of_two takes 2 positional arguments, and the call gives 3. Each comma between the "
        "brackets of a call begins a new argument.",
    ),
    "a shape whose numbers are too many arguments": (
        lambda: np.ones(2, 3, 4, 5),  # type: ignore
        "A shape is one argument, so it needs brackets of its own.",
    ),
    "two values for append": (
        lambda: LIST.append(1, 2),  # type: ignore
        "`append` takes one value, and the call gives 2",
    ),
    "a row in the place of a number": (
        lambda: scores.__setitem__(0, LIST),
        "the place on its left has room for one number",
    ),
    "the maximum of 0 along an array": (
        lambda: np.max(0, scores),  # type: ignore
        "np.maximum compares two, entry by entry",
    ),
    "an array for a length": (
        lambda: np.ones(3)[:: np.array([1, 2])],  # type: ignore
        "An array stands where one whole number is needed",
    ),
    "a hat for a power": (lambda: scores ^ 0.5, "Python writes a power with **"),  # type: ignore
    "a hat for the power of a number": (lambda: 2.5 ^ 2, "Python writes a power with **"),  # type: ignore
    "an argument that is not there": (
        lambda: np.sum(scores, axs=0),  # type: ignore
        "sum has no argument called axs.",
    ),
    "a shape without brackets": (lambda: np.zeros(2, 3), "A shape is one argument"),  # type: ignore
    "None out of a helper": (
        lambda: forgets_to_return(scores)[0],  # type: ignore
        "None comes from a function without `return`",
    ),
    "None in a calculation": (
        lambda: forgets_to_return(scores) + 1,  # type: ignore
        "None comes from a function without `return`",
    ),
    "an attribute of None": (
        lambda: forgets_to_return(scores).shape,  # type: ignore
        "None comes from a function without `return`",
    ),
    "a division by 0": (lambda: 1 / 0, "divided by 0 in this line"),
    "math.exp of an array": (lambda: math.exp(scores), "a whole array: np.exp."),
    "int of an array": (lambda: int(scores), "`int( )` makes one number of one number"),
    "a list and a number": (lambda: [1, 2] + 3, "np.array( ) makes an array"),  # type: ignore
    "a list times a fraction": (lambda: [1, 2] * 0.5, "np.array( ) makes an array"),  # type: ignore
    "a difference of lists": (lambda: [1, 2] - [3], "np.array( ) makes an array"),  # type: ignore
    "a list compared with a number": (lambda: [1] < 2, "entry by entry; a list is not"),  # type: ignore
    "an array in a set": (lambda: {scores}, "An array can change"),
    "a recursion without an end": (lambda: without_end(1), "calls itself again and again"),
    "a misspelt function of NumPy": (
        lambda: np.maximumm,  # type: ignore
        "numpy has nothing of the name maximumm. There is maximum: is it meant?",
    ),
    "a method that lists alone have": (lambda: scores.count(1), "Lists have a method count."),  # type: ignore
    "a function of NumPy as a method": (
        lambda: scores.median(),  # type: ignore
        "An array has no method median. NumPy has a function of that name, np.median.",
    ),
    "a misspelt method": (lambda: scores.resahpe(3), "There is reshape: is it meant?"),  # type: ignore
    "an array's method of a list": (lambda: [1].mean(), "np.array( ) makes an array of a list"),  # type: ignore
    "a list's method of an array": (lambda: scores.append(1), "An array keeps its size"),  # type: ignore
    "round brackets behind an array": (lambda: scores(0), "Square brackets [ ] take"),  # type: ignore
    "round brackets behind a number": (lambda: len("ab")(3), "A product needs a *"),  # type: ignore
    "a module that is called": (lambda: np(3), "That is a whole module"),  # type: ignore
    "square brackets behind a function": (lambda: len[0], "A function is called by ( )"),  # type: ignore
    "a function that was not called": (lambda: np.sum + 1, "are its brackets ( ) missing?"),  # type: ignore
    "a key that is not there": (lambda: {"a": 1}["b"], "The dictionary has no key 'b'."),
    "text plus a number": (lambda: "1" + 1, "'1' is text, 1 is a number"),  # type: ignore
    "an array plus text": (lambda: scores + "1", "'1' is text, 1 is a number"),
    "values that do not fill a shape": (
        lambda: np.ones(12).reshape(5, 2),
        "There are 12 values, and the shape (5, 2) has room for 10.",
    ),
    "values that no length fills": (
        lambda: np.ones(12).reshape(5, -1),
        "12 is no multiple of 5, the product of the other sides of (5, -1).",
    ),
    "rows of unequal lengths": (lambda: np.array([[1, 2], [3]]), "rows of one length"),
    "an axis that is not there": (lambda: scores.sum(axis=1), "which NumPy counts from 0"),
    "the largest of nothing": (lambda: max([]), "For which arguments is it empty here?"),
    "a fraction kept in whole numbers": (
        lambda: np.ones(3, np.uint8).__itruediv__(2.0),
        "The result is float64, and it cannot be kept in an array of uint8.",
    ),
    "a number too large for its dtype": (lambda: np.uint8(1) + 300, "uint8 cannot hold 300."),
    "an own assertion": (asserts, "An `assert` of your own"),
    "an exit": (exit, "A function ends with `return`"),
    "more than memory holds": (lambda: np.ones((10**7, 10**7)), "(10000000, 10000000) does not"),
    "a loop over a number": (lambda: list(len("ab")), "a loop goes over range( )"),  # type: ignore
    "more names than values": (lambda: (lambda a, b: a)(*[1]), "without a value for 'b'"),  # type: ignore
}


@pytest.mark.parametrize(("function", "says"), WRITTEN.values(), ids=WRITTEN)
def test_a_usual_error_is_explained(function: Callable[[], Any], says: str) -> None:
    assert says in explain(ask(function, []), "f()")


#: What Keras 3 says, and what a learner has to hear.
OF_KERAS = {
    "ValueError: Input 0 of layer 'dense' is incompatible with the layer: expected axis -1 of "
    "input shape to have value 784, but received input with shape (None, 28, 28)": "784 numbers",
    "ValueError: Argument `output` must have rank (ndim) `target.ndim - 1`. Received: "
    "target.shape=(4, 10), output.shape=(4, 10)": "The loss and the labels do not fit.",
    "ValueError: Arguments `target` and `output` must have the same shape. Received: target.shape="
    "(4,), output.shape=(4, 10)": "The loss and the labels do not fit.",
    "ValueError: The layer sequential has never been called and thus has no defined input.": "does "
    "not know its input shape yet",
}


@pytest.mark.parametrize(("error", "says"), OF_KERAS.items(), ids=range(len(OF_KERAS)))
def test_a_usual_error_of_keras_is_explained(error: str, says: str) -> None:
    assert says in explain(Answer(error=error), "f()")


def test_a_line_of_def_that_takes_other_arguments_is_told_what_the_check_calls() -> None:
    def scale(images: Any) -> Any:
        return images

    told = explain(ask(scale, [scores, 2]), "scale(images, factor)")
    assert told.startswith("The check calls scale(images, factor).")


def test_a_value_that_is_none_is_called_by_its_name() -> None:
    def sort(values: Any) -> Any:
        ordered = values.sort()
        return ordered[0]

    assert explain(ask(sort, [[2, 1]]), "sort(values)").startswith("`ordered` is None.")


def test_an_index_that_is_no_whole_number_is_called_by_its_name() -> None:
    def double(values: Any) -> Any:
        for i in values:
            values[i] = values[i] * 2 / 1
        return values

    told = explain(ask(double, [scores]), "double(values)")
    assert told.startswith("`i` stands for an index here, and it is no whole number. Does a loop")


def test_an_error_of_the_learners_own_is_left_as_it_is() -> None:
    def refuse() -> None:
        raise ValueError("no image")

    assert explain(ask(refuse, []), "f()") == ""
