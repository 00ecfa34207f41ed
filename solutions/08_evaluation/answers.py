"""Exercises of the lesson on evaluation: references, hidden cases, right and wrong answers."""

import numpy as np

from course_utils.checks.evaluation import (
    Pictures,
    calculate_logits,
    check_confusion_shape,
    check_confusion_values,
    check_evaluate_file,
    check_most_confident_mistakes,
    check_precision,
    check_recall,
    load_pictures,
)
from course_utils.grading.exercise import Exercise

# evaluate_file --------------------------------------------------------------------------------


def _load_and_scale(path, images):
    import keras

    return keras.saving.load_model(path), images / np.float32(255)


def _evaluate_file(path, images, labels):
    network, scaled = _load_and_scale(path, images)
    return (np.asarray(network(scaled)).argmax(axis=1) == labels).mean()


def _accuracy_in_numpy(network, pictures, _):
    images, labels = load_pictures(pictures)
    return float((calculate_logits(network, images / 255).argmax(axis=1) == labels).mean())


def _files(rng):
    first = rng.integers(2_000, 59_800, 2)
    yield "clothes_mlp", Pictures("fashion_mnist", int(first[0])), "theirs"
    yield "clothes_mlp", Pictures("fashion_mnist", int(first[1]), is_dim=True), "theirs"


EVALUATE_FILE = Exercise(
    _evaluate_file,
    {"evaluate_file_check": (check_evaluate_file, _files)},
    expect=_accuracy_in_numpy,
)


@EVALUATE_FILE.right
def file_by_predict(path, images, labels):
    import keras

    network = keras.models.load_model(path)
    answers = np.argmax(network.predict(images / 255.0, verbose=0), axis=-1)
    return float(np.sum(answers == labels) / len(labels))


@EVALUATE_FILE.right
def file_by_evaluate(path, images, labels):
    network, scaled = _load_and_scale(path, images)
    return network.evaluate(scaled, labels, batch_size=100, verbose=0)[1]


@EVALUATE_FILE.right
def file_with_probabilities(path, images, labels):
    import keras

    network, scaled = _load_and_scale(path, images)
    wrapped = keras.Sequential([network, keras.layers.Softmax()])
    return sum(keras.ops.argmax(wrapped(scaled), axis=1).numpy() == labels) / len(images)


@EVALUATE_FILE.wrong("A file knows how its images were prepared", says="The pixels are not scaled")
def file_without_scaling(path, images, labels):
    network, _ = _load_and_scale(path, images)
    return (np.asarray(network(images)).argmax(axis=1) == labels).mean()


@EVALUATE_FILE.wrong("Scaling more is safer", says="scaled twice")
def file_scaled_twice(path, images, labels):
    return _evaluate_file(path, images / 255, labels)


@EVALUATE_FILE.wrong("uint8 can be scaled in place", says="uint8 has no fractions")
def file_scaled_in_place(path, images, labels):
    images /= 255
    return _evaluate_file(path, images, labels)


@EVALUATE_FILE.wrong("axis=0 is an image", says="axis=0 runs down the columns")
def file_down(path, images, labels):
    network, scaled = _load_and_scale(path, images)
    return (np.asarray(network(scaled)).argmax(axis=0) == labels).mean()


@EVALUATE_FILE.wrong("evaluate gives the accuracy", says="Return the accuracy alone")
def file_all_of_evaluate(path, images, labels):
    network, scaled = _load_and_scale(path, images)
    return network.evaluate(scaled, labels, verbose=0)


@EVALUATE_FILE.wrong(
    "A network is trained before it is used", says="Are its weights left as they are"
)
def file_trained_on(path, images, labels):
    import keras

    keras.utils.set_random_seed(0)
    network, scaled = _load_and_scale(path, images)
    network.fit(scaled, labels, verbose=0)
    return (np.asarray(network(scaled)).argmax(axis=1) == labels).mean()


@EVALUATE_FILE.wrong("A network of the same shape is the same", says="network in the file")
def file_not_loaded(path, images, labels):
    import keras

    keras.utils.set_random_seed(1)
    network = keras.models.clone_model(_load_and_scale(path, images)[0])
    return (np.asarray(network(images / 255)).argmax(axis=1) == labels).mean()


@EVALUATE_FILE.wrong("Printing is returning", says="prints its answer")
def file_printed(path, images, labels):
    print(_evaluate_file(path, images, labels))


# confusion ------------------------------------------------------------------------------------


def _confusion(labels, predictions, n_classes):
    matrix = np.zeros((n_classes, n_classes), dtype=int)
    np.add.at(matrix, (labels, predictions), 1)
    return matrix


def _pairs(rng):
    for trial in range(20):
        n_classes, n = int(rng.integers(4, 7)), int(rng.integers(30, 50))
        labels = rng.integers(0, n_classes - 1, n)  # the last class does not occur
        answers = np.where(rng.random(n) < 0.5, labels, rng.integers(0, n_classes - 1, n))
        answers = np.where((labels == 1) & (answers == 0), 1, answers)  # not symmetric
        labels[:3], answers[:3] = 0, 1
        if trial == 0:  # more of one kind than a byte, or a float16, can count
            labels, answers = np.append(labels, [1] * 2_100), np.append(answers, [1] * 2_100)
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
        matrix[0, 0] = 0 if trial % 5 == 4 else matrix[0, 0]  # answered, and never rightly
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
        n += 200 * (trial == 0)  # places that need more than a byte with a sign
        given = rng.dirichlet(np.ones(n_classes), n)
        # A right answer comes before a mistake that is as confident.
        given[0] = np.roll(given[2 + given[2:7].max(axis=1).argmax()], 1)
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


@MISTAKES.wrong("An index among the mistakes is an index", says="indices into the mistakes alone")
def mistakes_among_mistakes(probabilities, labels, k):
    wrong = probabilities[probabilities.argmax(axis=1) != labels]
    return wrong.max(axis=1).argsort()[::-1][:k]


@MISTAKES.wrong("Confidence is the true class's probability", says="probability of the true class")
def mistakes_by_truth(probabilities, labels, k):
    wrong = [i for i, row in enumerate(probabilities) if row.argmax() != labels[i]]
    return sorted(wrong, key=lambda i: probabilities[i, labels[i]])[:k]


@MISTAKES.wrong("There are always k mistakes", says="fewer than k mistakes")
def mistakes_padded(probabilities, labels, k):
    wrong = probabilities.argmax(axis=1) != labels
    return np.argsort(-probabilities.max(axis=1) * wrong)[:k]


EXERCISES = [EVALUATE_FILE, CONFUSION, PRECISION_AND_RECALL, MISTAKES]
