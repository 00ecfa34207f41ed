"""Beginners' mistakes in the lesson "Training"."""

# ruff: noqa: RET503, RET505 - beginners wrote this
import keras

from benchmarks.beginners import mistake

# early_stop -----------------------------------------------------------------------------------


@mistake("early_stop", cause="It uses <=, so a loss equal to the best counts as an improvement.")
def a_tie_is_an_improvement(losses, patience):
    best = 1
    for epoch in range(2, len(losses) + 1):
        loss = losses[epoch - 1]
        if loss <= losses[best - 1]:
            best = epoch
        elif epoch - best >= patience:
            return best, epoch
    return best, len(losses)


@mistake("early_stop", cause="It uses > and so stops one epoch after the patience is used up.")
def one_epoch_too_patient(losses, patience):
    best = 1
    for epoch in range(2, len(losses) + 1):
        loss = losses[epoch - 1]
        if loss < losses[best - 1]:
            best = epoch
        elif epoch - best > patience:
            return best, epoch
    return best, len(losses)


@mistake(
    "early_stop", cause="The best epoch is sought in the whole list, past where training stops."
)
def best_of_the_whole_list(losses, patience):
    best = 1
    last = len(losses)
    for epoch in range(2, len(losses) + 1):
        if losses[epoch - 1] < losses[best - 1]:
            best = epoch
        elif epoch - best >= patience:
            last = epoch
            break
    best = losses.index(min(losses)) + 1
    return best, last


@mistake(
    "early_stop", cause="It adds the patience to the best epoch, even past the end of the list."
)
def best_epoch_plus_patience(losses, patience):
    best = 1
    for epoch in range(2, len(losses) + 1):
        loss = losses[epoch - 1]
        if loss < losses[best - 1]:
            best = epoch
        elif epoch - best == patience:
            break
    return best, best + patience


@mistake("early_stop", cause="It counts epochs from 0, where the exercise counts from 1.")
def epochs_counted_from_zero(losses, patience):
    best = 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[best]:
            best = epoch
        elif epoch - best >= patience:
            return best, epoch
    return best, len(losses) - 1


@mistake("early_stop", cause="It uses the epoch as the index, and runs past the end of the list.")
def epoch_as_the_index(losses, patience):
    best = 1
    for epoch in range(2, len(losses) + 1):
        loss = losses[epoch]
        if loss < losses[best - 1]:
            best = epoch
        elif epoch - best >= patience:
            return best, epoch
    return best, len(losses)


@mistake("early_stop", cause="It compares with the epoch before, not with the best so far.")
def compared_with_the_epoch_before(losses, patience):
    best = 1
    for epoch in range(2, len(losses) + 1):
        if losses[epoch - 1] < losses[epoch - 2]:
            best = epoch
        elif epoch - best >= patience:
            return best, epoch
    return best, len(losses)


@mistake(
    "early_stop", cause="The epochs without improvement are never set back to 0 by a new best."
)
def waiting_never_set_back(losses, patience):
    best = 1
    waited = 0
    for epoch in range(2, len(losses) + 1):
        if losses[epoch - 1] < losses[best - 1]:
            best = epoch
        else:
            waited += 1
            if waited == patience:
                return best, epoch
    return best, len(losses)


# train_with_early_stopping --------------------------------------------------------------------


def compile_network(network):
    optimizer = keras.optimizers.Adam(0.01)
    network.compile(optimizer, "categorical_crossentropy", metrics=["accuracy"])


@mistake(
    "train_with_early_stopping", cause="It leaves the network with the weights of its last epoch."
)
def best_weights_not_restored(network, parts, patience):
    compile_network(network)
    stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=patience)
    images, labels = parts["training"]
    return network.fit(
        images,
        labels,
        epochs=20,
        validation_data=parts["validation"],
        callbacks=[stop],
        verbose=0,
    )


@mistake(
    "train_with_early_stopping", cause="It watches the training loss, not the validation loss."
)
def training_loss_watched(network, parts, patience):
    compile_network(network)
    stop = keras.callbacks.EarlyStopping("loss", patience=patience, restore_best_weights=True)
    images, labels = parts["training"]
    validation = parts["validation"]
    return network.fit(
        images, labels, epochs=20, validation_data=validation, callbacks=[stop], verbose=0
    )


@mistake(
    "train_with_early_stopping", cause="It validates on the test images, which must stay unseen."
)
def validated_on_the_test(network, parts, patience):
    compile_network(network)
    stop = keras.callbacks.EarlyStopping(patience=patience, restore_best_weights=True)
    images, labels = parts["training"]
    test = parts["test"]
    return network.fit(images, labels, epochs=20, validation_data=test, callbacks=[stop], verbose=0)


