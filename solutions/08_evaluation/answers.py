"""Exercises of the lesson on evaluation: references, hidden cases, right and wrong answers."""

import numpy as np

from course_utils.checks.evaluation import (
    check_accuracy,
    check_answered_accuracy,
    check_confusion_shape,
    check_confusion_values,
    check_coverage,
    check_most_confident_mistakes,
    check_precision,
    check_recall,
    check_standard_errors_apart,
)
from course_utils.grading.exercise import Exercise

# accuracy -------------------------------------------------------------------------------------


def _accuracy(probabilities, labels):
    return (probabilities.argmax(axis=1) == labels).mean()


def _answers(rng):
    for _ in range(20):
        n, n_classes = 2 * int(rng.integers(10, 20)) + 1, int(rng.integers(4, 7))
        given = rng.dirichlet(np.ones(n_classes), n)
        given[0] = 1 / n_classes
        given[0, 0] += 0.1
        labels = np.where(rng.random(n) < 0.7, given.argmax(axis=1), rng.integers(0, n_classes, n))
        labels[:3] = 0, 0, (given[2].argmax() + 1) % n_classes
        yield given, labels


ACCURACY = Exercise(_accuracy, {"accuracy_check": (check_accuracy, _answers)})


@ACCURACY.right
def accuracy_by_loop(probabilities, labels):
    right = 0
    for row, label in zip(probabilities, labels, strict=True):
        right += list(row).index(max(row)) == label
    return right / len(labels)


@ACCURACY.right
def accuracy_by_sklearn(probabilities, labels):
    from sklearn.metrics import accuracy_score

    return np.float32(accuracy_score(labels, np.argmax(probabilities, axis=-1)))


@ACCURACY.right
def accuracy_by_rank(probabilities, labels):
    of_truth = probabilities[np.arange(len(labels)), labels]
    return 1 - np.count_nonzero(probabilities.max(axis=1) > of_truth) / labels.size


@ACCURACY.wrong("A sure answer is more right", says="mean probability of the true class")
def accuracy_soft(probabilities, labels):
    return np.mean([row[label] for row, label in zip(probabilities, labels, strict=True)])


@ACCURACY.wrong("Only a probability above 0.5 is an answer", says="above 0.5")
def accuracy_half(probabilities, labels):
    return np.mean([row[label] > 0.5 for row, label in zip(probabilities, labels, strict=True)])


@ACCURACY.wrong("axis=0 is an image", says="axis=0 runs down the columns")
def accuracy_down(probabilities, labels):
    return (probabilities.argmax(axis=0) == labels).mean()


@ACCURACY.wrong("Printing is returning", says="prints its answer")
def accuracy_printed(probabilities, labels):
    print(_accuracy(probabilities, labels))


# confusion ------------------------------------------------------------------------------------


def _confusion(labels, predictions, n_classes):
    matrix = np.zeros((n_classes, n_classes), dtype=int)
    np.add.at(matrix, (labels, predictions), 1)
    return matrix


def _pairs(rng):
    for _ in range(20):
        n_classes, n = int(rng.integers(4, 7)), int(rng.integers(30, 50))
        labels = rng.integers(0, n_classes - 1, n)  # the last class does not occur
        answers = np.where(rng.random(n) < 0.5, labels, rng.integers(0, n_classes - 1, n))
        answers = np.where((labels == 1) & (answers == 0), 1, answers)  # not symmetric
        labels[:3], answers[:3] = 0, 1
        yield labels, answers, n_classes


CONFUSION = Exercise(
    _confusion,
    {
        "confusion_shape": (check_confusion_shape, _pairs),
        "confusion_values": (check_confusion_values, _pairs),
    },
)


@CONFUSION.right
def confusion_by_loop(labels, predictions, n_classes):
    matrix = [[0] * n_classes for _ in range(n_classes)]
    for true_class, answer in zip(labels, predictions, strict=True):
        matrix[true_class][answer] += 1
    return matrix


@CONFUSION.right
def confusion_by_bincount(labels, predictions, n_classes):
    pairs = np.bincount(labels * n_classes + predictions, minlength=n_classes**2)
    return pairs.reshape(n_classes, n_classes)


@CONFUSION.right
def confusion_by_one_hot(labels, predictions, n_classes):
    rows = np.eye(n_classes, dtype=np.float32)
    return rows[labels].T @ rows[predictions]


@CONFUSION.right
def confusion_by_sklearn(labels, predictions, n_classes):
    from sklearn.metrics import confusion_matrix

    return confusion_matrix(labels, predictions, labels=np.arange(n_classes))


@CONFUSION.wrong("The confusion matrix's axes swapped", says="The axes are swapped")
def confusion_swapped(labels, predictions, n_classes):
    return _confusion(predictions, labels, n_classes)


