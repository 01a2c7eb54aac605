"""Golden values of the classification metrics, for test/golden/classification-metrics.json.

    pip install scikit-learn==1.9.1
    python scripts/golden/classification_metrics.py

Everything that scikit-learn has comes from there, in float64, with `labels` naming every label and `zero_division=0`.
Reliability tables are NumPy's, temperatures the root of the loss' slope that SciPy's `brentq` finds.
test/golden/README.md tells the file format.
"""

import json
import pathlib
import warnings

import numpy
import scipy
import sklearn
from scipy import optimize, special
from sklearn import metrics

# What is undefined is the point of some cases.
warnings.filterwarnings("ignore")

AVERAGES = ["micro", "macro", "weighted"]


def plain(value):
    """For JSON: NaN, which stands for "not defined", as null."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, numpy.ndarray):
        return plain(value.tolist())
    if isinstance(value, (float, numpy.floating)):
        return None if numpy.isnan(value) else float(value)
    return int(value) if isinstance(value, numpy.integer) else value


def three(scores):
    return dict(zip(["precision", "recall", "f1"], scores[:3]))


def prf(truth, predicted, label_count):
    """Precision, recall and F1 by label and averaged; truth and predicted as labels or as indicators."""
    options = {"labels": range(label_count), "zero_division": 0}

    def of(average):
        return metrics.precision_recall_fscore_support(truth, predicted, average=average, **options)

    by_label = of(None)
    return {
        "labels": [{**three([part[label] for part in by_label]), "support": by_label[3][label]} for label in range(label_count)],
        "averages": {average: three(of(average)) for average in AVERAGES},
    }


def averaged(score, targets, scores):
    """A score of one column, of each label and averaged."""
    if targets.shape[1] == 1:
        value = score(targets[:, 0], scores[:, 0])
        return {"labels": [value], **{average: value for average in AVERAGES}}
    by_label = [score(targets[:, label], scores[:, label]) for label in range(targets.shape[1])]
    return {"labels": by_label, **{average: score(targets, scores, average=average) for average in AVERAGES}}


def reliability(confidence, correct, ends):
    """Bins (end before, end]; the first holds confidence 0, too."""
    bins = numpy.searchsorted(ends, confidence, side="left")
    table, error = [], 0
    for index, end in enumerate(ends):
        inside = bins == index
        rows = int(inside.sum())
        mean, accuracy = (confidence[inside].mean(), correct[inside].mean()) if rows else (None, None)
        table.append({"from": ends[index - 1] if index else 0, "to": end, "rows": rows,
                      "meanConfidence": mean, "accuracy": accuracy})
        error += rows / len(confidence) * abs(accuracy - mean) if rows else 0
    return {"table": table, "error": error}


def reliabilities(confidence, correct):
    ranks = numpy.ceil(numpy.arange(1, 16) * len(confidence) / 15).astype(int)
    return {
        "equalWidth": reliability(confidence, correct, numpy.arange(1, 16) / 15),
        "equalMass": reliability(confidence, correct, numpy.sort(confidence)[ranks - 1]),
    }


def one_of_many(name, labels, probabilities):
    labels = numpy.asarray(labels)
    columns = probabilities.shape[1]
    label_count = max(columns, 2)
    if columns == 1:
        predicted = (probabilities[:, 0] > 0.5).astype(int)
        confidence = numpy.where(predicted == 1, probabilities[:, 0], 1 - probabilities[:, 0])
        targets = labels[:, None]
    else:
        predicted, confidence = probabilities.argmax(axis=1), probabilities.max(axis=1)
        targets = numpy.eye(columns, dtype=int)[labels]
    roc = averaged(metrics.roc_auc_score, targets, probabilities)
    if columns > 2 and len(set(labels)) == columns:
        for average in ["macro", "weighted"]:
            same = metrics.roc_auc_score(labels, probabilities, multi_class="ovr", average=average)
            assert abs(same - roc[average]) < 1e-12
    every = list(range(label_count))
    # Scikit-learn takes two labels in one column only.
    ranked = probabilities if columns > 2 else probabilities[:, -1]
    top = {k: metrics.top_k_accuracy_score(labels, ranked, k=k, labels=every) for k in range(1, label_count + 1)}
    if columns == 1:
        brier = metrics.brier_score_loss(labels, probabilities[:, 0])
    else:
        brier = metrics.brier_score_loss(labels, probabilities, labels=every)
    return {
        "name": name,
        "columns": columns,
        "labels": labels,
        "probabilities": probabilities.ravel(),
        "confusion": metrics.confusion_matrix(labels, predicted, labels=every),
        "scores": prf(labels, predicted, label_count),
        "balancedAccuracy": metrics.balanced_accuracy_score(labels, predicted),
        "matthewsCorrelation": metrics.matthews_corrcoef(labels, predicted),
        "cohensKappa": metrics.cohen_kappa_score(labels, predicted, labels=every),
        "logLoss": metrics.log_loss(labels, probabilities, labels=every),
        "brierScore": brier,
        "rocAuc": roc,
        "averagePrecision": averaged(metrics.average_precision_score, targets, probabilities),
        "topKAccuracy": top,
        "reliability": reliabilities(confidence, labels == predicted),
    }


def several_at_once(name, targets, scores):
    targets = numpy.asarray(targets)
    predicted = (scores > 0.5).astype(int)
    # 1 - p is clipped by itself: Keras clips p, which is the same but for the rounding of 1 - 1e-7.
    of_truth = numpy.clip(numpy.where(targets == 1, scores, 1 - scores), 1e-7, 1 - 1e-7)
    samples = metrics.precision_recall_fscore_support(targets, predicted, average="samples", zero_division=0)
    return {
        "name": name,
        "labelCount": targets.shape[1],
        "targets": targets.ravel(),
        "scores": scores.ravel(),
        "predicted": predicted.ravel(),
        "subsetAccuracy": metrics.accuracy_score(targets, predicted),
        "hammingLoss": metrics.hamming_loss(targets, predicted),
        "prf": prf(targets, predicted, targets.shape[1]),
        "samples": {**three(samples),
                    "jaccard": metrics.jaccard_score(targets, predicted, average="samples", zero_division=0)},
        "coverageError": metrics.coverage_error(targets, scores),
        "labelRankingAveragePrecision": metrics.label_ranking_average_precision_score(targets, scores),
        "labelRankingLoss": metrics.label_ranking_loss(targets, scores),
        "rocAuc": averaged(metrics.roc_auc_score, targets, scores),
        "averagePrecision": averaged(metrics.average_precision_score, targets, scores),
        "binaryCrossEntropy": -numpy.log(of_truth).mean(axis=1).mean(),
    }


def temperature(name, logits, labels):
    """The root of the slope by 1 / T, which a minimum of the loss itself, known to half the digits, must agree with."""
    logits, labels = numpy.asarray(logits, float), numpy.asarray(labels)
    both = numpy.stack([numpy.zeros(len(labels)), logits[:, 0]], axis=1) if logits.shape[1] == 1 else logits
    of_label = both[numpy.arange(len(labels)), labels]

    def loss(sharpness):
        return -special.log_softmax(sharpness * both, axis=1)[numpy.arange(len(labels)), labels].mean()

    def slope(sharpness):
        return ((special.softmax(sharpness * both, axis=1) * both).sum(axis=1) - of_label).mean()

    high = 1.0
    while slope(high) < 0:
        high *= 2
    root = optimize.brentq(slope, 0, high, xtol=1e-300, rtol=8.9e-16, maxiter=1000)
    least = optimize.minimize_scalar(loss, bounds=(0, 4 * root), method="bounded", options={"xatol": 1e-12 * root})
    assert abs(least.x / root - 1) < 1e-5, (name, least.x, root)
    return {"name": name, "columns": logits.shape[1], "logits": logits.ravel(), "labels": labels,
            "temperature": 1 / root, "lossBefore": loss(1), "lossAfter": loss(root)}


def softmax_rows(random, labels, label_count, pull):
    """Probabilities of four decimals that add up to 1."""
    logits = random.standard_normal((len(labels), label_count)) + pull * numpy.eye(label_count)[labels]
    rounded = numpy.round(special.softmax(logits, axis=1), 4)
    rounded[:, -1] = numpy.abs(numpy.round(1 - rounded[:, :-1].sum(axis=1), 4))
    return rounded


def tenths(random, rows, label_count):
    return random.multinomial(10, numpy.full(label_count, 1 / label_count), size=rows) / 10


def main():
    random = numpy.random.default_rng(11)
    pick = random.integers
    three_labels = pick(0, 3, 120)
    four = pick(0, 4, 60)
    few = random.choice([0, 1, 3], 50)
    unknown = softmax_rows(random, few, 5, 1)
    unknown[:, 3:] = 0
    unknown[:, 0] = numpy.round(1 - unknown[:, 1:].sum(axis=1), 4)
    two = pick(0, 2, 90)
    sigmoid = numpy.round(special.expit(2 * two - 1 + 1.5 * random.standard_normal(90)), 3)[:, None]
    single = numpy.ones(12, int)
    one = [
        one_of_many("three labels", three_labels, softmax_rows(random, three_labels, 3, 1.2)),
        one_of_many("four labels, probabilities in tenths, so many ties", four, tenths(random, 60, 4)),
        one_of_many("five labels: one without rows or predictions, one without rows, one never predicted", few, unknown),
        one_of_many("two labels in one column", two, sigmoid),
        one_of_many("two labels in one column, in tenths", two, numpy.round(sigmoid, 1)),
        one_of_many("two labels in two columns", two, numpy.concatenate([1 - sigmoid, sigmoid], axis=1)),
        one_of_many("all rows of one label, some predicted as others", single, softmax_rows(random, single, 3, 0.5)),
        one_of_many("all rows of one label and predicted as it", single, numpy.tile([0.1, 0.7, 0.2], (12, 1))),
        one_of_many("certain and right", [0, 1, 2, 1], numpy.eye(3)[[0, 1, 2, 1]]),
        one_of_many("certain and wrong", [0, 1, 2, 1], numpy.eye(3)[[1, 2, 0, 0]]),
    ]
    targets = (random.random((80, 6)) < [0.5, 0.3, 0.3, 0.2, 0.1, 0.05]).astype(int)
    scores = numpy.round(special.expit(2.5 * targets - 1.5 + random.standard_normal((80, 6))), 3)
    odd = (random.random((40, 5)) < 0.4).astype(int)
    odd[:4], odd[4:7] = 0, 1
    odd[:, 1] = 0
    odd_scores = numpy.round(random.random((40, 5)), 1)
    odd_scores[:, 2] *= 0.5
    full = odd.copy()
    full[:, 1] = 1
    several = [
        several_at_once("six labels, some rare", targets, scores),
        several_at_once("ties, rows without labels, a label without rows, one never predicted", odd, odd_scores),
        several_at_once("a label that every row has", full, odd_scores),
        several_at_once("no labels anywhere, none predicted", numpy.zeros((6, 3), int), odd_scores[:6, :3] * 0.5),
        several_at_once("no labels anywhere, all predicted", numpy.zeros((6, 3), int), numpy.full((6, 3), 0.75)),
        several_at_once("certain, in part wrong", [[1, 0], [0, 1], [1, 1], [0, 0]],
                        numpy.array([[1.0, 0], [1, 1], [0, 1], [0, 0]])),
    ]
    logits = numpy.round(3 * (2 * two - 1 + 1.5 * random.standard_normal(90)), 3)[:, None]
    wide = numpy.round(random.standard_normal((120, 3)) + 1.2 * numpy.eye(3)[three_labels], 3)
    nearly = numpy.round(numpy.abs(random.standard_normal(40)), 3) * (2 * two[:40] - 1)
    nearly[7] *= -1
    temperatures = [
        temperature("a sigmoid that is too sure", logits, two),
        temperature("a sigmoid that is not sure enough", logits / 50, two),
        temperature("a sigmoid with one row wrong", nearly[:, None], two[:40]),
        temperature("a softmax", wide, three_labels),
        temperature("a softmax of large logits", 1000 * wide, three_labels),
        temperature("a softmax of small logits", wide / 1024, three_labels),
        temperature("a softmax in two columns", numpy.concatenate([-logits, logits], axis=1), two),
    ]
    multi = numpy.round(4 * targets - 2 + 3 * random.standard_normal((80, 6)), 3)
    golden = {
        "made": f"scikit-learn {sklearn.__version__}, SciPy {scipy.__version__}, NumPy {numpy.__version__}",
        "oneOfMany": one,
        "severalAtOnce": several,
        "temperatures": temperatures,
        "severalTemperatures": {
            "labelCount": 6,
            "logits": multi.ravel(),
            "targets": targets.ravel(),
            "together": temperature("together", multi.reshape(-1, 1), targets.ravel())["temperature"],
            "labels": [temperature(f"label {label}", multi[:, [label]], targets[:, label])["temperature"] for label in range(6)],
        },
    }
    path = pathlib.Path(__file__).parents[2] / "test/golden/classification-metrics.json"
    path.write_text(json.dumps(plain(golden)) + "\n")


main()
