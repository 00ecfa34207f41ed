"""What the capstone's checks say where answers.py does not reach."""

import zipfile
from decimal import Decimal
from fractions import Fraction
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from course_notebooks import COURSE, lesson_on, read

from course_utils.checks import CheckError
from course_utils.checks.capstone import (
    check_baseline_accuracy,
    check_known_failures_pairs,
    check_my_log_choice,
    check_my_log_model,
    check_my_log_rows,
    check_my_plan,
    check_pick_best_choice,
    check_save_and_reload,
)
from course_utils.checks.check import Check
from course_utils.datasets import dataset_names
from course_utils.experiments import ExperimentLog, parse_log
from course_utils.experiments.rows import FIELDS

PLAN = {
    "data": "fashion_mnist",
    "baseline": 0.0955,
    "target": 0.9,
    "hypothesis": "Two convolutions reach 0.9 on clothes within a minute of training.",
    "max_parameters": 120_000,
    "max_cpu_seconds": 360,
}


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ExperimentLog:
    """A good log and its networks, beside the notebook, as a learner has them."""
    monkeypatch.chdir(tmp_path)
    log = ExperimentLog("my_capstone/experiments.jsonl")
    log.add_plan(**PLAN)
    for i, units in enumerate((16, 32, 64, 64)):
        model = log.path.with_name(f"experiment_{i + 1}.keras")
        with zipfile.ZipFile(model, "w") as archive:
            archive.writestr("config.json", f"{i}")
        log.add_experiment({"units": units}, max(0, i - 2), 0.8 + i / 100, 100, 9, model)
    log.add_reload(4, 0.0)
    log.open_test_set(4, lambda: 0.82)
    return log


def test_a_good_log_beside_its_files_passes(log: ExperimentLog) -> None:
    for check in (check_my_log_rows, check_my_log_choice, check_my_log_model):
        check(log.text)


def test_a_good_log_without_its_files_passes(log: ExperimentLog, tmp_path, monkeypatch) -> None:
    text = log.text()
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    for check in (check_my_log_rows, check_my_log_choice, check_my_log_model):
        check(lambda: text)


def test_an_older_log_than_the_file_is_noticed(log: ExperimentLog) -> None:
    older = log.text().rpartition('{"kind": "reload"')[0]
    with pytest.raises(CheckError, match="holds other rows"):
        check_my_log_rows(lambda: older)


def test_a_network_that_was_saved_again_is_noticed(log: ExperimentLog) -> None:
    with zipfile.ZipFile("my_capstone/experiment_4.keras", "w") as archive:
        archive.writestr("config.json", "another")
    with pytest.raises(CheckError, match="another file than the log recorded"):
        check_my_log_model(log.text)


def test_a_network_that_is_none_is_noticed(log: ExperimentLog) -> None:
    Path("my_capstone/experiment_4.keras").write_text("not a network")
    with pytest.raises(CheckError, match=r"no \.keras file"):
        check_my_log_model(log.text)


def test_a_file_of_another_name_that_is_no_network_is_not_called_missing(
    log: ExperimentLog,
) -> None:
    Path("my_capstone/experiment_4.h5").write_text("not a network")
    log.path.write_text(log.text().replace("experiment_4.keras", "experiment_4.h5"))
    with pytest.raises(CheckError, match=r"experiment_4\.h5 is no \.keras file"):
        check_my_log_model(log.text)


def test_a_damaged_file_beside_a_good_text_is_named(log: ExperimentLog) -> None:
    text = log.text()
    log.path.write_text(text + "and so on")
    with pytest.raises(CheckError, match=r"of experiments\.jsonl is not one"):
        check_my_log_rows(lambda: text)


def test_a_missing_network_is_named(log: ExperimentLog) -> None:
    Path("my_capstone/experiment_4.keras").unlink()
    with pytest.raises(CheckError, match=r"experiment_4\.keras is missing"):
        check_my_log_model(log.text)


def test_a_choice_no_better_than_the_baseline_is_refused(log: ExperimentLog) -> None:
    text = log.text().replace('"baseline": 0.0955', '"baseline": 0.85')
    with pytest.raises(CheckError, match="no better than giving the same answer"):
        check_my_log_choice(lambda: text)


def test_another_seed_of_the_best_settings_may_be_chosen(log: ExperimentLog) -> None:
    text = log.text().replace('"experiment": 4', '"experiment": 3')
    check_my_log_choice(lambda: text)


def test_a_test_set_opened_for_nothing_in_the_log_is_refused(log: ExperimentLog) -> None:
    text = log.text().replace('"test", "experiment": 4', '"test", "experiment": 9')
    with pytest.raises(CheckError, match="there is none"):
        check_my_log_choice(lambda: text)


