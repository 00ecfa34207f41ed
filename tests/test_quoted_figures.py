"""The prose of lessons and README quotes the benchmarks' pages: neither moves without the other.

Lessons that quote much of one page have a file of their own, such as ``test_scaling_figures.py``.
"""

import ast
import re

import pytest
from course_notebooks import COURSE, LESSONS, lesson_on, read, results, table_rows, tables_on

from course_utils.predictions.questions import question
from course_utils.pretrained.runs import load_runs

#: By lesson and cell: what it says. In braces stand page, row and column of the figure, and "mean"
#: if not its range is quoted but its mean.
SENTENCES = {
    ("start_here", "first-network-read"): ["five runs gave {start_here | MLP | Accuracy}."],
    ("activations", "dead-and-saturated"): [
        "{activations | MNIST, 8 hidden layers, sigmoid | Accuracy} of held-out digits correctly "
        "with sigmoids, {activations | MNIST, 8 hidden layers, ReLU | Accuracy} with ReLUs, and "
        "{activations | MNIST, 8 hidden layers, tanh | Accuracy} with tanh",
    ],
    ("activations", "clinic-answer"): [
        "on clothes was {activations | Fashion-MNIST, two softmaxes | Accuracy} with two "
        "softmaxes and {activations | Fashion-MNIST, one softmax | Accuracy} with one; on digits "
        "it was {activations | MNIST, two softmaxes | Accuracy} and "
        "{activations | MNIST, one softmax | Accuracy}.",
    ],
    ("gradient_descent", "numpy-read"): [
        "the test accuracy was {training | NumPy | Test accuracy}. Keras reaches "
        "{training | Keras | Test accuracy} with the same SGD.",
    ],
    ("gradient_descent", "batches-read"): [
        "batches of 32 reached an accuracy of {training | 32, 0.01, 3 | Accuracy} on held-out "
        "images, and batches of 320 only {training | 320, 0.01, 3 | Accuracy}. After 30 "
        "epochs, and so after about as many updates, the large batches reached "
        "{training | 320, 0.01, 30 | Accuracy},",
    ],
    ("training", "overfitting-read"): [
        "lowest in epoch {training | 784-128-10, dropout 0 | In epoch}, at "
        "{training | 784-128-10, dropout 0 | Lowest validation loss}. After 60 epochs it had "
        "risen to {training | 784-128-10, dropout 0 | Validation loss at the end}, at a training "
        "accuracy of {training | 784-128-10, dropout 0 | Training accuracy}.",
    ],
    ("training", "dropout-read"): [
        "at the end was {training | 784-128-10, dropout 0.5 | Validation loss at the end} with "
        "dropout, and {training | 784-128-10, dropout 0 | Validation loss at the end} without.",
        "was lower, {training | 784-128-10, dropout 0.5 | Training accuracy}, but `fit`",
        "after 60 epochs was lower, "
        "{training | 784-16-10, dropout 0.5 | Validation accuracy at the end} against "
        "{training | 784-16-10, dropout 0 | Validation accuracy at the end}.",
    ],
    ("training", "early-read"): [
        "the best epoch was the {training | 10,000 images | Best epoch}, training stopped after "
        "{training | 10,000 images | Stopped after}, and the validation accuracy was "
        "{training | validation images | Early stopping by the validation images}.",
        "the same networks reached {training | other images of the training file | "
        "Early stopping by the validation images}.",
    ],
    ("training", "own-words-answer"): [
        "lowest after {training | 784-128-10, dropout 0 | In epoch} epochs, at "
        "{training | 784-128-10, dropout 0 | Lowest validation loss}, and had risen to "
        "{training | 784-128-10, dropout 0 | Validation loss at the end} after 60.",
    ],
    ("convolutional_networks", "learnt-read"): [
        "{convolution | by hand, kept | Size at the start} for eight made by hand, but "
        "{convolution | random, kept | Size at the start} for Keras's random ones",
    ],
    ("convolutional_networks", "own-words-answer"): [
        "the CNN's mean accuracy fell from {convolution | 0 | CNN | mean} to "
        "{convolution | 2 | CNN | mean} and the MLP's from {convolution | 0 | MLP | mean} to "
        "{convolution | 2 | MLP | mean}.",
    ],
    ("convolutional_networks", "blank-read"): [
        "| evidence less a blank picture's | "
        "{evidence | evidence less a blank picture's | The course's network} | "
        "{evidence | evidence less a blank picture's | Trained anew | mean} "
        "({evidence | evidence less a blank picture's | Trained anew}) |",
        "| raw evidence | {evidence | raw evidence | The course's network} | "
        "{evidence | raw evidence | Trained anew | mean} "
        "({evidence | raw evidence | Trained anew}) |",
        "| Grad-CAM, explained below | {evidence | Grad-CAM | The course's network} | "
        "{evidence | Grad-CAM | Trained anew | mean} ({evidence | Grad-CAM | Trained anew}) |",
        "| chance, over five seeds | {evidence | chance | The course's network | mean} "
        "({evidence | chance | The course's network}) | {evidence | chance | Trained anew | mean} "
        "({evidence | chance | Trained anew}) |",
    ],
    ("going_further", "own-words-answer"): [
        "batch normalisation brought "
        "{techniques | Fashion-MNIST, batch normalisation | Difference} points",
        "cosine from 0.01 brought {techniques | Fashion-MNIST, cosine from 0.01 | Difference}",
        "the same schedule cost {techniques | Fashion-MNIST, cosine | Difference}.",
        "flips cost {techniques | Fashion-MNIST, left-right flips | Difference} points",
        "was worth {techniques | Fashion-MNIST, batch normalisation, SGD 0.01 | Difference} points",
    ],
    ("good_practice", "search-read"): [
        "nine trials of a grid reached {good_practice | 9 trials: winner of a grid, "
        "fresh images | Accuracy} on fresh images, taken over the places where its lines "
        "may lie, and {good_practice | 9 trials: winner of a grid that lies badly, fresh "
        "images | Accuracy} where they lay worst. Nine random trials reached "
        "{good_practice | 9 trials: winner of random trials, fresh images | Accuracy}, "
        "as a mean over many draws.",
        "With four trials the same three figures were {good_practice | 4 trials: winner "
        "of a grid, fresh images | Accuracy}, {good_practice | 4 trials: winner of a "
        "grid that lies badly, fresh images | Accuracy} and {good_practice | 4 trials: "
        "winner of random trials, fresh images | Accuracy}.",
    ],
    ("good_practice", "winner"): [
        "The best of all 77 trials reached {good_practice | best of all trials, "
        "validation | Accuracy} in validation, over the five runs, and {good_practice | "
        "best of all trials, fresh images | Accuracy} on fresh images.",
        "choosing alone added {good_practice | what choosing among all adds to the "
        "validation figure | Accuracy}.",
        "came to {good_practice | a rate of 0.1 and dropout 0.2: validation, seed by "
        "seed | Accuracy} in validation over the five runs.",
    ],
    ("good_practice", "noise-read"): [
        "| validation, best epoch | {good_practice | as they are | Validation there} | "
        "{good_practice | a fifth of them wrong | Validation there} |",
        "| validation, epoch 20 | {good_practice | as they are | Validation at the end} "
        "| {good_practice | a fifth of them wrong | Validation at the end} |",
        "| training, epoch 20 | {good_practice | as they are | Training at the end} | "
        "{good_practice | a fifth of them wrong | Training at the end} |",
        "| wrong labels given back, best epoch | | {good_practice | a fifth of them "
        "wrong | Wrong labels given back in the best epoch} |",
        "| wrong labels given back, epoch 20 | | {good_practice | a fifth of them wrong "
        "| Wrong labels given back at the end} |",
    ],
    ("good_practice", "folds-read"): [
        "a share of {good_practice | out of fold | Wrong among the first 100} of the 100 "
        "most suspicious images had a wrong label, and {good_practice | out of fold | "
        "Wrong among the first 400} of the 400 most suspicious. A network that had "
        "learnt all of the labels for 30 epochs found {good_practice | asked of a "
        "network that learnt them | Wrong among the first 100} and {good_practice | "
        "asked of a network that learnt them | Wrong among the first 400}.",
    ],
    ("good_practice", "nudge-text"): [
        "| 0 | {good_practice | 0 | By the gradient's sign} | {good_practice | 0 | By "
        "signs at random} |",
        "| 0.01 | {good_practice | 0.01 | By the gradient's sign} | {good_practice | "
        "0.01 | By signs at random} |",
        "| 0.02 | {good_practice | 0.02 | By the gradient's sign} | {good_practice | "
        "0.02 | By signs at random} |",
        "| 0.05 | {good_practice | 0.05 | By the gradient's sign} | {good_practice | "
        "0.05 | By signs at random} |",
    ],
    ("good_practice", "pipeline-read"): [
        "took {good_practice | tf.data: cache, shuffle, batch, prefetch | Arrays = 1} "
        "times the processor time",
    ],
    ("good_practice", "family-read"): [
        "The plain network has a gap of {good_practice | plain | Gap}. Every member of "
        "the family narrows it, to {good_practice | dropout 0.5 | Gap} with dropout and "
        "{good_practice | less capacity: 8 units | Gap} with 8 units,",
        "What improves is the validation loss: it is {good_practice | plain | Validation "
        "loss} for the plain network, {good_practice | early stopping | Validation loss} "
        "with early stopping and {good_practice | dropout 0.5 | Validation loss} with "
        "dropout.",
        "With five times as many images the gap is {good_practice | five times as many "
        "images | Gap} and the validation accuracy {good_practice | five times as many "
        "images | Validation}.",
    ],
    ("capstone", "came-true"): [
        "the dense network classified {capstone | units 16, epochs 3 | Right} of the validation "
        "images correctly, and the convolutional one {capstone | widths 8-16, epochs 3 | Right}.",
    ],
    ("capstone", "clinic-answer"): [
        "an accuracy of {capstone | units 16, epochs 3 | Scaled twice: right} in this way and "
        "found no 8",
    ],
}
#: Settings that head a page's table, and the words in which a cell says them.
SETTINGS = [
    ("evidence", "Share of 3,000 validation images", "convolutional_networks", "blank-read",
     "with 10 of the 49 cells of 3,000 validation images"),
    ("training", "## 60,000 digits", "gradient_descent", "numpy-training", "all 60,000 images"),
    ("training", "first 12,000 digits", "gradient_descent", "batches-read", "12,000 digits"),
    ("training", "## 12,000 clothes, 784-128-10, 3 epochs", "training", "optimisers-read",
     "784-128-10, 12,000 images and three epochs"),
    ("training", "Adam, 60 epochs", "training", "overfitting", "60 epochs with Adam"),
    ("training", "## 1,000 clothes", "training", "overfitting", "1,000 images by heart"),
    ("training", "47,000 others of the training file", "training", "early-read",
     "47,000 other images of the training file"),
]  # fmt: skip
#: Rows on the pages of activations and training that no sentence quotes, and what rests on them.
UNQUOTED = {
    "Keras, STEPS_PER_EXECUTION": "Training: it saves time, and the weights are the same",
    "320, 0.1, 3": "Gradient descent, Modify: do larger steps make up for fewer of them?",
    "Adam, 0.1": "Training, Modify: does Adam protect from a rate a hundred times larger?",
    "test images": "Evaluation: the test file is a little harder",
    "validation images − other images of the training file": "Training: choosing flatters little",
    "other images of the training file − test images": "Evaluation: the test file is harder",
}
#: A range of accuracies, and not a change from one to another.
RANGE = re.compile(r"(?<!from )(?<!\d)\.\d{3} to \.\d{3}(?!\d)")
PAGES = sorted((COURSE / "benchmarks" / "results").glob("*.md"))
#: Ranges that other tests calculate from the pages, because they are rounded or differences.
CALCULATED = {".905 to .918", ".914 to .919", ".007 to .010", ".926 to .928", ".002 to .007"}