@CONFUSION.wrong("The classes seen are the classes", says="no row of its own")
def confusion_seen(labels, predictions, n_classes):
    from sklearn.metrics import confusion_matrix

    return confusion_matrix(labels, predictions)


@CONFUSION.wrong("Adding to named cells counts", says="only once")
def confusion_once(labels, predictions, n_classes):
    matrix = np.zeros((n_classes, n_classes), dtype=int)
    matrix[labels, predictions] += 1
    return matrix


# precision_and_recall -------------------------------------------------------------------------


def _precision_and_recall(matrix):
    right = matrix.diagonal()
    with np.errstate(all="ignore"):
        return right / matrix.sum(axis=0), right / matrix.sum(axis=1)


def _matrices(rng):
    for trial in range(20):
        n_classes = int(rng.integers(4, 7))
        matrix = rng.integers(1, 20, (n_classes, n_classes))
        matrix += np.diag(rng.integers(5, 30, n_classes))
        matrix[:, 1] = 0 if trial % 3 else matrix[:, 1]
        matrix[2] = 0 if trial % 2 else matrix[2]
        yield (matrix,)


PRECISION_AND_RECALL = Exercise(
    _precision_and_recall,
    {
        "precision_and_recall_precision": (check_precision, _matrices),
        "precision_and_recall_recall": (check_recall, _matrices),
    },
)


@PRECISION_AND_RECALL.right
def both_by_loop(matrix):
    precisions, recalls = [], []
    for k in range(len(matrix)):
        answered, there = sum(matrix[:, k]), sum(matrix[k])
        precisions.append(matrix[k, k] / answered if answered else float("nan"))
        recalls.append(matrix[k, k] / there if there else float("nan"))
    return precisions, recalls


@PRECISION_AND_RECALL.right
def both_by_transpose(matrix):
    return np.array([np.diag(table) / table.sum(axis=1) for table in (matrix.T, matrix)])


@PRECISION_AND_RECALL.wrong("The confusion matrix's axes swapped", says="That is precision, not")
def both_of_the_transpose(matrix):
    return _precision_and_recall(matrix.T)


@PRECISION_AND_RECALL.wrong("No images, no recall, so 0", says="a 0 would look like a failure")
def both_zero(matrix):
    right = np.diag(matrix)
    return [right / np.maximum(matrix.sum(axis=axis), 1) for axis in (0, 1)]


@PRECISION_AND_RECALL.wrong("One of two results is enough", says="expected two results")
def only_recall(matrix):
    return (np.diag(matrix) / matrix.sum(axis=1),)


# most_confident_mistakes ----------------------------------------------------------------------


def _mistakes(probabilities, labels, k):
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    return wrong[np.argsort(-probabilities.max(axis=1)[wrong])][:k]


def _searches(rng):
    for trial in range(20):
        n, n_classes = int(rng.integers(20, 30)), int(rng.integers(4, 7))
        given = rng.dirichlet(np.ones(n_classes), n)
        labels = np.where(rng.random(n) < 0.5, given.argmax(axis=1), rng.integers(0, n_classes, n))
        labels[:2] = given[:2].argmax(axis=1)
        labels[2:7] = (given[2:7].argmax(axis=1) + 1) % n_classes
        n_wrong = int((given.argmax(axis=1) != labels).sum())
        yield given, labels, n_wrong + 3 if trial % 2 else 4


MISTAKES = Exercise(
    _mistakes, {"most_confident_mistakes_check": (check_most_confident_mistakes, _searches)}
)


@MISTAKES.right
def mistakes_by_sorting(probabilities, labels, k):
    found = []
    for i, row in enumerate(probabilities):
        if row.argmax() != labels[i]:
            found.append((float(row.max()), i))
    return [i for _, i in sorted(found, reverse=True)[:k]]


@MISTAKES.right
def mistakes_from_all(probabilities, labels, k):
    order = probabilities.max(axis=1).argsort()[::-1]
    return order[probabilities.argmax(axis=1)[order] != labels[order]][:k].astype(np.uint8)


@MISTAKES.wrong("A place among the mistakes is a place", says="places among the mistakes alone")
def mistakes_among_mistakes(probabilities, labels, k):
    wrong = probabilities[probabilities.argmax(axis=1) != labels]
    return wrong.max(axis=1).argsort()[::-1][:k]


@MISTAKES.wrong("Confidence is the true class's probability", says="probability of the true class")
def mistakes_by_truth(probabilities, labels, k):
    wrong = [i for i, row in enumerate(probabilities) if row.argmax() != labels[i]]
    return sorted(wrong, key=lambda i: probabilities[i, labels[i]])[:k]


@MISTAKES.wrong("There are always k mistakes", says="Give fewer places than k")
def mistakes_padded(probabilities, labels, k):
    wrong = probabilities.argmax(axis=1) != labels
    return np.argsort(-probabilities.max(axis=1) * wrong)[:k]


