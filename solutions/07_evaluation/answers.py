"""Exercises of the lesson on evaluation: references, random cases, right and wrong answers."""

import numpy as np

from course_utils.grading.exercise import Exercise

# accuracy -------------------------------------------------------------------------------------


def _accuracy(probabilities, labels):
    return (probabilities.argmax(axis=1) == labels).mean()


def _given(rng, n_classes=None):
    """Probabilities and labels, of which somewhat more than half are hit."""
    n, n_classes = int(rng.integers(20, 40)), n_classes or int(rng.integers(3, 7))
    probabilities = rng.dirichlet(np.full(n_classes, 0.8), n)
    answers, others = probabilities.argmax(axis=1), rng.integers(0, n_classes, n)
    return probabilities, np.where(rng.random(n) < 0.6, answers, others)


def _answers(rng):
    for _ in range(10):
        yield _given(rng)


ACCURACY = Exercise("accuracy", _accuracy, _answers)


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


@ACCURACY.wrong("Accuracy is a count", says="how many are right")
def accuracy_counts(probabilities, labels):
    return (probabilities.argmax(axis=1) == labels).sum()


@ACCURACY.wrong("A fraction is a percentage", says="in per cent")
def accuracy_percent(probabilities, labels):
    return 100 * _accuracy(probabilities, labels)


@ACCURACY.wrong("Confidence is accuracy", says="That is the mean confidence")
def accuracy_confidence(probabilities, labels):
    return probabilities.max(axis=1).mean()


@ACCURACY.wrong("A sure answer is more right", says="mean probability of the true class")
def accuracy_soft(probabilities, labels):
    return probabilities[np.arange(len(labels)), labels].mean()


@ACCURACY.wrong("Only a probability above 0.5 is an answer", says="above 0.5")
def accuracy_half(probabilities, labels):
    return (probabilities[np.arange(len(labels)), labels] > 0.5).mean()


@ACCURACY.wrong("axis=0 is an image", says="axis=0 runs down the columns")
def accuracy_down(probabilities, labels):
    return (probabilities.argmax(axis=0) == labels).mean()


@ACCURACY.wrong("Accuracy counts mistakes", says="fraction that is wrong")
def accuracy_error(probabilities, labels):
    return (probabilities.argmax(axis=1) != labels).mean()


@ACCURACY.wrong("The sample's answer is the answer", says="hard-coded")
def accuracy_hard_coded(probabilities, labels):
    return 0.4


@ACCURACY.wrong("Printing is returning", says="prints its answer")
def accuracy_printed(probabilities, labels):
    print(_accuracy(probabilities, labels))


# confusion ------------------------------------------------------------------------------------


def _confusion(labels, predictions, n_classes):
    matrix = np.zeros((n_classes, n_classes), dtype=int)
    np.add.at(matrix, (labels, predictions), 1)
    return matrix


def _pairs(rng):
    for _ in range(10):
        n_classes = int(rng.integers(4, 7))
        yield (*rng.integers(0, n_classes - 1, (2, 40)), n_classes)


CONFUSION = Exercise("confusion", _confusion, _pairs)


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


@CONFUSION.wrong("Only what is right counts", says="Only what is right")
def confusion_diagonal(labels, predictions, n_classes):
    return np.diag(np.diag(_confusion(labels, predictions, n_classes)))


@CONFUSION.wrong("Confusion is only mistakes", says="Only the mix-ups")
def confusion_off_diagonal(labels, predictions, n_classes):
    wrong = labels != predictions
    return _confusion(labels[wrong], predictions[wrong], n_classes)


@CONFUSION.wrong("A matrix of counts is a matrix of fractions", says="fractions of each row")
def confusion_fractions(labels, predictions, n_classes):
    matrix = _confusion(labels, predictions, n_classes)
    return matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)


@CONFUSION.wrong("A right shape is a right answer", says="Every value is 0")
def confusion_zeros(labels, predictions, n_classes):
    return np.zeros((n_classes, n_classes))


@CONFUSION.wrong("The sample's answer is the answer", says="confusion")
def confusion_hard_coded(labels, predictions, n_classes):
    return np.array([[2, 1, 0, 0], [0, 2, 0, 0], [2, 0, 1, 0], [0, 0, 0, 0]])


