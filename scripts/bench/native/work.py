"""The batches of Python's contenders, made as work.mjs makes ours, and how a step is timed."""
import time as clock

import numpy as np

ID_COUNT = 11_000
UNITS = 128


def make_batches(rows, length):
    """Eight (ids [rows, length], lengths, labels): random ids, most of them small; rows have 80 to 100 % of `length`."""
    random = np.random.default_rng(1)
    batches = []
    for _ in range(8):
        lengths = np.ceil(length * random.uniform(0.8, 1, rows)).astype("int64")
        lengths[0] = length
        shape = (rows, length)
        ids = 1 + ((ID_COUNT - 1) * random.random(shape) * random.random(shape)).astype("int64")
        ids[np.arange(length)[None, :] >= lengths[:, None]] = 0
        batches.append((ids, lengths, random.integers(0, 2, rows).astype("float32")))
    return batches


def median_ms(steps, work, batches):
    """Median milliseconds of work(*batch), after three calls that do not count."""
    times = []
    for step in range(-3, steps):
        start = clock.perf_counter()
        work(*batches[(step + 8) % 8])
        if step >= 0:
            times.append(1000 * (clock.perf_counter() - start))
    return float(np.median(times))
