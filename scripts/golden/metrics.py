"""Golden values for src/metrics: scikit-learn's metrics and SciPy's Wilson interval on fixed random predictions.

pip install scikit-learn; python scripts/golden/metrics.py
Writes test/golden/metrics/metrics.json.
"""

import json
import pathlib

import numpy
import scipy
import sklearn
from scipy.stats import binomtest
from sklearn import metrics

EPSILON = 1e-7  # Keras' epsilon(): its losses clip probabilities to it


def binary(name, labels, probabilities):
    """A sigmoid's output: one probability a row, float32 as a model gives it."""
    labels = numpy.asarray(labels)
    exact = numpy.asarray(probabilities, dtype=numpy.float32)
    wide = exact.astype(numpy.float64)
    # 1 - p is clipped by itself: Keras clips p, which is the same but for the rounding of 1 - 1e-7.
    of_label = numpy.clip(numpy.where(labels == 1, wide, 1 - wide), EPSILON, 1 - EPSILON)
    two = numpy.stack([1 - of_label, of_label], axis=1)
    return case(name, labels, exact.reshape(-1, 1), (wide > 0.5).astype(int), 2,
                metrics.log_loss(numpy.ones_like(labels), two, labels=[0, 1]),
                metrics.roc_auc_score(labels, wide))


def several(name, labels, logits):
    """A softmax's output: one column a label."""
    labels = numpy.asarray(labels)
    powers = numpy.exp(logits - logits.max(axis=1, keepdims=True))
    exact = (powers / powers.sum(axis=1, keepdims=True)).astype(numpy.float32)
    wide = exact.astype(numpy.float64)
    columns = exact.shape[1]
    areas = [metrics.roc_auc_score(labels == label, wide[:, label]) for label in range(columns)]
    of_label = numpy.clip(wide[numpy.arange(len(labels)), labels], EPSILON, 1 - EPSILON)
    two = numpy.stack([1 - of_label, of_label], axis=1)
    return case(name, labels, exact, wide.argmax(axis=1), columns,
                metrics.log_loss(numpy.ones_like(labels), two, labels=[0, 1]), float(numpy.mean(areas)))


def case(name, labels, probabilities, predicted, label_count, loss, area):
    names = list(range(label_count))
    precision, recall, f1, support = metrics.precision_recall_fscore_support(
        labels, predicted, labels=names, zero_division=0)
    correct = int((labels == predicted).sum())
    interval = binomtest(correct, len(labels)).proportion_ci(confidence_level=0.95, method="wilson")
    return {
        "name": name,
        "labels": labels.tolist(),
        "columns": probabilities.shape[1],
        "probabilities": probabilities.ravel().tolist(),
        "predicted": predicted.tolist(),
        "accuracy": metrics.accuracy_score(labels, predicted),
        "interval": [interval.low, interval.high],
        "confusion": metrics.confusion_matrix(labels, predicted, labels=names).tolist(),
        "precision": precision.tolist(),
        "recall": recall.tolist(),
        "f1": f1.tolist(),
        "support": support.tolist(),
        "loss": loss,
        "rocAuc": area,
    }


def main():
    random = numpy.random.default_rng(7)
    labels = random.integers(0, 2, 200)
    noisy = 1 / (1 + numpy.exp(-(2 * labels - 1 + 1.5 * random.standard_normal(200))))
    few = random.integers(0, 3, 120)
    cases = [
        binary("200 rows, no ties", labels, noisy),
        binary("200 rows, scores rounded to tenths, so many ties", labels, numpy.round(noisy, 1)),
        binary("every score the same", labels[:40], numpy.full(40, 0.5)),
        binary("certain and right", [0, 1, 1, 0], [0, 1, 1, 0]),
        binary("certain and wrong", [0, 1, 1, 0], [1, 0, 0, 1]),
        binary("label 1 never predicted", [0, 1, 0, 1, 1], [0.1, 0.2, 0.3, 0.4, 0.45]),
        several("three labels", few, random.standard_normal((120, 3)) + 1.2 * numpy.eye(3)[few]),
        several("three labels, one nearly certain", few[:30], 30 * random.standard_normal((30, 3))),
    ]
    wilson = []
    for successes, trials in [(0, 1), (1, 1), (0, 50), (50, 50), (7, 9), (765, 1000), (19125, 25000)]:
        interval = binomtest(successes, trials).proportion_ci(confidence_level=0.95, method="wilson")
        wilson.append({"successes": successes, "trials": trials, "interval": [interval.low, interval.high]})
    golden = {"made": f"scikit-learn {sklearn.__version__}, SciPy {scipy.__version__}", "cases": cases, "wilson": wilson}
    path = pathlib.Path(__file__).parents[2] / "test/golden/metrics/metrics.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(golden) + "\n")


main()
