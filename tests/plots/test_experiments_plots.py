"""Dots of what experiments reached."""

from matplotlib.figure import Figure

from course_utils.plots import plot_experiments

ROWS = [
    {
        "number": number,
        "settings": {"units": 8 * number},
        "seed": 0,
        "validation_accuracy": accuracy,
        "parameters": 1000 * number,
        "cpu_seconds": 10.0,
    }
    for number, accuracy in enumerate([0.80, 0.85, 0.83], start=1)
]


def dots(axes) -> dict[str, list[list[float]]]:
    return {dots.get_label(): dots.get_offsets().tolist() for dots in axes.collections}


def test_each_experiment_has_a_dot_at_its_accuracy() -> None:
    assert list(dots(plot_experiments(ROWS)).values()) == [[[0.80, 0], [0.85, 1], [0.83, 2]]]


def test_what_is_over_the_budget_is_told_apart_by_form_not_by_colour_alone() -> None:
    axes = plot_experiments(ROWS, max_parameters=2000)
    assert dots(axes)["over the budget"] == [[0.83, 2]]
    within, over = axes.collections
    assert len(within.get_paths()[0]) != len(over.get_paths()[0])
    assert len(over.get_facecolor()) == 0


def test_what_meets_a_limit_is_within_the_budget() -> None:
    axes = plot_experiments(ROWS, max_parameters=3000, max_cpu_seconds=10)
    assert list(dots(axes)) == ["within the budget"]


def test_accuracies_are_written_beside_the_dots() -> None:
    texts = [text.get_text() for text in plot_experiments(ROWS).texts]
    assert texts[:3] == ["0.800", "0.850", "0.830"]


def test_settings_stand_above_their_dots_the_first_on_top() -> None:
    axes = plot_experiments(ROWS)
    assert [label.get_text() for label in axes.get_yticklabels()] == ["1", "2", "3"]
    assert axes.texts[3].get_text() == "units 8 (seed 0)"
    assert axes.yaxis_inverted()


def test_the_baseline_is_named() -> None:
    legend = plot_experiments(ROWS, baseline=0.5).get_legend()
    assert "baseline" in [text.get_text() for text in legend.get_texts()]


def test_it_is_drawn_where_it_is_asked_for() -> None:
    ax = Figure().subplots()
    assert plot_experiments(ROWS, ax=ax) is ax
