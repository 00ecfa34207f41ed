"""Beginners' mistakes in the lesson "Evaluation"."""

import keras
import numpy as np

from benchmarks.beginners import mistake

# evaluate_file --------------------------------------------------------------------------------


@mistake("evaluate_file", cause="It counts right answers only where the confidence is above 0.5.")
def unsure_answers_counted_as_wrong(path, images, labels):
    network = keras.saving.load_model(path)
    logits = network.predict(images / 255, verbose=0)
    probabilities = np.asarray(keras.ops.softmax(logits))
    is_right = probabilities.argmax(axis=1) == labels
    is_sure = probabilities.max(axis=1) > 0.5
    return np.mean(is_right & is_sure)


@mistake("evaluate_file", cause="/= cannot put fractions into the whole numbers of a uint8 array.")
def pixels_divided_in_place(path, images, labels):
    network = keras.saving.load_model(path)
    images /= 255
    answers = network.predict(images, verbose=0).argmax(axis=1)
    return np.mean(answers == labels)


@mistake("evaluate_file", cause="evaluate gives the loss and the accuracy, and it returns both.")
def loss_returned_with_the_accuracy(path, images, labels):
    network = keras.saving.load_model(path)
    scaled = images / np.float32(255)
    return network.evaluate(scaled, labels, verbose=0)


@mistake(
    "evaluate_file", cause="It compares all ten logits with one-hot labels, not the answers alone."
)
def all_ten_logits_compared(path, images, labels):
    network = keras.saving.load_model(path)
    logits = network.predict(images / 255, verbose=0)
    table = np.eye(10)[labels]
    return np.mean((logits > 0) == table)


# confusion ------------------------------------------------------------------------------------


@mistake("confusion", cause="It counts a mistake in both directions, as if pairs had no order.")
def mistakes_counted_in_both_directions(labels, predictions, n_classes):
    matrix = np.zeros((n_classes, n_classes), dtype=int)
    for label, prediction in zip(labels, predictions, strict=True):
        matrix[label, prediction] += 1
        if label != prediction:
            matrix[prediction, label] += 1
    return matrix


@mistake("confusion", cause="It counts classes from 1, so class 0 lands in the last row or column.")
def classes_counted_from_one(labels, predictions, n_classes):
    matrix = np.zeros((n_classes, n_classes), dtype=int)
    for i in range(len(labels)):
        matrix[labels[i] - 1, predictions[i] - 1] += 1
    return matrix


@mistake("confusion", cause="It keeps only the classes that occur, and so drops empty rows.")
def only_the_classes_that_occur(labels, predictions, n_classes):
    classes = np.unique(np.concatenate([labels, predictions]))
    matrix = np.zeros((len(classes), len(classes)), dtype=int)
    for row, true_class in enumerate(classes):
        for column, answer in enumerate(classes):
            matrix[row, column] = np.sum((labels == true_class) & (predictions == answer))
    return matrix


@mistake("confusion", cause="It uses | for &, and counts images that fit the row or the column.")
def row_or_column(labels, predictions, n_classes):
    matrix = np.zeros((n_classes, n_classes), dtype=int)
    for row in range(n_classes):
        for column in range(n_classes):
            matrix[row, column] = np.sum((labels == row) | (predictions == column))
    return matrix


@mistake("confusion", cause="bincount stops at the last cell that occurs, so reshape fails.")
def counts_stop_at_the_last_pair(labels, predictions, n_classes):
    cells = labels * n_classes + predictions
    counts = np.bincount(cells)
    return counts.reshape(n_classes, n_classes)


# precision_and_recall -------------------------------------------------------------------------


@mistake(
    "precision_and_recall", cause="It divides by the wrong answers only, and not by all of them."
)
def divided_by_the_wrong_answers(matrix):
    right = np.diagonal(matrix)
    wrongly_called = matrix.sum(axis=0) - right
    missed = matrix.sum(axis=1) - right
    return right / wrongly_called, right / missed


@mistake("precision_and_recall", cause="The loop ends one class early, so the last class stays 0.")
def last_class_left_out(matrix):
    n_classes = len(matrix)
    precision = np.zeros(n_classes)
    recall = np.zeros(n_classes)
    for k in range(n_classes - 1):
        precision[k] = matrix[k, k] / matrix[:, k].sum()
        recall[k] = matrix[k, k] / matrix[k, :].sum()
    return precision, recall


@mistake("precision_and_recall", cause="It gives nan to a class with no right answer, not 0.")
def nan_where_nothing_is_right(matrix):
    right = np.diagonal(matrix).astype(float)
    right[right == 0] = np.nan
    precision = right / matrix.sum(axis=0)
    recall = right / matrix.sum(axis=1)
    return precision, recall


@mistake("precision_and_recall", cause="A class that lacks one of the two gets nan for the other.")
def nan_for_both_numbers(matrix):
    right = np.diagonal(matrix)
    answered, images = matrix.sum(axis=0), matrix.sum(axis=1)
    n_classes = len(matrix)
    precision, recall = np.full(n_classes, np.nan), np.full(n_classes, np.nan)
    for k in range(n_classes):
        if answered[k] > 0 and images[k] > 0:
            precision[k] = right[k] / answered[k]
            recall[k] = right[k] / images[k]
    return precision, recall


@mistake(
    "precision_and_recall", cause="keepdims keeps the sums in two axes, so a whole table results."
)
def sums_with_two_axes(matrix):
    right = np.diagonal(matrix)
    precision = right / matrix.sum(axis=0, keepdims=True)
    recall = right / matrix.sum(axis=1, keepdims=True)
    return precision, recall


# most_confident_mistakes ----------------------------------------------------------------------


@mistake(
    "most_confident_mistakes",
    cause="It sorts by how improbable the true class is, not by the confidence in the answer.",
)
def least_probable_truth_first(probabilities, labels, k):
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    of_truth = probabilities[wrong, labels[wrong]]
    return wrong[np.argsort(of_truth)][:k]


@mistake(
    "most_confident_mistakes", cause="Right answers go to the end, but fill up where mistakes lack."
)
def filled_up_with_right_answers(probabilities, labels, k):
    confidences = probabilities.max(axis=1)
    confidences[probabilities.argmax(axis=1) == labels] = 0
    return np.argsort(-confidences)[:k]


@mistake(
    "most_confident_mistakes", cause="np.where gives a tuple, which cannot be picked from by order."
)
def order_picks_from_a_tuple(probabilities, labels, k):
    confidences = probabilities.max(axis=1)
    wrong = np.where(probabilities.argmax(axis=1) != labels)
    order = np.argsort(-confidences[wrong])
    return wrong[order[:k]]


@mistake("most_confident_mistakes", cause="Counted back from -1 to -k, the slice holds k - 1.")
def one_mistake_too_few(probabilities, labels, k):
    confidences = probabilities.max(axis=1)
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    order = np.argsort(confidences[wrong])
    return wrong[order[-1:-k:-1]]


@mistake(
    "most_confident_mistakes", cause="It looks up confidences, and finds the first image with each."
)
def first_image_with_that_confidence(probabilities, labels, k):
    confidences = probabilities.max(axis=1).tolist()
    answers = probabilities.argmax(axis=1)
    of_mistakes = []
    for i in range(len(labels)):
        if answers[i] != labels[i]:
            of_mistakes.append(confidences[i])
    of_mistakes.sort(reverse=True)
    return np.array([confidences.index(value) for value in of_mistakes[:k]], dtype=int)
