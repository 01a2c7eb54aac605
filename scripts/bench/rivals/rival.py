"""What the rivals of the benchmark share: their arguments, their input and the shape of their answer.

Input, a JSON file:
    {"model": {"idCount": 11000, "embeddingUnits": 128, "layers": [{"cell": "gru", "units": 128, "bidirectional": false,
               "resetAfter": true}, ...], "learningRate": 0.001, "parameters": 1606273},
     "batches": [{"ids": [flat, right-padded with 0], "rows": 32, "time": 60, "lengths": [...], "labels": [0 or 1, ...]}, ...]}
    cell: "gru" (with resetAfter), "lstm" or "simpleRnn" (with activation); bidirectional: false, or how the directions are put
    together, "concat" and so on; parameters: what Keras counts for this model.
Answer, one JSON line on stdout:
    {"name", "version", "threads", "parameters", "secondBiases", "variants": {"train": {name: {"median", "min", "p90", "mean"}},
     "predict": {name: {...}}}, "paddingChanges": {name: number}, "peakMemoryMB", "firstLoss", "lastLoss", "note"}
Times are milliseconds of whole steps, from the numpy arrays on. A rival that only predicts has no variants of train and no
losses. secondBiases: parameters that PyTorch and ONNX add to those of Keras, a bias beside a bias. paddingChanges: by how much
padding changes the probabilities of short reviews at most. peakMemoryMB: without that of compilers. note: which variants were
left out, and why, if any were.
"""

import argparse
import json
import resource
import sys
import time

import numpy as np


def add_arguments(parser):
    parser.add_argument("input", help="JSON file with model and batches")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--steps", type=int, default=100, help="timed steps of each variant")
    parser.add_argument("--warmup", type=int, default=20, help="steps before them that do not count")


def read_arguments(description):
    parser = argparse.ArgumentParser(description=description)
    add_arguments(parser)
    return parser.parse_args()


def read_input(path):
    """The model's description and the batches with ids [rows, time] int32, lengths [rows] int64, labels [rows] float32."""
    with open(path) as file:
        content = json.load(file)
    batches = [
        {
            "ids": np.array(batch["ids"], np.int32).reshape(batch["rows"], batch["time"]),
            "lengths": np.array(batch["lengths"], np.int64),
            "labels": np.array(batch["labels"], np.float32),
        }
        for batch in content["batches"]
    ]
    return content["model"], batches


def check_parameters(counted, model, second_biases=0):
    """Ends the program unless it built the model that the others measure."""
    if counted - second_biases != model["parameters"]:
        surplus = f" and {second_biases} second biases" if second_biases else ""
        raise SystemExit(f"the model has {counted} parameters, expected {model['parameters']}{surplus}")
    return {"parameters": counted, "secondBiases": second_biases}


def pad_left(batch):
    """The same batch with the padding in front, as `keras.utils.pad_sequences` puts it."""
    ids = batch["ids"]
    time_steps = ids.shape[1]
    moved = (np.arange(time_steps) - (time_steps - batch["lengths"])[:, None]) % time_steps
    return {**batch, "ids": np.take_along_axis(ids, moved, axis=1)}


def widen(batch):
    """The same batch with padding up to a multiple of 8 tokens, for compilers that make a program for each width."""
    return {**batch, "ids": np.pad(batch["ids"], [(0, 0), (0, -batch["ids"].shape[1] % 8)])}


def one_of_each_width(batches):
    return list({batch["ids"].shape[1]: batch for batch in batches}.values())


def padding_change(answer, batch, prepare=lambda batch: batch):
    """How far `answer(batch)`, probabilities, moves at most when its reviews, cut to 1 to 8 tokens, get 8 more of padding."""
    rows, time_steps = batch["ids"].shape
    lengths = np.minimum(batch["lengths"], 1 + np.arange(rows) % 8)
    ids = batch["ids"][:, :8] * (np.arange(min(time_steps, 8)) < lengths[:, None])
    short = {**batch, "ids": ids.astype(np.int32), "lengths": lengths}
    wide = {**short, "ids": np.pad(short["ids"], [(0, 0), (0, 8)])}
    change = np.ravel(answer(prepare(wide))) - np.ravel(answer(prepare(short)))
    return float(np.abs(change).max())


def cycle(batches, count):
    """`count` batches, from the first again after the last."""
    for index in range(count):
        yield batches[index % len(batches)]


def time_calls(call, batches, arguments):
    """Milliseconds of `call(batch)` for each timed batch, after the warm-up."""
    for batch in cycle(batches, arguments.warmup):
        call(batch)
    times = []
    for batch in cycle(batches, arguments.steps):
        start = time.perf_counter()
        call(batch)
        times.append((time.perf_counter() - start) * 1000)
    return times


def statistics(times):
    values = np.array(times)
    return {
        "median": round(float(np.median(values)), 3),
        "min": round(float(values.min()), 3),
        "p90": round(float(np.percentile(values, 90)), 3),
        "mean": round(float(values.mean()), 3),
    }


def peak_memory_mb():
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


class Measured:
    """What a rival measures: times by variant, what padding changes, and the loss of each step of one variant."""

    def __init__(self):
        self.train, self.predict, self.padding_changes, self.losses = {}, {}, {}, []
        self.peak_memory_mb, self.left_out = None, {}

    def keep_peak_memory(self):
        """Lets what comes from now on, which is compiled first, not count: compilers need more than what they make."""
        self.peak_memory_mb = peak_memory_mb()

    def leave_out(self, variant, reason):
        """Tells, here and in the answer, that a variant could not be measured."""
        self.left_out.setdefault(reason, []).append(variant)
        print(f"left out: {variant}: {reason}", file=sys.stderr, flush=True)

    def print_answer(self, name, version, arguments, parameters):
        variants = {
            kind: {variant: statistics(times) for variant, times in measured.items()}
            for kind, measured in (("train", self.train), ("predict", self.predict))
        }
        answer = {
            "name": name,
            "version": version,
            "threads": arguments.threads,
            **parameters,
            "variants": variants,
            "paddingChanges": self.padding_changes,
            "peakMemoryMB": self.peak_memory_mb or peak_memory_mb(),
        }
        if self.left_out:
            reasons = [f"{'; '.join(variants)}: {reason}" for reason, variants in self.left_out.items()]
            answer["note"] = f"left out: {'. '.join(reasons)}"
        if self.losses:
            answer["firstLoss"] = round(float(np.mean(self.losses[:10])), 4)
            answer["lastLoss"] = round(float(np.mean(self.losses[-10:])), 4)
        print(json.dumps(answer), flush=True)
