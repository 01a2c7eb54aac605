"""Golden values of weighted and smoothed losses: Keras' train_on_batch, for test/golden/weighted-losses/*.json.

    pip install tensorflow-cpu==2.21.0 keras==3.15.1
    python scripts/golden/weighted_losses.py

A dense layer on given numbers, in float64, trained for one step of plain descent with rate 1 with sample_weight, class_weight and
label_smoothing: the loss is what train_on_batch returns, the gradients are the weights before less those after. Where examples
have several labels, whose weights act on the labels, the loss is TensorFlow's weighted_cross_entropy_with_logits.
test/golden/README.md tells the file format.
"""

from golden_file import short_values, tensor, write_golden

import keras
import numpy as np
import tensorflow as tf

keras.config.set_floatx("float64")

ROWS, FEATURES = 12, 3


def loss_of(label_count, smoothing):
    if label_count == 2:
        return keras.losses.BinaryCrossentropy(label_smoothing=smoothing)
    return keras.losses.CategoricalCrossentropy(label_smoothing=smoothing)


def golden_case(label_count, data, sample_weight=None, class_weight=None, smoothing=0.0):
    inputs, labels, kernel, bias = data
    columns = 1 if label_count == 2 else label_count
    head = keras.layers.Dense(columns, "sigmoid" if columns == 1 else "softmax")
    model = keras.Sequential([keras.Input((FEATURES,)), head])
    model.compile(keras.optimizers.SGD(1.0), loss_of(label_count, smoothing), jit_compile=False)
    head.set_weights([kernel, bias])
    truth = labels[:, None].astype("float64") if columns == 1 else np.eye(label_count)[labels]
    weighting = {"sample_weight": sample_weight, "class_weight": class_weight}
    if sample_weight is not None and class_weight is not None:
        # Keras takes one of them at a time.
        weighting = {"sample_weight": sample_weight * np.array([class_weight[label] for label in labels])}
    loss = model.train_on_batch(inputs, truth, **weighting)
    after = head.get_weights()
    parts = [name for name, given in (("sample weights", sample_weight is not None), ("class weights", class_weight),
                                      ("smoothing", smoothing)) if given]
    return {
        "name": f"{label_count} labels, {' and '.join(parts) or 'plain'}",
        "labelCount": label_count,
        "smoothing": smoothing,
        "sampleWeights": None if sample_weight is None else tensor(sample_weight),
        "classWeights": None if class_weight is None else [float(class_weight[i]) for i in range(label_count)],
        "inputs": tensor(inputs),
        "labels": tensor(labels.astype(np.int32)),
        "kernel": tensor(kernel),
        "bias": tensor(bias),
        "loss": tensor(np.asarray(loss)),
        "kernelGradient": tensor(kernel - after[0]),
        "biasGradient": tensor(bias - after[1]),
    }


def several_case(name, data, positive_weights=None, sample_weights=None, smoothing=0.0):
    logits, truth = data
    smoothed = truth * (1 - smoothing) + smoothing / 2
    positives = np.ones(truth.shape[1]) if positive_weights is None else positive_weights
    of_rows = np.ones(len(truth)) if sample_weights is None else sample_weights
    x = tf.constant(logits)
    with tf.GradientTape() as tape:
        tape.watch(x)
        losses = tf.nn.weighted_cross_entropy_with_logits(smoothed, x, positives)
        loss = tf.reduce_mean(tf.reduce_mean(losses, axis=1) * of_rows)
    return {
        "name": name,
        "smoothing": smoothing,
        "positiveWeights": None if positive_weights is None else tensor(positive_weights),
        "sampleWeights": None if sample_weights is None else tensor(sample_weights),
        "logits": tensor(logits),
        "truth": tensor(truth.astype(np.int32)),
        "loss": tensor(loss.numpy()),
        "gradient": tensor(tape.gradient(loss, x).numpy()),
    }


def several():
    random = np.random.default_rng(9)
    data = short_values(random, (ROWS, 4), 3), random.integers(0, 2, size=(ROWS, 4)).astype("float64")
    positives = np.array([0.25, 1, 3.5, 20])
    weights = np.abs(short_values(random, (ROWS,)))
    weights[2] = 0
    cases = [
        several_case("plain", data),
        several_case("weights of labels", data, positives),
        several_case("weights of examples", data, None, weights),
        several_case("smoothing", data, smoothing=0.3),
        several_case("all of them", data, positives, weights, 0.3),
    ]
    write_golden("weighted-losses/several-labels", {"cases": cases})


def main():
    random = np.random.default_rng(7)
    cases = []
    for label_count in (2, 3):
        columns = 1 if label_count == 2 else label_count
        data = (
            short_values(random, (ROWS, FEATURES), 2),
            random.integers(0, label_count, size=ROWS),
            short_values(random, (FEATURES, columns)),
            short_values(random, (columns,)),
        )
        weights = np.abs(short_values(random, (ROWS,)))
        weights[4] = 0
        classes = {0: 0.5, 1: 3.25, 2: 1.5}
        for given in (
            {},
            {"sample_weight": weights},
            {"class_weight": classes},
            {"sample_weight": weights, "class_weight": classes},
            {"smoothing": 0.2},
            {"sample_weight": weights, "class_weight": classes, "smoothing": 0.2},
        ):
            cases.append(golden_case(label_count, data, **given))
    write_golden("weighted-losses/weighted-losses", {"cases": cases})


if __name__ == "__main__":
    main()
    several()
