"""Golden training steps of whole models: Keras' losses, predictions, gradients and weights, for test/golden/model/*.json.

    pip install tensorflow-cpu==2.21.0 keras==3.15.1
    python scripts/golden/model.py

Embedding(20, 6, mask_zero) -> GRU(5, return_sequences) -> GRU(4) -> Dense, trained in float64 on three padded batches
by Keras' Adam on dense gradients, as Keras does it on JAX and PyTorch. On TensorFlow an embedding's gradient is a list of
rows, and Keras squares each row before adding up the rows of one id: where an id repeats in a batch, its second moment is
the sum of squares, not the square of the sum. `check_train_on_batch` proves that this is the only difference.
test/golden/README.md tells the file format.
"""

from golden_file import short_values, tensor, write_golden

import keras
import numpy as np
import tensorflow as tf

keras.config.set_floatx("float64")

VOCABULARY, EMBEDDING, UNITS = 20, 6, (5, 4)
ADAM = {"learning_rate": 0.01, "beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-7}
LENGTHS = ([7, 3, 1, 5], [4, 0, 6, 2, 6], [9, 8, 2])  # tokens per row; 0 is an empty review


def make_model(reset_after, label_count):
    gru = [
        keras.layers.GRU(units, return_sequences=last is False, reset_after=reset_after, use_cudnn=False)
        for units, last in zip(UNITS, (False, True))
    ]
    head = keras.layers.Dense(1, "sigmoid") if label_count == 2 else keras.layers.Dense(label_count, "softmax")
    model = keras.Sequential(
        [keras.Input((None,), dtype="int32"), keras.layers.Embedding(VOCABULARY, EMBEDDING, mask_zero=True), *gru, head]
    )
    loss = "binary_crossentropy" if label_count == 2 else "sparse_categorical_crossentropy"
    model.compile(keras.optimizers.Adam(**ADAM), loss, jit_compile=False)
    return model


def make_batches(random, label_count):
    """Right-padded ids [rows, time], each id often more than once, and labels [rows]."""
    for lengths in LENGTHS:
        time = max(lengths)
        ids = random.integers(1, VOCABULARY - 4, size=(len(lengths), time))  # the last ids never come
        ids = np.where(np.arange(time)[None, :] < np.array(lengths)[:, None], ids, 0).astype(np.int32)
        yield lengths, ids, random.integers(0, label_count, size=len(lengths)).astype(np.int32)


def gradients_of(model, ids, labels):
    """Loss and gradients of the mean loss in the order of the weights, the embedding's as TensorFlow gives it."""
    with tf.GradientTape() as tape:
        loss = model.compute_loss(x=ids, y=labels.reshape(-1, 1), y_pred=model(ids, training=True))
    return loss.numpy(), tape.gradient(loss, [weight.value for weight in model.trainable_weights])


def dense(gradients):
    return [tf.convert_to_tensor(gradient) for gradient in gradients]


class PlainAdam:
    """Keras' Adam as a formula: epsilon stands beside the root of the uncorrected second moment."""

    def __init__(self, weights):
        self.weights, self.step = [w.copy() for w in weights], 0
        self.m, self.v = [np.zeros_like(w) for w in weights], [np.zeros_like(w) for w in weights]

    def apply(self, gradients, squares):
        self.step += 1
        b1, b2 = ADAM["beta_1"], ADAM["beta_2"]
        power1, power2 = (float(np.float32(b)) ** self.step for b in (b1, b2))  # Keras casts them by way of float32
        alpha = ADAM["learning_rate"] * np.sqrt(1 - power2) / (1 - power1)
        for weight, m, v, gradient, square in zip(self.weights, self.m, self.v, gradients, squares):
            m += (gradient.numpy() - m) * (1 - b1)
            v += (square.numpy() - v) * (1 - b2)
            weight -= alpha * m / (np.sqrt(v) + ADAM["epsilon"])

    def check(self, model):
        for ours, theirs in zip(self.weights, model.get_weights()):
            np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-12)


def check_train_on_batch(model, initial, batches):
    """Keras' own training step on TensorFlow: the same, but for the squares of the embedding's repeated rows."""
    model.set_weights(initial)
    adam = PlainAdam(initial)
    for _, ids, labels in batches:
        loss, gradients = gradients_of(model, ids, labels)
        reported = model.train_on_batch(ids, labels.reshape(-1, 1))
        model.reset_metrics()
        np.testing.assert_allclose(reported, loss, rtol=1e-12)
        rows = gradients[0]
        squared = tf.IndexedSlices(tf.square(rows.values), rows.indices, rows.dense_shape)
        adam.apply(dense(gradients), dense([squared, *(g**2 for g in gradients[1:])]))
        adam.check(model)


def weight_names():
    return [
        "embedding",
        *(f"gru{layer}.{name}" for layer in (1, 2) for name in ("kernel", "recurrentKernel", "bias")),
        "dense.kernel",
        "dense.bias",
    ]


def named(values):
    return {name: tensor(value) for name, value in zip(weight_names(), values)}


def make_file(name, reset_after, label_count):
    random = np.random.default_rng([label_count, int(reset_after)])
    model = make_model(reset_after, label_count)
    initial = [short_values(random, weight.shape, 0.4) for weight in model.get_weights()]
    batches = list(make_batches(random, label_count))
    check_train_on_batch(make_model(reset_after, label_count), initial, batches)
    model.set_weights(initial)
    predictions = [model.predict_on_batch(ids) for _, ids, _ in batches]
    adam, steps = PlainAdam(initial), []
    for (lengths, ids, labels), predicted in zip(batches, predictions):
        loss, rows = gradients_of(model, ids, labels)
        gradients = dense(rows)
        model.optimizer.apply(gradients, model.trainable_weights)
        adam.apply(gradients, [g**2 for g in gradients])
        adam.check(model)
        steps.append(
            {
                "ids": tensor(ids),
                "lengths": tensor(np.array(lengths)),
                "labels": tensor(labels),
                "initialPredictions": tensor(predicted),
                "loss": tensor(loss),
                "gradients": named(gradients),
                "weights": named(model.get_weights()),
            }
        )
    write_golden(
        f"model/{name}",
        {
            "model": {
                "vocabularySize": VOCABULARY,
                "embeddingUnits": EMBEDDING,
                "gruUnits": list(UNITS),
                "resetAfter": reset_after,
                "labelCount": label_count,
            },
            "optimizer": {
                "name": "adam",
                "learningRate": ADAM["learning_rate"],
                "beta1": ADAM["beta_1"],
                "beta2": ADAM["beta_2"],
                "epsilon": ADAM["epsilon"],
            },
            "initialWeights": named(initial),
            "steps": steps,
            "finalPredictions": [tensor(model.predict_on_batch(ids)) for _, ids, _ in batches],
        },
    )


if __name__ == "__main__":
    for reset_after in (True, False):
        form = "after" if reset_after else "before"
        make_file(f"gru2-reset-{form}-binary", reset_after, 2)
        make_file(f"gru2-reset-{form}-three-labels", reset_after, 3)
