"""Golden values for bags of words: scikit-learn's tf-idf and logistic regression, and Wang & Manning's ratios by NumPy.

pip install scikit-learn; python scripts/golden/bag-of-words.py
Writes test/golden/bag-of-words/bag-of-words.json.
"""

import json
import pathlib

import numpy
import scipy.sparse
import sklearn
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier

ID_COUNT = 30  # id 0 is padding
REVIEWS = 40
LABELS = 3


def reviews_with_labels():
    """Ids drawn by Zipf's law; some ids come rather with one label. One review is empty, ids 28 and 29 never come."""
    random = numpy.random.default_rng(11)
    reviews, labels = [], []
    for review in range(REVIEWS):
        label = int(random.integers(LABELS))
        ids = numpy.minimum(random.zipf(1.4, size=int(random.integers(1, 25))), 27)
        marked = random.integers(4, 28, size=6)
        ids = numpy.concatenate([ids, marked[marked % LABELS == label]])
        reviews.append([] if review == 5 else random.permutation(ids).tolist())
        labels.append(label)
    return reviews, numpy.array(labels)


def count_matrix(reviews):
    counts = numpy.zeros((len(reviews), ID_COUNT))
    for row, ids in enumerate(reviews):
        numpy.add.at(counts[row], ids, 1)
    return counts


def ratios(counts, positive):
    """Log-count ratios on presence, alpha 1; the padding id is no feature."""
    present = (counts[:, 1:] > 0).astype(float)
    p = 1 + present[positive].sum(axis=0)
    q = 1 + present[~positive].sum(axis=0)
    return numpy.concatenate([[0], numpy.log((p / p.sum()) / (q / q.sum()))])


def optimum(values, labels, inverse_regularization):
    """liblinear's dual solver, whose bias is the penalized weight of one more feature; iterated until nothing moves."""
    solver = LogisticRegression(C=inverse_regularization, solver="liblinear", dual=True, tol=1e-12, max_iter=1_000_000)
    columns = 1 if len(set(labels)) == 2 else len(set(labels))
    if columns > 1:
        solver = OneVsRestClassifier(solver)
    solver.fit(scipy.sparse.csr_matrix(values), labels)
    parts = [solver] if columns == 1 else solver.estimators_
    probabilities = solver.predict_proba(values)
    return {
        "kernel": numpy.stack([part.coef_[0] for part in parts], axis=1).ravel().tolist(),
        "bias": [float(part.intercept_[0]) for part in parts],
        "probabilities": (probabilities[:, 1] if columns == 1 else probabilities).ravel().tolist(),
    }


def cases(counts, labels):
    tf_idf = TfidfTransformer(norm="l2", use_idf=True, smooth_idf=True)
    idf_values = tf_idf.fit_transform(counts).toarray()
    two = numpy.minimum(labels, 1)
    present = (counts > 0).astype(float)
    shared = {
        "counts": counts,
        "binary": present,
        "tfIdf": idf_values,
    }
    for name, values in shared.items():
        for case_labels in (two, labels):
            for inverse_regularization in (0.1, 5):
                answer = optimum(values, case_labels, inverse_regularization)
                yield {"weighting": name, "labels": case_labels.tolist(),
                       "inverseRegularization": inverse_regularization, **answer}
    for inverse_regularization in (0.1, 5):
        ratio = ratios(counts, two == 1)
        answer = optimum(present * ratio, two, inverse_regularization)
        answer["kernel"] = (numpy.array(answer["kernel"]) * ratio).tolist()
        yield {"weighting": "naiveBayes", "labels": two.tolist(),
               "inverseRegularization": inverse_regularization, **answer}
    # Each label against the rest has ratios of its own.
    parts = []
    for label in range(LABELS):
        ratio = ratios(counts, labels == label)
        part = optimum(present * ratio, (labels == label).astype(int), 5)
        parts.append({**part, "kernel": numpy.array(part["kernel"]) * ratio})
    scores = numpy.stack([part["probabilities"] for part in parts], axis=1)
    yield {
        "weighting": "naiveBayes", "labels": labels.tolist(), "inverseRegularization": 5,
        "kernel": numpy.stack([part["kernel"] for part in parts], axis=1).ravel().tolist(),
        "bias": [part["bias"][0] for part in parts],
        "probabilities": (scores / scores.sum(axis=1, keepdims=True)).ravel().tolist(),
    }


def main():
    reviews, labels = reviews_with_labels()
    counts = count_matrix(reviews)
    tf_idf = TfidfTransformer(norm="l2", use_idf=True, smooth_idf=True)
    values = tf_idf.fit_transform(counts).toarray()
    golden = {
        "made": f"scikit-learn {sklearn.__version__}, NumPy {numpy.__version__}",
        "idCount": ID_COUNT,
        "reviews": reviews,
        "idf": tf_idf.idf_.tolist(),
        "tfIdf": [row[row > 0].tolist() for row in values],
        "ratios": [ratios(counts, labels == label).tolist() for label in range(LABELS)],
        "labels": labels.tolist(),
        "cases": list(cases(counts, labels)),
    }
    path = pathlib.Path(__file__).parents[2] / "test/golden/bag-of-words/bag-of-words.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(golden) + "\n")


main()
