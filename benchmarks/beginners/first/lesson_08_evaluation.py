"""Beginners' mistakes in the lesson "Evaluation"."""

import keras
import numpy as np

from benchmarks.beginners import mistake

# evaluate_file --------------------------------------------------------------------------------


@mistake("evaluate_file", cause="It does not scale the pixels as they were scaled in training.")
def pixels_not_scaled(path, images, labels):
    network = keras.saving.load_model(path)
    logits = network.predict(images, verbose=0)
    return (logits.argmax(axis=1) == labels).mean()


@mistake("evaluate_file", cause="It divides by 255 in whole numbers, so nearly every pixel is 0.")
def pixels_divided_in_whole_numbers(path, images, labels):
    network = keras.saving.load_model(path)
    scaled = images // 255
    logits = network.predict(scaled, verbose=0)
    return (logits.argmax(axis=1) == labels).mean()


@mistake("evaluate_file", cause="It looks for the highest logit along the images, not the classes.")
def answers_along_the_images(path, images, labels):
    network = keras.saving.load_model(path)
    logits = network.predict(images / 255, verbose=0)
    answers = logits.argmax(axis=0)
    return np.mean(answers == labels)


@mistake(
    "evaluate_file", cause="It compares the highest logits with the labels, not their indices."
)
def highest_logits_for_answers(path, images, labels):
    network = keras.saving.load_model(path)
    logits = network.predict(images / 255, verbose=0)
    answers = logits.max(axis=1)
    return np.mean(answers == labels)


@mistake("evaluate_file", cause="It returns per cent, where a number from 0 to 1 is asked for.")
def accuracy_in_per_cent(path, images, labels):
    network = keras.saving.load_model(path)
    answers = network.predict(images / 255, verbose=0).argmax(axis=1)
    n_right = (answers == labels).sum()
    return 100 * n_right / len(labels)


@mistake("evaluate_file", cause="It returns the number of right answers, not their fraction.")
def right_answers_counted(path, images, labels):
    network = keras.saving.load_model(path)
    answers = network.predict(images / 255, verbose=0).argmax(axis=1)
    n_right = 0
    for i in range(len(labels)):
        if answers[i] == labels[i]:
            n_right = n_right + 1
    return n_right


@mistake("evaluate_file", cause="It counts the mistakes: the comparison is != in place of ==.")
def fraction_of_mistakes(path, images, labels):
    network = keras.saving.load_model(path)
    answers = network.predict(images / 255, verbose=0).argmax(axis=1)
    return np.mean(answers != labels)


@mistake(
    "evaluate_file", cause="It divides by the 10,000 images of the lesson, not by how many it has."
)
def always_ten_thousand_images(path, images, labels):
    network = keras.saving.load_model(path)
    answers = network.predict(images / 255, verbose=0).argmax(axis=1)
    return (answers == labels).sum() / 10_000


# confusion ------------------------------------------------------------------------------------


@mistake("confusion", cause="Rows and columns are exchanged: it puts the answer in the row.")
def answers_in_the_rows(labels, predictions, n_classes):
    matrix = np.zeros((n_classes, n_classes), dtype=int)
    for label, prediction in zip(labels, predictions, strict=True):
        matrix[prediction, label] += 1
    return matrix


@mistake("confusion", cause="It sets the cell to 1, where 1 should be added for each image.")
def set_to_one(labels, predictions, n_classes):
    matrix = np.zeros((n_classes, n_classes), dtype=int)
    for label, prediction in zip(labels, predictions, strict=True):
        matrix[label, prediction] = 1
    return matrix


@mistake("confusion", cause="Adding to many cells at once counts a pair that repeats only once.")
def all_cells_at_once(labels, predictions, n_classes):
    matrix = np.zeros((n_classes, n_classes), dtype=int)
    matrix[labels, predictions] += 1
    return matrix


@mistake("confusion", cause="Two nested loops pair every label with every prediction.")
def every_label_with_every_answer(labels, predictions, n_classes):
    matrix = np.zeros((n_classes, n_classes), dtype=int)
    for label in labels:
        for prediction in predictions:
            matrix[label, prediction] += 1
    return matrix


@mistake("confusion", cause="It counts the mistakes only, and leaves the diagonal at 0.")
def only_the_mistakes(labels, predictions, n_classes):
    matrix = np.zeros((n_classes, n_classes), dtype=int)
    for label, prediction in zip(labels, predictions, strict=True):
        if label != prediction:
            matrix[label, prediction] += 1
    return matrix


@mistake("confusion", cause="It names a row only, so the 1 is added to all cells of that row.")
def one_added_to_the_whole_row(labels, predictions, n_classes):
    matrix = np.zeros((n_classes, n_classes), dtype=int)
    for label, _prediction in zip(labels, predictions, strict=True):
        matrix[label] += 1
    return matrix


@mistake("confusion", cause="It uses the number of the image as the row, not the image's label.")
def image_number_as_the_row(labels, predictions, n_classes):
    matrix = np.zeros((n_classes, n_classes), dtype=int)
    for i in range(len(labels)):
        matrix[i, predictions[i]] += 1
    return matrix


@mistake("confusion", cause="It divides each row by its sum, where counts are asked for.")
def rows_as_fractions(labels, predictions, n_classes):
    matrix = np.zeros((n_classes, n_classes))
    for label, prediction in zip(labels, predictions, strict=True):
        matrix[label, prediction] += 1
    return matrix / matrix.sum(axis=1, keepdims=True)