# answer_if_sure -------------------------------------------------------------------------------


def _answer_if_sure(probabilities, labels, threshold):
    answered = probabilities.max(axis=1) >= threshold
    right = probabilities.argmax(axis=1) == labels
    return answered.mean(), right[answered].mean() if answered.any() else np.nan


def _thresholds(rng):
    for trial in range(20):
        n, n_classes = int(rng.integers(30, 50)), int(rng.integers(3, 6))
        given = rng.dirichlet(np.full(n_classes, 0.5), n)
        labels = np.where(rng.random(n) < 0.6, given.argmax(axis=1), rng.integers(0, n_classes, n))
        threshold = float(np.sort(given.max(axis=1))[n // 3])  # one confidence is exactly this
        yield (given, labels, threshold) if trial % 5 else (given * 0.9, labels, 0.95)


ANSWER_IF_SURE = Exercise(
    _answer_if_sure,
    {
        "answer_if_sure_coverage": (check_coverage, _thresholds),
        "answer_if_sure_accuracy": (check_answered_accuracy, _thresholds),
    },
)


@ANSWER_IF_SURE.right
def sure_by_loop(probabilities, labels, threshold):
    answered = right = 0
    for row, label in zip(probabilities, labels, strict=True):
        if max(row) >= threshold:
            answered += 1
            right += int(np.argmax(row) == label)
    return answered / len(labels), right / answered if answered else float("nan")


@ANSWER_IF_SURE.right
def sure_by_mean(probabilities, labels, threshold):
    kept = np.any(probabilities >= threshold, axis=1)
    return np.array([kept.mean(), np.mean((probabilities.argmax(axis=1) == labels)[kept])])


@ANSWER_IF_SURE.wrong("At least is more than", says="exactly the threshold is given, too")
def sure_above(probabilities, labels, threshold):
    kept = probabilities.max(axis=1) > threshold
    return kept.mean(), (probabilities.argmax(axis=1) == labels)[kept].mean()


@ANSWER_IF_SURE.wrong("What is sure is right", says="sure and also right")
def sure_and_right(probabilities, labels, threshold):
    kept = probabilities[np.arange(len(labels)), labels] >= threshold
    return kept.mean(), (probabilities.argmax(axis=1) == labels)[kept].mean()


@ANSWER_IF_SURE.wrong("Nothing answered is all wrong", says="a 0 would look like a failure")
def sure_zero(probabilities, labels, threshold):
    return np.nan_to_num(_answer_if_sure(probabilities, labels, threshold))


# standard_errors_apart ------------------------------------------------------------------------


def _variances(accuracy_a, n_a, accuracy_b, n_b):
    return accuracy_a * (1 - accuracy_a) / n_a, accuracy_b * (1 - accuracy_b) / n_b


def _apart(accuracy_a, n_a, accuracy_b, n_b):
    return abs(accuracy_a - accuracy_b) / sum(_variances(accuracy_a, n_a, accuracy_b, n_b)) ** 0.5


def _networks(rng):
    for trial in range(20):
        accuracies = float(rng.uniform(0.55, 0.7)), float(rng.uniform(0.8, 0.95))
        first, second = accuracies if trial % 2 else accuracies[::-1]
        yield first, int(rng.integers(100, 300)), second, int(rng.integers(500, 3_000))


APART = Exercise(_apart, {"standard_errors_apart_check": (check_standard_errors_apart, _networks)})


@APART.right
def apart_by_math(accuracy_a, n_a, accuracy_b, n_b):
    import math

    errors = [math.sqrt(p * (1 - p) / n) for p, n in ((accuracy_a, n_a), (accuracy_b, n_b))]
    return math.fabs(accuracy_b - accuracy_a) / math.hypot(*errors)


@APART.right
def apart_by_arrays(accuracy_a, n_a, accuracy_b, n_b):
    p, n = np.array([accuracy_a, accuracy_b]), np.array([n_a, n_b])
    return np.abs(np.diff(p))[0] / np.linalg.norm(np.sqrt(p * (1 - p) / n))


@APART.wrong("Standard errors add up", says="Add their squares")
def apart_added(accuracy_a, n_a, accuracy_b, n_b):
    errors = np.sqrt(_variances(accuracy_a, n_a, accuracy_b, n_b))
    return abs(accuracy_a - accuracy_b) / errors.sum()


@APART.wrong("Both were asked equally often", says="its own number of images")
def apart_one_n(accuracy_a, n_a, accuracy_b, n_b):
    return _apart(accuracy_a, n_a, accuracy_b, n_a)


EXERCISES = [ACCURACY, CONFUSION, PRECISION_AND_RECALL, MISTAKES, ANSWER_IF_SURE, APART]
