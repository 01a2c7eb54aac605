"""cleanlab on probabilities of ours: what it names, how many wrong labels it counts, and how long it takes.

Arguments: a folder with labels.bin (int32) and probabilities.bin (float64, row-major), and the number of labels.
Answer, one JSON line on stdout:
    {"version", "seconds", "wrongLabels", "issues": {"pruneByNoiseRate normalizedMargin": [indices], ...}}
"""

import json
import pathlib
import sys
import time

import cleanlab
import numpy
from cleanlab.count import num_label_issues
from cleanlab.filter import find_label_issues

FILTERS = {"pruneByNoiseRate": "prune_by_noise_rate", "confidentLearning": "confident_learning"}
RANKS = {"normalizedMargin": "normalized_margin", "selfConfidence": "self_confidence"}

folder = pathlib.Path(sys.argv[1])
labels = numpy.fromfile(folder / "labels.bin", dtype=numpy.int32).astype(numpy.int64)
probabilities = numpy.fromfile(folder / "probabilities.bin").reshape(len(labels), int(sys.argv[2]))
start = time.perf_counter()
wrong = int(num_label_issues(labels, probabilities, estimation_method="off_diagonal_calibrated"))
issues = {
    f"{name} {rank}": find_label_issues(labels, probabilities, filter_by=filter_by, n_jobs=1,
                                        return_indices_ranked_by=ranked_by).tolist()
    for name, filter_by in FILTERS.items()
    for rank, ranked_by in RANKS.items()
}
seconds = time.perf_counter() - start
print(json.dumps({"version": cleanlab.__version__, "seconds": seconds, "wrongLabels": wrong, "issues": issues}))
