"""Vectors of tokens and of known runs of tokens, and their gradients: Keras' Embedding layers over rows found here.

    python scripts/golden/ngram_embedding.py
"""

from golden_file import short_values, tensor, write_golden

import keras  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402


def known_rows(ids, length, known):
    """1 + the place among `known` of the run of `length` tokens that ends at each place, or 0."""
    found = np.zeros_like(ids)
    for row, sequence in enumerate(ids):
        for end in range(length - 1, len(sequence)):
            run = tuple(int(token) for token in sequence[end - length + 1 : end + 1])
            found[row, end] = known.index(run) + 1 if run in known else 0
    return found


def pairs_of(known):
    """What is before the last token of each run, and that token; a run of two or more is -1, -2, ... by its place."""
    before = [run[0] if len(run) == 2 else -1 - known.index(run[:-1]) for run in known]
    return np.array([[prefix, run[-1]] for prefix, run in zip(before, known)])


def main():
    random = np.random.default_rng(5)
    words, units, ngrams = 30_000, 3, 3
    some = random.integers(1, words, size=6)
    ids = random.choice(some, size=(3, 7)).astype(np.int32)
    ids[0, 5:] = 0
    ids[1, 2] = 0
    used = np.unique(ids)
    # Some of the runs that come, and one that does not; each behind its own beginning.
    a, b, c = (int(token) for token in ids[2, :3])
    known = [(a, b), (int(ids[0, 1]), int(ids[0, 2])), (b, c), (a, b, c), (a, a), (a, a, a)]
    rows = len(known) + 1
    table, runs = short_values(random, (len(used), units)), short_values(random, (rows, units))
    full = np.zeros((words, units))
    full[used] = table
    outer = short_values(random, (*ids.shape, units))
    found = [known_rows(ids, length, known) for length in range(2, ngrams + 1)]
    keras.config.set_floatx("float64")
    of_words = keras.layers.Embedding(words, units, embeddings_initializer=lambda shape, dtype: full)
    of_runs = keras.layers.Embedding(rows, units, embeddings_initializer=lambda shape, dtype: runs)
    with tf.GradientTape() as tape:
        vectors = of_words(ids)
        for each in found:
            vectors = vectors + of_runs(each)
        loss = tf.reduce_sum(vectors * outer)
    gradients = [
        tf.convert_to_tensor(gradient).numpy()
        for gradient in tape.gradient(loss, [of_words.embeddings, of_runs.embeddings])
    ]
    write_golden(
        "layers/ngram-embedding",
        {
            "words": words,
            "ngrams": ngrams,
            "ids": tensor(ids),
            "pairs": tensor(pairs_of(known)),
            "rows": [tensor(each) for each in found],
            "used": tensor(used),
            "table": tensor(table),
            "runs": tensor(runs),
            "outer": tensor(outer),
            "vectors": tensor(vectors.numpy()),
            "tableGradient": tensor(gradients[0][used]),
            "runsGradient": tensor(gradients[1]),
        },
    )


if __name__ == "__main__":
    main()
