"""Golden values of zoneout, adversarial training and R-Drop, for test/golden/regularization/*.json.

    pip install tensorflow-cpu==2.21.0 keras==3.15.1
    python scripts/golden/regularization.py

Keras has none of the three: its cells are walked step by step here, and its layers called twice, in float64 with GradientTape.
Each gradient is checked against a central difference. test/golden/README.md tells the file format.
"""

from golden_file import short_values, tensor, write_golden
from recurrent import check_by_differences, make_weights

import keras
import numpy as np
import tensorflow as tf

keras.config.set_floatx("float64")

BATCH, TIME, INPUTS, UNITS = 4, 6, 5, 7
LENGTHS = np.array([6, 3, 0, 5])
CELLS = {
    "gruResetAfter": ("GRU", {"reset_after": True}),
    "gruResetBefore": ("GRU", {"reset_after": False}),
    "lstm": ("LSTM", {}),
    "simpleTanh": ("SimpleRNN", {"activation": "tanh"}),
    "simpleRelu": ("SimpleRNN", {"activation": "relu"}),
}


def walk(cell, values, states, mask, kept):
    """All outputs [batch, time, units] and the last states; `kept` holds for each state its share [batch, time, units]."""
    outputs = []
    for time in range(TIME):
        _, made = cell(values[:, time], states)
        mixed = [k[:, time] * old + (1 - k[:, time]) * new for k, old, new in zip(kept, states, made)]
        counts = mask[:, time, None]
        states = [tf.where(counts, new, old) for new, old in zip(mixed, states)]
        outputs.append(states[0])
    return tf.stack(outputs, axis=1), states


def zoneout_case(name, rates, drawn):
    kind, options = CELLS[name]
    random = np.random.default_rng([len(name), *name.encode(), int(drawn)])
    count = 2 if kind == "LSTM" else 1
    cell = getattr(keras.layers, f"{kind}Cell")(UNITS, **options)
    cell.build((BATCH, INPUTS))
    weights = make_weights(random, kind, options, UNITS, INPUTS)
    cell.set_weights(list(weights.values()))
    shape = (BATCH, TIME, UNITS)
    kept = [(random.random(shape) < r).astype(float) if drawn else np.full(shape, r) for r in rates[:count]]
    mask = tf.constant(np.arange(TIME)[None, :] < LENGTHS[:, None])
    source = tf.Variable(short_values(random, (BATCH, TIME, INPUTS)))
    states = [tf.Variable(short_values(random, (BATCH, UNITS), 0.5)) for _ in range(count)]
    cotangent = short_values(random, shape)

    def loss():
        output, _ = walk(cell, source, list(states), mask, kept)
        return tf.reduce_sum(output * cotangent), output

    variables = [source, *(weight.value for weight in cell.trainable_weights), *states]
    with tf.GradientTape() as tape:
        total, output = loss()
    gradients = [gradient.numpy() for gradient in tape.gradient(total, variables)]
    check_by_differences(loss, variables, gradients, random)
    names = ["x", *weights, "initialState", "initialCell"]
    return {
        "cell": name,
        "rates": rates[:count],
        "kept": [tensor(k) for k in kept] if drawn else [],
        "mask": tensor(mask.numpy().astype(np.int32)),
        "values": {n: tensor(v) for n, v in zip(names, [source.numpy(), *weights.values(), *(s.numpy() for s in states)])},
        "output": tensor(output.numpy()),
        "cotangent": tensor(cotangent),
        "gradients": {n: tensor(g) for n, g in zip(names, gradients)},
    }


def make_network(random, label_count):
    """Embedding(12, 5) -> GRU(4) -> Dense; its variables in the order of our model."""
    gru = keras.layers.GRU(4, use_cudnn=False)
    gru.build((None, None, 5))
    columns = 1 if label_count == 2 else label_count
    shapes = [(12, 5), *(w.shape for w in gru.weights), (4, columns), (columns,)]
    values = [short_values(random, shape, 0.5) for shape in shapes]
    gru.set_weights(values[1:4])
    table, kernel, bias = (tf.Variable(v) for v in (values[0], *values[4:]))
    logits_of = lambda vectors, ids: gru(vectors, mask=tf.constant(ids != 0)) @ kernel + bias
    return table, logits_of, [table, *(w.value for w in gru.trainable_weights), kernel, bias], values


