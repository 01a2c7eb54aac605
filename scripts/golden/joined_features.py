"""Golden values of a model that reads a text and numbers beside it: Keras' functional model of two inputs.

    pip install tensorflow-cpu==2.21.0 keras==3.15.1
    python scripts/golden/joined_features.py

Embedding(12, 4, mask_zero) -> GRU(3), and Normalization of two numbers beside a category, which is left as it is; both joined -> Dense.
In float64; the loss has sample weights. Writes test/golden/joined-features/*.json; test/golden/README.md tells the format.
"""

from golden_file import short_values, tensor, write_golden

import keras
import numpy as np
import tensorflow as tf

keras.config.set_floatx("float64")

IDS, EMBEDDING, UNITS = 12, 4, 3
LENGTHS = [5, 2, 0, 7, 3, 1]


def examples(random):
    time = max(LENGTHS)
    ids = random.integers(1, IDS, size=(len(LENGTHS), time))
    ids = np.where(np.arange(time)[None, :] < np.array(LENGTHS)[:, None], ids, 0).astype(np.int32)
    rows = len(LENGTHS)
    # A large number, one that is the same everywhere, and a category.
    numbers = np.stack([1e4 + 250 * short_values(random, (rows,)), np.full(rows, 3.5), np.arange(rows) % 2.0], axis=1)
    return ids, np.float64(np.float32(numbers))


def model_of(label_count, numbers):
    ids = keras.Input((None,), dtype="int32")
    beside = keras.Input((numbers.shape[1],))
    vectors = keras.layers.Embedding(IDS, EMBEDDING, mask_zero=True)(ids)
    state = keras.layers.GRU(UNITS, use_cudnn=False)(vectors)
    normalization = keras.layers.Normalization()
    normalization.adapt(numbers[:, :2])
    normalized = keras.layers.Concatenate()([normalization(beside[:, :2]), beside[:, 2:]])
    joined = keras.layers.Concatenate()([state, normalized])
    head = keras.layers.Dense(1, "sigmoid") if label_count == 2 else keras.layers.Dense(label_count, "softmax")
    return keras.Model([ids, beside], head(joined)), normalization


def golden(label_count):
    random = np.random.default_rng(20 + label_count)
    ids, numbers = examples(random)
    model, normalization = model_of(label_count, numbers)
    for weight in model.trainable_weights:
        weight.assign(short_values(random, weight.shape, 0.6))
    labels = random.integers(0, label_count, size=len(LENGTHS))
    weights = np.abs(short_values(random, (len(LENGTHS),))) + 0.1
    loss = keras.losses.BinaryCrossentropy() if label_count == 2 else keras.losses.SparseCategoricalCrossentropy()
    model.compile(loss=loss)
    with tf.GradientTape() as tape:
        predictions = model([ids, numbers], training=True)
        value = model.compute_loss(x=ids, y=labels.reshape(-1, 1), y_pred=predictions, sample_weight=weights)
    gradients = tape.gradient(value, [weight.value for weight in model.trainable_weights])
    names = ["embedding", "kernel", "recurrentKernel", "bias", "labelKernel", "labelBias"]
    content = {
        "labelCount": label_count,
        "ids": tensor(ids),
        "lengths": tensor(np.array(LENGTHS, np.int32)),
        "features": tensor(numbers),
        "labels": tensor(labels.astype(np.int32)),
        "exampleWeights": tensor(weights),
        "mean": tensor(np.reshape(normalization.mean, -1)),
        "deviation": tensor(np.sqrt(np.reshape(normalization.variance, -1))),
        "weights": {name: tensor(weight.numpy()) for name, weight in zip(names, model.trainable_weights)},
        "predictions": tensor(predictions.numpy()),
        "loss": tensor(value.numpy()),
        "gradients": {
            name: tensor(tf.convert_to_tensor(gradient).numpy()) for name, gradient in zip(names, gradients)
        },
    }
    write_golden(f"joined-features/{label_count}-labels", content)


if __name__ == "__main__":
    for count in (2, 3):
        golden(count)
