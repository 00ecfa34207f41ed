"""A search for a learning rate and a dropout, on recorded trials: yours, a grid's, random ones."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import traitlets
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course_utils._palette import BLACK, BLUE, GREEN, ORANGE
from course_utils.explorers.base.explorer import Explorer
from course_utils.explorers.base.numbers import decimals
from course_utils.explorers.mathematics.shuffling import shuffled
from course_utils.pretrained.search import DROPOUTS, RATES, SEEDS, load_trials

SIDES, SHIFTS, SAMPLES = (2, 3, 4), (-1, 0, 1), 20
BUDGETS = tuple(side * side for side in SIDES)


def grid_places(side: int, shift: int) -> list[int]:
    """Place a grid evenly over the plane, its columns moved; a place is row × 11 + column."""
    columns, rows = ([(2 * i + 1) * n // (2 * side) for i in range(side)]
                     for n in (len(RATES), len(DROPOUTS)))  # fmt: skip
    return [row * len(RATES) + column + shift for row in rows for column in columns]


def random_places(count: int, sample: int) -> list[int]:
    """Draw different places at random, the same for the same sample."""
    return shuffled(len(RATES) * len(DROPOUTS), sample)[:count]


def winner(accuracies: Sequence[float], places: Sequence[int]) -> int:
    """Find the place of the highest accuracy, the first of them where several are equal."""
    return max(places, key=lambda place: accuracies[place])


def setting(place: int) -> str:
    """Name the learning rate and the dropout of a place."""
    row, column = divmod(place, len(RATES))
    return f"a rate of {RATES[column]:g} with dropout {DROPOUTS[row]:g}"


def moved(shift: int) -> str:
    """Say how far the grid is moved."""
    return f"moved one column to the {'right' if shift > 0 else 'left'}" if shift else "not moved"


class Search(Explorer):
    """Trials to spend on a plane of learning rates and dropouts, against two ways of searching."""

    scene = "search.js"
    lessons = ("good_practice",)

    rate = traitlets.Enum(RATES, 0.01).tag(label="learning rate")
    dropout = traitlets.Enum(DROPOUTS, 0.4).tag(label="dropout")
    budget = traitlets.Enum(BUDGETS, 9).tag(label="trials to spend")
    run = traitlets.Int(1, min=1, max=len(SEEDS)).tag(sync=True, label="run (seed)")
    shift = traitlets.Int(0, min=-1, max=1).tag(sync=True, label="move the grid, columns")
    sample = traitlets.Int(1, min=1, max=SAMPLES).tag(sync=True, label="random draw")
    reveal = traitlets.Bool(False).tag(sync=True, label="show all trials")
    # The browser may try the next place while an echo of the last is still under way.
    tried: traitlets.List = traitlets.List(traitlets.Int()).tag(sync=True, echo_update=False)
    records = traitlets.List(traitlets.Dict()).tag(sync=True)
    grids: traitlets.List = traitlets.List().tag(sync=True)
    draws: traitlets.List = traitlets.List().tag(sync=True)

    def __init__(self, **numbers: Any) -> None:
        grids = [[grid_places(side, shift) for shift in SHIFTS] for side in SIDES]
        draws = [random_places(max(BUDGETS), sample) for sample in range(1, SAMPLES + 1)]
        super().__init__(records=load_trials(), grids=grids, draws=draws, **numbers)

    @property
    def spent(self) -> list[int]:
        """The places that were tried, as many as the budget pays for."""
        return self.tried[: self.budget]

    @property
    def is_over(self) -> bool:
        """Whether everything is shown: the budget is spent, or all trials are wanted."""
        return self.reveal or len(self.spent) == self.budget

    def accuracies(self, name: str) -> list[float]:
        """Return what each place reached in this run: ``"validation"`` or ``"fresh"``."""
        return [trial[name][self.run - 1] for trial in self.records]

    def rivals(self) -> dict[str, list[int]]:
        """Return the places that the grid and the random search try."""
        grid = self.grids[BUDGETS.index(self.budget)][self.shift - SHIFTS[0]]
        return {"grid": grid, "random": self.draws[self.sample - 1][: self.budget]}

    def sentence(self) -> str:
        """Say what is tried and found, and at the end what each winner is worth."""
        validation, fresh = self.accuracies("validation"), self.accuracies("fresh")
        chosen = DROPOUTS.index(self.dropout) * len(RATES) + RATES.index(self.rate)
        words = [
            f"In run {self.run} you have spent {len(self.spent)} of {self.budget} trials, and "
            f"{setting(chosen)} is chosen. The grid is {moved(self.shift)}, and the random search "
            f"is draw {self.sample}."
        ]
        if self.spent:
            best = winner(validation, self.spent)
            words.append(
                f"Your best so far is {setting(best)}, with a validation accuracy of "
                f"{decimals(validation[best], 3)}."
            )
        if not self.is_over:
            return " ".join(words)
        ways = {"Your winner": self.spent} if self.spent else {}
        for name, places in (*ways.items(), *self.rivals().items()):
            best = winner(validation, places)
            whose = name if name == "Your winner" else f"The winner of the {name} search"
            at = "" if name == "Your winner" else f", {setting(best)},"
            words.append(
                f"{whose}{at} reaches {decimals(validation[best], 3)} in validation and "
                f"{decimals(fresh[best], 3)} on fresh images."
            )
        return " ".join(words)

    def draw(self, figure: Figure) -> None:
        """Draw the plane of trials, and what each way of searching found."""
        plane, found = figure.subplots(1, 2, width_ratios=[2, 1])
        validation, fresh = self.accuracies("validation"), self.accuracies("fresh")
        shown = range(len(validation)) if self.reveal else self.spent
        seen = np.full((len(DROPOUTS), len(RATES)), np.nan)
        for place in shown:
            seen[divmod(place, len(RATES))] = validation[place]
        plane.imshow(seen, cmap="Blues", vmin=0, vmax=1.2, aspect="auto", origin="lower")
        for place in shown:
            row, column = divmod(place, len(RATES))
            words = _two_digits(validation[place])
            plane.text(column, row, words, ha="center", va="center", fontsize=6)
        for places, look in zip(self.rivals().values(), (("s", BLUE), ("o", GREEN)), strict=True):
            _mark(plane, places, *look)
        cursor = DROPOUTS.index(self.dropout), RATES.index(self.rate)
        plane.plot(cursor[1], cursor[0], "s", markersize=15, color=ORANGE, fillstyle="none")
        plane.set_xticks(range(len(RATES)), [f"{rate:g}" for rate in RATES], fontsize=6)
        plane.set_yticks(range(len(DROPOUTS)), [f"{d:g}" for d in DROPOUTS], fontsize=7)
        plane.set(xlabel="learning rate", ylabel="dropout")
        ways = {"you": self.spent, **(self.rivals() if self.is_over else {})}
        best = {name: winner(validation, places) for name, places in ways.items() if places}
        lines = [
            f"{name}: {decimals(validation[place], 3)}"
            + (f", fresh {decimals(fresh[place], 3)}" if self.is_over else "")
            for name, place in best.items()
        ]
        found.set_axis_off()
        spent = f"run {self.run}: {len(self.spent)} of {self.budget} trials"
        found.text(0, 0.9, "\n".join([spent, *lines]), va="top", fontsize=8, color=BLACK)


def _two_digits(accuracy: float) -> str:
    """Write an accuracy as short as a cell needs it: ``.73``."""
    return decimals(accuracy, 2).removeprefix("0")


def _mark(axes: Axes, places: Sequence[int], marker: str, colour: str) -> None:
    """Mark the places of a search in the corners of their cells."""
    side = -0.3 if marker == "s" else 0.3
    rows, columns = zip(*(divmod(place, len(RATES)) for place in places), strict=True)
    axes.plot(np.array(columns) + side, np.array(rows) + 0.3, marker, color=colour, markersize=3)


def explore_search(
    rate: float = 0.01,
    dropout: float = 0.4,
    budget: int = 9,
    run: int = 1,
    shift: int = 0,
    sample: int = 1,
    reveal: bool = False,
) -> Search:
    """Spend a budget of recorded trials, and compare your winner with a grid's and a random one.

    Choose a setting on the plane or with the sliders, and press the button to try it.

    Parameters
    ----------
    rate : float, default 0.01
        The learning rate chosen, one of eleven from 0.0001 to 10.
    dropout : float, default 0.4
        The dropout chosen, one of seven from 0 to 0.6.
    budget : {4, 9, 16}, default 9
        How many trials each search may spend.
    run : int, default 1
        1 to 5: other images and other weights to begin with.
    shift : int, default 0
        -1 to 1: by how many columns the grid is moved.
    sample : int, default 1
        1 to 20: which random draw.
    reveal : bool, default False
        Whether all trials are shown, and the rivals before the budget is spent.

    Returns
    -------
    Search
        Its traits are named as the parameters; ``tried`` lists the places tried.

    Raises
    ------
    TypeError
        If a number is not a whole one, or `reveal` is neither True nor False.
    ValueError
        If a number is out of its range, or not one of those recorded.

    Notes
    -----
    A network 784-64-10 with ReLU and SGD, 1,000 images of Fashion-MNIST, 5 epochs. Winners are
    chosen by 500 validation images, and judged on 5,000 fresh ones.
    ``course runs rebuild-search`` records the trials again.

    Examples
    --------
    >>> explore_search().sentence()[:41]
    'In run 1 you have spent 0 of 9 trials, an'
    """
    return Search(
        rate=rate,
        dropout=dropout,
        budget=budget,
        run=run,
        shift=shift,
        sample=sample,
        reveal=reveal,
    )
