"""What beginners' usual errors mean, in the words of the lessons, whatever the exercise.

What an exercise's own check says of an error goes before this.
"""

import re
from collections.abc import Callable, Sequence

import numpy as np

from course_utils.checks.asking import Answer
from course_utils.checks.stopping import USUAL_NAMES

#: An error, as it was answered, and what matched in it.
Found = re.Match[str]
Said = str | Callable[[Answer, Found], str]


def explain(answer: Answer, asks: str) -> str:
    """Say in a sentence or two what an error means; nothing, if it is none of the usual ones.

    Parameters
    ----------
    answer : Answer
        With an error.
    asks : str
        What the check calls, as in ``"softmax(logits)"``.

    Returns
    -------
    str

    Examples
    --------
    >>> explain(Answer(error="TypeError: unhashable type: 'list'"), "f(x)")
    'A list can change, so it can be no key of a dictionary and no member of a set.'
    """
    called = re.match(r"TypeError: (?:[\w<>]+\.)*([\w<>]+)\(\) (?:missing|takes|got)", answer.error)
    if called and called[1] == asks.partition("(")[0] and not answer.line:
        return (
            f"The check calls {asks}. The line with `def` has to take these arguments, as it did "
            "when the exercise was handed out."
        )
    for pattern, said in _USUAL:
        if found := re.search(pattern, answer.error):
            return said(answer, found) if callable(said) else said.format(*found.groups())
    return ""


# Shapes and places -------------------------------------------------------------------------------


