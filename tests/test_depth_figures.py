"""The lesson on deeper networks quotes the benchmark's figures, each in its table."""

import re

import pytest
from course_notebooks import lesson_on, read, results, table_rows, tables_on

from course_utils.checks.deeper_networks import field_of
from course_utils.predictions.questions import question

TEXT = {
    cell.id: cell.source
    for cell in read("solutions", lesson_on("deeper_networks")).cells
    if cell.cell_type == "markdown"
}
PAGE = results("depth")
(_, *DEPTHS), (_, *HEADS) = tables_on(PAGE)
Row = list[str]


def given(cell: str) -> list[Row]:
    """Read a lesson's table, without its head."""
    return table_rows(TEXT[cell])[2:]


def ends(figure: str) -> str:
    """Write the range of ``0.8 (0.7 to 0.9)`` as a lesson does: ``.7 to .9``."""
    found = re.search(r"\((.*)\)", figure)
    return re.sub(r"\b0\.", ".", found[1] if found else figure)


def depth(n: int, blocks: str) -> Row:
    """Find the figures of a deep network: loss and accuracy in training, and in validation."""
    return next(row[2:] for row in DEPTHS if row[:2] == [str(n), blocks])


@pytest.mark.parametrize(("shown", "row"), list(zip(given("depth-table"), DEPTHS, strict=True)))
def test_the_table_of_depths_quotes_what_was_measured(shown: Row, row: Row) -> None:
    assert shown == [*row[:2], *map(ends, row[3:])]


@pytest.mark.parametrize(("shown", "row"), list(zip(given("heads-table"), HEADS, strict=True)))
def test_the_table_of_heads_quotes_what_was_measured(shown: Row, row: Row) -> None:
    assert shown == [*row[:3], *map(ends, row[3:])]


def test_the_predict_box_is_right_that_depth_lowers_the_training_accuracy() -> None:
    asked = question("deeper_networks", "thirty")
    assert next(option["id"] for option in asked["options"] if option.get("right")) == "falls"
    shallow, deep = ends(depth(2, "plain")[1]), ends(depth(30, "plain")[1])
    assert deep.split(" to ")[1] < shallow.split(" to ")[0]
    assert f"correctly, and networks with thirty {deep} (five seeds)" in asked["explanation"]
    assert f"classified {shallow} of their training images" in asked["explanation"]


def sentences() -> list[tuple[str, str]]:
    """Write the sentences that quote the page, each with its cell."""
    plain, residual = ({n: depth(n, kind) for n in (2, 10, 30)} for kind in ("plain", "residual"))
    normal, both = (depth(30, f"{kind}, batch normalisation") for kind in ("plain", "residual"))
    flat, mean = ([ends(cell) for cell in row[3:]] for row in HEADS[:2])
    two, ten, thirty = (ends(plain[n][1]) for n in (2, 10, 30))
    around = ends(residual[30][1])
    return [
        ("depth-read", f"those with two, {ten} against {two}. With thirty it is {thirty}."),
        ("depth-read", f"Residual networks of that depth reach {around}."),
        ("depth-read", f"{ends(normal[1])} in training, and only {ends(normal[2])} in validation."),
        ("depth-read", f"the highest training accuracy of all, {ends(both[1])}."),
        (
            "depth-read",
            f"{ends(both[2])}, and plain ones with ten convolutions {ends(plain[10][2])}",
        ),
        ("heads-read", f"the networks reached {mean[0]}, and with `Flatten` {flat[0]}."),
        ("heads-read", f"in {mean[2]} of the cases, against {flat[2]} with `Flatten`."),
        ("own-words-answer", f"training accuracy of {thirty}, and those with two {two}."),
        ("own-words-answer", f"with such connections thirty convolutions reached {around}."),
    ]


@pytest.mark.parametrize(("cell", "sentence"), sentences())
def test_a_sentence_quotes_what_was_measured(cell: str, sentence: str) -> None:
    assert sentence in TEXT[cell]


def test_no_network_fits_better_than_the_one_with_both() -> None:
    accuracies = {tuple(row[:2]): float(row[3].split()[0]) for row in DEPTHS}
    assert max(accuracies, key=accuracies.__getitem__) == ("30", "residual, batch normalisation")


def test_flatten_with_shifted_images_is_ahead_of_all_where_garments_have_moved() -> None:
    *_, shifted, _ = HEADS
    for column in (4, 5):
        others = [float(row[column].split()[0]) for row in HEADS if row is not shifted]
        assert float(shifted[column].split()[0]) > max(others)
    by_two, by_four = map(ends, shifted[4:])
    assert f"moved: {by_two} by two pixels, and {by_four} by four." in TEXT["heads-read"]


#: Windows and strides of ResNet50, whose 1 × 1 convolutions have the strides between its stages.
RESNET = [(7, 2), (3, 2), *3 * [(3, 1)]]
for n_blocks in (4, 6, 3):
    RESNET += [(1, 2), *n_blocks * [(3, 1)]]


def test_the_text_says_how_far_the_last_maps_see() -> None:
    heads = [(3, 1), (2, 2), (3, 1), (2, 2), (3, 1)]
    assert f"These maps see {field_of(heads)} of 28 pixels." in TEXT["heads-read"]
    assert f"ResNet50's see {field_of(RESNET)} by the rule" in TEXT["heads-read"]


@pytest.mark.parametrize(("page", "cell", "words"), [
    ("5 epochs on 6,000 training images", "depth-table", "for five epochs on 6,000 garments"),
    ("over 5 seeds", "depth-table", "five seeds"),
    ("8 epochs on 12,000 training images", "heads-table", "on 12,000 garments for eight epochs"),
    ("with 16, 32, 64 filters", "heads-table", "with 16, 32 and 64 filters"),
    ("up to 4 pixels", "heads-table", "up to four pixels"),
])  # fmt: skip
def test_the_text_says_the_settings_of_its_figures(page: str, cell: str, words: str) -> None:
    assert page in PAGE
    assert words in TEXT[cell]
