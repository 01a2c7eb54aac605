"""Keras on the same work: python keras_rival.py BACKEND STEPS BATCH TIME"""
import json
import os
import sys
import time as clock

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
if sys.argv[1] != "cuda":
    os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
import keras  # noqa: E402
import numpy as np  # noqa: E402

steps, rows, length = map(int, sys.argv[2:5])
random = np.random.default_rng(1)
batches = []
for _ in range(8):
    lengths = np.ceil(length * random.uniform(0.8, 1, rows)).astype(int)
    lengths[0] = length
    ids = 1 + (10_999 * random.random((rows, length)) * random.random((rows, length))).astype("int32")
    ids[np.arange(length)[None, :] >= lengths[:, None]] = 0
    batches.append((ids, random.integers(0, 2, (rows, 1)).astype("float32")))
model = keras.Sequential(
    [
        keras.layers.Embedding(11_000, 128, mask_zero=True),
        keras.layers.GRU(128, return_sequences=True),
        keras.layers.GRU(128),
        keras.layers.Dense(1, activation="sigmoid"),
    ]
)
model.compile(optimizer="adam", loss="binary_crossentropy")


def median_ms(work):
    times = []
    for step in range(-3, steps):
        start = clock.perf_counter()
        work(*batches[(step + 8) % 8])
        if step >= 0:
            times.append(1000 * (clock.perf_counter() - start))
    return float(np.median(times))


train = median_ms(model.train_on_batch)
predict = median_ms(lambda x, _: model.predict_on_batch(x))
print(json.dumps({"train": train, "predict": predict}))
