"""Beginners' mistakes in the lesson "Training"."""

# ruff: noqa: RET503 - beginners wrote this
import keras

from benchmarks.beginners import mistake

# early_stop -----------------------------------------------------------------------------------


@mistake("early_stop", cause="It counts rises in a row, so any fall sets the patience back.")
def rises_in_a_row_counted(losses, patience):
    best = 1
    rises = 0
    for epoch in range(2, len(losses) + 1):
        loss = losses[epoch - 1]
        if loss < losses[best - 1]:
            best = epoch
        if loss < losses[epoch - 2]:
            rises = 0
        else:
            rises += 1
        if rises >= patience:
            return best, epoch
    return best, len(losses)


@mistake("early_stop", cause="It asks about the patience before it looks at the new loss.")
def patience_before_the_new_loss(losses, patience):
    best = 1
    for epoch in range(2, len(losses) + 1):
        loss = losses[epoch - 1]
        if epoch - best >= patience:
            return best, epoch
        if loss < losses[best - 1]:
            best = epoch
    return best, len(losses)


@mistake("early_stop", cause="No return follows the loop, so unused patience ends in None.")
def nothing_if_the_patience_lasts(losses, patience):
    best = 1
    for epoch in range(2, len(losses) + 1):
        loss = losses[epoch - 1]
        if loss < losses[best - 1]:
            best = epoch
        elif epoch - best >= patience:
            return best, epoch


@mistake("early_stop", cause="It returns the lowest loss, where the number of its epoch is wanted.")
def lowest_loss_for_its_epoch(losses, patience):
    lowest = losses[0]
    waited = 0
    for i in range(1, len(losses)):
        if losses[i] < lowest:
            lowest = losses[i]
            waited = 0
        else:
            waited += 1
        if waited == patience:
            return lowest, i + 1
    return lowest, len(losses)


@mistake("early_stop", cause="It believes that restoring the best epoch makes it the last one too.")
def last_epoch_equal_to_the_best(losses, patience):
    best = 1
    for epoch in range(2, len(losses) + 1):
        loss = losses[epoch - 1]
        if loss < losses[best - 1]:
            best = epoch
        elif epoch - best >= patience:
            last = best
            return best, last
    return best, len(losses)


# train_with_early_stopping --------------------------------------------------------------------


@mistake(
    "train_with_early_stopping",
    cause="It holds out a part of the training images and ignores the validation images.",
)
def part_of_the_training_images_held_out(network, parts, patience):
    optimizer = keras.optimizers.Adam(0.01)
    network.compile(optimizer, "categorical_crossentropy", metrics=["accuracy"])
    stop = keras.callbacks.EarlyStopping(patience=patience, restore_best_weights=True)
    images, labels = parts["training"]
    return network.fit(images, labels, epochs=20, validation_split=0.1, callbacks=[stop], verbose=0)


@mistake(
    "train_with_early_stopping", cause="It watches the validation accuracy in place of the loss."
)
def validation_accuracy_watched(network, parts, patience):
    network.compile(
        optimizer=keras.optimizers.Adam(0.01),
        loss="categorical_crossentropy",
        metrics=["accuracy"],
    )
    stop = keras.callbacks.EarlyStopping(
        monitor="val_accuracy", patience=patience, restore_best_weights=True
    )
    images, labels = parts["training"]
    validation = parts["validation"]
    return network.fit(
        images, labels, epochs=20, validation_data=validation, callbacks=[stop], verbose=0
    )


@mistake(
    "train_with_early_stopping", cause="Named 'adam', the optimiser has its default rate of 0.001."
)
def adam_at_its_default_rate(network, parts, patience):
    network.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
    stop = keras.callbacks.EarlyStopping(
        monitor="val_loss", patience=patience, restore_best_weights=True
    )
    images, labels = parts["training"]
    validation = parts["validation"]
    return network.fit(
        images, labels, epochs=20, validation_data=validation, callbacks=[stop], verbose=0
    )


# diagnose -------------------------------------------------------------------------------------


@mistake("diagnose", cause="It uses >, so exactly 90 % of the first loss passes for learning.")
def exactly_ninety_per_cent_is_learning(losses, validation_losses):
    if losses[-1] > 0.9 * losses[0]:
        return "not learning"
    if validation_losses[-1] > 1.1 * min(validation_losses):
        return "overfitting"
    return "learning"


@mistake("diagnose", cause="It wants the loss to fall by 90 %, where it should fall below 90 %.")
def fall_by_ninety_per_cent(losses, validation_losses):
    fall = (losses[0] - losses[-1]) / losses[0]
    if fall <= 0.9:
        return "not learning"
    if validation_losses[-1] > 1.1 * min(validation_losses):
        return "overfitting"
    return "learning"


@mistake("diagnose", cause="It takes the lowest training loss where the last one is asked about.")
def lowest_training_loss_asked(losses, validation_losses):
    first, lowest = losses[0], min(losses)
    if lowest >= 0.9 * first:
        return "not learning"
    if validation_losses[-1] > 1.1 * min(validation_losses):
        return "overfitting"
    return "learning"


@mistake("diagnose", cause="A later if gives 'learning' too, and replaces the first answer.")
def first_answer_replaced(losses, validation_losses):
    limit = 1.1 * min(validation_losses)
    if losses[-1] >= 0.9 * losses[0]:
        answer = "not learning"
    if validation_losses[-1] > limit:
        answer = "overfitting"
    if validation_losses[-1] <= limit:
        answer = "learning"
    return answer


@mistake("diagnose", cause="Any rise above the lowest counts as overfitting: 10 % is forgotten.")
def any_rise_is_overfitting(losses, validation_losses):
    if losses[-1] >= 0.9 * losses[0]:
        return "not learning"
    best = validation_losses.index(min(validation_losses))
    if validation_losses[-1] > validation_losses[best]:
        return "overfitting"
    return "learning"