# precision_and_recall -------------------------------------------------------------------------


def _precision_and_recall(matrix):
    right = matrix.diagonal()
    with np.errstate(all="ignore"):
        return right / matrix.sum(axis=0), right / matrix.sum(axis=1)


def _matrices(rng):
    for i in range(10):
        n_classes = int(rng.integers(3, 7))
        matrix = rng.integers(0, 30, (n_classes, n_classes)) + np.eye(n_classes, dtype=int)
        matrix[:, 0] = 0 if i % 3 == 0 else matrix[:, 0]
        matrix[1] = 0 if i % 3 == 1 else matrix[1]
        yield (matrix,)


def _agree_with_nan(expected, received):
    return np.allclose(expected, received, equal_nan=True)


PRECISION_AND_RECALL = Exercise(
    "precision_and_recall", _precision_and_recall, _matrices, _agree_with_nan
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


@PRECISION_AND_RECALL.right
def both_by_where(matrix):
    right = np.diag(matrix).astype(np.float64)
    nothing = np.full(len(matrix), np.nan)
    columns, rows = matrix.sum(axis=0), matrix.sum(axis=1)
    return [
        np.divide(right, columns, out=nothing.copy(), where=columns > 0),
        np.divide(right, rows, out=nothing.copy(), where=rows > 0),
    ]


@PRECISION_AND_RECALL.wrong("Precision and recall are swapped", says="That is recall, not")
def both_swapped(matrix):
    return _precision_and_recall(matrix)[::-1]


@PRECISION_AND_RECALL.wrong("The confusion matrix's axes swapped", says="That is precision, not")
def both_of_the_transpose(matrix):
    return _precision_and_recall(matrix.T)


@PRECISION_AND_RECALL.wrong("No images, no recall, so 0", says="a 0 would look like a failure")
def both_zero(matrix):
    precision, recall = _precision_and_recall(matrix)
    return np.nan_to_num(precision), np.nan_to_num(recall)


@PRECISION_AND_RECALL.wrong("An empty class may be dropped", says="left out")
def both_dropped(matrix):
    return tuple(values[~np.isnan(values)] for values in _precision_and_recall(matrix))


@PRECISION_AND_RECALL.wrong("The mean says it all", says="The mean hides")
def both_means(matrix):
    return tuple(np.nanmean(values) for values in _precision_and_recall(matrix))


@PRECISION_AND_RECALL.wrong("Divide by all images", says="divided by all images")
def both_of_all(matrix):
    return np.diag(matrix) / matrix.sum(), np.diag(matrix) / matrix.sum()


@PRECISION_AND_RECALL.wrong("One of two results is enough", says="expected two results")
def only_recall(matrix):
    return (np.diag(matrix) / matrix.sum(axis=1),)


@PRECISION_AND_RECALL.wrong("A right shape is a right answer", says="Every value is 0")
def both_zeros(matrix):
    return np.zeros(len(matrix)), np.zeros(len(matrix))


# most_confident_mistakes ----------------------------------------------------------------------


def _mistakes(probabilities, labels, k):
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    return wrong[np.argsort(-probabilities.max(axis=1)[wrong])][:k]


def _searches(rng):
    for i in range(10):
        yield (*_given(rng), 50 if i % 2 else 4)


MISTAKES = Exercise("most_confident_mistakes", _mistakes, _searches)


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


@MISTAKES.right
def mistakes_by_mask(probabilities, labels, k):
    wrong = probabilities.argmax(axis=1) != labels
    confidences = np.where(wrong, probabilities.max(axis=1), -1)
    return np.argsort(confidences)[::-1][: min(k, wrong.sum())]


@MISTAKES.wrong("A place among the mistakes is a place", says="places among the mistakes alone")
def mistakes_among_mistakes(probabilities, labels, k):
    wrong = probabilities.argmax(axis=1) != labels
    return np.argsort(-probabilities.max(axis=1)[wrong])[:k]


@MISTAKES.wrong("argsort begins with the greatest", says="least confident mistakes")
def mistakes_least(probabilities, labels, k):
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    return wrong[np.argsort(probabilities.max(axis=1)[wrong])][:k]


@MISTAKES.wrong("The order of the result is free", says="The order is turned round")
def mistakes_turned_round(probabilities, labels, k):
    return _mistakes(probabilities, labels, k)[::-1]


@MISTAKES.wrong("What is sure is a mistake", says="right ones included")
def mistakes_of_all(probabilities, labels, k):
    return np.argsort(-probabilities.max(axis=1))[:k]


@MISTAKES.wrong("Confidence is the true class's probability", says="probability of the true class")
def mistakes_by_truth(probabilities, labels, k):
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    return wrong[np.argsort(probabilities[wrong, labels[wrong]])][:k]


@MISTAKES.wrong("There are always k mistakes", says="Give fewer places than k")
def mistakes_padded(probabilities, labels, k):
    wrong = probabilities.argmax(axis=1) != labels
    return np.argsort(-probabilities.max(axis=1) * wrong)[:k]


@MISTAKES.wrong("The confidences are the mistakes", says="Those are confidences")
def mistakes_confidences(probabilities, labels, k):
    return probabilities.max(axis=1)[_mistakes(probabilities, labels, k)]


@MISTAKES.wrong("All mistakes are asked for", says="Take the first k")
def mistakes_all(probabilities, labels, k):
    return _mistakes(probabilities, labels, len(labels))


# answer_if_sure -------------------------------------------------------------------------------


def _answer_if_sure(probabilities, labels, threshold):
    answered = probabilities.max(axis=1) >= threshold
    right = probabilities.argmax(axis=1) == labels
    return answered.mean(), right[answered].mean() if answered.any() else np.nan


def _thresholds(rng):
    for i in range(10):
        probabilities, labels = _given(rng)
        threshold = float(probabilities[0].max())
        yield (0.9 * probabilities, labels, 0.95) if i == 3 else (probabilities, labels, threshold)


ANSWER_IF_SURE = Exercise("answer_if_sure", _answer_if_sure, _thresholds, _agree_with_nan)


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
    return [np.mean(kept), np.mean((probabilities.argmax(axis=1) == labels)[kept])]


@ANSWER_IF_SURE.right
def sure_by_division(probabilities, labels, threshold):
    kept = probabilities.max(axis=1) >= threshold
    right = kept & (probabilities.argmax(axis=1) == labels)
    return np.array([kept.sum() / kept.size, right.sum() / kept.sum()])


@ANSWER_IF_SURE.wrong("At least is more than", says="exactly the threshold is given, too")
def sure_above(probabilities, labels, threshold):
    kept = probabilities.max(axis=1) > threshold
    return kept.mean(), (probabilities.argmax(axis=1) == labels)[kept].mean()


@ANSWER_IF_SURE.wrong("Accuracy is always over all images", says="You divided by all images")
def sure_over_all(probabilities, labels, threshold):
    kept = probabilities.max(axis=1) >= threshold
    return kept.mean(), (kept & (probabilities.argmax(axis=1) == labels)).mean()


@ANSWER_IF_SURE.wrong("What is sure is right", says="sure and also right")
def sure_and_right(probabilities, labels, threshold):
    kept = probabilities[np.arange(len(labels)), labels] >= threshold
    return kept.mean(), (probabilities.argmax(axis=1) == labels)[kept].mean()


@ANSWER_IF_SURE.wrong("Nothing answered is all wrong", says="a 0 would look like a failure")
def sure_zero(probabilities, labels, threshold):
    return np.nan_to_num(_answer_if_sure(probabilities, labels, threshold))


@ANSWER_IF_SURE.wrong("Each probability is a confidence", says="compares every probability")
def sure_every(probabilities, labels, threshold):
    _, right = _answer_if_sure(probabilities, labels, threshold)
    return (probabilities >= threshold).mean(), right


@ANSWER_IF_SURE.wrong("Coverage is a count", says="how many are answered")
def sure_counts(probabilities, labels, threshold):
    coverage, right = _answer_if_sure(probabilities, labels, threshold)
    return coverage * len(labels), right


@ANSWER_IF_SURE.wrong("The threshold changes no accuracy", says="sure or not")
def sure_all_accuracy(probabilities, labels, threshold):
    coverage, _ = _answer_if_sure(probabilities, labels, threshold)
    return coverage, _accuracy(probabilities, labels)


# standard_errors_apart ------------------------------------------------------------------------


def _variances(accuracy_a, n_a, accuracy_b, n_b):
    return accuracy_a * (1 - accuracy_a) / n_a, accuracy_b * (1 - accuracy_b) / n_b


def _apart(accuracy_a, n_a, accuracy_b, n_b):
    return abs(accuracy_a - accuracy_b) / sum(_variances(accuracy_a, n_a, accuracy_b, n_b)) ** 0.5


def _networks(rng):
    for _ in range(10):
        first, second = rng.uniform(0.5, 0.99, 2).tolist()
        yield first, int(rng.integers(50, 400)), second, int(rng.integers(500, 20_000))


APART = Exercise("standard_errors_apart", _apart, _networks)


@APART.right
def apart_by_math(accuracy_a, n_a, accuracy_b, n_b):
    import math

    errors = [math.sqrt(p * (1 - p) / n) for p, n in ((accuracy_a, n_a), (accuracy_b, n_b))]
    return math.fabs(accuracy_b - accuracy_a) / math.hypot(*errors)


@APART.right
def apart_by_square(accuracy_a, n_a, accuracy_b, n_b):
    squares = sum(_variances(accuracy_a, n_a, accuracy_b, n_b))
    return np.sqrt(np.float64((accuracy_a - accuracy_b) ** 2 / squares))


@APART.right
def apart_by_arrays(accuracy_a, n_a, accuracy_b, n_b):
    p, n = np.array([accuracy_a, accuracy_b]), np.array([n_a, n_b])
    return np.abs(np.diff(p))[0] / np.linalg.norm(np.sqrt(p * (1 - p) / n))


@APART.wrong("A distance has a sign", says="The sign does not matter")
def apart_signed(accuracy_a, n_a, accuracy_b, n_b):
    difference = accuracy_a - accuracy_b
    return difference / sum(_variances(accuracy_a, n_a, accuracy_b, n_b)) ** 0.5


@APART.wrong("Standard errors add up", says="Add their squares")
def apart_added(accuracy_a, n_a, accuracy_b, n_b):
    first, second = _variances(accuracy_a, n_a, accuracy_b, n_b)
    return abs(accuracy_a - accuracy_b) / (first**0.5 + second**0.5)


@APART.wrong("A variance is a standard error", says="The root is missing")
def apart_no_root(accuracy_a, n_a, accuracy_b, n_b):
    return abs(accuracy_a - accuracy_b) / sum(_variances(accuracy_a, n_a, accuracy_b, n_b))


@APART.wrong("Only one of two is uncertain", says="Both are uncertain")
def apart_one(accuracy_a, n_a, accuracy_b, n_b):
    return abs(accuracy_a - accuracy_b) / (accuracy_a * (1 - accuracy_a) / n_a) ** 0.5


@APART.wrong("The number of images does not matter", says="n is missing")
def apart_without_n(accuracy_a, n_a, accuracy_b, n_b):
    squares = accuracy_a * (1 - accuracy_a) + accuracy_b * (1 - accuracy_b)
    return abs(accuracy_a - accuracy_b) / squares**0.5


@APART.wrong("Both were asked equally often", says="its own number of images")
def apart_one_n(accuracy_a, n_a, accuracy_b, n_b):
    squares = accuracy_a * (1 - accuracy_a) + accuracy_b * (1 - accuracy_b)
    return abs(accuracy_a - accuracy_b) / (squares / n_a) ** 0.5


@APART.wrong("A small difference between two runs is real", says="That is the difference alone")
def apart_difference(accuracy_a, n_a, accuracy_b, n_b):
    return abs(accuracy_a - accuracy_b)


@APART.wrong("Yes or no will do", says="You decided")
def apart_decided(accuracy_a, n_a, accuracy_b, n_b):
    return float(_apart(accuracy_a, n_a, accuracy_b, n_b) > 2)


@APART.wrong("The sample's answer is the answer", says="hard-coded")
def apart_hard_coded(accuracy_a, n_a, accuracy_b, n_b):
    return 2.13833 if n_a == 10_000 else 2.80056


EXERCISES = [ACCURACY, CONFUSION, PRECISION_AND_RECALL, MISTAKES, ANSWER_IF_SURE, APART]
