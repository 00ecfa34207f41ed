"""The `course` command: help with examples, clear errors, exit status."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from course_notebooks import COURSE, LESSONS
from typer.testing import CliRunner, Result

from course_utils.cli import app
from course_utils.environment import Finding
from course_utils.pretrained import pretrained_names
from course_utils.trying import save_notes
from course_utils.trying.network import SavedNetwork

VERBS = [
    *(
        "lab",
        "try",
        "doctor",
        "next",
        "review",
        "release",
        "outputs",
        "lessons",
        "answers",
        "assign",
        "collect",
        "feedback",
        "roster",
        "export",
    ),
    *("data", "pretrained", "runs"),
]


def course(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def test_help_lists_every_verb() -> None:
    assert all(verb in course("--help").output for verb in VERBS)


@pytest.mark.parametrize(
    "verb",
    [
        ["lab"],
        ["try"],
        ["doctor"],
        ["next"],
        ["review"],
        ["release"],
        ["outputs"],
        ["lessons"],
        ["answers"],
        ["assign"],
        ["collect"],
        ["grade"],
        ["feedback"],
        ["report"],
        ["roster"],
        ["export", "long"],
        ["export", "canvas"],
        ["export", "moodle"],
        ["data", "verify"],
        ["data", "rebuild"],
        ["pretrained", "verify"],
        ["pretrained", "rebuild"],
        ["runs", "rebuild"],
        ["runs", "rebuild-search"],
        ["runs", "rebuild-checkpoints"],
    ],
)
def test_help_of_each_verb_shows_an_example(verb: list[str]) -> None:
    assert f"course {' '.join(verb)}" in " ".join(course(*verb, "--help").output.split())


def test_doctor_says_that_all_is_ready(tmp_path: Path) -> None:
    result = course("doctor", str(tmp_path))
    assert (result.exit_code, "Everything is ready" in result.output) == (0, True)


def test_doctor_fails_where_something_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = Finding("The moon is full.", False, "Wait.")
    monkeypatch.setattr("course_utils.doctor.examine", lambda folder: iter([bad]))
    result = course("doctor", str(tmp_path))
    assert result.exit_code == 1
    assert "✗ The moon is full. Wait." in result.output
    assert "then run `course doctor` again." in result.output


@pytest.mark.parametrize(("encoding", "mark"), [("cp1252", "[!]"), ("utf-8", "✗")])
def test_a_console_without_the_marks_gets_others(encoding: str, mark: str, tmp_path: Path) -> None:
    lesson = tmp_path / LESSONS[1] / f"{LESSONS[1]}.ipynb"
    shutil.copytree(COURSE / "notebooks" / LESSONS[1], lesson.parent)
    notebook = nbformat.read(lesson, 4)
    graded = next(cell for cell in notebook.cells if "lesson.check_" in cell.source)
    graded.outputs = [nbformat.v4.new_output("error", ename="x", evalue="", traceback=["✗ no"])]
    nbformat.write(notebook, lesson)
    run = subprocess.run(
        [sys.executable, "-m", "course_utils.cli", "review", str(tmp_path)],
        env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        capture_output=True,
        check=True,
    )
    assert f"  {mark} no" in run.stdout.decode(encoding)


@pytest.mark.parametrize("verb", ["next", "review"])
def test_where_there_are_no_lessons_it_says_where_to_go(verb: str, tmp_path: Path) -> None:
    require_one_sentence(course(verb, str(tmp_path)), "must hold lessons", str(tmp_path))


def test_next_and_review_look_at_the_course_one_is_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(COURSE)
    assert "Next: " in course("next").output
    assert "nothing that you would have to read again" in course("review").output


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A course of one lesson, to do harm to."""
    shutil.copy(COURSE / "nbgrader_config.py", tmp_path)
    folder = tmp_path / "solutions" / "only"
    folder.mkdir(parents=True)
    (folder / "answers.py").write_text("EXERCISES = []")
    cells = [nbformat.v4.new_code_cell("2 + 2")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "only.ipynb")
    return tmp_path


def require_one_sentence(result: Result, *parts: str) -> None:
    """Demand that a command failed with one line for a person, with all these parts in it."""
    lines = result.stderr.strip().splitlines()
    assert result.exit_code == 1
    assert [line for line in lines if line.startswith("course: ")] == lines[-1:]
    assert "Traceback" not in result.output
    assert [part for part in parts if part not in lines[-1]] == []


