"""Golden values of models that give several labels at once: Keras' losses, gradients and steps, scikit-learn's regressions.

    pip install tensorflow-cpu==2.21.0 keras==3.15.1 scikit-learn
    python scripts/golden/several-labels.py

Writes test/golden/several-labels/*.json. Each label has a sigmoid of its own, and the loss is Keras' binary_crossentropy,
the mean over rows and labels. `averaged-embedding` takes one example after another against the gradient of the sum over
the labels, at a rate that falls evenly to 0. `bag-of-words` is a OneVsRestClassifier on a MultiLabelBinarizer's matrix.
test/golden/README.md tells the file format.
"""

from golden_file import short_values, tensor, write_golden

import keras
import numpy as np
import scipy.sparse
import tensorflow as tf
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.preprocessing import MultiLabelBinarizer

keras.config.set_floatx("float64")

IDS, EMBEDDING, LABELS = 20, 6, 4
# An example without a label and one with all of them are among them.
TARGETS = [[2], [], [0, 3], [0, 1, 2, 3], [1, 2], [3]]
RATE = 0.6


def matrix(targets):
    return MultiLabelBinarizer(classes=range(LABELS)).fit_transform(targets).astype(float)


def ids_of(random, lengths):
    """Right-padded ids [rows, time]; the last ids never come."""
    time = max(lengths)
    ids = random.integers(1, IDS - 3, size=(len(lengths), time))
    return np.where(np.arange(time)[None, :] < np.array(lengths)[:, None], ids, 0).astype(np.int32)


def features(name):
    if name == "recurrent":
        return [keras.layers.GRU(5, use_cudnn=False)]
    if name == "conv1d":
        return [keras.layers.Conv1D(7, 3, activation="relu"), keras.layers.GlobalMaxPooling1D()]
    return [keras.layers.GlobalAveragePooling1D()]


def make_model(name, random):
    embedding = keras.layers.Embedding(IDS, EMBEDDING, mask_zero=name != "conv1d")
    head = keras.layers.Dense(LABELS, "sigmoid")
    model = keras.Sequential([keras.Input((None,), dtype="int32"), embedding, *features(name), head])
    model.set_weights([short_values(random, weight.shape, 0.5) for weight in model.get_weights()])
    return model


def loss_and_gradients(model, ids, truth):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(keras.losses.binary_crossentropy(truth, model(ids, training=True)))
    gradients = tape.gradient(loss, [weight.value for weight in model.trainable_weights])
    return loss.numpy(), [tf.convert_to_tensor(gradient).numpy() for gradient in gradients]


def batch_file(name, lengths):
    random = np.random.default_rng(len(name))
    model = make_model(name, random)
    ids = ids_of(random, lengths)
    loss, gradients = loss_and_gradients(model, ids, matrix(TARGETS))
    write_golden(
        f"several-labels/{name}",
        {
            "labelCount": LABELS,
            "targets": TARGETS,
            "lengths": tensor(np.array(lengths)),
            "ids": tensor(ids),
            "weights": [tensor(weight) for weight in model.get_weights()],
            "probabilities": tensor(model.predict_on_batch(ids)),
            "loss": tensor(loss),
            "gradients": [tensor(gradient) for gradient in gradients],
        },
    )


def averaged_file():
    random = np.random.default_rng(5)
    model = make_model("averaged-embedding", random)
    lengths = [7, 3, 1, 5, 4, 6]
    ids = ids_of(random, lengths)
    truth = matrix(TARGETS)
    initial = model.get_weights()
    losses = []
    for row, length in enumerate(lengths):
        loss, gradients = loss_and_gradients(model, ids[row : row + 1, :length], truth[row : row + 1])
        rate = RATE * (1 - row / len(lengths))
        # The gradient of the sum over the labels is that of their mean, times their number.
        steps = zip(model.get_weights(), gradients)
        model.set_weights([weight - rate * LABELS * gradient for weight, gradient in steps])
        losses.append(loss)
    write_golden(
        "several-labels/averaged-embedding",
        {
            "labelCount": LABELS,
            "targets": TARGETS,
            "lengths": tensor(np.array(lengths)),
            "ids": tensor(ids),
            "learningRate": RATE,
            "weights": [tensor(weight) for weight in initial],
            "losses": tensor(losses),
            "finalWeights": [tensor(weight) for weight in model.get_weights()],
            "probabilities": tensor(model.predict_on_batch(ids)),
        },
    )


def bag_of_words_file():
    random = np.random.default_rng(9)
    examples = 40
    truth = (random.random((examples, LABELS)) < [0.5, 0.3, 0.2, 0.6]).astype(int)
    counts = random.poisson(0.4, (examples, IDS)).astype(float)
    counts[:, :4] += truth * random.integers(0, 2, (examples, LABELS))
    counts[:, 0] = 0  # padding
    counts[5] = 0  # an empty example
    targets = [np.flatnonzero(row).tolist() for row in truth]
    values = {"counts": counts, "tfIdf": TfidfTransformer().fit_transform(counts).toarray()}
    cases = []
    for weighting, rows in values.items():
        # liblinear's dual solver, whose bias is the penalized weight of one more feature.
        solver = LogisticRegression(C=2, solver="liblinear", dual=True, tol=1e-12, max_iter=1_000_000)
        several = OneVsRestClassifier(solver).fit(scipy.sparse.csr_matrix(rows), matrix(targets))
        kernel = np.stack([part.coef_[0] for part in several.estimators_], axis=1)
        bias = np.array([part.intercept_[0] for part in several.estimators_])
        cases.append(
            {
                "weighting": weighting,
                "kernel": tensor(kernel),
                "bias": tensor(bias),
                "probabilities": tensor(several.predict_proba(rows)),
            }
        )
    ids = [np.repeat(np.arange(IDS), row.astype(int)).tolist() for row in counts]
    write_golden(
        "several-labels/bag-of-words",
        {"idCount": IDS, "labelCount": LABELS, "inverseRegularization": 2, "ids": ids, "targets": targets, "cases": cases},
    )


if __name__ == "__main__":
    batch_file("recurrent", [7, 3, 1, 5, 4, 6])
    # Of one length: our Conv1D takes masked steps for zeros, Keras' knows no mask.
    batch_file("conv1d", [6] * 6)
    averaged_file()
    bag_of_words_file()