# precision_and_recall -------------------------------------------------------------------------


@mistake("precision_and_recall", cause="The axes are exchanged, and so precision and recall.")
def axes_exchanged(matrix):
    right = np.diagonal(matrix)
    precision = right / matrix.sum(axis=1)
    recall = right / matrix.sum(axis=0)
    return precision, recall


@mistake(
    "precision_and_recall", cause="It divides the precision by all images, not by a column's sum."
)
def divided_by_all_images(matrix):
    right = np.diagonal(matrix)
    total = matrix.sum()
    return right / total, right / matrix.sum(axis=1)


@mistake(
    "precision_and_recall", cause="It adds the right answers to sums that contain them already."
)
def right_answers_in_the_divisor_twice(matrix):
    right = np.diagonal(matrix)
    answered = matrix.sum(axis=0)
    images = matrix.sum(axis=1)
    precision = right / (right + answered)
    recall = right / (right + images)
    return precision, recall


@mistake(
    "precision_and_recall", cause="It gives 0 to a class without answers, where nan is wanted."
)
def zero_for_nan(matrix):
    right = np.diagonal(matrix)
    precision = np.nan_to_num(right / matrix.sum(axis=0))
    recall = np.nan_to_num(right / matrix.sum(axis=1))
    return precision, recall


@mistake("precision_and_recall", cause="It divides in whole numbers, so nearly all results are 0.")
def whole_numbers_only(matrix):
    right = np.diagonal(matrix)
    precision = right // matrix.sum(axis=0)
    recall = right // matrix.sum(axis=1)
    return precision, recall


@mistake("precision_and_recall", cause="It leaves out empty classes, so the arrays are too short.")
def empty_classes_left_out(matrix):
    precision = []
    recall = []
    for k in range(len(matrix)):
        if matrix[:, k].sum() > 0:
            precision.append(matrix[k, k] / matrix[:, k].sum())
        if matrix[k].sum() > 0:
            recall.append(matrix[k, k] / matrix[k].sum())
    return np.array(precision), np.array(recall)


@mistake(
    "precision_and_recall", cause="It averages over the classes, where each has its own number."
)
def averaged_over_the_classes(matrix):
    right = np.diagonal(matrix)
    precision = right / matrix.sum(axis=0)
    recall = right / matrix.sum(axis=1)
    return precision.mean(), recall.mean()


@mistake("precision_and_recall", cause="Plain whole numbers stop with an error at a division by 0.")
def division_of_plain_numbers(matrix):
    precision = np.zeros(len(matrix))
    recall = np.zeros(len(matrix))
    for k in range(len(matrix)):
        right = int(matrix[k, k])
        precision[k] = right / int(matrix[:, k].sum())
        recall[k] = right / int(matrix[k, :].sum())
    return precision, recall


# most_confident_mistakes ----------------------------------------------------------------------


@mistake(
    "most_confident_mistakes", cause="It sorts from low to high, so the least confident come first."
)
def least_confident_first(probabilities, labels, k):
    confidences = probabilities.max(axis=1)
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    order = np.argsort(confidences[wrong])
    return wrong[order][:k]


@mistake("most_confident_mistakes", cause="It returns places among the mistakes, not among images.")
def places_among_the_mistakes(probabilities, labels, k):
    confidences = probabilities.max(axis=1)
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    order = np.argsort(-confidences[wrong])
    return order[:k]


@mistake("most_confident_mistakes", cause="It forgets to choose the mistakes and sorts all images.")
def most_confident_of_all(probabilities, labels, k):
    confidences = probabilities.max(axis=1)
    order = np.argsort(-confidences)
    return order[:k]


@mistake("most_confident_mistakes", cause="It takes the k most confident first, then the mistakes.")
def mistakes_among_the_first_k(probabilities, labels, k):
    confidences = probabilities.max(axis=1)
    answers = probabilities.argmax(axis=1)
    order = np.argsort(-confidences)[:k]
    result = []
    for i in order:
        if answers[i] != labels[i]:
            result.append(i)
    return np.array(result, dtype=int)


@mistake(
    "most_confident_mistakes",
    cause="It takes the right k, but leaves the least confident in front.",
)
def last_k_not_turned_round(probabilities, labels, k):
    confidences = probabilities.max(axis=1)
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    order = np.argsort(confidences[wrong])
    return wrong[order[-k:]]


@mistake(
    "most_confident_mistakes", cause="It returns the confidences, where indices are asked for."
)
def confidences_for_indices(probabilities, labels, k):
    confidences = probabilities.max(axis=1)
    wrong = probabilities.argmax(axis=1) != labels
    highest_first = np.sort(confidences[wrong])[::-1]
    return highest_first[:k]


@mistake("most_confident_mistakes", cause="It chooses the right answers: == stands in place of !=.")
def right_answers_chosen(probabilities, labels, k):
    confidences = probabilities.max(axis=1)
    right = np.flatnonzero(probabilities.argmax(axis=1) == labels)
    order = np.argsort(-confidences[right])
    return right[order[:k]]


@mistake("most_confident_mistakes", cause="It looks for k mistakes even where there are fewer.")
def always_k_mistakes(probabilities, labels, k):
    confidences = probabilities.max(axis=1)
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    order = np.argsort(-confidences[wrong])
    result = []
    for i in range(k):
        result.append(wrong[order[i]])
    return result