def text_of(topic: str, cell: str) -> str:
    (found,) = [c.source for c in read("solutions", lesson_on(topic)).cells if c.id == cell]
    return found


def figure(page: str, row: str, column: str, part: str = "range") -> str:
    """Look up a figure, or its range where a mean comes first: ``0.9 (0.8 to 0.95)``."""
    (found,) = [
        cells[header.index(column)]
        for header, *rows in tables_on(results(page))
        if column in header
        for cells in rows
        if row in labels(cells)
    ]
    mean, _, ends = found.partition(" (")
    return mean if part == "mean" else ends.strip(")") or mean


def labels(cells: list[str]) -> list[str]:
    """List what names a row: its first cell, its first two and so on."""
    return [", ".join(cells[:n]) for n in range(1, len(cells))]


def plain(text: str) -> str:
    """Write figures in one way: ``.5`` for ``0.5``, and one end for ranges without length.

    Lessons may say "the 6th or 7th" for ``6 to 7``, and of a difference how large it is.
    """
    text = re.sub(r"\b0\.", ".", text)
    text = re.sub(r"between epochs (\d+) and (\d+)", r"in epoch \1 to \2", text)
    text = re.sub(r"\b(\d+)(?:th)? or (\d+)(?:th)?\b", r"\1 to \2", text)
    text = re.sub(r"[+-]([\d.]+ ±)", r"\1", text)
    return re.sub(r"(?<![\d.])([\d.]+) to \1(?!\d)", r"\1", text)