def _shape(text: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", text)))


def _in_line(answer: Answer, starts: Sequence[str] = ("shape", "a list", "a tuple")) -> str:
    """Say what the names in the learner's line stood for, as far as it helps here."""
    told: list[str] = []
    for name, kind in answer.stood_for:
        if kind.startswith(tuple(starts)):
            is_shape = kind.startswith("shape")
            verb = "is " if not is_shape else "has the " if "shape" not in str(told) else ""
            told.append(f"{name} {verb}{kind if verb else kind.removeprefix('shape ')}")
    if not told:
        return ""
    return f" There {', '.join(told[:-1])}{' and ' if told[:-1] else ''}{told[-1]}."


_COMPARING = re.compile(r"(?:if|elif|while)\b.*[=!]=")


_EMPTY = (
    " A size of 0 means that a slice found nothing: it begins at the end of its axis or behind it, "
    "or ends where it begins."
)


def _broadcast(answer: Answer, _: Found) -> str:
    if _COMPARING.match(answer.line):
        return (
            "Arrays are compared number by number, so this line does not ask one question. To know "
            "which round of a loop it is, count the rounds and compare their numbers."
        )
    shapes = [_shape(text) for text in re.findall(r"\([\d, ]*\)", answer.error)]
    rule = (
        "NumPy compares two shapes from their last numbers backwards: each pair has to be equal, "
        "or one of the two has to be 1."
    )
    for left in shapes:
        for right in shapes:
            for a, b in zip(left[::-1], right[::-1], strict=False):
                if a != b and 1 not in (a, b):
                    empty = _EMPTY if 0 in (a, b) else ""
                    return f"{rule} Of {left} and {right}, {a} and {b} do not fit.{empty}"
    return rule


def _matmul(answer: Answer, _: Found) -> str:
    sizes = re.search(r"size (\d+) is different from (\d+)", answer.error)
    told = [sizes[2], sizes[1]] if sizes else re.findall(r"(\d+) \(dim \d\)", answer.error)
    here = f" Here these are {told[0]} and {told[1]}." if len(told) == 2 else ""
    rule = "A matrix product needs as many columns of the first matrix as the second has rows."
    return f"{rule}{here}{_in_line(answer, ['shape'])}"


def _no_matrix(answer: Answer, found: Found) -> str:
    if "None" in dict(answer.stood_for).values():
        return _none(answer, found)
    return "@ multiplies arrays, and one side here is a single number. Numbers multiply by *."


def _into_place(answer: Answer, found: Found) -> str:
    if "bincount(" in answer.line and "minlength" not in answer.line:
        return (
            "np.bincount counts up to the largest number that occurs, so its result has the shape "
            f"{_shape(found[1])}, and the place it is written to has the shape {_shape(found[2])}. "
            "Its argument minlength says how many counts there should be at least."
        )
    return (
        f"The values have the shape {_shape(found[1])}, and the place they are to be written to "
        f"has the shape {_shape(found[2])}. Compare the two sides of the `=`."
    )


def _mask(_: Answer, found: Found) -> str:
    return (
        f"A table of True and False chooses entry by entry, so it has to be as long as what it "
        f"chooses from: here {found[1]}, but it has {found[2]}."
    )


def _reshape(_: Answer, found: Found) -> str:
    count, wanted = int(found[1]), found[2]
    sides = _shape(wanted)
    room = 1
    for side in sides:
        room *= side
    shape = wanted.replace("newaxis", "-1").replace(",", ", ").replace(", )", ",)")
    if "-1" in shape:
        return (
            f"There are {count} values, and {count} is no multiple of {room}, the product of the "
            f"other sides of {shape}."
        )
    return f"There are {count} values, and the shape {shape} has room for {room}."


def _out_of_bounds(answer: Answer, found: Found) -> str:
    place, axis, size = found.groups()
    if size == "0":
        return f"Axis {axis} is empty, so it has nothing at index {place}."
    return (
        f"Axis {axis} has the size {size}, and Python counts from 0: its last index is "
        f"{int(size) - 1}, not {size}. Here {place} was asked for.{_in_line(answer, ['shape'])}"
    )


def _out_of_range(answer: Answer, found: Found) -> str:
    told = _in_line(answer, [f"a {found[1]}"]) if found[1] != "string" else ""
    return (
        f"Python counts from 0, so the last index of a {found[1]} of n is n - 1, and an empty one "
        f"has none.{told}"
    )


def _too_many_indices(answer: Answer, found: Found) -> str:
    has, wanted = found.groups()
    axes = f"{has} {'axis' if has == '1' else 'axes'}"
    given = f"{wanted} {'index stands' if wanted == '1' else 'indices stand'}"
    return f"The array has {axes}, and {given} in its brackets.{_in_line(answer, ['shape'])}"


# Truth, numbers and text ------------------------------------------------------------------------


def _truth(answer: Answer, _: Found) -> str:
    line = re.sub(r"\"[^\"]*\"|'[^']*'|#.*", "", answer.line)  # words of its code alone
    if found := re.search(r"(?<![\w.])(max|min)\(", line):
        return (
            f"`{found[1]}` asks which of its arguments is larger as a whole, which an array cannot "
            f"answer. np.{found[1]}imum compares entry by entry; .{found[1]}() looks through one "
            "array."
        )
    if re.search(r"[=<>] [^()&|]*[&|] [^()]*[=<>]", line):
        return (
            "`&` and `|` bind more tightly than a comparison, so they take what stands beside them "
            "first. Put each comparison in brackets: (a == b) & (c == d)."
        )
    if found := re.search(r"(?<!\w)(and|or|not)(?!\w)", line):
        sign = {"and": "&", "or": "|", "not": "~"}[found[1]]
        return (
            f"`{found[1]}` needs one True or False, and an array has one for each entry. {sign} "
            "works entry by entry; put each comparison in brackets."
        )
    return (
        "A comparison with an array gives True or False for each entry, and one answer is needed "
        "here. Must it hold for all entries, .all(), or for one of them, .any()? To choose entry "
        "by entry, there is np.where."
    )


def _fraction(answer: Answer, _: Found) -> str:
    """Say what is no whole number, as far as the line tells, and where such numbers come from."""
    is_index = "object cannot be" not in answer.error
    code = re.sub(r"\"[^\"]*\"|'[^']*'|#.*", "''", answer.line)
    inside = _inside(code, "[]" if is_index else "()")
    if any(re.search(r"(?<!/)/(?!/)", text) for text in inside):
        return _FRACTION
    if not is_index:
        return (
            "A whole number is needed here, and a number with a point is none, not even 2.0. `/` "
            "gives such numbers, and np.floor and np.ceil do too; `//` and int( ) give whole ones."
        )
    if "arrays used as indices" in answer.error:
        return (
            "An array can stand in square brackets if it holds whole numbers, or True and False. "
            "This one holds others. Its method astype(int) makes whole numbers of them; "
            "np.array([ ]), np.zeros and `/` give numbers with a point, even where these are whole."
        )
    parts = {part.strip(" -") for text in inside for part in re.split("[,:]", text)} - {""}
    kinds = dict(answer.stood_for)
    if "''" in parts or "text" in map(kinds.get, parts):
        return "An array numbers its values: text in square brackets is for a dictionary."
    unsure = [part for part in parts if not part.isdigit() and kinds.get(part) != "a whole number"]
    single = unsure[0] if len(unsure) == 1 and unsure[0].isidentifier() else ""
    name = single if kinds.get(single) == "a number" else ""
    # From Python 3.12 on, nothing is left of a comprehension's own name once it has stopped.
    inline = name or (single if single not in kinds else "")
    loop = inline and re.search(rf"\bfor {inline} in (\w+)(?![\w.(\[])", code)
    if loop and kinds.get(loop[1], "").startswith(("shape", "a list", "a tuple")):
        return (
            f"`for {inline} in {loop[1]}` gives the values of {loop[1]}, and these are no indices. "
            f"range(len({loop[1]})) gives the indices."
        )
    index = f"`{name}` stands for an index here, and it" if name else "An index stands here that"
    return (
        f"{index} is no whole number. Does a loop over an array or a list give it? That gives the "
        "values, and range(len( )) gives their indices. Or was it calculated by `/`? That gives "
        "numbers with a fraction, even 4 / 2; `//` gives whole numbers."
    )


def _inside(code: str, brackets: str) -> list[str]:
    """Take out what stands in brackets, each with what is in those within it.

    Square ones count only behind a value, of which they take something out.
    """
    starts: list[int] = []
    found: list[str] = []
    for place, sign in enumerate(code):
        if sign == brackets[0]:
            starts.append(place + 1)
        elif sign == brackets[1] and starts:
            start = starts.pop()
            if sign == ")" or re.search(r"[\w\])]$", code[: start - 1]):
                found.append(code[start:place])
    return found


def _one_number(answer: Answer, _: Found) -> str:
    if found := re.search(r"math\.(\w+)", answer.line):
        return (
            f"The functions of `math` take one number. Those of NumPy take a whole array: "
            f"np.{found[1]}."
        )
    if found := re.search(r"(?<![\w.])(int|float)\(", answer.line):
        return (
            f"`{found[1]}( )` makes one number of one number, and here it got an array. An array "
            "changes its type with astype."
        )
    return "An array stands where one number is needed." + _in_line(answer, ["shape"])


def _operands(answer: Answer, found: Found) -> str:
    sign, *kinds = found.groups()
    if "NoneType" in kinds:
        return _none(answer, found)
    if "str" in kinds:
        return _TEXT
    if any(map(_is_function, kinds)):
        return "One side is a function itself, not what it returns: are its brackets ( ) missing?"
    if "list" in kinds or "tuple" in kinds:
        return _UNCOMPARED if sign in ("<", "<=", ">", ">=") else _LIST
    return f"`{sign}` does not work between values of the types {kinds[0]} and {kinds[1]}."


def _is_function(kind: str) -> bool:
    return bool(re.search("function|method|ufunc|Dispatcher", kind))


def _no_call(_: Answer, found: Found) -> str:
    kind = found[1].rpartition(".")[2]
    if kind == "NoneType":
        return "Something is called by brackets ( ) that is None."
    if kind in _A:
        return (
            f"{_A[kind]} is no function, so brackets ( ) cannot call it. Square brackets [ ] take "
            "something out of it; a product needs a *."
        )
    if kind in ("int", "float", "bool") or re.fullmatch(r"u?int\d+|float\d+", kind):
        return (
            "Brackets ( ) behind a number call it, and a number is no function. A product needs a "
            "*. Or has a function's name been given to a number?"
        )
    if kind == "module":
        return "That is a whole module. Behind a dot comes the function of it that is meant."
    return f"Brackets ( ) call a function, and a value of the type {kind} is none."


def _no_item(answer: Answer, found: Found) -> str:
    kind = found[1]
    if kind == "NoneType":
        return _none(answer, found)
    if _is_function(kind) or kind == "type":
        return "Square brackets [ ] take something out of a value. A function is called by ( )."
    if kind in ("int", "float", "bool"):
        return "Square brackets [ ] take something out of a list or an array, and this is a number."
    if kind in ("generator", "map", "filter", "zip", "dict_values", "dict_keys", "dict_items"):
        return "That hands out its values one by one. Put list( ) around it to take one out by [ ]."
    return ""


def _not_iterable(answer: Answer, found: Found) -> str:
    if found[1] == "NoneType":
        return _none(answer, found)
    if found[1] in ("int", "float") or found[1].startswith("numpy."):
        return (
            "A number cannot be gone through or taken apart. To count up to it, a loop goes over "
            "range( )."
        )
    return f"A value of the type {found[1]} cannot be gone through."


def _none(answer: Answer, _: Found) -> str:
    names = [name for name, kind in answer.stood_for if kind == "None"]
    first = f"`{names[0]}` is None." if names else "A value in this line is None."
    return (
        f"{first} None comes from a function without `return`, or from a method that changes "
        "something in place, such as sort, append or fill."
    )


# Names and calls --------------------------------------------------------------------------------


def _unknown_name(answer: Answer, found: Found) -> str:
    name = found[1]
    if name in USUAL_NAMES:
        return (
            f"{name} has to be imported first. Where a lesson needs it, its first code cell does "
            "so: run that cell, then run this one again."
        )
    if name in _MODULES:
        return f"{name} is a module of Python's own, known after `import {name}`."
    if answer.nearest:
        return (
            f"Python knows nothing of the name {name}. There is a name {answer.nearest}: is it "
            "meant? Capital letters count."
        )
    return (
        f"Python knows nothing of the name {name} yet. If another cell of the notebook gives it a "
        "meaning, run that cell first. If it belongs to this function, give it a value before "
        "this line."
    )


def _no_index(answer: Answer, found: Found) -> str:
    if found[1] == "str":
        return "A list numbers its values: text in square brackets is for a dictionary."
    if found[1] in ("list", "tuple"):
        return (
            "A list gives one value at a time. np.array( ) makes an array of it, which can be "
            "asked for several places, or for row and column, at once."
        )
    return _none(answer, found) if found[1] == "NoneType" else _fraction(answer, found)


def _unbound(_: Answer, found: Found) -> str:
    return (
        f"{found[1]} gets its value in this function, but not on the way to this line: further "
        "down, inside a loop that was not entered, or in a branch of `if` that was not taken."
    )


def _unknown_attribute(answer: Answer, found: Found) -> str:
    kind, name = found.groups()
    whole = kind.rpartition(".")[2]
    if whole == "NoneType":
        return _none(answer, found)
    if whole in ("list", "tuple") and hasattr(np.ndarray, name):
        return (
            f"That is a {whole}, and arrays have {name}. np.array( ) makes an array of a {whole} "
            "of numbers."
        )
    if whole == "ndarray" and name in ("append", "extend", "insert"):
        return (
            f"An array keeps its size, so it has no {name}. Collect values in a list first, or "
            "make an array of the final size and fill it."
        )
    if whole == "ndarray" and hasattr(list, name):
        return f"Lists have a method {name}. This is an array, which has none of that name."
    if whole == "ndarray" and not answer.nearest and callable(getattr(np, name, None)):
        return f"An array has no method {name}. NumPy has a function of that name, np.{name}."
    near = f" There is {answer.nearest}: is it meant?" if answer.nearest else ""
    named = "An array" if whole == "ndarray" else f"A value of the type {whole}"
    return f"{named} has nothing of the name {name}.{near}"


def _unknown_in_module(answer: Answer, found: Found) -> str:
    near = f" There is {answer.nearest}: is it meant?" if answer.nearest else ""
    return f"{found[1]} has nothing of the name {found[2]}.{near}"


def _missing_arguments(answer: Answer, found: Found) -> str:
    return (
        f"{found[1]} is called without a value for {found[2]}. Compare the brackets of the call "
        "with the line in which it is defined."
    )


def _too_many_arguments(answer: Answer, found: Found) -> str:
    name, takes, given = found.groups()
    wants_shape = re.search(rf"\bnp\.(?:random\.)?(?:{_OF_A_SHAPE})\(", answer.line)
    hint = (
        "A shape is one argument, so it needs brackets of its own."
        if wants_shape and wants_shape[0].endswith(f"{name}(")
        else "Each comma between the brackets of a call begins a new argument."
    )
    return f"{name} takes {takes}, and the call gives {given}. {hint}"


def _one_argument(_: Answer, found: Found) -> str:
    name, given = found.groups()
    return (
        f"`{name}` takes one value, and the call gives {given}, with commas between them. Values "
        "that belong together need brackets of their own, which make one of them."
    )


def _sequence_in_place(answer: Answer, _: Found) -> str:
    if re.search(r"(?<![\w.])sum\(", answer.line):
        hint = (
            "Python's `sum` adds up the rows of an array, so that one number for each column is "
            "left. np.sum adds up all numbers."
        )
    else:
        hint = "Should one number be made of them, or should the place have room for more?"
    return (
        "Several numbers stand on the right of the `=`, and the place on its left has room for one "
        f"number. {hint}{_in_line(answer)}"
    )


def _scalar_index(answer: Answer, _: Found) -> str:
    if found := re.search(r"\b(?:np|numpy)\.a?(max|min)\(", answer.line):
        return (
            f"The second argument of np.{found[1]} is an axis: it looks through one array. "
            f"np.{found[1]}imum compares two, entry by entry."
        )
    return "An array stands where one whole number is needed, such as an index, a size or an axis."


# Keras ------------------------------------------------------------------------------------------


def _incompatible(_: Answer, found: Found) -> str:
    wanted, received = found.groups()
    return (
        f"The layer was made for {wanted} numbers along the last axis, and received the shape "
        f"{received}, where None stands for the batch. Compare the input shape of the network with "
        "the shape of one image; Flatten makes one row of an image."
    )


_LIST = (
    "`+` joins lists and `*` repeats them, and other arithmetic they do not know. np.array( ) "
    "makes an array of a list, which calculates entry by entry."
)
_FRACTION = (
    "A whole number is needed here. `/` gives numbers with a fraction, even 4 / 2; `//` gives "
    "whole numbers."
)
_TEXT = "Text and a number do not calculate together: '1' is text, 1 is a number."
_OF_A_SHAPE = "empty|full|ones|reshape|zeros"
_MODULES = ("collections", "itertools", "math", "random", "time")
_UNCOMPARED = (
    "An array is compared entry by entry; a list is not. np.array( ) makes an array of it."
)
_A = {"ndarray": "An array", "list": "A list", "tuple": "A tuple", "dict": "A dictionary",
      "set": "A set", "str": "Text"}  # fmt: skip
_SHAPE = r"(\([\d, ]*\))"
_LABELS = (
    "The loss and the labels do not fit. Labels that are whole numbers need a sparse loss, one-hot "
    "labels one that is not, and the last layer one output for each class."
)
_UNIT = (
    "A sum over nothing is 0, and the mean of nothing, or its maximum, does not exist. For which "
    "arguments is it empty here?"
)

#: A pattern for the name and text of an error, and what to say. The first that fits is told.
_USUAL: Sequence[tuple[str, Said]] = [
    # Of no kind of Python's own, or of the learner's.
    (r"^OutOfTimeError", "Does a `while` wait for a condition that nothing in the loop changes? "
     "Or does a loop in Python go over every pixel of every image, where NumPy calculates with "
     "whole arrays?"),
    (r"^SystemExit", "exit( ) and quit( ) end Python itself. A function ends with `return`."),
    (r"^RecursionError", "The function calls itself again and again. Does each call come closer to "
     "a case that is answered without another call? Or does one of its lines mean another "
     "function of the same name?"),
    (r"MemoryError.*shape " + _SHAPE, "An array of the shape {0} does not fit into memory. Is each "
     "of its sides what it should be?"),
    (r"MemoryError", "More memory was asked for than there is. Does something grow in a loop that "
     "does not end?"),
    (r"^AssertionError", "An `assert` of your own says that something is not as you expected. "
     "What are the values in this line?"),
    (r"^NotImplementedError", "The line that raises this stands for what is still to be written."),
    # Names.
    (r"^NameError: name '(\w+)' is not defined", _unknown_name),
    (r"^(?:UnboundLocalError|NameError): cannot access \w+ variable '(\w+)'", _unbound),
    (r"^AttributeError: module '([\w.]+)' has no attribute '(\w+)'", _unknown_in_module),
    (r"^AttributeError: '([\w.]+)' object has no attribute '(\w+)'", _unknown_attribute),
    (r"^ModuleNotFoundError: No module named '(\w+)", "There is no module {0} in this course. Is "
     "its name spelt right?"),
    (r"^ImportError: cannot import name '(\w+)'", "The module has nothing of the name {0}."),
    (r"^KeyError: (.+)", "The dictionary has no key {0}. Its .keys() are those it has; text and "
     "numbers are different keys."),
    # Calls.
    (r"^TypeError: (?:[\w<>]+\.)*([\w<>]+)\(\) missing \d+ required [\w-]+ arguments?: (.+)",
     _missing_arguments),
    (r"^TypeError: (?:[\w<>]+\.)*([\w<>]+)\(\) takes (at least \d+ \w+ arguments?) \((\d+) given",
     "{0} takes {1}, and the call gives {2}."),
    (r"^TypeError: (?:[\w<>]+\.)*([\w<>]+)\(\) takes exactly one argument \((\d+) given",
     _one_argument),
    (r"^TypeError: (?:[\w<>]+\.)*([\w<>]+)\(\) takes (.+?) but (\d+)(?: positional arguments?.*)? "
     r"w(?:as|ere) given", _too_many_arguments),
    (r"^TypeError: (?:[\w<>]+\.)*([\w<>]+)\(\) got an unexpected keyword argument '(\w+)'",
     "{0} has no argument called {1}."),
    (r"^TypeError: (?:[\w<>]+\.)*([\w<>]+)\(\) got multiple values for argument '(\w+)'",
     "{0} is given {1} twice: once by its place, and once by its name."),
    (r"^TypeError: '([\w.]+)' object is not callable", _no_call),
    # Functions whose arguments come in another order than one thinks.
    (r"object of too small depth for desired array", "An array is needed here, and a single number "
     "was given. The second argument of np.bincount is `weights`: what has another meaning is "
     "given by its name, as in minlength=n_classes."),
    (r"got scalar `array\(", "An array was expected, and there is a single number. "
     "train_test_split takes whatever is given without a name for something to split: give the "
     "others by their names, test_size and random_state."),
    # Shapes.
    (r"could not broadcast input array from shape " + _SHAPE + r" into shape " + _SHAPE,
     _into_place),
    (r"value array of shape " + _SHAPE + r" could not be broadcast to indexing result of shape "
     + _SHAPE, _into_place),
    (r"output operand with shape " + _SHAPE + r" doesn't match the broadcast shape " + _SHAPE,
     "The result has the shape {1}, and it cannot be kept in an array of the shape {0}. Make a new "
     "array instead of changing this one in place."),
    (r"could not be broadcast together|cannot be broadcast to a single shape", _broadcast),
    (r"matmul: Input operand \d does not have enough dimensions", _no_matrix),
    (r"mismatch in its core dimension|not aligned", _matmul),
    (r"cannot reshape array of size (\d+) into shape (\([^)]*\))", _reshape),
    (r"boolean index did not match.*size of axis is (\d+) but size of corresponding boolean axis is"
     r" (\d+)", _mask),
    (r"index (-?\d+) is out of bounds for axis (\d+) with size (\d+)", _out_of_bounds),
    (r"^IndexError: (list|tuple|string) (?:assignment )?index out of range", _out_of_range),
    (r"^IndexError: pop from empty list", "The list is empty, so there is nothing to take out."),
    (r"too many indices for array: array is (\d+)-dimensional, but (\d+) were indexed",
     _too_many_indices),
    (r"invalid index to scalar variable", "Square brackets [ ] take something out of an array, and "
     "this is one number already."),
    (r"axis (-?\d+) is out of bounds for array of dimension (\d+)", "The array has {1} axes, which "
     "NumPy counts from 0. There is none of the number {0}."),
    (r"indices must be integers or slices, not (\w+)", _no_index),
    (r"only integers, slices|arrays used as indices must be of integer|"
     r"slice indices must be integers|"
     r"'[\w.]*float\d*' object cannot be interpreted as an integer", _fraction),
    (r"Cannot interpret '.*' as a data type", "A shape is one argument, in brackets of its own: "
     "(2, 3). What comes after it is taken for the dtype."),
    (r"inhomogeneous shape", "An array has rows of one length, and one number in each place. Here "
     "some parts are longer than others."),
    (r"setting an array element with a sequence", _sequence_in_place),
    (r"only integer scalar arrays can be converted to a scalar index", _scalar_index),
    (r"all the input array dimensions except|all input arrays must have the same shape|"
     r"all the input arrays must have same number of dimensions",
     "Arrays are joined only if their shapes agree in all axes but the one along which they are "
     "joined."),
    (r"too many values to unpack \(expected (\d+)", "There are {0} names left of the `=`, and more "
     "values on its right."),
    (r"not enough values to unpack \(expected (\d+), got (\d+)", "There are {0} names left of the "
     "`=`, and {1} on its right."),
    # Truth, numbers and text.
    (r"truth value of an (?:array|empty array)", _truth),
    (r"only (?:length-1|0-dimensional) arrays can be converted|"
     r"only size-1 arrays can be converted", _one_number),
    (r"^ZeroDivisionError", "Something is divided by 0 in this line. For which arguments can that "
     "be: an empty list, or a class without images?"),
    (r"zero-size array to reduction|arg is an empty sequence|iterable argument is empty", _UNIT),
    (r"math domain error", "There is no such number: a logarithm of 0, or a square root of a "
     "negative number."),
    (r"math range error|^OverflowError: \(34", "The result is too large for a number."),
    (r"integer (-?\d+) (?:is )?out of (?:bounds|range) for (\w+)", "{1} cannot hold {0}. Give the "
     "numbers more room first: another dtype, by astype."),
    (r"Cannot cast ufunc .* from dtype\('(\w+)'\) to dtype\('(\w+)'\)", "The result is {0}, and it "
     "cannot be kept in an array of {1}. Make a new array instead of changing this one in place."),
    (r"ufunc .* did not contain a loop|dtype\('<U|The 'out' kwarg is necessary", _TEXT),
    (r"can only concatenate str|must be str, not|can't concat", _TEXT),
    (r"can only concatenate (?:list|tuple)|can't multiply sequence by non-int", _LIST),
    (r"bad operand type for unary [-+~]: '(?:list|tuple)'", _LIST),
    (r"bitwise_xor|unsupported operand type\(s\) for \^=?:", "`^` is no power: it compares numbers "
     "bit by bit. Python writes a power with **."),
    (r"unsupported operand type\(s\) for (.+?): '([\w.]+)' and '([\w.]+)'", _operands),
    (r"'(\S+)' not supported between instances of '([\w.]+)' and '([\w.]+)'", _operands),
    (r"could not convert string to float: (.+)|invalid literal for int\(\).*: (.+)",
     "This text is no number that Python can read."),
    (r"object of type '(NoneType)' has no len|argument of type '(NoneType)'", _none),
    (r"object of type '([\w.]+)' has no len|len\(\) of unsized object",
     "len( ) counts the values of a list or an array, and this is one value."),
    (r"'([\w.]+)' object is not subscriptable", _no_item),
    (r"cannot unpack non-iterable ([\w.]+) object", _not_iterable),
    (r"'([\w.]+)' object is not iterable|iteration over a 0-d array", _not_iterable),
    (r"'tuple' object does not support item assignment", "A tuple stays as it was made. A list or "
     "an array can be changed."),
    (r"'(?:NoneType)' object does not support item", _none),
    (r"'([\w.]+)' object does not support item assignment",
     "A value of the type {0} has no places to write to."),
    (r"assignment destination is read-only|output array is read-only", "This array may only be "
     "read. Change a copy of it."),
    (r"unhashable type: '(?:numpy\.)?(ndarray|list|dict|set)'",
     lambda _, found: f"{_A[found[1]]} can change, so it can be no key of a dictionary and no "
     "member of a set."),
    (r"is not in list", "The list does not hold what is looked for."),
    (r"^FileNotFoundError", "There is no file of this name where the notebook works."),
    (r"^StopIteration", "next( ) found nothing that is left."),
    # Keras.
    (r"expected axis -1 of input shape to have value (\d+), but received input with shape "
     r"(\([^)]*\))", _incompatible),
    (r"expected min_ndim=(\d+), found ndim=(\d+)|expected ndim=(\d+), found ndim=(\d+)",
     "A layer received an array with another number of axes than it needs. The first axis is the "
     "batch; a convolution also needs one for the channels, at the end."),
    (r"must have rank|Shapes .* are incompatible|must have the same shape|"
     r"`labels\.shape` must equal `logits\.shape`|Received a label value of", _LABELS),
    (r"has never been (?:built|called)|has not yet been built|isn't built",
     "The network does not know its input shape yet, so it has no weights. It begins with an Input "
     "of the shape of one image."),
    (r"Data cardinality is ambiguous|same number of samples",
     "There are not as many labels as images."),
    (r"must call `compile", "The network has no loss and no optimiser yet: call compile first."),
    (r"unexpected keyword argument|Unrecognized keyword arguments",
     "There is no argument of this name. Is it spelt right?"),
]  # fmt: skip