CONFLICT = """{
 "cells": [
<<<<<<< HEAD
 ],
=======
 ]
>>>>>>> theirs
}"""
NO_CELL = '{"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [{}]}'
#: What may stand where a notebook should, and how that is called.
NO_NOTEBOOKS = {
    "a merge conflict": (CONFLICT, "from line 3 on"),
    "nothing": ("", "it is empty"),
    "text": ("not a notebook", "it is not JSON, as line 1 shows"),
    "half a notebook": ('{"cells": [\n', "it is not JSON, as line 2 shows"),
    "JSON of another kind": ("[1, 2]", "it is JSON of another kind"),
    "an old notebook": ('{"nbformat": 3, "worksheets": []}', "it is JSON of another kind"),
    "cells of no kind": (
        '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{}]}',
        "breaks",
    ),
}


@pytest.mark.parametrize(
    "verb", [["release"], ["release", "--check"], ["outputs"], ["lessons"]], ids=" ".join
)
@pytest.mark.parametrize("kind", NO_NOTEBOOKS)
def test_what_is_no_notebook_is_named_and_left_alone(
    verb: list[str], kind: str, broken: Path
) -> None:
    text, called = NO_NOTEBOOKS[kind]
    path = broken / "solutions" / "only" / "only.ipynb"
    path.write_text(text)
    require_one_sentence(course(*verb, "--course", str(broken)), str(path), called)
    assert path.read_text() == text
    assert not (broken / "notebooks").exists()


def test_a_notebook_that_is_not_text_is_named(broken: Path) -> None:
    path = broken / "solutions" / "only" / "only.ipynb"
    path.write_bytes(b"\xff\xfe\x00")
    result = course("outputs", "--course", str(broken))
    require_one_sentence(result, str(path), "not text in UTF-8")


def test_a_folder_where_a_notebook_should_be_is_named(broken: Path) -> None:
    path = broken / "solutions" / "only" / "only.ipynb"
    path.unlink()
    path.mkdir()
    result = course("outputs", "--course", str(broken))
    require_one_sentence(result, str(path), "it is a folder")


def test_a_lesson_whose_notebook_has_another_name_is_named(broken: Path) -> None:
    path = broken / "solutions" / "only" / "only.ipynb"
    path.rename(path.with_name("other.ipynb"))
    result = course("outputs", "--course", str(broken))
    require_one_sentence(result, str(path), "there is no such file")


def test_a_cell_that_raises_is_named(broken: Path) -> None:
    path = broken / "solutions" / "only" / "only.ipynb"
    path.write_text(path.read_text().replace("2 + 2", "1 / 0"))
    result = course("outputs", "only", "--course", str(broken))
    require_one_sentence(result, str(path), "cell 1", "ZeroDivisionError")


def test_a_file_in_the_place_of_the_release_is_named(broken: Path) -> None:
    (broken / "notebooks").write_text("in the way")
    result = course("release", "--course", str(broken))
    require_one_sentence(result, str(broken / "notebooks"))


def test_a_folder_that_may_not_be_written_to_is_named(
    broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, text: str) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    # Tests may run as root, whom no folder refuses.
    monkeypatch.setattr("course_utils.grading.outputs.write_aside", refuse)
    result = course("outputs", "only", "--course", str(broken))
    require_one_sentence(result, "only.ipynb: Permission denied")


def test_answers_that_are_no_python_are_named_with_the_line(broken: Path) -> None:
    path = broken / "solutions" / "only" / "answers.py"
    path.write_text("EXERCISES = []\n<<<<<<< HEAD\n")
    result = course("answers", "--course", str(broken))
    require_one_sentence(result, f"{path}, line 2: ")


@pytest.mark.parametrize("verb", ["release", "outputs", "lessons", "answers"])
@pytest.mark.parametrize("place", ["nowhere", "a file"])
def test_outside_a_course_a_command_says_where_to_go(verb: str, place: str, tmp_path: Path) -> None:
    (tmp_path / "a file").touch()
    result = course(verb, "--course", str(tmp_path / place))
    require_one_sentence(result, "is not in a course", "--course")


