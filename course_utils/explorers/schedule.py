"""Learning-rate schedules: a rate for each step, from constant to one-cycle."""

import math

import numpy as np
import traitlets
from matplotlib.figure import Figure

from course_utils._palette import BLUE, ORANGE
from course_utils.explorers.base.explorer import Explorer

N_STEPS = 1000  # in the explorer's run
_SCHEDULES = ("constant", "step decay", "cosine", "one-cycle")
_BASE_RATES = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1)
_GRADIENT = 2  # of the weight whose step is shown


def rate_at(schedule: str, base_rate: float, warm_up: int, step: int) -> float:
    """Calculate the learning rate at a step of the run, of which the warm-up is a percentage."""
    rising = warm_up * N_STEPS / 100
    if step < rising:
        start = base_rate / 10 if schedule == "one-cycle" else 0.0
        return start + (base_rate - start) * step / rising
    done = (step - rising) / (N_STEPS - rising)  # fraction of what follows the warm-up
    if schedule == "cosine":
        return base_rate * (1 + math.cos(math.pi * done)) / 2
    if schedule == "step decay":
        return base_rate * 0.5 ** math.floor(4 * done)
    return base_rate * (1 - done) if schedule == "one-cycle" else base_rate


class Schedule(Explorer):
    """The learning rate of every step, with one step marked."""

    scene = "schedule.js"
    lessons = ("going_further",)

    schedule = traitlets.Enum(_SCHEDULES, "cosine").tag(label="schedule")
    base_rate = traitlets.Enum(_BASE_RATES, 0.01).tag(label="base rate")
    warm_up = traitlets.Int(0, min=0, max=50).tag(sync=True, label="warm-up, % of steps", step=5)
    step = traitlets.Int(500, min=0, max=N_STEPS).tag(sync=True, label="step", step=10)

    def sentence(self) -> str:
        """Give the rate at the step, and how far a gradient of 2 then moves the weight."""
        rate = rate_at(self.schedule, self.base_rate, self.warm_up, self.step)
        warm_up = f"{self.warm_up} % warm-up" if self.warm_up else "no warm-up"
        return (
            f"The {self.schedule} schedule with base rate {self.base_rate} and {warm_up} gives the "
            f"rate {rate:.6f} at step {self.step} of {N_STEPS}. A gradient of {_GRADIENT} stays "
            f"{_GRADIENT}, but SGD then moves the weight by {_GRADIENT * rate:.6f}."
        )

    def draw(self, figure: Figure) -> None:
        """Draw the rate over the steps, with a mark at the chosen one."""
        axes = figure.subplots()
        steps = np.arange(N_STEPS + 1)
        rates = [rate_at(self.schedule, self.base_rate, self.warm_up, int(s)) for s in steps]
        if self.warm_up:
            axes.axvspan(0, self.warm_up * N_STEPS / 100, facecolor="#eeeeee")
            axes.text(8, self.base_rate * 1.06, "warm-up")
        axes.plot(steps, rates, color=BLUE, linewidth=3)
        axes.plot(self.step, rates[self.step], "D", color=ORANGE, markersize=9)
        axes.set(
            xlabel="step",
            ylabel="learning rate",
            ylim=(-0.05 * self.base_rate, 1.15 * self.base_rate),
            title=f"{self.schedule}: {rates[self.step]:.6f} at step {self.step}",
        )


def explore_schedule(
    schedule: str = "cosine", base_rate: float = 0.01, warm_up: int = 0, step: int = 500
) -> Schedule:
    """Walk along a learning-rate schedule.

    Parameters
    ----------
    schedule : {'constant', 'step decay', 'cosine', 'one-cycle'}, default 'cosine'
    base_rate : {0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1}, default 0.01
        The highest rate.
    warm_up : int, default 0
        How long the rate rises at first, in per cent of the steps, 0 to 50.
    step : int, default 500
        0 to 1000.

    Returns
    -------
    Schedule
        Its traits are named as the arguments.

    Raises
    ------
    TypeError
        If `warm_up` or `step` is not a whole number.
    ValueError
        If one is out of its range, or `schedule` or `base_rate` is not one of those above.

    Examples
    --------
    >>> explore_schedule().sentence()[:75]
    'The cosine schedule with base rate 0.01 and no warm-up gives the rate 0.005'
    """
    return Schedule(schedule=schedule, base_rate=base_rate, warm_up=warm_up, step=step)
