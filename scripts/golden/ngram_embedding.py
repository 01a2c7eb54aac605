"""Vectors of tokens and of hashed runs of tokens, and their gradients: Keras' Embedding layers over rows found here.

    python scripts/golden/ngram_embedding.py
"""

from golden_file import short_values, tensor, write_golden

import keras  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402

MASK = 0xFFFFFFFF


def bucket(run, rows):
    """fastText's joining of hashes (Dictionary::addWordNgrams, in 32 bits), then MurmurHash3's fmix32."""
    joined = 0
    for token in run:
        joined = (joined * 116049371 + token) & MASK
    joined ^= joined >> 16
    joined = joined * 0x85EBCA6B & MASK
    joined ^= joined >> 13
    joined = joined * 0xC2B2AE35 & MASK
    joined ^= joined >> 16
    return 1 + joined % (rows - 1)


def ngram_rows(ids, length, rows):
    found = np.zeros_like(ids)
    for row, sequence in enumerate(ids):
        for end in range(length - 1, len(sequence)):
            run = [int(token) for token in sequence[end - length + 1 : end + 1]]
            if 0 not in run:
                found[row, end] = bucket(run, rows)
    return found


def main():
    random = np.random.default_rng(5)
    words, units, rows, ngrams = 30_000, 3, 11, 3
    some = random.integers(1, words, size=6)
    ids = random.choice(some, size=(3, 7)).astype(np.int32)
    ids[0, 5:] = 0
    ids[1, 2] = 0
    used = np.unique(ids)
    table, runs = short_values(random, (len(used), units)), short_values(random, (rows, units))
    full = np.zeros((words, units))
    full[used] = table
    outer = short_values(random, (*ids.shape, units))
    found = [ngram_rows(ids, length, rows) for length in range(2, ngrams + 1)]
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
