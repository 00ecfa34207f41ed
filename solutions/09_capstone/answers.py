"""Right and wrong answers to the capstone's exercises."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from course_utils.experiments import ExperimentLog, parse_log
from course_utils.grading.exercise import Exercise

# baseline_accuracy ----------------------------------------------------------------------------


def _label_cases(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for _ in range(10):
        n_classes = int(rng.integers(3, 9))
        train = np.concatenate([rng.integers(0, n_classes, 20), np.full(20, rng.integers(3))])
        yield rng.permutation(train), rng.integers(0, n_classes, 30)


def _baseline(train_labels, validation_labels):
    return (validation_labels == np.bincount(train_labels).argmax()).mean()


BASELINE = Exercise("baseline_accuracy", _baseline, _label_cases)


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


@BASELINE.wrong("Validation labels may choose the answer", says="leakage")
def baseline_leaks(train_labels, validation_labels):
    return np.bincount(validation_labels).max() / len(validation_labels)


@BASELINE.wrong("A baseline is measured in training", says="You measured on the training labels")
def baseline_in_training(train_labels, validation_labels):
    return np.bincount(train_labels).max() / len(train_labels)


@BASELINE.wrong("Guessing is right once in as many cases as there are classes", says="equally")
def baseline_equal(train_labels, validation_labels):
    return 1 / len(np.unique(train_labels))


@BASELINE.wrong("90 % is good whatever the baseline", says="Whether 90 % is good depends")
def baseline_constant(train_labels, validation_labels):
    return 0.9


@BASELINE.wrong("The baseline is a class", says="the class itself")
def baseline_class(train_labels, validation_labels):
    return np.bincount(train_labels).argmax()


@BASELINE.wrong("Guess each class as often as it occurs", says="every time")
def baseline_proportional(train_labels, validation_labels):
    n = max(train_labels.max(), validation_labels.max()) + 1
    shares, held = (np.bincount(x, minlength=n) / len(x) for x in (train_labels, validation_labels))
    return shares @ held


@BASELINE.wrong("A count is a share", says="a number of images")
def baseline_count(train_labels, validation_labels):
    return (validation_labels == np.bincount(train_labels).argmax()).sum()


@BASELINE.wrong("Without a network nothing is right", says="empty answer")
def baseline_zero(train_labels, validation_labels):
    return 0.0


@BASELINE.wrong("The sample's answer is the answer", says="hard-coded")
def baseline_hard_coded(train_labels, validation_labels):
    return 2 / 9


@BASELINE.wrong("Printing is returning", says="prints its answer")
def baseline_printed(train_labels, validation_labels):
    print(_baseline(train_labels, validation_labels))


# my_plan --------------------------------------------------------------------------------------


def _no_arguments(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    yield ()


def _same_names(expected: Any, received: Any) -> bool:
    """Each plan is its own; only what it has to say is common to all."""
    return set(expected) <= set(received)


def _plan(**changes: Any) -> dict[str, Any]:
    plan = {
        "data": "fashion_mnist",
        "baseline": 0.0955,
        "target": 0.92,
        "hypothesis": "A convolutional network of at most 120,000 parameters names at least 92 of "
        "100 images rightly.",
        "max_parameters": 120_000,
        "max_cpu_seconds": 360,
    }
    return plan | changes


PLAN = Exercise("my_plan", _plan, _no_arguments, _same_names)


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


@PLAN.wrong("90 % is good whatever the baseline", says="depends on the baseline")
def plan_below_baseline():
    return _plan(data="my_defects", baseline=0.95, target=0.9)


@PLAN.wrong("My first network is the baseline", says="without any network")
def plan_network_as_baseline():
    return _plan(baseline=0.88)


@PLAN.wrong("A hypothesis is a hope", says="names no number")
def plan_hope():
    return _plan(hypothesis="I want to build a really good network that recognises clothes well.")


@PLAN.wrong("A hypothesis is a question", says="is a question")
def plan_question():
    return _plan(hypothesis="How good can a convolutional network of 120,000 parameters become?")


@PLAN.wrong("Accuracies are per cent", says="per cent")
def plan_in_per_cent():
    return _plan(baseline=9.55, target=92)


@PLAN.wrong("The example is the answer", says="the example's hypothesis")
def plan_example():
    return _plan(
        hypothesis="A dense network with 16 hidden neurons, trained on 6,000 images, is right in "
        "at least 97 of 100 cases; a convolutional one with fewer parameters is better."
    )


@PLAN.wrong("A budget can wait", says="max_cpu_seconds missing")
def plan_without_budget():
    plan = _plan()
    del plan["max_cpu_seconds"]
    return plan


# pick_best ------------------------------------------------------------------------------------


def _row_cases(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for _ in range(10):
        scores = np.round(0.8 + rng.permutation(100)[:7] / 1000, 3)
        rows = [
            {
                "number": 20 + 3 * i,
                "validation_accuracy": float(score),
                "parameters": int(rng.integers(20_000, 150_000)),
                "cpu_seconds": float(rng.integers(50, 450)),
                "test_accuracy": float(rng.uniform(0.8, 0.9)),
                "training_accuracy": float(rng.uniform(0.8, 1.0)),
            }
            for i, score in enumerate(scores)
        ]
        yield [*rows, {**rows[0], "number": 50, "parameters": 1, "cpu_seconds": 1.0}], 120_000, 360


def _most(rows, name):
    return max(rows, key=lambda row: row.get(name, 0))["number"]


def _within(rows, max_parameters, max_cpu_seconds):
    return [
        row
        for row in rows
        if row["parameters"] <= max_parameters and row["cpu_seconds"] <= max_cpu_seconds
    ]


def _pick(rows, max_parameters, max_cpu_seconds):
    within = _within(rows, max_parameters, max_cpu_seconds)
    return max(within, key=lambda r: (r["validation_accuracy"], -r["parameters"]))["number"]


PICK = Exercise("pick_best", _pick, _row_cases)


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
    return _most(_within(rows, max_parameters, max_cpu_seconds), "test_accuracy")


@PICK.wrong("What fits the training images best is best", says="by training accuracy")
def pick_by_training(rows, max_parameters, max_cpu_seconds):
    return _most(_within(rows, max_parameters, max_cpu_seconds), "training_accuracy")


@PICK.wrong("A budget is a wish", says="You ignored the budget")
def pick_without_budget(rows, max_parameters, max_cpu_seconds):
    return max(rows, key=lambda r: (r["validation_accuracy"], -r["parameters"]))["number"]


@PICK.wrong("Only size costs", says="You ignored the CPU seconds")
def pick_small(rows, max_parameters, max_cpu_seconds):
    return _pick(rows, max_parameters, np.inf)


@PICK.wrong("Only time costs", says="You ignored the parameters")
def pick_short(rows, max_parameters, max_cpu_seconds):
    return _pick(rows, np.inf, max_cpu_seconds)


@PICK.wrong("At most means less than", says="meets a limit exactly")
def pick_strictly_below(rows, max_parameters, max_cpu_seconds):
    return _pick(rows, max_parameters - 1, max_cpu_seconds - 0.01)


@PICK.wrong("Larger networks are better", says="Larger is not better")
def pick_largest(rows, max_parameters, max_cpu_seconds):
    return _most(_within(rows, max_parameters, max_cpu_seconds), "parameters")


@PICK.wrong("Equal is equal, whatever it costs", says="fewer parameters is better")
def pick_last_of_equals(rows, max_parameters, max_cpu_seconds):
    within = _within(rows, max_parameters, max_cpu_seconds)
    return max(within, key=lambda r: (r["validation_accuracy"], r["parameters"]))["number"]


@PICK.wrong("A position is a number", says="its position")
def pick_position(rows, max_parameters, max_cpu_seconds):
    number = _pick(rows, max_parameters, max_cpu_seconds)
    return [row["number"] for row in rows].index(number)


@PICK.wrong("The last try is the best", says="the last experiment")
def pick_last(rows, max_parameters, max_cpu_seconds):
    return rows[-1]["number"]


@PICK.wrong("The row is the number", says="the whole row")
def pick_row(rows, max_parameters, max_cpu_seconds):
    number = _pick(rows, max_parameters, max_cpu_seconds)
    return next(row for row in rows if row["number"] == number)


@PICK.wrong("An argument is mine to sort", says="changed its argument")
def pick_in_place(rows, max_parameters, max_cpu_seconds):
    rows.sort(key=lambda row: row["validation_accuracy"])
    return _pick(rows, max_parameters, max_cpu_seconds)


# same_predictions -----------------------------------------------------------------------------


def _probability_cases(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for _ in range(5):
        before = rng.dirichlet(np.ones(4), size=6)
        yield before, before.astype(np.float32)
        yield before, before[::-1].copy()
        yield before, before[:5].copy()


def _same(before, after):
    return before.shape == after.shape and bool((np.abs(before - after) <= 1e-5).all())


SAME = Exercise("same_predictions", _same, _probability_cases)


@SAME.right
def same_by_allclose(before, after):
    return before.shape == after.shape and np.allclose(before, after, rtol=0, atol=1e-5)


@SAME.right
def same_by_largest(before, after):
    return before.shape == after.shape and np.abs(after - before).max() <= 0.00001


@SAME.right
def same_by_loops(before, after):
    if before.shape != after.shape:
        return False
    for old_row, new_row in zip(before, after, strict=True):
        for old, new in zip(old_row, new_row, strict=True):
            if not abs(old - new) <= 0.00001:
                return False
    return True


@SAME.wrong("Rounding is a change", says="equality in every digit")
def same_exactly(before, after):
    return np.array_equal(before, after)


@SAME.wrong("Same answers, same network", says="the answers (argmax) only")
def same_answers(before, after):
    return np.array_equal(before.argmax(axis=1), after.argmax(axis=1))


@SAME.wrong("Same mean, same network", says="a mean or a sum")
def same_mean(before, after):
    return bool(abs(before.mean() - after.mean()) <= 1e-5)


@SAME.wrong("Differences with a sign add up to their size", says="a value may have risen")
def same_without_signs(before, after):
    return before.shape == after.shape and bool((before - after).max() <= 1e-5)


@SAME.wrong("One agreement is enough", says="One equal value")
def same_any(before, after):
    return before.shape == after.shape and bool((np.abs(before - after) <= 1e-5).any())


@SAME.wrong("NumPy refuses other shapes", says="broadcasting")
def same_broadcast(before, after):
    try:
        return np.allclose(before, after, rtol=0, atol=1e-5)
    except ValueError:
        return False


@SAME.wrong("Arrays of any shape can be subtracted", says="compare the shapes first")
def same_without_shapes(before, after):
    return bool((np.abs(before - after) <= 1e-5).all() and before.shape == after.shape)


@SAME.wrong("No large difference means only small ones", says="(nan) passed")
def same_not_large(before, after):
    return before.shape == after.shape and not (np.abs(before - after) > 1e-5).any()


@SAME.wrong("About the same is the same", says="tolerance is too large")
def same_about(before, after):
    return before.shape == after.shape and np.allclose(before, after, atol=0.05)


@SAME.wrong("A loaded file is the same", says="always say True")
def same_always(before, after):
    return True


@SAME.wrong("A right shape is a right network", says="shapes only")
def same_shape(before, after):
    return before.shape == after.shape


@SAME.wrong("The differences are the answer", says="ask for all of its values")
def same_each(before, after):
    return np.abs(before[: len(after)] - after) <= 1e-5


# known_failures -------------------------------------------------------------------------------


def _matrix_cases(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for _ in range(10):
        n_classes = int(rng.integers(3, 6))
        mistakes = rng.permutation(np.arange(1, 40))[: n_classes * n_classes]
        matrix = mistakes.reshape(n_classes, n_classes)
        yield matrix + np.diag(997 + 210 * np.arange(n_classes)), 3


def _ranked(matrix, ranking, shown, n):
    size = range(len(matrix))
    pairs = sorted(((i, j) for i in size for j in size if i != j), key=lambda p: -ranking[p])
    return [(i, j, float(shown[i, j])) for i, j in pairs[:n]]


def _of_true(matrix):
    return matrix / matrix.sum(axis=1, keepdims=True)


def _failures(matrix, n):
    return _ranked(matrix, _of_true(matrix), _of_true(matrix), n)


FAILURES = Exercise("known_failures", _failures, _matrix_cases)


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


@FAILURES.wrong("Axes swapped: rows are answers", says="axes are swapped")
def failures_swapped(matrix, n):
    return [(j, i, share) for i, j, share in _failures(matrix, n)]


@FAILURES.wrong("Axes swapped: columns are true classes", says="axes are swapped")
def failures_transposed(matrix, n):
    return _failures(matrix.T, n)


@FAILURES.wrong("The mean hides a failing class: counts rank", says="You ranked by counts")
def failures_by_count(matrix, n):
    return _ranked(matrix, matrix, _of_true(matrix), n)


@FAILURES.wrong("A share is of all images", says="divided by all images")
def failures_of_all(matrix, n):
    return _ranked(matrix, matrix, matrix / matrix.sum(), n)


@FAILURES.wrong("A share is of the answers", says="the sum of a column")
def failures_of_answers(matrix, n):
    return _ranked(matrix, matrix / matrix.sum(axis=0), matrix / matrix.sum(axis=0), n)


@FAILURES.wrong("What is right is a confusion, too", says="The diagonal is in it")
def failures_with_diagonal(matrix, n):
    shares = _of_true(matrix)
    places = np.argsort(-shares, axis=None)[:n]
    return [
        (int(i), int(j), float(shares[i, j]))
        for i, j in zip(*np.unravel_index(places, shares.shape), strict=True)
    ]


@FAILURES.wrong("The rarest come first", says="Those are the rarest")
def failures_rarest(matrix, n):
    return _ranked(matrix, -_of_true(matrix), _of_true(matrix), n)


@FAILURES.wrong("A confusion has no direction", says="added up both directions")
def failures_both_ways(matrix, n):
    shares = _of_true(matrix)
    return _ranked(matrix, shares + shares.T, shares + shares.T, n)


@FAILURES.wrong("The sample's answer is the answer", says="hard-coded")
def failures_hard_coded(matrix, n):
    return [(0, 1, 0.18), (2, 1, 0.16), (1, 0, 0.15)][:n]


# my_log ---------------------------------------------------------------------------------------


def _log(change: str = "") -> str:
    """Keep a short log, with one thing changed, and return its text."""
    with tempfile.TemporaryDirectory() as folder:
        log = ExperimentLog(Path(folder) / "log.jsonl")
        model = Path(folder) / "network.keras"
        model.write_bytes(b"layers and weights")
        settings = [
            {"units": 128},
            {"widths": [16, 32]},
            {"widths": [24, 48]},
            {"widths": [24, 48]},
        ]
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


def _without_second(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if '"number": 2' not in line)


def _both_logs(expected: Any, received: Any) -> bool:
    """Each log is its own: any that holds an opened test set will do here."""
    rows = parse_log(received) if isinstance(received, str) else received
    return any(row["kind"] == "test" for row in rows)


LOG = Exercise("my_log", _log, _no_arguments, _both_logs)


@LOG.right
def log_between_empty_lines():
    return f"\n{_log()}\n\n"


@LOG.right
def log_as_rows():
    return parse_log(_log())


@LOG.wrong("Looking twice does no harm", says="opened 2 times")
def log_opened_twice():
    return _log("opened twice")


@LOG.wrong("Validation = test: one may go on after it", says="experiments follow after")
def log_opened_early():
    return _log("opened early")


@LOG.wrong("Choosing by the test set is fine if one does not train on it", says="nothing else")
def log_chosen_by_test():
    return _log("by test")


@LOG.wrong("A budget is a wish", says="over the budget")
def log_over_budget():
    return _log("over budget")


@LOG.wrong("A hypothesis can be added later", says="behind the first experiment")
def log_without_plan():
    return _log("no plan first")


@LOG.wrong("Failures need not be told", says="Was a row deleted?")
def log_without_failures():
    return _without_second(_log())


@LOG.wrong("A small difference between two runs is real", says="may be luck")
def log_one_seed():
    return _log("one seed")


@LOG.wrong("A network lives in the notebook", says="names no saved network")
def log_not_saved():
    return _log("not saved")


@LOG.wrong("What is saved can be loaded", says="never loaded again")
def log_not_reloaded():
    return _log("not reloaded")


@LOG.wrong("A loaded file is the same", says="had moved by 0.31")
def log_changed():
    return _log("changed")


@LOG.wrong("Validation is the result", says="still sealed")
def log_sealed():
    return _log("sealed")


@LOG.wrong("A file's name is the file", says="looks like the name of a file")
def log_name():
    return "my_capstone/experiments.jsonl"


@LOG.wrong("A log may be tidied by hand", says="line 2 of this text is none")
def log_mended():
    return _log().replace('"seed": 0, ', "", 1)


EXERCISES = [BASELINE, PLAN, PICK, SAME, FAILURES, LOG]
