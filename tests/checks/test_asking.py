"""Asking calls a learner's function safely, and reports what it did by plain data."""

import contextlib
import io
import logging
import sys
import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from course_utils.checks.asking import Answer, Foreign, ask, plain


class Tensor:
    """What a library may return: no array, but readable as one."""

    def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
        return np.array([1.0, 2.0])


def test_the_function_gets_copies_of_its_arguments() -> None:
    images = np.ones(3)

    def fill(given: Any) -> Any:
        given[:] = 0
        return given

    answer = ask(fill, [images])
    assert images.tolist() == [1, 1, 1]
    assert [place for place, _ in answer.changed] == [0]


def test_what_it_prints_and_its_warnings_stay_off_the_page(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def warn(values: Any) -> Any:
        warnings.warn("careful", stacklevel=2)
        print("on the way", file=sys.stderr)
        print("half way")
        return values

    answer = ask(warn, [1])
    assert answer.printed
    assert capsys.readouterr() == ("", "")


def test_what_it_logs_stays_off_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    logger = logging.getLogger("learner")
    handler = logging.StreamHandler(sys.stderr)  # made before the check, as in an earlier cell
    logger.addHandler(handler)
    ask(lambda: logger.error("half way"), [])
    logger.error("afterwards")
    logger.removeHandler(handler)
    assert capsys.readouterr().err == "afterwards\n"


def test_what_it_raised_is_reported_with_its_own_line() -> None:
    def look(values: Any) -> Any:
        return values["label"]

    answer = ask(look, [3])
    assert answer.error.startswith("TypeError")
    assert answer.line == 'return values["label"]'


def test_who_stops_the_kernel_is_not_swallowed() -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ask(stop, [])


def test_an_exit_is_reported_as_an_error() -> None:
    assert ask(lambda: sys.exit("done"), []).error == "SystemExit: done"


def test_an_error_that_cannot_say_itself_is_reported_by_its_name() -> None:
    class MuteError(ValueError):
        def __str__(self) -> str:
            raise RuntimeError

    def fail() -> None:
        raise MuteError

    assert ask(fail, []).error == "MuteError"


def test_an_argument_that_cannot_be_compared_any_more_counts_as_changed() -> None:
    def spoil(losses: Any) -> int:
        losses[0] = np.ones(3)
        return 1

    assert [place for place, _ in ask(spoil, [[0.5, 0.4]]).changed] == [0]


def test_a_library_function_is_asked_as_any_other() -> None:
    assert ask(np.maximum, [1, 2]) == Answer(2)
    assert np.maximum.__name__ == "maximum"


def test_a_tensor_travels_as_an_array() -> None:
    assert isinstance(plain(Tensor()), np.ndarray)


def test_whole_numbers_in_an_array_of_objects_travel_as_a_list() -> None:
    assert plain(np.array([1, 2], dtype=object)) == [1, 2]


def test_what_is_no_plain_data_is_described() -> None:
    assert plain({1, 2}) == Foreign("set", "{1, 2}")
    assert plain(len).is_callable
    assert plain({"a": 1}.values()).items == [1]


def test_what_goes_on_for_ever_is_cut_off() -> None:
    assert len(plain(range(10**9))) == 100_000


def test_a_course_function_is_noted_even_where_a_generator_calls_it_late() -> None:
    from course_utils.preprocessing import one_hot

    answer = ask(lambda labels: (one_hot(labels, 2) for _ in range(1)), [np.array([0, 1])])
    assert answer.course_functions == ("course_utils.preprocessing.one_hot",)


def test_a_picture_on_the_way_does_no_work() -> None:
    from course_utils.plots import plot_image

    def look(image: Any) -> Any:
        plot_image(image)
        return image + 1

    assert ask(look, [np.zeros((3, 3), np.uint8)]).course_functions == ()


def test_an_import_inside_a_function_is_no_call() -> None:
    sys.modules.pop("course_utils.networks", None)

    def imports() -> int:
        import course_utils.networks  # noqa: F401

        return 1

    assert ask(imports, []).course_functions == ()


def test_what_the_function_is_given_is_prepared_of_plain_data_and_removed_again() -> None:
    open_files: list[str] = []

    @contextlib.contextmanager
    def prepare(text: str, n: int) -> Iterator[list[Any]]:
        open_files.append(text)
        yield [io.StringIO(text), n]
        open_files.remove(text)

    answer = ask(lambda file, n: (open_files[:], file.read(n)), ["image", 2], prepare=prepare)
    assert answer == Answer((["image"], "im"))
    assert open_files == []


def test_a_description_sees_what_became_of_what_the_function_was_given() -> None:
    def fill(images: list[int]) -> str:
        images.append(3)
        return "filled"

    answer = ask(fill, [[1, 2]], lambda returned, images: [returned, *images])
    assert answer.returned == ["filled", 1, 2, 3]
    assert answer.changed == ((0, [1, 2, 3]),)


@pytest.mark.parametrize("nothing", [None, ...])
def test_where_nothing_was_returned_nothing_is_described(nothing: object) -> None:
    answer = ask(lambda: nothing, [], lambda returned: "described")
    assert answer.returned is nothing


def test_what_the_code_tells_of_nothing_is_told_whatever_describes_it() -> None:
    def look(x: int) -> None:
        x + 1

    assert ask(look, [1], lambda returned, x: "nothing").body == "no return"
    assert ask(lambda x: x, [1]).body == ""


def test_what_stops_while_it_is_described_is_blamed_on_no_line_of_the_function() -> None:
    answer = ask(lambda: 0, [], lambda returned: 1 / returned)
    assert (answer.error, answer.line) == ("ZeroDivisionError: division by zero", "")
