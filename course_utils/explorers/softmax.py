"""Three logits become three probabilities, and a cross-entropy for the true class."""

import math
from collections.abc import Iterable

import traitlets
from matplotlib.figure import Figure

from course_utils._palette import BLUE, GREY, ORANGE
from course_utils.explorers.base.explorer import Explorer
from course_utils.explorers.base.numbers import decimals

_NAMES = ("cat", "dog", "bird")
_UNCHOSEN = "#b8b8b8"


def softmax(logits: list[float], temperature: float = 1.0) -> list[float]:
    """Turn logits into probabilities."""
    highest = max(logits)
    powers = [math.exp((logit - highest) / temperature) for logit in logits]
    return [power / sum(powers) for power in powers]


def probabilities_after(logits: list[float], temperature: float, times: int) -> list[float]:
    """Apply softmax once, or a second time to its own result."""
    once = softmax(logits, temperature)
    return once if times == 1 else softmax(once)


def cross_entropy(values: list[float], label: int, temperature: float = 1.0) -> float:
    """Calculate the cross-entropy from what goes into softmax, without a logarithm of 0."""
    highest = max(values)
    powers = [math.exp((value - highest) / temperature) for value in values]
    return math.log(sum(powers)) + (highest - values[label]) / temperature


def winners(logits: list[float]) -> str:
    """Name the class with the highest logit, or the classes that share it."""
    highest = max(logits)
    names = zip(logits, _NAMES, strict=True)
    return " or ".join(name for logit, name in names if logit == highest)


def in_words(parts: Iterable[str]) -> str:
    """Join three or more parts of a sentence."""
    *first, last = parts
    return f"{', '.join(first)} and {last}"


class Softmax(Explorer):
    """Three logits and a temperature: probabilities, their sum, and the cross-entropy."""

    scene = "softmax.js"
    lessons = ("activations",)

    cat = traitlets.Float(1.0, min=-5.0, max=5.0).tag(sync=True, label="logit of cat", step=0.5)
    dog = traitlets.Float(2.0, min=-5.0, max=5.0).tag(sync=True, label="logit of dog", step=0.5)
    bird = traitlets.Float(0.0, min=-5.0, max=5.0).tag(sync=True, label="logit of bird", step=0.5)
    temperature = traitlets.Float(1.0, min=0.25, max=4.0).tag(
        sync=True, label="temperature", step=0.25
    )
    true_class = traitlets.Enum(_NAMES, "dog").tag(label="true class")
    twice = traitlets.Bool(False).tag(sync=True, label="softmax twice")

    @property
    def logits(self) -> list[float]:
        """The three logits, cat first."""
        return [self.cat, self.dog, self.bird]

    @property
    def probabilities(self) -> list[float]:
        """The output of the last softmax."""
        return probabilities_after(self.logits, self.temperature, 2 if self.twice else 1)

    @property
    def loss(self) -> float:
        """The cross-entropy if the true class is ``true_class``."""
        label = _NAMES.index(self.true_class)
        if self.twice:
            return cross_entropy(softmax(self.logits, self.temperature), label)
        return cross_entropy(self.logits, label, self.temperature)

    def sentence(self) -> str:
        """Give the logits, the probabilities, the prediction and the cross-entropy."""
        logits = in_words(decimals(logit, 1) for logit in self.logits)
        probabilities = in_words(
            f"{name} {decimals(probability, 2)}"
            for name, probability in zip(_NAMES, self.probabilities, strict=True)
        )
        twice = " Softmax ran twice, so the loss cannot fall below 0.55." if self.twice else ""
        return (
            f"The logits {logits} at temperature {decimals(self.temperature, 2)} give the "
            f"probabilities {probabilities}, which sum to 1. The prediction is "
            f"{winners(self.logits)}. If the true class is {self.true_class}, the cross-entropy "
            f"is {decimals(self.loss, 2)}.{twice}"
        )

    def draw(self, figure: Figure) -> None:
        """Draw the logits beside the probabilities."""
        left, right = figure.subplots(1, 2)
        names = [f"{n}\n(true)" if n == self.true_class else n for n in _NAMES]
        colours = [BLUE if n == self.true_class else _UNCHOSEN for n in _NAMES]
        bars = left.bar(names, self.logits, color=colours)
        left.bar_label(bars, [decimals(logit, 1) for logit in self.logits], padding=2)
        left.axhline(0, color=GREY, linewidth=1)
        left.set(title=f"logits, temperature {decimals(self.temperature, 2)}", ylim=(-6.2, 6.2))
        bars = right.bar(names, self.probabilities, color=colours)
        right.bar_label(bars, [decimals(p, 2) for p in self.probabilities], padding=2)
        how = "softmax, twice" if self.twice else "softmax"
        right.set(title=f"{how}: sum 1", ylim=(0, 1.15), yticks=[0, 0.5, 1])
        right.set_xlabel(f"cross-entropy {decimals(self.loss, 2)}", color=ORANGE, weight="bold")


def explore_softmax(
    cat: float = 1.0,
    dog: float = 2.0,
    bird: float = 0.0,
    temperature: float = 1.0,
    true_class: str = "dog",
    twice: bool = False,
) -> Softmax:
    """Change three logits and a temperature, and see the probabilities and the cross-entropy.

    Parameters
    ----------
    cat, dog, bird : float, default 1, 2 and 0
        Logits, -5 to 5.
    temperature : float, default 1
        From 0.25 to 4.
    true_class : {'cat', 'dog', 'bird'}, default 'dog'
    twice : bool, default False
        Whether softmax is applied, by mistake, to its own result.

    Returns
    -------
    Softmax
        Its traits have the names of the parameters.

    Raises
    ------
    TypeError
        If a number is of another type, or `twice` is neither True nor False.
    ValueError
        If one is out of its range, or `true_class` is not one of those above.

    Examples
    --------
    >>> [round(p, 2) for p in explore_softmax().probabilities]
    [0.24, 0.67, 0.09]
    """
    return Softmax(
        cat=cat, dog=dog, bird=bird, temperature=temperature, true_class=true_class, twice=twice
    )
