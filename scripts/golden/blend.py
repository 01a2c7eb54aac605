"""Golden values for src/curation/fit-blend.ts: SciPy's minimum of the same loss, on small random judges.

pip install scipy==1.17.1 numpy==1.26.4; python scripts/golden/blend.py
Writes test/golden/blend.json.
"""

import json
import pathlib

import numpy
from scipy.optimize import minimize
from scipy.special import logsumexp

random = numpy.random.default_rng(7)


def judge(labels, label_count, skill, sharpness):
    """Logarithms of probabilities [examples, labels] by a judge who sees the label through noise."""
    scores = random.normal(size=(len(labels), label_count))
    scores[numpy.arange(len(labels)), labels] += skill
    scores *= sharpness
    return numpy.round(scores - logsumexp(scores, axis=1, keepdims=True), 6)


def case(name, label_count, examples, judges):
    labels = random.integers(label_count, size=examples)
    logarithms = numpy.stack([judge(labels, label_count, *settings) for settings in judges])
    start = numpy.full(len(judges), 1 / len(judges))

    def loss(weights):
        sums = numpy.tensordot(weights, logarithms, 1)
        losses = logsumexp(sums, axis=1) - sums[numpy.arange(examples), labels]
        return losses.sum() + ((weights - start) ** 2).sum() / 2

    bounds = [(0, None)] * len(judges)
    found = minimize(loss, start, method="L-BFGS-B", bounds=bounds, options={"ftol": 1e-15, "gtol": 1e-10})
    return {
        "name": name,
        "labelCount": label_count,
        "labels": labels.tolist(),
        "logarithms": [each.ravel().tolist() for each in logarithms],
        "weights": found.x.tolist(),
    }


cases = [
    case("two judges of one skill, one of them too sure", 2, 60, [(1.5, 1), (1.5, 5)]),
    case("a good judge and one who guesses", 2, 60, [(2, 1), (0, 1)]),
    case("three judges, three labels", 3, 60, [(1, 1), (2, 0.5), (1.5, 3)]),
    case("a judge who is mostly wrong", 2, 60, [(1.5, 1), (-2, 1)]),
    case("labels that all can be told", 2, 12, [(9, 1), (9, 1)]),
]
path = pathlib.Path(__file__).parents[2] / "test/golden/blend.json"
path.write_text(json.dumps({"cases": cases}) + "\n")