def test_a_plan_may_say_more_than_it_must() -> None:
    check_my_plan(lambda: PLAN | {"authors": ["Ada"]})


def test_a_plan_may_measure_its_baseline() -> None:
    check_my_plan(lambda: PLAN | {"data": dataset_names()[1]})


@pytest.mark.parametrize("data", ["my_pictures", "mnist"])
def test_a_baseline_is_compared_with_what_is_known_of_the_data(data: str) -> None:
    plan = PLAN | {"data": data, "baseline": 0.6}
    if data == "my_pictures":
        check_my_plan(lambda: plan)
    else:
        with pytest.raises(CheckError, match="about once in ten"):
            check_my_plan(lambda: plan)


#: What may stand in a field by mistake, of every kind.
ODD = [
    None, ..., [], [0.5], [[1], [2, 3]], (), {}, {"a": 1}, set(), "", " ", "0.9", b"x", True,
    np.zeros((2, 3)), np.zeros(0), np.array(0.5), np.array(["a"]), np.True_, np.timedelta64(1),
    np.nan, np.inf, -np.inf, -1, 0, 2, 10**400, 1j, np.float32(np.nan), np.float64(0.5),
    np.int64(3), Fraction(1, 2), Fraction(10**400, 3), Decimal("0.5"), Decimal("NaN"),
    Decimal("sNaN"), Decimal("Infinity"), object(), int, range(3), Path("x"),
    "[" * 5_000, "9" * 5_000,
]  # fmt: skip


@pytest.mark.parametrize("name", PLAN)
def test_whatever_stands_in_a_field_of_a_plan_the_check_and_the_log_agree(
    name: str, tmp_path: Path
) -> None:
    for i, odd in enumerate(ODD):
        plan, log = PLAN | {name: odd}, ExperimentLog(tmp_path / f"{i}.jsonl")
        verdict = check_my_plan.examine(check_my_plan.asker(lambda plan=plan: plan))
        if verdict:
            assert name in verdict.message, f"{odd!r}: {verdict.message}"
        else:
            log.add_plan(**plan)  # no error: the next cell of the lesson does this


@pytest.mark.parametrize(
    "check", [check_my_log_rows, check_my_log_choice, check_my_log_model], ids=lambda c: c.part
)
def test_whatever_stands_in_a_field_of_a_log_is_answered_by_a_sentence(
    check: Check, log: ExperimentLog
) -> None:
    rows = log.rows()
    for kind in FIELDS:
        place = next(i for i, row in enumerate(rows) if row["kind"] == kind)
        for name, odd in product(rows[place], ODD):
            changed = [*rows[:place], rows[place] | {name: odd}, *rows[place + 1 :]]
            verdict = check.examine(check.asker(lambda changed=changed: changed))
            assert "Error" not in verdict.message


def test_a_share_in_an_array_of_one_is_a_share() -> None:
    asked = [*check_baseline_accuracy.cases, *check_baseline_accuracy.further.cases]
    expected = iter(case[-1] for case in asked)
    check_baseline_accuracy(lambda *labels: np.array([next(expected)]))


def test_pairs_are_shown_as_whole_numbers() -> None:
    with pytest.raises(CheckError, match=r"received: \[\[1, 0\], \[1, 2\], \[0, 1\]\]"):
        check_known_failures_pairs(lambda matrix, n: [(1, 0, 0.2), (1, 2, 0.2), (0, 1, 0.1)])


def test_an_accuracy_in_place_of_a_number_is_named() -> None:
    with pytest.raises(CheckError, match="That is an accuracy"):
        check_pick_best_choice(lambda rows, *limits: 0.904)


def test_a_network_that_lost_a_layer_is_noticed() -> None:
    import keras

    def save_and_shorten(network, path):
        network.save(path)
        shortened = keras.Sequential(keras.saving.load_model(path).layers[:-1])
        shortened.build((None, *network.input_shape[1:]))
        return shortened

    with pytest.raises(CheckError, match="has changed. The network ends too early"):
        check_save_and_reload(save_and_shorten)


def test_saving_leaves_the_folder_of_the_notebook_as_it_was(tmp_path, monkeypatch) -> None:
    import keras

    def save_and_reload(network, path):
        network.save(path)
        return keras.saving.load_model(path)

    monkeypatch.chdir(tmp_path)
    check_save_and_reload(save_and_reload)
    assert Path.cwd() == tmp_path
    assert list(tmp_path.iterdir()) == []


def test_the_solutions_log_is_the_one_that_the_benchmark_kept() -> None:
    cells = {cell.id: cell for cell in read("solutions", lesson_on("capstone")).cells}
    kept = COURSE / "benchmarks" / "results" / "capstone.jsonl"
    text = cells["my-log-solution"].source.split('r"""')[1].split('"""')[0]
    assert parse_log(text) == ExperimentLog(kept).rows()
