"""Keras on the same work: python keras_rival.py BACKEND STEPS BATCH TIME"""
import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
if sys.argv[1] != "cuda":
    os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
import keras  # noqa: E402
from work import ID_COUNT, UNITS, make_batches, median_ms  # noqa: E402

steps, rows, length = map(int, sys.argv[2:5])
batches = [(ids.astype("int32"), labels[:, None]) for ids, _, labels in make_batches(rows, length)]
model = keras.Sequential(
    [
        keras.layers.Embedding(ID_COUNT, UNITS, mask_zero=True),
        keras.layers.GRU(UNITS, return_sequences=True),
        keras.layers.GRU(UNITS),
        keras.layers.Dense(1, activation="sigmoid"),
    ]
)
model.compile(optimizer="adam", loss="binary_crossentropy")

train = median_ms(steps, model.train_on_batch, batches)
predict = median_ms(steps, lambda x, _: model.predict_on_batch(x), batches)
print(json.dumps({"train": train, "predict": predict}))
