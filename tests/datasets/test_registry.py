"""What is known about each shipped dataset."""

import dataclasses
import re
from pathlib import Path

import pytest

import course_utils.datasets
from course_utils.datasets import class_names, dataset_names, describe_dataset
from course_utils.datasets.registry import REGISTRY

LICENCES = Path(course_utils.datasets.__file__).with_name("LICENSE-data").read_text("utf-8")

every_dataset = pytest.mark.parametrize("info", REGISTRY.values(), ids=list(REGISTRY))


def test_the_two_shipped_datasets_are_listed():
    assert dataset_names() == ["mnist", "fashion_mnist"]


def test_changing_a_returned_list_does_not_change_the_registry():
    dataset_names().clear()
    class_names("mnist").clear()
    assert class_names(dataset_names()[0]) == list("0123456789")


def test_label_nine_of_fashion_mnist_is_an_ankle_boot():
    assert class_names("fashion_mnist")[9] == "Ankle boot"


def test_a_description_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        describe_dataset("mnist").licence = "none"


@pytest.mark.parametrize(
    ("wrong", "nearest"),
    [("minst", "mnist"), ("MNIST", "mnist"), ("Fashion-MNIST", "fashion_mnist")],
)
def test_a_misspelt_name_is_answered_with_the_nearest(wrong, nearest):
    with pytest.raises(ValueError, match=f'Did you mean "{nearest}"'):
        describe_dataset(wrong)


def test_a_name_like_no_other_is_answered_with_all_names_and_no_guess():
    with pytest.raises(ValueError, match='"mnist", "fashion_mnist"; got "cifar10"') as caught:
        describe_dataset("cifar10")
    assert "Did you mean" not in str(caught.value)


@every_dataset
def test_printing_a_description_gives_title_licence_citation_and_classes(info):
    text = str(info)
    for part in (info.title, info.licence, info.licence_url, info.citation, *info.class_names):
        assert part in text


@every_dataset
def test_a_notebook_shows_a_table_with_one_column_for_each_class(info):
    table = [line for line in info._repr_markdown_().splitlines() if line.startswith("|")]
    assert [line.count("|") for line in table] == [len(info.class_names) + 2] * 3


@every_dataset
def test_every_checksum_is_a_sha256(info):
    checksums = [info.file_sha256]
    for array in info.arrays:
        checksums += [array.sha256, array.original_sha256]
    assert all(re.fullmatch("[0-9a-f]{64}", checksum) for checksum in checksums)


@every_dataset
def test_the_licence_file_names_the_file_its_licence_and_its_publication(info):
    words = " ".join(LICENCES.split())
    assert info.file_name in words
    assert info.licence in words
    assert info.citation in words


def test_the_licence_file_carries_the_copyright_notice_that_mit_demands():
    assert "Copyright © 2017 Zalando SE" in LICENCES
    assert "The above copyright notice and this permission notice shall be included" in LICENCES