@pytest.mark.parametrize("verb", ["outputs", "answers"])
def test_an_unknown_lesson_is_refused_with_the_known_ones(verb: str) -> None:
    result = course(verb, "99_nothing", "--course", str(COURSE))
    require_one_sentence(result, "99_nothing", LESSONS[0])


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["release", "--nonsense"], ["data", "rebuild"]]
)
def test_a_command_that_is_not_understood_ends_with_status_2(arguments: list[str]) -> None:
    result = course(*arguments)
    assert result.exit_code == 2
    assert "Usage: " in result.stderr


def test_lab_in_the_place_of_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    require_one_sentence(course("lab", str(tmp_path / "file"), "--no-browser"), "file")


def test_lab_on_a_port_that_cannot_be_is_refused(tmp_path: Path) -> None:
    result = course("lab", str(tmp_path), "--no-browser", "--port", "99999")
    require_one_sentence(result, "`port` must be a whole number from 1 to 65535", "99999")


def test_lab_hands_jupyterlab_its_own_options_with_and_without_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []
    monkeypatch.setattr(
        "course_utils.jupyter.lab.serve", lambda folder, at, options, **_: calls.append(options)
    )
    monkeypatch.chdir(COURSE)
    for folder in ([], [str(tmp_path)]):
        assert course("lab", *folder, "--ServerApp.ip=::1", "--no-browser").exit_code == 0
    assert calls == [["--ServerApp.ip=::1"]] * 2