@pytest.mark.parametrize(
    ("topic", "cell", "sentence"),
    [(*place, sentence) for place, sentences in SENTENCES.items() for sentence in sentences],
)
def test_a_sentence_quotes_what_was_measured(topic: str, cell: str, sentence: str) -> None:
    wanted = re.sub(r"\{(.*?)\}", lambda found: figure(*found[1].split(" | ")), sentence)
    assert plain(wanted) in plain(text_of(topic, cell))


@pytest.mark.parametrize(("page", "heading", "topic", "cell", "words"), SETTINGS)
def test_a_text_says_the_settings_of_its_figures(
    page: str, heading: str, topic: str, cell: str, words: str
) -> None:
    assert heading in results(page)
    assert words in text_of(topic, cell)


OPTIMISERS = table_rows(text_of("training", "optimisers-read"))[2:]


@pytest.mark.parametrize(("optimiser", "loss", "accuracy"), OPTIMISERS)
def test_the_table_of_optimisers_quotes_what_was_measured(
    optimiser: str, loss: str, accuracy: str
) -> None:
    assert plain(figure("training", optimiser, "Training loss")) == plain(loss)
    assert plain(figure("training", optimiser, "Validation accuracy")) == plain(accuracy)


@pytest.mark.parametrize("page", ["activations", "training"])
def test_a_lesson_rests_on_each_row_that_is_measured(page: str) -> None:
    said = " ".join(sentence for sentences in SENTENCES.values() for sentence in sentences)
    quoted = {row for row, *_ in OPTIMISERS} | set(re.findall(rf"\{{{page} \| (.*?) \|", said))
    rows = [labels(cells) for _, *rows in tables_on(results(page)) for cells in rows]
    assert [row[0] for row in rows if not set(row) & (quoted | UNQUOTED.keys())] == []


