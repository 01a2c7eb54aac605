"""What the rivals of the benchmark share: their arguments, their input and the shape of their answer.

Input, a JSON file:
    {"model": {"idCount": 11000, "embeddingUnits": 128, "layers": [{"cell": "gru", "units": 128, "resetAfter": true}, ...],
               "learningRate": 0.001},
     "batches": [{"ids": [flat, right-padded with 0], "rows": 32, "time": 60, "lengths": [...], "labels": [0 or 1, ...]}, ...]}
Answer, one JSON line on stdout:
    {"name", "version", "threads", "variant", "trainMsPerStep": {"median", "min", "p90", "mean"}, "predictVariant",
     "predictMsPerBatch": {...}, "peakMemoryMB", "variants": {"train": {name: {...}}, "predict": {name: {...}}}, "lastLoss"}
Times are of whole steps, from the numpy arrays on; the fastest variant by the median stands on top.
"""

import argparse
import json
import resource
import time

import numpy as np


def read_arguments(description):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("input", help="JSON file with model and batches")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--steps", type=int, default=100, help="timed steps of each variant")
    parser.add_argument("--warmup", type=int, default=20, help="steps before them that do not count")
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


def print_answer(name, version, arguments, train, predict, last_loss):
    """`train` and `predict`: milliseconds of each step by variant."""
    variants = {
        kind: {variant: statistics(times) for variant, times in measured.items()}
        for kind, measured in (("train", train), ("predict", predict))
    }
    best = {kind: min(named, key=lambda variant: named[variant]["median"]) for kind, named in variants.items()}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    answer = {
        "name": name,
        "version": version,
        "threads": arguments.threads,
        "variant": best["train"],
        "trainMsPerStep": variants["train"][best["train"]],
        "predictVariant": best["predict"],
        "predictMsPerBatch": variants["predict"][best["predict"]],
        "peakMemoryMB": round(peak),
        "variants": variants,
        "lastLoss": round(float(last_loss), 4),
    }
    print(json.dumps(answer), flush=True)