def test_lab_names_the_lessons_whose_new_edition_lies_beside_ones_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("course_utils.jupyter.lab.serve", lambda *_, **__: None)
    lesson = tmp_path / LESSONS[0] / f"{LESSONS[0]}.ipynb"
    lesson.parent.mkdir()
    lesson.write_text("work")
    result = course("lab", str(tmp_path))
    assert f"{LESSONS[0]}/{LESSONS[0]}.new.ipynb" in result.output
    assert lesson.read_text() == "work"


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A network of three classes in a file."""
    from keras import Sequential, layers

    Sequential([layers.Input((8, 8)), layers.Flatten(), layers.Dense(3)]).save(
        tmp_path / "own.keras"
    )
    return tmp_path / "own.keras"


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[SavedNetwork]:
    """What is served, which is nothing here."""
    networks: list[SavedNetwork] = []
    monkeypatch.setattr(
        "course_utils.trying.server.serve", lambda network, **_: networks.append(network)
    )
    return networks


def test_try_without_the_file_says_what_to_give(tmp_path: Path) -> None:
    path = str(tmp_path / "own.keras")
    require_one_sentence(course("try", path), "There is no file", "own.keras", "course try")


def test_try_of_another_file_says_what_to_give() -> None:
    result = course("try", str(COURSE / "README.md"))
    require_one_sentence(result, "is no saved Keras network", "README.md", "ends in .keras")


@pytest.mark.parametrize(("options", "told"), [
    ([], "own.keras has 3 answers, and nothing says what they mean"),
    (["--classes", "cup,fork"], "own.keras has 3 answers, but 2 class names are given"),
    (["--classes", "fashion_mnist"], "own.keras has 3 answers, but 10 class names are given"),
    (["--frame", "--crop"], "--frame crops each picture to its ink. Leave out --crop."),
    (["--like", "minst"], "--like is one of mnist, fashion_mnist; got 'minst'"),
])  # fmt: skip
def test_try_with_what_does_not_fit_says_what_to_give(
    options: list[str], told: str, saved: Path
) -> None:
    require_one_sentence(course("try", str(saved), "--no-browser", *options), told)


def test_try_on_a_port_that_cannot_be_is_refused(saved: Path) -> None:
    result = course("try", str(saved), "--classes", "a,b,c", "--no-browser", "--port", "99999")
    require_one_sentence(result, "`port` must be a whole number from 1 to 65535", "99999")


@pytest.mark.parametrize("options", [["--classes", " "], ["--like", ""], ["--white", "0"]])
def test_try_with_an_option_that_means_nothing_ends_with_status_2(
    options: list[str], saved: Path
) -> None:
    assert course("try", str(saved), *options).exit_code == 2


def test_try_takes_notes_and_options_against_them(saved: Path, tried: list[SavedNetwork]) -> None:
    save_notes(saved, ["cup", "fork", "plate"], invert=True, white=255)
    assert course("try", str(saved), "--no-invert", "--like", "mnist").exit_code == 0
    notes = tried[0].notes
    assert notes.class_names == ["cup", "fork", "plate"]
    assert (notes.invert, notes.white, notes.like, notes.frame) == (False, 255, "mnist", True)


def test_try_cuts_photos_where_the_notes_or_an_option_say_so(
    saved: Path, tried: list[SavedNetwork]
) -> None:
    save_notes(saved, ["cup", "fork", "plate"], crop=True)
    for option in ([], ["--crop"], ["--no-crop"]):
        assert course("try", str(saved), *option).exit_code == 0
    assert [network.notes.crop for network in tried] == [True, True, False]


def test_try_takes_class_names_with_commas_between_them(
    saved: Path, tried: list[SavedNetwork]
) -> None:
    assert course("try", str(saved), "--classes", "coffee cup, fork,plate").exit_code == 0
    assert tried[0].class_names == ["coffee cup", "fork", "plate"]


def test_try_ends_with_ctrl_c_and_says_so(saved: Path) -> None:
    arguments = ["try", str(saved), "--classes", "a,b,c", "--no-browser"]
    command = [sys.executable, "-u", "-m", "course_utils.cli", *arguments]
    # Whoever runs the tests in the background makes them deaf to Ctrl-C, and so their processes.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    finally:
        signal.signal(signal.SIGINT, before)
    with run:
        try:
            assert "Try own.keras at http://127.0.0.1:" in run.stdout.readline()
            run.send_signal(signal.SIGINT)
            said, complaints = run.communicate(timeout=60)
        finally:
            run.kill()
    assert (run.returncode, said.strip(), complaints) == (0, "Stopped.", "")


def test_data_verify_names_both_sets_and_the_photos() -> None:
    result = course("data", "verify")
    assert result.exit_code == 0
    assert "mnist: " in result.output
    assert "fashion_mnist: " in result.output
    assert "photos: 113 are as recorded" in result.output


def test_data_verify_without_the_originals_it_was_told_of_fails(tmp_path: Path) -> None:
    result = course("data", "verify", "--originals", str(tmp_path))
    require_one_sentence(result, "must hold train-images-idx3-ubyte", str(tmp_path))


def test_data_rebuild_into_a_file_fails(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = course("data", "rebuild", "--fetch", "--originals", str(tmp_path / "file"))
    require_one_sentence(result, str(tmp_path / "file"))


def test_pretrained_verify_names_every_network_and_its_accuracy() -> None:
    result = course("pretrained", "verify")
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert [line.partition(":")[0] for line in lines] == [*pretrained_names(), "photo_network"]
    assert all("(test)" in line for line in lines[:-1])
    assert lines[-1] == "photo_network: 4,694,024 parameters as recorded"


def test_pretrained_rebuild_into_a_missing_folder_fails(tmp_path: Path) -> None:
    result = course("pretrained", "rebuild", "--folder", str(tmp_path / "nowhere"))
    require_one_sentence(result, "`folder` must be an existing folder", "nowhere")


def test_pretrained_rebuild_photo_network_without_its_originals_fails(tmp_path: Path) -> None:
    result = course("pretrained", "rebuild-photo-network", "--originals", str(tmp_path))
    require_one_sentence(result, "must hold efficientnet-lite0-57934424.pth", str(tmp_path))


def test_runs_rebuild_into_a_missing_folder_fails(tmp_path: Path) -> None:
    result = course("runs", "rebuild", "--folder", str(tmp_path / "nowhere"))
    assert result.exit_code == 1
    assert "course: `folder` must be an existing folder" in result.output


def test_answers_prints_the_misconceptions_of_a_lesson() -> None:
    result = course("answers", LESSONS[0], "--course", str(COURSE))
    assert result.exit_code == 0
    assert "misconception" in result.output


def test_lessons_prints_every_lesson_and_the_formula() -> None:
    result = CliRunner().invoke(app, ["lessons", "--course", str(COURSE)], env={"COLUMNS": "120"})
    assert result.exit_code == 0
    numbers = [name.partition("_")[0] for name in LESSONS]
    assert [
        line.split()[0] for line in result.output.splitlines() if line[1:2].isdigit()
    ] == numbers
    assert "minutes = words / " in result.output