def test_a_predict_box_rounds_what_numpy_reached() -> None:
    reached = float(figure("training", "NumPy", "Test accuracy", "mean"))
    asked = question("gradient_descent", "batches")["question"]
    assert f"batches of 32 gave an accuracy of about {reached:.2f}." in asked


def test_numpy_needs_about_a_sixth_of_the_time() -> None:
    assert "about a sixth of the processor time" in text_of("gradient_descent", "numpy-read")
    share = figure("training", "NumPy", "Processor time, plain Keras = 1")
    assert round(1 / float(share)) == 6


def test_many_steps_in_one_execution_give_the_same_in_less_time() -> None:
    assert "the same losses, bit for bit, in less time" in text_of("training", "compile-words")
    many = "Keras, STEPS_PER_EXECUTION"
    assert figure("training", many, "Test accuracy") == figure("training", "Keras", "Test accuracy")
    assert float(figure("training", many, "Processor time, plain Keras = 1")) < 1


def test_dropout_did_not_lower_the_loss_of_the_small_network() -> None:
    assert "the lowest validation loss was no better" in text_of("training", "dropout-read")
    without, dropped = (
        figure("training", f"784-16-10, dropout {rate}", "Lowest validation loss").split(" to ")
        for rate in ("0", "0.5")
    )
    assert all(float(x) >= float(y) for x, y in zip(dropped, without, strict=True))


ONE_BLOCK, TWO_BLOCKS = "S2 CNN `fashion_cnn_32`", "S4 CNN `fashion_cnn_32_64`"


def test_the_text_quotes_what_the_tutorials_state() -> None:
    one, two = (f"{float(figure('tutorials', row, 'Stated')):g}" for row in (ONE_BLOCK, TWO_BLOCKS))
    sentence = plain(f"{one} for a CNN of one block and {two} for one of two.")
    assert sentence in text_of("convolutional_networks", "duel-spread")


def test_the_text_rounds_what_the_tutorials_networks_reached() -> None:
    one, two = (
        " to ".join(f"{float(end):.3f}" for end in figure("tutorials", row, "Ours").split(" to "))
        for row in (ONE_BLOCK, TWO_BLOCKS)
    )
    assert plain(f"got {one} and {two}.") in text_of("convolutional_networks", "duel-spread")


def gain(row: str) -> float:
    """How much more accurate a tutorial's network is when each epoch has an order of its own."""
    ours, same = (
        float(figure("tutorials", row, column, "mean")) for column in ("Ours", "Same order")
    )
    return ours - same


