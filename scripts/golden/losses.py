"""Golden values of the losses: Keras' cross-entropies and their gradients, for test/golden/losses/*.json.

    pip install tensorflow-cpu==2.21.0 keras==3.15.1
    python scripts/golden/losses.py

From logits in float64. From probabilities in float32, since Keras clips to [1e-7, 1 - 1e-7] and a float32 holds
1 - 1e-7 only as 0.99999988: there the loss is 15.942385 where float64 would give 16.118096.
Keras takes the logits, and clips nothing, whenever the probabilities come straight out of a sigmoid or softmax.
test/golden/README.md tells the file format.
"""

from golden_file import short_values, tensor, write_golden

import keras
import numpy as np
import tensorflow as tf


def golden_case(name, loss, values, labels, dtype, cotangent):
    """Loss [rows] and the gradient of its weighted sum; also the mean loss with its gradient, as training uses it."""
    source = tf.constant(values, dtype)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(source)
        rows = loss(source)
        weighted, mean = tf.reduce_sum(rows * tf.cast(cotangent, dtype)), tf.reduce_mean(rows)
    return {
        "name": name,
        "predictions": tensor(source.numpy()),
        "labels": tensor(np.asarray(labels, np.int32)),
        "losses": tensor(rows.numpy()),
        "lossCotangent": tensor(cotangent),
        "gradient": tensor(tape.gradient(weighted, source).numpy()),
        "meanLoss": tensor(mean.numpy()),
        "meanGradient": tensor(tape.gradient(mean, source).numpy()),
    }


def binary():
    random = np.random.default_rng(1)
    logits = np.array([0, 0.5, -0.5, 3.25, -3.25, 15, -15, 20, -20, 100, -100, 88, 1e-3])
    logits = np.concatenate([logits, logits]).astype(np.float32)[:, None]
    labels = np.repeat([0, 1], 13)
    certain = [0, 1, 1e-9, 1e-7, 2e-7, 0.9999999, 0.9999998, 0.99999994, 0.5, 0.123, 0.877]
    probabilities = np.array(certain + certain, np.float32)[:, None]
    certain_labels = np.repeat([0, 1], len(certain))

    def from_logits(x):
        return keras.losses.binary_crossentropy(tf.cast(labels[:, None], x.dtype), x, from_logits=True)

    def from_probabilities(x):
        return keras.losses.binary_crossentropy(tf.cast(certain_labels[:, None], x.dtype), x)

    cases = [
        golden_case("from logits", from_logits, logits, labels, tf.float64, short_values(random, (26,))),
        golden_case(
            "from probabilities",
            from_probabilities,
            probabilities,
            certain_labels,
            tf.float32,
            short_values(random, (22,)),
        ),
    ]
    write_golden("losses/binary-crossentropy", {"cases": cases})


def softmax():
    random = np.random.default_rng(2)
    saturated = [[20, -20, 0, 1], [100, -100, 0, 50], [-100, -100, -100, -101]]
    logits = np.concatenate([short_values(random, (6, 4), 2), saturated])
    labels = [0, 1, 2, 3, 0, 1, 1, 1, 3]
    certain = np.array(
        [[0.25] * 4, [0.7, 0.1, 0.1, 0.1], [1, 0, 0, 0], [1, 0, 0, 0], [0.5, 0.5, 0, 0], [0.4, 0.3, 0.2, 0.1]], np.float32
    )
    certain_labels = [0, 1, 0, 1, 2, 3]

    def loss_of(targets, logits_given):
        return lambda x: keras.losses.sparse_categorical_crossentropy(np.array(targets), x, from_logits=logits_given)

    cases = [
        golden_case("from logits", loss_of(labels, True), logits, labels, tf.float64, short_values(random, (9,))),
        golden_case(
            "from probabilities",
            loss_of(certain_labels, False),
            certain,
            certain_labels,
            tf.float32,
            short_values(random, (6,)),
        ),
    ]
    write_golden("losses/sparse-categorical-crossentropy", {"cases": cases})


if __name__ == "__main__":
    binary()
    softmax()