@mistake("train_with_early_stopping", cause="It returns the network, where the history is wanted.")
def network_for_history(network, parts, patience):
    compile_network(network)
    stop = keras.callbacks.EarlyStopping(patience=patience, restore_best_weights=True)
    images, labels = parts["training"]
    validation = parts["validation"]
    network.fit(images, labels, epochs=20, validation_data=validation, callbacks=[stop], verbose=0)
    return network


@mistake(
    "train_with_early_stopping", cause="It forgets the epochs, so fit trains for a single one."
)
def epochs_forgotten(network, parts, patience):
    compile_network(network)
    stop = keras.callbacks.EarlyStopping(patience=patience, restore_best_weights=True)
    images, labels = parts["training"]
    validation = parts["validation"]
    return network.fit(images, labels, validation_data=validation, callbacks=[stop], verbose=0)


@mistake("train_with_early_stopping", cause="It makes the callback but does not hand it to fit.")
def callback_not_handed_over(network, parts, patience):
    compile_network(network)
    stop = keras.callbacks.EarlyStopping(  # noqa: F841
        monitor="val_loss", patience=patience, restore_best_weights=True
    )
    images, labels = parts["training"]
    return network.fit(images, labels, epochs=20, validation_data=parts["validation"], verbose=0)


@mistake("train_with_early_stopping", cause="It copies a patience of 5 and ignores the one given.")
def always_a_patience_of_five(network, parts, patience):
    compile_network(network)
    stop = keras.callbacks.EarlyStopping(patience=5, restore_best_weights=True)
    images, labels = parts["training"]
    validation = parts["validation"]
    return network.fit(
        images, labels, epochs=20, validation_data=validation, callbacks=[stop], verbose=0
    )


@mistake(
    "train_with_early_stopping", cause="Its loss expects integers, but the labels are one-hot."
)
def sparse_loss_for_one_hot_labels(network, parts, patience):
    optimizer = keras.optimizers.Adam(0.01)
    network.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])
    stop = keras.callbacks.EarlyStopping(patience=patience, restore_best_weights=True)
    images, labels = parts["training"]
    validation = parts["validation"]
    return network.fit(
        images, labels, epochs=20, validation_data=validation, callbacks=[stop], verbose=0
    )


# diagnose -------------------------------------------------------------------------------------


@mistake(
    "diagnose", cause="It tries the rule for overfitting first, but the first rule comes first."
)
def overfitting_asked_first(losses, validation_losses):
    if validation_losses[-1] > 1.1 * min(validation_losses):
        return "overfitting"
    if losses[-1] >= 0.9 * losses[0]:
        return "not learning"
    return "learning"


@mistake("diagnose", cause="It compares the last validation loss with the first, not the lowest.")
def compared_with_the_first_validation_loss(losses, validation_losses):
    if losses[-1] >= 0.9 * losses[0]:
        return "not learning"
    if validation_losses[-1] > 1.1 * validation_losses[0]:
        return "overfitting"
    return "learning"


@mistake("diagnose", cause="It takes a gap between validation and training for overfitting.")
def gap_to_the_training_loss(losses, validation_losses):
    if losses[-1] >= 0.9 * losses[0]:
        return "not learning"
    if validation_losses[-1] > 1.1 * losses[-1]:
        return "overfitting"
    return "learning"


@mistake("diagnose", cause="It reads 10 % as a difference of 0.1, not as a tenth of the lowest.")
def ten_per_cent_as_a_difference(losses, validation_losses):
    if losses[-1] >= 0.9 * losses[0]:
        return "not learning"
    if validation_losses[-1] - min(validation_losses) > 0.1:
        return "overfitting"
    return "learning"


@mistake("diagnose", cause="First and last training loss are exchanged in the first rule.")
def first_and_last_exchanged(losses, validation_losses):
    if losses[0] >= 0.9 * losses[-1]:
        return "not learning"
    if validation_losses[-1] > 1.1 * min(validation_losses):
        return "overfitting"
    return "learning"


@mistake("diagnose", cause="The last branch has no return, so a network that learns gets None.")
def no_answer_when_learning(losses, validation_losses):
    lowest = min(validation_losses)
    if losses[-1] >= 0.9 * losses[0]:
        return "not learning"
    elif validation_losses[-1] > lowest * 1.1:
        return "overfitting"
    else:
        "learning"


@mistake("diagnose", cause="It sorts the losses to find the lowest, and so loses which was last.")
def losses_sorted(losses, validation_losses):
    if losses[-1] >= 0.9 * losses[0]:
        return "not learning"
    validation_losses.sort()
    lowest = validation_losses[0]
    last = validation_losses[-1]
    if last > 1.1 * lowest:
        return "overfitting"
    return "learning"


@mistake("diagnose", cause="It counts the last place as len, which is one past the end of a list.")
def last_place_past_the_end(losses, validation_losses):
    n = len(losses)
    if losses[n] >= 0.9 * losses[0]:
        return "not learning"
    if validation_losses[n] > 1.1 * min(validation_losses):
        return "overfitting"
    return "learning"