def mean_loss(logits, labels, label_count):
    if label_count == 2:
        losses = tf.nn.sigmoid_cross_entropy_with_logits(labels[:, None].astype(float), logits)
    else:
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits)
    return tf.reduce_mean(losses)


def ids_and_labels(random, label_count):
    ids = random.integers(1, 12, size=(BATCH, TIME))
    ids = np.where(np.arange(TIME)[None, :] < LENGTHS[:, None], ids, 0).astype(np.int32)
    return ids, random.integers(0, label_count, size=BATCH).astype(np.int32)


def adversarial_case(label_count, epsilon, weight):
    random = np.random.default_rng([label_count, 7])
    table, logits_of, variables, values = make_network(random, label_count)
    ids, labels = ids_and_labels(random, label_count)
    with tf.GradientTape() as tape:
        vectors = tf.gather(table, ids)
        tape.watch(vectors)
        loss = mean_loss(logits_of(vectors, ids), labels, label_count)
    g = tape.gradient(loss, vectors).numpy()
    norms = np.sqrt((g**2).sum(axis=(1, 2), keepdims=True))
    sizes = np.sqrt(((vectors.numpy() * (ids != 0)[:, :, None]) ** 2).sum(axis=(1, 2), keepdims=True))
    moved = epsilon * sizes * np.divide(g, norms, out=np.zeros_like(g), where=norms > 0)

    def whole():
        vectors = tf.gather(table, ids)
        plain = mean_loss(logits_of(vectors, ids), labels, label_count)
        adversarial = mean_loss(logits_of(vectors + moved, ids), labels, label_count)
        return plain + weight * adversarial, adversarial

    with tf.GradientTape() as tape:
        total, adversarial = whole()
    gradients = [tf.convert_to_tensor(one).numpy() for one in tape.gradient(total, variables)]
    check_by_differences(whole, variables, gradients, random)
    if not float(adversarial) > float(loss):
        raise AssertionError("the vectors were not moved against the model")
    return {
        "labelCount": label_count,
        "settings": {"epsilon": epsilon, "weight": weight},
        "ids": tensor(ids),
        "labels": tensor(labels),
        "weights": [tensor(v) for v in values],
        "perturbation": tensor(moved),
        "loss": tensor(float(loss)),
        "gradients": [tensor(one) for one in gradients],
    }


def divergence_case(kind, columns, weighted):
    random = np.random.default_rng([columns, *kind.encode()])
    one, other = (tf.Variable(short_values(random, (BATCH, columns), 2.0)) for _ in range(2))
    weights = np.array([1.0, 0.5, 2.0, 0.0]) if weighted else np.ones(BATCH)

    def kl(p, q):
        if kind == "softmax":
            return tf.reduce_sum(p * (tf.math.log(p) - tf.math.log(q)), axis=1)
        yes, no = p * tf.math.log(p / q), (1 - p) * tf.math.log((1 - p) / (1 - q))
        return tf.reduce_mean(yes + no, axis=1)

    def value():
        p, q = (tf.nn.softmax(l) if kind == "softmax" else tf.sigmoid(l) for l in (one, other))
        return tf.reduce_mean(weights * (kl(p, q) + kl(q, p)) / 2), p

    with tf.GradientTape() as tape:
        total, _ = value()
    gradients = [gradient.numpy() for gradient in tape.gradient(total, [one, other])]
    check_by_differences(value, [one, other], gradients, random)
    return {
        "kind": kind,
        "one": tensor(one.numpy()),
        "other": tensor(other.numpy()),
        "weights": tensor(weights) if weighted else None,
        "divergence": tensor(float(total)),
        "gradients": [tensor(gradient) for gradient in gradients],
    }


def main():
    rates = [0.3, 0.45]
    write_golden("regularization/zoneout", {"cases": [zoneout_case(n, rates, d) for n in CELLS for d in (True, False)]})
    write_golden("regularization/adversarial", {"cases": [adversarial_case(2, 0.1, 1.0), adversarial_case(3, 0.8, 0.5)]})
    kinds = [("softmax", 3, False), ("softmax", 5, True), ("sigmoid", 1, False), ("sigmoid", 4, True)]
    write_golden("regularization/divergence", {"cases": [divergence_case(*kind) for kind in kinds]})


if __name__ == "__main__":
    main()
