"""Golden values for weighted bags of words: scikit-learn's logistic regression with sample_weight and class_weight.

pip install scikit-learn; python scripts/golden/weighted-bag-of-words.py
Reads the examples of test/golden/bag-of-words/bag-of-words.json, writes test/golden/bag-of-words/weighted.json.
"""

import json
import pathlib

import numpy
import scipy.sparse
import sklearn
from sklearn.linear_model import LogisticRegression
from sklearn.utils.class_weight import compute_class_weight, compute_sample_weight

FOLDER = pathlib.Path(__file__).parents[2] / "test/golden/bag-of-words"
BAGS = json.loads((FOLDER / "bag-of-words.json").read_text())


def presence():
    values = numpy.zeros((len(BAGS["reviews"]), BAGS["idCount"]))
    for row, ids in enumerate(BAGS["reviews"]):
        values[row, ids] = 1
    return values


def regression(inverse_regularization, class_weight=None):
    """liblinear's dual solver, iterated until nothing moves."""
    return LogisticRegression(
        C=inverse_regularization, solver="liblinear", dual=True, tol=1e-12, max_iter=1_000_000, class_weight=class_weight
    )


def case(name, labels, class_weights, own):
    values = scipy.sparse.csr_matrix(presence())
    count = len(set(labels))
    own_or_one = numpy.ones(len(labels)) if own is None else own
    if count == 2:
        # The regression itself folds both weights.
        given = {0: class_weights[0], 1: class_weights[1]} if isinstance(class_weights, list) else class_weights
        parts = [regression(2, given).fit(values, labels, sample_weight=own)]
    else:
        # One against the rest by hand: each example counts by its own label in every column.
        if class_weights == "balanced":
            by_label = compute_class_weight("balanced", classes=numpy.arange(count), y=labels, sample_weight=own_or_one)
        else:
            by_label = numpy.array(class_weights)
        folded = own_or_one * by_label[labels]
        parts = [regression(2).fit(values, labels == label, sample_weight=folded) for label in range(count)]
    return {
        "name": name,
        "labels": labels.tolist(),
        "inverseRegularization": 2,
        "classWeights": class_weights or "none",
        "sampleWeights": None if own is None else own.tolist(),
        "kernel": numpy.stack([part.coef_[0] for part in parts], axis=1).ravel().tolist(),
        "bias": [float(part.intercept_[0]) for part in parts],
    }


def main():
    labels = numpy.array(BAGS["labels"])
    two = numpy.minimum(labels, 1)
    own = numpy.round(numpy.random.default_rng(3).uniform(0, 2, size=len(labels)), 3)
    own[7] = 0
    own = own.astype(numpy.float32).astype(numpy.float64)
    weights = [0.5, 2.5, 1.25]
    cases = []
    for title, of in (("2 labels", two), ("3 labels", labels)):
        cases.append(case(f"{title}, sample weights", of, None, own) if title == "2 labels"
                     else case(f"{title}, sample weights", of, [1.0, 1.0, 1.0], own))
        cases.append(case(f"{title}, balanced", of, "balanced", None))
        cases.append(case(f"{title}, balanced and sample weights", of, "balanced", own))
        cases.append(case(f"{title}, named weights", of, weights[: len(set(of))], None))
    balanced = [
        {
            "labels": of.tolist(),
            "sampleWeights": None if given is None else given.tolist(),
            "weights": compute_class_weight("balanced", classes=numpy.unique(of), y=of, sample_weight=given).tolist(),
            "ofExamples": (compute_sample_weight("balanced", of) if given is None else None),
        }
        for of in (two, labels)
        for given in (None, own)
    ]
    for each in balanced:
        if each["ofExamples"] is not None:
            each["ofExamples"] = each["ofExamples"].tolist()
    golden = {"made": f"scikit-learn {sklearn.__version__}", "cases": cases, "balanced": balanced}
    (FOLDER / "weighted.json").write_text(json.dumps(golden) + "\n")


main()
