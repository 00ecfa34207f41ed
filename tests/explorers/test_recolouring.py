"""The explorer that turns the hue of a garment and asks two networks."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from course_utils.datasets import class_names, load_dataset
from course_utils.explorers import explore_recolouring
from course_utils.explorers.recolouring import class_of_hue, recoloured
from course_utils.pretrained.colouring import class_hues, colour_of

(IMAGES, LABELS), _ = load_dataset("fashion_mnist")
CLOTHES, CLASSES = IMAGES[:60], LABELS[:60]
NAMES = class_names("fashion_mnist")
RNG = np.random.default_rng(0)
HUES = [(hue,) for hue in range(360)]


def test_the_browser_has_the_same_colours(same_in_browser) -> None:
    same_in_browser("recolouring.js", colour_of, HUES)


def test_the_browser_has_the_same_hues_of_classes(same_in_browser) -> None:
    same_in_browser("recolouring.js", class_hues, [()])


def test_the_browser_finds_the_same_nearest_class(same_in_browser) -> None:
    same_in_browser("recolouring.js", class_of_hue, HUES)


def test_the_browser_recolours_to_the_bit_as_python_does(in_browser) -> None:
    greys = RNG.integers(0, 256, (12, 784)).astype(np.uint8)
    hues = [int(hue) for hue in RNG.integers(0, 360, 12)]
    found = in_browser("recolouring.js", "recoloured", list(zip(greys, hues, strict=True)))
    for seen, grey, hue in zip(found, greys, hues, strict=True):
        np.testing.assert_array_equal(seen, recoloured(grey.reshape(28, 28), hue).ravel())


def test_each_class_is_nearest_to_its_own_hue_and_18_degrees_around_it() -> None:
    for k, hue in enumerate(class_hues()):
        assert class_of_hue(hue) == class_of_hue((hue + 17) % 360) == class_of_hue(hue - 17) == k


def test_the_networks_answer_as_keras_does() -> None:
    from course_utils.pretrained.rebuilding import build_trained

    explorer = explore_recolouring(CLOTHES, CLASSES, image=3, hue=200)
    picture = explorer.coloured()[np.newaxis] / 255
    for name, found in zip(
        ("coloured_cnn", "recoloured_cnn"), explorer.probabilities(), strict=True
    ):
        np.testing.assert_allclose(found, build_trained(name)(picture).numpy()[0], atol=1e-4)


def test_the_first_network_follows_the_hue_and_the_second_does_not() -> None:
    follow = np.zeros(2)
    for image in range(10):
        for hue in class_hues():
            answers = explore_recolouring(CLOTHES, CLASSES, image, hue).probabilities()
            follow += [answer.argmax() == class_of_hue(hue) for answer in answers]
    assert follow[0] > 40
    assert follow[1] < 20


def test_the_sentence_names_the_class_the_hue_and_both_answers() -> None:
    words = explore_recolouring(CLOTHES, CLASSES, hue=324).sentence()
    assert words.startswith(
        "Picture 0 is of the class Ankle boot. Its hue is 324 degrees, and nearest to it in "
        "training was the hue of Ankle boot. The network of fixed colours answers Ankle boot with "
    )
    assert "and the network of turned hues Ankle boot with " in words


def test_no_more_than_50_pictures_are_sent() -> None:
    explorer = explore_recolouring(CLOTHES, CLASSES)
    assert (len(explorer.pixels), len(explorer.labels)) == (50 * 784, 50)


def test_the_still_twin_has_a_bar_for_each_class_of_both_networks() -> None:
    figure = Figure()
    explore_recolouring(CLOTHES, CLASSES).draw(figure)
    columns = figure.subfigs[1].axes
    assert [len(axes.patches) for axes in columns] == [10, 10]
    assert columns[0].get_title().startswith("fixed colours: ")


@pytest.mark.parametrize("hue", [0, 240])
def test_the_picture_has_the_hue(hue: int) -> None:
    whole = explore_recolouring(CLOTHES, CLASSES, hue=hue).coloured().sum(axis=(0, 1))
    np.testing.assert_allclose(whole / whole.max(), colour_of(hue))