def test_the_picture_of_the_family_shows_what_was_measured() -> None:
    (cell,) = [c for c in read("solutions", lesson_on("good_practice")).cells if c.id == "family"]
    (drawn,) = [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Dict)]
    for title, pair in ast.literal_eval(drawn).items():
        columns = ("Validation", "Training")
        measured = [float(figure("good_practice", title, column, "mean")) for column in columns]
        assert list(pair) == measured


def test_an_order_of_its_own_in_each_epoch_is_worth_what_the_text_says() -> None:
    text = text_of("training", "spread")
    assert "the two convolutional ones were better by about one percentage point" in text
    assert [round(100 * gain(row)) for row in (ONE_BLOCK, TWO_BLOCKS)] == [1, 1]
    assert "two MLPs by half a point, and two MLPs not at all" in text
    (table,) = tables_on(results("tutorials"))
    mlps = sorted(gain(row[0]) for row in table if re.match(r"S\d MLP `", row[0]))
    assert mlps[1] <= 0
    assert [round(100 * better, 1) for better in mlps[2:]] == [0.5, 0.5]


def test_the_text_says_which_maps_find_more_than_chance_does() -> None:
    text, course = text_of("convolutional_networks", "blank-read"), "The course's network"
    kept = {
        way: float(figure("evidence", row, course, "mean"))
        for way, row in (("added", "evidence less a blank picture's"), ("raw", "raw evidence"),
                         ("chance", "chance"))
    }  # fmt: skip
    assert "changes more than half of this network's answers" in text
    assert kept["added"] < 0.5
    assert "chance changes little more than a quarter" in text
    assert 0.25 < 1 - kept["chance"] < 0.3
    assert "The raw map hardly beats chance here" in text
    assert 0 < kept["chance"] - kept["raw"] < 0.05
    raw, added, chance, cam = (
        figure("evidence", row, "Trained anew", "mean")
        for row in ("raw evidence", "evidence less a blank picture's", "chance", "Grad-CAM")
    )
    assert "in the networks trained anew it does, but on average it stays behind" in text
    assert added < raw < chance
    assert "Grad-CAM does worse than chance" in text_of(
        "convolutional_networks", "explore-evidence-text"
    )
    assert cam > chance
    assert float(figure("evidence", "Grad-CAM", course)) > kept["chance"]


def test_the_gradient_times_the_activation_was_the_evidence_exactly() -> None:
    check = "gradient times activation against the evidence, largest difference"
    assert [figure("evidence", check, by) for by in ("The course's network", "Trained anew")] == [
        "0", "0",
    ]  # fmt: skip


def test_the_readme_says_how_many_times_faster_the_digits_network_trains() -> None:
    readme = (COURSE / "README.md").read_text("utf-8")
    assert "two to three times faster than plain Keras does, bit for bit the same" in readme
    digits = "S0 MLP `mnist_mlp`"
    elsewhere = re.search(r"S0's MLP was (\S+) to (\S+) times faster", results("tutorials"))
    times = [figure("tutorials", digits, "Faster"), *elsewhere.groups()]
    assert all(2 <= float(number) <= 3 for number in times)
    assert figure("tutorials", digits, "Loss equal") == "yes"


def test_each_range_in_a_lesson_is_on_a_page_or_calculated() -> None:
    measured = {found for path in PAGES for found in RANGE.findall(plain(path.read_text("utf-8")))}
    quoted = {
        found: f"{lesson}: {cell.id}"
        for lesson in LESSONS
        for cell in read("solutions", lesson).cells
        if cell.cell_type == "markdown"
        for found in RANGE.findall(plain(cell.source))
    }
    nowhere = quoted.keys() - measured - CALCULATED
    assert {found: quoted[found] for found in nowhere} == {}


def test_more_images_lower_the_loss_of_the_recorded_runs_as_the_text_says() -> None:
    lowest = {
        n: [
            min(run["val_loss"]) for run in load_runs() if (run["images"], run["dropout"]) == (n, 0)
        ]
        for n in (1000, 10_000)
    }
    before = {f"{loss:.2f}" for loss in lowest[1000]}
    after = [f"{loss:.2f}" for loss in (min(lowest[10_000]), max(lowest[10_000]))]
    sentence = f"from {' to '.join(sorted(before))} to between {after[0]} and {after[1]}"
    assert sentence in text_of("training", "dropout")
