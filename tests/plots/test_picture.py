"""A picture says what it shows to those who cannot see it."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from course_utils.plots import Picture, describe


def test_the_sentence_is_the_alternative_text_and_escaped() -> None:
    html = Picture(Figure(), 'A "3" < a "5".')._repr_html_()
    assert 'alt="A &quot;3&quot; &lt; a &quot;5&quot;."' in html


def test_the_sentence_is_what_a_text_terminal_prints() -> None:
    assert repr(Picture(Figure(), "An empty sheet.")) == "An empty sheet."


def test_a_caption_repeats_the_sentence_only_when_asked() -> None:
    assert "<figcaption>" not in Picture(Figure(), "An empty sheet.")._repr_html_()
    assert (
        "<figcaption>An empty sheet."
        in Picture(Figure(), "An empty sheet.", caption=True)._repr_html_()
    )


def test_the_same_figure_gives_the_same_bytes() -> None:
    assert Picture(Figure(), "Empty.").png == Picture(Figure(), "Empty.").png


def test_a_described_pyplot_figure_is_closed_so_that_it_is_not_shown_twice() -> None:
    figure, axes = plt.subplots()
    describe(axes, "Two empty axes.")
    assert not plt.fignum_exists(figure.number)


def test_an_array_of_axes_is_described_as_one_figure() -> None:
    assert describe(Figure().subplots(2, 2), "Four empty axes.").sentence == "Four empty axes."


def test_a_chart_is_marked_for_dark_pages_and_a_picture_with_pixels_is_not() -> None:
    chart, pixels = Figure(), Figure()
    chart.subplots().plot([1, 2])
    pixels.subplots().inset_axes((0, 0, 1, 1)).imshow([[0, 1]])
    assert 'class="course-chart"' in Picture(chart, "A line.")._repr_html_()
    assert "course-chart" not in Picture(pixels, "Two pixels.")._repr_html_()
