"""The recorded trials of a search: what is shipped, and how it is made."""

import json
from itertools import product

import pytest

from course_utils.pretrained import search


def test_there_is_a_trial_of_every_rate_with_every_dropout_in_order() -> None:
    found = [(trial["dropout"], trial["rate"]) for trial in search.load_trials()]
    assert found == list(product(search.DROPOUTS, search.RATES))


@pytest.mark.parametrize("name", ["validation", "fresh"])
def test_each_trial_has_accuracies_of_all_seeds(name: str) -> None:
    for trial in search.load_trials():
        assert len(trial[name]) == len(search.SEEDS)
        assert all(0 <= accuracy <= 1 for accuracy in trial[name])


def test_what_was_rebuilt_has_the_form_of_what_is_shipped(tmp_path) -> None:
    path = search.rebuild(tmp_path, rates=[0.1, 10.0], dropouts=[0.2], seeds=[0])
    good, bad = json.loads(path.read_text())
    assert list(good) == list(search.load_trials()[0])
    # A rate of 10 learns nothing, and what it did to the weights is forgotten in the next trial.
    assert good["fresh"][0] > 0.5 > bad["fresh"][0]


def test_a_missing_folder_is_refused_before_anything_is_trained(tmp_path) -> None:
    with pytest.raises(FileNotFoundError, match="`folder` must be an existing folder"):
        search.rebuild(tmp_path / "nowhere")
