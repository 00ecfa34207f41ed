"""What the checks on training say where answers.py does not reach."""

import numpy as np
import pytest

from course_utils.checks import CheckError, NotAttemptedError
from course_utils.checks import _training_curve_slips as curve_slips
from course_utils.checks import _training_samples as samples
from course_utils.checks.training import (
    check_count_updates,
    check_diagnose,
    check_early_stop_best,
    check_early_stop_stopped,
    check_gradient_step,
    check_make_batches_complete,
    check_make_batches_together,
    check_train_step_biases,
    check_train_step_weights,
)

CHECKS = [
    check_count_updates,
    check_diagnose,
    check_early_stop_best,
    check_early_stop_stopped,
    check_gradient_step,
    check_make_batches_complete,
    check_make_batches_together,
    check_train_step_biases,
    check_train_step_weights,
]


@pytest.mark.parametrize("check", CHECKS)
def test_an_untouched_exercise_is_not_attempted(check) -> None:
    with pytest.raises(NotAttemptedError, match="returns nothing yet"):
        check(lambda *arguments: ...)


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("answer", ["ab", [[1, 2], [3]], [None], np.sum, {}, 3, [], ("a", "b")])
def test_an_answer_of_another_kind_is_refused_without_a_crash(check, answer) -> None:
    with pytest.raises(CheckError):
        check(lambda *arguments: answer)


def test_hidden_cases_pass_without_a_word(capsys) -> None:
    check_count_updates(lambda n, size, epochs: 6, [(5, 2, 2, 6)])
    assert capsys.readouterr().out == ""


def test_no_known_slip_of_early_stop_passes_the_visible_cases() -> None:
    columns = zip(
        *(curve_slips.early_stop_slips(*case) for case in samples.EARLY_STOP), strict=True
    )
    for column in columns:
        pairs = zip(column, samples.EARLY_STOP, strict=True)
        assert any(tuple(value) != case[2:] for (_, value), case in pairs), column[0][0]


def test_no_known_slip_of_diagnose_passes_the_visible_cases() -> None:
    columns = zip(
        *(curve_slips.diagnose_slips(*case[:2]) for case in samples.DIAGNOSE), strict=True
    )
    for column in columns:
        pairs = zip(column, samples.DIAGNOSE, strict=True)
        assert any(value != case[2] for (_, value), case in pairs), column[0][0]


def test_a_slip_is_named_only_if_it_explains_every_visible_answer() -> None:
    def late_in_long_lists_only(losses, patience):
        return (3, 7) if len(losses) == 8 else (1, 1)

    with pytest.raises(CheckError, match=r"expected 6, received 7\.$"):
        check_early_stop_stopped(late_in_long_lists_only)


def test_a_right_best_epoch_earns_its_part_alone() -> None:
    best_of = {tuple(losses): best for losses, _, best, _ in samples.EARLY_STOP}
    check_early_stop_best(lambda losses, patience: (best_of[tuple(losses)], 0))


def test_a_generator_of_batches_is_a_list_of_batches() -> None:
    def batches(images, labels, batch_size, order):
        for start in range(0, len(order), batch_size):
            places = order[start : start + batch_size]
            yield images[places], labels[places]

    check_make_batches_complete(batches)


def test_batches_with_one_label_too_few_are_told_so() -> None:
    with pytest.raises(CheckError, match="has 5 images and 4 labels"):
        check_make_batches_together(lambda images, labels, size, order: [(images, labels[1:])])


def test_images_in_place_of_labels_are_told_so() -> None:
    with pytest.raises(CheckError, match="its images first, then its labels"):
        check_make_batches_together(lambda images, labels, size, order: [(labels, images)])


def test_biases_in_a_table_with_one_row_are_biases() -> None:
    def answer(inputs, labels, weights, biases, rate):
        case = next(c for c in samples.TRAIN_STEP if len(c[0]) == len(inputs))
        return case[5], case[6][None]

    check_train_step_biases(answer)


def test_a_diagnosis_in_other_words_is_refused_with_the_three() -> None:
    with pytest.raises(CheckError, match="'not learning', 'overfitting', 'learning'"):
        check_diagnose(lambda losses, validation_losses: "Learning")
