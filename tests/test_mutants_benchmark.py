"""The page of mutants counts each fate once, and lists those that are to be mended."""

import pytest

from benchmarks import mutants as benchmark
from course_utils.grading.fates import Fate, Trial
from course_utils.grading.mutants import Mutant


def right(a):
    return a


def fate(source: str = "def right(a):\n    return a + 1", **what: object) -> Fate:
    return Fate(Mutant("counts one too many", source, right), **what)


EQUIVALENT = fate("def right(a):\n    return +a")
SURVIVOR = fate(is_wrong=True)
MISLED = fate(is_wrong=True, is_refused=True, cause="You counted from 1.", is_false=True)
TOLD = fate(is_wrong=True, is_refused=True, fact="It is 1 more.")
SILENT = fate(is_wrong=True, is_refused=True)


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(benchmark, "_KNOWN", {("right", "return a -> return +a")})


@pytest.fixture(scope="module")
def place() -> benchmark.Place:
    return benchmark.places(["09_convolution"])[0]


def test_each_fate_is_counted_where_it_belongs() -> None:
    counted = benchmark.counts([EQUIVALENT, SURVIVOR, MISLED, TOLD, SILENT])
    assert dict(zip(benchmark.HEADER[2:], counted, strict=True)) == {
        "Mutants": 5,
        "Equivalent": 1,
        "Survived": 1,
        "Killed": 3,
        "Cause named": 1,
        "Fact said": 1,
        "Nothing said": 1,
        "False": 1,
    }


def test_a_false_name_is_listed_with_what_is_heard(place: benchmark.Place) -> None:
    found = [benchmark.summary(place, [EQUIVALENT, MISLED])]
    assert benchmark.listed(found, "Falsely named").splitlines() == [
        "## Falsely named",
        "",
        '- 09 `output_size`, `right` counts one too many; hears "You counted from 1."',
    ]


def test_a_list_without_rows_says_so(place: benchmark.Place) -> None:
    text = benchmark.listed([benchmark.summary(place, [SILENT])], "Survived")
    assert text == "## Survived\n\nNone."


def test_a_long_list_ends_with_how_many_are_left_out(
    place: benchmark.Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(benchmark, "MOST_ROWS", 1)
    text = benchmark.listed([benchmark.summary(place, [SURVIVOR] * 3)], "Survived")
    assert text.endswith("counts one too many\n- and 2 more")


def test_a_star_marks_an_exercise_whose_mutants_are_all_drawn() -> None:
    for place in benchmark.places(["03_normalisation"]):
        assert ("*" in place.label[1]) == Trial(place.trial.exercise).in_keras
