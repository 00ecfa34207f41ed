"""Bars of class counts."""

from matplotlib.figure import Figure

from course_utils.plots import plot_class_counts


def test_each_class_has_a_bar_of_its_count() -> None:
    bars = plot_class_counts([1, 1, 0, 1], ["cat", "dog"]).patches
    assert [bar.get_width() for bar in bars] == [1, 3]


def test_an_absent_class_keeps_its_place() -> None:
    bars = plot_class_counts([2], ["cat", "dog", "owl"]).patches
    assert [bar.get_width() for bar in bars] == [0, 0, 1]


def test_counts_are_written_beside_their_bars() -> None:
    texts = plot_class_counts([0] * 1200, ["cat", "dog"]).texts
    assert [text.get_text() for text in texts] == ["1,200", "0"]


def test_the_first_class_stands_on_top() -> None:
    assert plot_class_counts([0], ["cat", "dog"]).yaxis_inverted()


def test_counts_are_drawn_where_they_are_asked_for() -> None:
    ax = Figure().subplots()
    assert plot_class_counts([0], ["cat"], ax=ax) is ax
