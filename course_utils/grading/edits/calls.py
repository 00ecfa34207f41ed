"""Edits of names and calls: other parameters, other functions, arguments that lack."""

import ast
from collections.abc import Iterator

from course_utils.grading.edits.base import (
    Edit,
    Scope,
    Way,
    changed,
    edits_of,
    last_name,
    of_module,
    one_more,
    swapped,
    without,
)
from course_utils.grading.edits.words import COUNTERS, NO_MEASURES, NOUNS, REDUCE


@edits_of(ast.Name)
def _other_parameter(node: ast.Name, way: Way, scope: Scope) -> Iterator[Edit]:
    if not isinstance(node.ctx, ast.Load) or node.id not in scope.parameters:
        return
    for other in scope.parameters:
        if other != node.id:
            yield f"uses `{other}` where `{node.id}` belongs", ast.Name(other, ast.Load())


@edits_of(ast.Tuple, ast.List)
def _order(node: ast.Tuple | ast.List, way: Way, scope: Scope) -> Iterator[Edit]:
    parent = way[-1].parent
    says = "puts two values in the wrong order"
    if isinstance(parent, ast.Subscript):
        says = "exchanges two indices"
    elif isinstance(parent, ast.Return):
        says = "returns its results in the other order"
    elif isinstance(node.ctx, ast.Store):
        says = "takes two values apart in the wrong order"
    for i in range(len(node.elts) - 1):
        yield says, changed(node, elts=swapped(node.elts, i))
    if isinstance(node.ctx, ast.Load) and len(node.elts) > 1:
        for i in range(len(node.elts)):
            yield "leaves out an element", changed(node, elts=without(node.elts, i))


_OTHER_FUNCTIONS = {
    "mean": ("sum", "max", "median"),
    "sum": ("mean", "max", "prod", "cumsum"),
    "max": ("min", "mean", "sum", "argmax"),
    "min": ("max", "mean"),
    "argmax": ("argmin", "max"),
    "argmin": ("argmax",),
    "std": ("var",),
    "var": ("std",),
    "maximum": ("minimum",),
    "minimum": ("maximum",),
    "exp": ("log", "exp2", "square"),
    "log": ("log2", "log10", "log1p", "exp"),
    "sqrt": ("square",),
    "abs": ("square",),
    "floor": ("ceil", "rint"),
    "ceil": ("floor", "rint"),
    "round": ("floor", "ceil"),
    "rint": ("floor", "trunc"),
    "zeros": ("ones",),
    "ones": ("zeros",),
    "zeros_like": ("ones_like",),
    "ones_like": ("zeros_like",),
    "argsort": ("sort",),
    "hstack": ("vstack",),
    "vstack": ("hstack",),
    "dot": ("multiply", "outer"),
    "outer": ("dot", "multiply"),
}
#: Classes of Keras whose names are alike, or that are confused.
_OTHER_KINDS = {
    "MaxPooling2D": ("AveragePooling2D",),
    "AveragePooling2D": ("MaxPooling2D",),
    "CategoricalCrossentropy": ("SparseCategoricalCrossentropy",),
    "SparseCategoricalCrossentropy": ("CategoricalCrossentropy",),
    "CategoricalAccuracy": ("SparseCategoricalAccuracy",),
    "SparseCategoricalAccuracy": ("CategoricalAccuracy",),
    "ReLU": ("Softmax",),
    "Softmax": ("ReLU",),
    "L2": ("L1",),
    "l2": ("l1",),
    "SGD": ("Adam",),
    "Adam": ("SGD",),
}
#: Functions of which ndarray has no method, so that `x.mean()` becomes `np.median(x)`.
_NO_METHODS = ("median", "exp2", "square", "floor", "ceil", "rint", "trunc", "log2")
_OMITTED = {
    "abs": "does not take the magnitude",
    "any": "does not ask whether any is so",
    "all": "does not ask whether all are so",
    "asarray": "does not make an array of what it is given",
    "array": "does not make an array",
    "astype": "does not change the dtype",
    "clip": "does not clip",
    "copy": "does not make a copy",
    "diag": "does not take the diagonal",
    "diagonal": "does not take the diagonal",
    "float": "does not make a number with a fraction",
    "int": "does not make a whole number",
    "len": "does not count",
    "list": "does not make a list",
    "range": "does not count up to a number",
    "ravel": "does not flatten",
    "reshape": "does not reshape",
    "rint": "does not round",
    "round": "does not round",
    "set": "does not drop what occurs again",
    "sorted": "does not sort",
    "tolist": "does not make a list",
    "transpose": "does not transpose",
    "tuple": "does not make a tuple",
}


