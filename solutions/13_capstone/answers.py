"""Right and wrong answers to the capstone's exercises."""

import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from course_utils.checks.capstone import (
    check_baseline_accuracy,
    check_known_failures_pairs,
    check_known_failures_shares,
    check_my_log_choice,
    check_my_log_model,
    check_my_log_rows,
    check_my_plan,
    check_pick_best_budget,
    check_pick_best_choice,
    check_save_and_reload,
)
from course_utils.checks.capstone.saving import stack
from course_utils.experiments import ExperimentLog, parse_log
from course_utils.grading.exercise import Exercise

# baseline_accuracy ----------------------------------------------------------------------------


def _label_cases(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for _ in range(20):
        # Class a leads in training, class b in validation; no two counts are equal.
        a, b, c, d = (int(k) for k in rng.permutation(7)[:4])
        extra = int(rng.integers(3))
        train = rng.permutation(np.repeat([a, b, c, d], [11 + extra, 4, 7, 2]))
        yield train, rng.permutation(np.repeat([a, b, c, d], [9, 16 + extra, 5, 1]))


def _baseline(train_labels, validation_labels):
    return (validation_labels == np.bincount(train_labels).argmax()).mean()


BASELINE = Exercise(_baseline, {"baseline_accuracy_check": (check_baseline_accuracy, _label_cases)})


@BASELINE.right
def baseline_by_loop(train_labels, validation_labels):
    counts = {}
    for label in train_labels:
        counts[label] = counts.get(label, 0) + 1
    favourite = max(counts, key=counts.get)
    return sum(label == favourite for label in validation_labels) / len(validation_labels)


@BASELINE.right
def baseline_by_unique(train_labels, validation_labels):
    classes, counts = np.unique(train_labels, return_counts=True)
    return np.float32(np.mean(validation_labels == classes[np.argmax(counts)]))


@BASELINE.right
def baseline_by_scikit_learn(train_labels, validation_labels):
    from sklearn.dummy import DummyClassifier

    no_features = np.zeros((len(train_labels), 1))
    dummy = DummyClassifier(strategy="most_frequent").fit(no_features, train_labels)
    return dummy.score(np.zeros((len(validation_labels), 1)), validation_labels)


@BASELINE.wrong("Guess each class as often as it occurs", says="every time")
def baseline_proportional(train_labels, validation_labels):
    n = max(train_labels.max(), validation_labels.max()) + 1
    shares, held = (np.bincount(x, minlength=n) / len(x) for x in (train_labels, validation_labels))
    return shares @ held


@BASELINE.wrong("A count is a share", says="a number of images")
def baseline_count(train_labels, validation_labels):
    return (validation_labels == np.bincount(train_labels).argmax()).sum()


@BASELINE.wrong("Printing is returning", says="prints its answer")
def baseline_printed(train_labels, validation_labels):
    print(_baseline(train_labels, validation_labels))


# my_plan --------------------------------------------------------------------------------------


def _plan(**changes: Any) -> dict[str, Any]:
    plan = {
        "data": "fashion_mnist",
        "baseline": 0.0955,
        "target": 0.92,
        "hypothesis": "A convolutional network of at most 120,000 parameters classifies at least "
        "92 of 100 images correctly.",
        "max_parameters": 120_000,
        "max_cpu_seconds": 360,
    }
    return plan | changes


PLAN = Exercise(_plan, {"my_plan_check": (check_my_plan, None)})


@PLAN.right
def plan_on_digits():
    return _plan(
        data="mnist",
        baseline=np.float64(0.1064),
        target=np.float32(0.985),
        hypothesis="On MNIST two convolutions of 8 and 16 filters reach 98.5 %, in a minute.",
        max_cpu_seconds=60.0,
    )


@PLAN.right
def plan_on_own_pictures():
    return _plan(
        data="pets",
        baseline=0.71,
        target=0.8,
        hypothesis="With flips, a small convolutional network beats 0.8 on my 400 cats and dogs.",
    )


#: misconception, what the check says of it, what it changes in the plan
_PLANS: list[tuple[str, str, dict[str, Any]]] = [
    ("90 % is good whatever the baseline", "depends on the baseline",
     {"data": "my_defects", "baseline": 0.95, "target": 0.9}),
    ("My first network is the baseline", "without any network", {"baseline": 0.88}),
    ("A hypothesis is a hope", "names no number", {"hypothesis":
     "I want to build a really good network that recognises clothes well."}),
    ("A hypothesis is a question", "is a question", {"hypothesis":
     "How good can a convolutional network of 120,000 parameters become?"}),
    ("Accuracies are per cent", "per cent", {"baseline": 9.55, "target": 92}),
    ("The example is the answer", "the example's hypothesis", {"hypothesis":
     "A dense network with 16 hidden neurons, trained on 6,000 images, classifies at least 97 of "
     "100 correctly; a convolutional one with fewer parameters does better."}),
]  # fmt: skip
for misconception, said, changes in _PLANS:
    PLAN.wrong(misconception, says=said)(partial(_plan, **changes))


@PLAN.wrong("A budget can wait", says="max_cpu_seconds missing")
def plan_without_budget():
    plan = _plan()
    del plan["max_cpu_seconds"]
    return plan


# pick_best ------------------------------------------------------------------------------------


def _rows(order: Any, numbers: Any, table: dict[str, list[Any]]) -> list[dict[str, Any]]:
    """Make rows of a log of a table's columns, in another order."""
    return [
        {"number": int(n), **{name: column[i] for name, column in table.items()}}
        for n, i in zip(numbers, order, strict=True)
    ]


def _choices(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for _ in range(20):
        # Each temptation is another row: best in test, in training, largest, smallest, first, last.
        v = [float(score) for score in 0.8 + rng.permutation(60)[:6] / 1000]
        table = {
            "validation_accuracy": [v[0], 0.95, v[1], v[2], v[3], 0.95, 0.70, v[4], v[5]],
            "parameters": [51_000, 60_000, 52_000, 53_000, 99_000, 80_000, 55_000, 40_000, 54_000],
            "test_accuracy": [0.80, 0.93, 0.97, 0.81, 0.82, 0.92, 0.72, 0.83, 0.84],
            "training_accuracy": [0.90, 0.96, 0.91, 0.99, 0.92, 0.95, 0.75, 0.93, 0.94],
            "cpu_seconds": [90.0] * 9,
        }
        order = [0, *(int(i) for i in rng.permutation(np.arange(1, 8))), 8]
        yield _rows(order, np.sort(rng.permutation(np.arange(20, 90))[:9]), table), 120_000, 360


def _budgets(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for _ in range(20):
        # The four best exceed both limits, the seconds, the parameters, or meet both exactly.
        top, most = int(rng.integers(50, 200)) * 1000, float(rng.integers(50, 400))
        table = {
            "validation_accuracy": [0.95, 0.94, 0.93, 0.92, 0.91, 0.85],
            "parameters": [top * 3, top - 900, top + 1, top, top - 500, top // 2],
            "cpu_seconds": [most * 2, most + 0.1, most - 9, most, most - 5, most / 2],
        }
        numbers = np.sort(rng.permutation(np.arange(20, 900))[:6])
        yield _rows(rng.permutation(6), numbers, table), top, most


def _within(rows, max_parameters, max_cpu_seconds):
    return [
        row
        for row in rows
        if row["parameters"] <= max_parameters and row["cpu_seconds"] <= max_cpu_seconds
    ]


def _pick(rows, max_parameters, max_cpu_seconds):
    within = _within(rows, max_parameters, max_cpu_seconds)
    return max(within, key=lambda r: (r["validation_accuracy"], -r["parameters"]))["number"]


PICK = Exercise(
    _pick,
    {
        "pick_best_choice": (check_pick_best_choice, _choices),
        "pick_best_budget": (check_pick_best_budget, _budgets),
    },
)


@PICK.right
def pick_by_loop(rows, max_parameters, max_cpu_seconds):
    best = None
    for row in rows:
        if row["parameters"] > max_parameters or row["cpu_seconds"] > max_cpu_seconds:
            continue
        if best is None or row["validation_accuracy"] > best["validation_accuracy"]:
            best = row
        elif row["validation_accuracy"] == best["validation_accuracy"]:
            best = min(best, row, key=lambda each: each["parameters"])
    return best["number"]


@PICK.right
def pick_by_sorting(rows, max_parameters, max_cpu_seconds):
    ranking = sorted(
        _within(rows, max_parameters, max_cpu_seconds),
        key=lambda row: (-row["validation_accuracy"], row["parameters"]),
    )
    return np.int64(ranking[0]["number"])


@PICK.wrong("Choosing by the test set is fine if one does not train on it", says="the test set")
def pick_by_test(rows, max_parameters, max_cpu_seconds):
    within = _within(rows, max_parameters, max_cpu_seconds)
    return max(within, key=lambda row: row.get("test_accuracy", 0))["number"]


@PICK.wrong("At most means less than", says="meets a limit exactly")
def pick_strictly_below(rows, max_parameters, max_cpu_seconds):
    return _pick(rows, max_parameters - 1, max_cpu_seconds - 0.01)


@PICK.wrong("Equal is equal, whatever it costs", says="fewer parameters is better")
def pick_last_of_equals(rows, max_parameters, max_cpu_seconds):
    within = _within(rows, max_parameters, max_cpu_seconds)
    return max(within, key=lambda r: (r["validation_accuracy"], r["parameters"]))["number"]


@PICK.wrong("The row is the number", says="the whole row")
def pick_row(rows, max_parameters, max_cpu_seconds):
    number = _pick(rows, max_parameters, max_cpu_seconds)
    return next(row for row in rows if row["number"] == number)


@PICK.wrong("An argument is mine to sort", says="changed its argument")
def pick_in_place(rows, max_parameters, max_cpu_seconds):
    rows.sort(key=lambda row: row["validation_accuracy"])
    return _pick(rows, max_parameters, max_cpu_seconds)


# save_and_reload ------------------------------------------------------------------------------


def _save_and_reload(network, path):
    import keras

    network.save(path)
    return keras.saving.load_model(path)


def _networks(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for n_hidden in (1, 2):
        sizes = [int(size) for size in rng.permutation(np.arange(3, 12))[: n_hidden + 2]]
        yield sizes, f"network_{int(rng.integers(100, 1000))}.keras"


SAVE = Exercise(
    _save_and_reload,
    {"save_and_reload_check": (check_save_and_reload, _networks)},
    expect=lambda sizes, path: stack(sizes),
)


@SAVE.right
def save_by_functions(network, path):
    import keras

    keras.saving.save_model(network, path)
    return keras.models.load_model(path, compile=False)


@SAVE.right
def save_to_a_path(network, path):
    from keras.saving import load_model

    file = Path(path).resolve()
    file.parent.mkdir(exist_ok=True)
    network.save(file)
    reloaded = load_model(file)
    reloaded.name = "reloaded"
    return reloaded


@SAVE.right
def save_when_compiled(network, path):
    import keras

    network.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    network.save(path)
    return keras.saving.load_model(path)


@SAVE.wrong("What is saved is what I have", says="the network that was given came back")
def save_without_loading(network, path):
    network.save(path)
    return network


@SAVE.wrong("A network comes back by itself", says="No file was written")
def save_nothing(network, path):
    return network


@SAVE.wrong("A copy is a reload", says="No file was written")
def save_a_copy_in_memory(network, path):
    import keras

    copied = keras.models.clone_model(network)
    copied.set_weights(network.get_weights())
    return copied


@SAVE.wrong("The layers are the network", says="begins with new weights")
def save_and_rebuild(network, path):
    import keras

    network.save(path)
    return keras.Sequential.from_config(network.get_config())


@SAVE.wrong("The weights are the network", says="save_weights keeps the weights without")
def save_weights_only(network, path):
    network.save_weights(path)
    network.load_weights(path)
    return network


@SAVE.wrong("A file of weights is as good", says="with which suffix, is up to the caller")
def save_weights_elsewhere(network, path):
    import keras

    file = path.replace(".keras", ".weights.h5")
    network.save_weights(file)
    rebuilt = keras.models.clone_model(network)
    rebuilt.load_weights(file)
    return rebuilt


@SAVE.wrong("The older format will do", says="with which suffix, is up to the caller")
def save_as_h5(network, path):
    import keras

    file = path.replace(".keras", ".h5")
    network.save(file)
    return keras.saving.load_model(file, compile=False)


@SAVE.wrong("The file's name is mine to choose", says="use `path` as it is")
def save_under_a_name_of_its_own(network, path):
    import keras

    network.save("my_network.keras")
    return keras.saving.load_model("my_network.keras")


@SAVE.wrong("Any file will do", says="no network that Keras can load")
def save_as_text(network, path):
    import keras

    Path(path).write_text(network.to_json())
    rebuilt = keras.models.model_from_json(Path(path).read_text())
    rebuilt.set_weights(network.get_weights())
    return rebuilt


@SAVE.wrong("A clone is the network", says="Save the given network itself")
def save_a_clone(network, path):
    import keras

    keras.models.clone_model(network).save(path)
    return keras.saving.load_model(path)


@SAVE.wrong("save returns the network", says="writes a file and returns nothing")
def save_returned(network, path):
    return network.save(path)


@SAVE.wrong("The file is there before it is written", says="Save the network first")
def save_too_late(network, path):
    import keras

    reloaded = keras.saving.load_model(path)
    network.save(path)
    return reloaded


@SAVE.wrong("A path is a network", says="expected a network")
def save_and_return_the_path(network, path):
    network.save(path)
    return path


# known_failures -------------------------------------------------------------------------------


def _matrices(rng: np.random.Generator, n: int) -> Iterator[tuple[Any, ...]]:
    for _ in range(20):
        # Classes of 400, 40 and 100 images; all shares differ, and counts rank in another order.
        shuffled = [int(k) for k in rng.permutation(3)]
        big, small, middle = shuffled
        wrong = int(rng.integers(4) if n == 3 else rng.integers(1, 5))
        counts = np.zeros((3, 3), int)
        counts[big, [small, middle]] = 60 + wrong, 8
        counts[small, [big, middle]] = 12, 7
        counts[middle, [big, small]] = (13 if n == 3 else 3) + wrong, 21
        right = np.array([400, 40, 100])[np.argsort(shuffled)] - counts.sum(axis=1)
        yield counts + np.diag(right), n


def _failures(matrix, n):
    size = range(len(matrix))
    shares = matrix / matrix.sum(axis=1, keepdims=True)
    pairs = sorted(((i, j) for i in size for j in size if i != j), key=lambda p: -shares[p])
    return [(i, j, float(shares[i, j])) for i, j in pairs[:n]]


FAILURES = Exercise(
    _failures,
    {
        "known_failures_pairs": (check_known_failures_pairs, partial(_matrices, n=3)),
        "known_failures_shares": (check_known_failures_shares, partial(_matrices, n=2)),
    },
)


@FAILURES.right
def failures_by_loop(matrix, n):
    found = []
    for true_class, row in enumerate(matrix):
        for answer, count in enumerate(row):
            if answer != true_class:
                found.append((count / row.sum(), true_class, answer))
    return [(i, j, share) for share, i, j in sorted(found, reverse=True)[:n]]


@FAILURES.right
def failures_by_argsort(matrix, n):
    shares = matrix / matrix.sum(axis=1)[:, None]
    np.fill_diagonal(shares, -1)
    places = np.argsort(shares, axis=None)[::-1][:n]
    rows, columns = np.unravel_index(places, shares.shape)
    return np.column_stack([rows, columns, shares[rows, columns]])


@FAILURES.wrong("Axes swapped: columns are true classes", says="axes are swapped")
def failures_transposed(matrix, n):
    return _failures(matrix.T, n)


@FAILURES.wrong("What is right is a confusion, too", says="The diagonal is included")
def failures_with_diagonal(matrix, n):
    shares = matrix / matrix.sum(axis=1, keepdims=True)
    found = sorted(np.ndenumerate(shares), key=lambda item: -item[1])
    return [(i, j, share) for (i, j), share in found[:n]]


# my_log ---------------------------------------------------------------------------------------


def _log(change: str = "") -> str:
    """Keep a short log, with one thing changed, and return its text."""
    with tempfile.TemporaryDirectory() as folder:
        log = ExperimentLog(Path(folder) / "log.jsonl")
        model = Path(folder) / "network.keras"
        model.write_bytes(b"layers and weights")
        settings = [{"units": 128}, {"widths": [16, 32]}, *[{"widths": [24, 48]}] * 2]
        if change != "no plan first":
            log.add_plan(**_plan())
        for i, each in enumerate(settings):
            if change == "opened early" and i == 3:
                log.open_test_set(3, lambda: 0.9)
            log.add_experiment(
                {"units": i} if change == "one seed" else each,
                seed=max(0, i - 2),
                validation_accuracy=(0.88, 0.907, 0.915, 0.912)[i],
                parameters=500_000 if change == "over budget" and i == 2 else 60_000 + i,
                cpu_seconds=120.5,
                model=None if change == "not saved" else model,
            )
        if change == "no plan first":
            log.add_plan(**_plan())
        number = {"by test": 2, "over budget": 3}.get(change, 4)
        if change != "not reloaded":
            log.add_reload(number, 0.31 if change == "changed" else 2e-7)
        if change not in ("sealed", "opened early"):
            log.open_test_set(number, lambda: 0.908)
        if change == "opened twice":
            log.open_test_set(3, lambda: 0.909, again=True)
        return log.text()


LOG = Exercise(
    _log,
    {
        "my_log_rows": (check_my_log_rows, None),
        "my_log_choice": (check_my_log_choice, None),
        "my_log_model": (check_my_log_model, None),
    },
)


@LOG.right
def log_between_empty_lines():
    return f"\n{_log()}\n\n"


@LOG.right
def log_as_rows():
    return parse_log(_log())


#: misconception, what the check says of it, what it changes in the log
_LOGS = [
    ("Looking twice does no harm", "opened 2 times", "opened twice"),
    ("Validation = test: one may go on after it", "experiments follow after", "opened early"),
    ("Choosing by the test set is fine if one does not train on it", "nothing else", "by test"),
    ("A budget is a wish", "over the budget", "over budget"),
    ("A hypothesis can be added later", "after the first experiment", "no plan first"),
    ("A small difference between two runs is real", "may be luck", "one seed"),
    ("A network lives in the notebook", "names no saved network", "not saved"),
    ("What is saved can be loaded", "never loaded again", "not reloaded"),
    ("A loaded file is the same", "had moved by 0.31", "changed"),
    ("Validation is the result", "still sealed", "sealed"),
]
for misconception, said, change in _LOGS:
    LOG.wrong(misconception, says=said)(partial(_log, change))


@LOG.wrong("Failures need not be told", says="Was a row deleted?")
def log_without_failures():
    return "\n".join(line for line in _log().splitlines() if '"number": 2' not in line)


@LOG.wrong("A file's name is the file", says="looks like the name of a file")
def log_name():
    return "my_capstone/experiments.jsonl"


@LOG.wrong("A log may be tidied by hand", says="line 2 of this text is not one")
def log_mended():
    return _log().replace('"seed": 0, ', "", 1)


EXERCISES = [BASELINE, PLAN, PICK, SAVE, FAILURES, LOG]
