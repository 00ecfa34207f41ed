"""What every explorer has in common: traits that are the truth, controls, a still twin."""

import ipywidgets
import pytest

from course_utils.explorers import explore_patch, explore_wraparound


def controls(explorer) -> list[ipywidgets.Widget]:
    return list(explorer.panel.children[0].children)


def test_each_labelled_trait_has_one_control_in_the_order_of_declaration() -> None:
    assert [c.description for c in controls(explore_patch())] == ["row", "column", "pixel value"]


def test_a_slider_has_the_limits_of_its_trait() -> None:
    slider = controls(explore_patch())[2]
    assert (slider.min, slider.max, slider.value) == (0, 255, 128)


def test_a_choice_of_names_is_a_slider_of_names() -> None:
    slider = controls(explore_wraparound())[2]
    assert isinstance(slider, ipywidgets.SelectionSlider)
    assert slider.options == ("add", "subtract", "multiply")


def test_a_choice_and_its_position_move_together() -> None:
    explorer = explore_wraparound()
    explorer.operation = "multiply"
    assert explorer.operation_index == 2
    explorer.operation_index = 1
    assert explorer.operation == "subtract"


def test_controls_start_where_the_traits_are() -> None:
    assert [c.value for c in controls(explore_wraparound(7, 8, "subtract"))] == [7, 8, "subtract"]


def test_an_explorer_prints_as_its_sentence_without_an_address() -> None:
    explorer = explore_wraparound()
    assert repr(explorer) == f"Wraparound: {explorer.sentence()}"


def test_the_output_carries_scene_picture_and_sentence() -> None:
    bundle, _ = explore_patch()._repr_mimebundle_()
    assert set(bundle) == {"application/vnd.jupyter.widget-view+json", "text/html", "text/plain"}


def test_the_still_picture_has_the_sentence_as_its_alternative_text() -> None:
    explorer = explore_patch()
    assert f'alt="{explorer.sentence()}"' in explorer.picture()._repr_html_()


def test_the_still_picture_is_the_same_each_time() -> None:
    assert explore_patch().picture().png == explore_patch().picture().png


def test_an_unknown_number_is_refused_with_the_known_ones() -> None:
    with pytest.raises(
        TypeError, match=r"no setting 'colour'. Its settings are row, column, value"
    ):
        type(explore_patch())(colour=3)