@edits_of(ast.Call)
def _other_functions(node: ast.Call, way: Way, scope: Scope) -> Iterator[Edit]:
    func, name = node.func, last_name(node.func)
    for new in _OTHER_KINDS.get(name, ()):
        if isinstance(func, ast.Attribute):
            yield (
                f"uses `{new}` where another kind belongs",
                changed(node, func=changed(func, attr=new)),
            )
    numpy = next((known for known in ("np", "numpy") if known in scope.modules), "")
    for new in _OTHER_FUNCTIONS.get(name, ()):
        says = f"takes {NOUNS[new]} where {NOUNS[name]} belongs"
        above = way[-1].parent if way else None
        if new == "prod" and isinstance(above, ast.Call) and last_name(above.func) == "log":
            says = "adds up logarithms where the logarithm of the sum belongs"  # which is the same
        of_numpy = ast.Attribute(ast.Name(numpy, ast.Load()), new, ast.Load())
        if isinstance(func, ast.Name):
            if new in ("sum", "max", "min"):
                yield says, changed(node, func=ast.Name(new, ast.Load()))
            elif numpy:
                yield says, changed(node, func=of_numpy)
        elif isinstance(func, ast.Attribute):
            if of_module(func, scope) or new not in _NO_METHODS:
                yield says, changed(node, func=changed(func, attr=new))
            elif numpy:
                yield says, changed(node, func=of_numpy, args=[func.value, *node.args])
    if name in ("all", "any"):
        new, says = {
            "all": ("any", "is content with one where all are meant"),
            "any": ("all", "asks for all where one is enough"),
        }[name]
        other = ast.Name(new, ast.Load()) if isinstance(func, ast.Name) else changed(func, attr=new)
        yield says, changed(node, func=other)


@edits_of(ast.Call)
def _arguments(node: ast.Call, way: Way, scope: Scope) -> Iterator[Edit]:
    for i in range(len(node.args) - 1):
        yield "passes two arguments in the wrong order", changed(node, args=swapped(node.args, i))
    if node.args and (len(node.args) > 1 or node.keywords):
        yield "leaves out an argument of a function", changed(node, args=node.args[:-1])
    for i, keyword in enumerate(node.keywords):
        if keyword.arg:
            yield f"leaves out `{keyword.arg}`", changed(node, keywords=without(node.keywords, i))


@edits_of(ast.Call)
def _more_arguments(node: ast.Call, way: Way, scope: Scope) -> Iterator[Edit]:
    name, given = last_name(node.func), [keyword.arg for keyword in node.keywords]

    def adding(argument: str, value: int) -> ast.AST:
        return changed(node, keywords=[*node.keywords, ast.keyword(argument, ast.Constant(value))])

    if name in ("std", "var") and "ddof" not in given:
        yield "divides by n − 1 where n is meant, as `ddof=1` does", adding("ddof", 1)
    if name in REDUCE and "axis" in given and "keepdims" not in given:
        yield "keeps an axis that should go, as `keepdims=True` does", adding("keepdims", True)
    if name == "enumerate" and "start" not in given and len(node.args) == 1:
        yield "counts from 1 where it should count from 0", adding("start", 1)
    if name in COUNTERS and len(node.args) == 1:
        (stop,) = node.args
        for says, args in (
            ("counts one too many", [one_more(stop, 1)]),
            ("counts one too few", [one_more(stop, -1)]),
            ("leaves out the first of what it counts", [ast.Constant(1), stop]),
            ("counts from 1 where it should count from 0", [ast.Constant(1), one_more(stop, 1)]),
        ):
            yield says, changed(node, args=args)
    if name == "len":
        yield "counts one too many", one_more(node, 1)
        yield "counts one too few", one_more(node, -1)
    if name == "norm" and len(node.args) == 1 and "ord" not in given:
        yield "takes the sum of magnitudes where a length belongs", adding("ord", 1)


@edits_of(ast.Call)
def _no_call(node: ast.Call, way: Way, scope: Scope) -> Iterator[Edit]:
    if way and isinstance(way[-1].parent, ast.Expr):
        return  # that is a line left out
    name = last_name(node.func)
    says = _OMITTED.get(name) or (
        f"does not take {NOUNS[name]}"
        if name in NOUNS and name not in NO_MEASURES
        else "leaves out a step"
    )
    if isinstance(node.func, ast.Attribute) and not of_module(node.func, scope):
        yield says, node.func.value
    elif node.args:
        yield says, node.args[0]


@edits_of(ast.Attribute)
def _no_transpose(node: ast.Attribute, way: Way, scope: Scope) -> Iterator[Edit]:
    if node.attr == "T":
        yield "does not transpose", node.value
