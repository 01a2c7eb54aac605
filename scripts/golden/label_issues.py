"""Golden values for src/curation: cleanlab's confident learning on small fixed probabilities.

pip install cleanlab==2.9.0; python scripts/golden/label_issues.py
Writes test/golden/label-issues.json.
"""

import json
import pathlib
import warnings

import numpy

# Of equal values the first example comes first; NumPy's default may have them in any order.
unstable = numpy.argsort
numpy.argsort = lambda values, **options: unstable(values, **{**options, "kind": "stable"})

import cleanlab  # noqa: E402
from cleanlab.count import (  # noqa: E402
    compute_confident_joint,
    estimate_latent,
    get_confident_thresholds,
    num_label_issues,
)
from cleanlab.filter import find_label_issues  # noqa: E402
from cleanlab.rank import get_label_quality_scores  # noqa: E402

warnings.simplefilter("ignore")
FILTERS = {"pruneByNoiseRate": "prune_by_noise_rate", "confidentLearning": "confident_learning"}
RANKS = {"normalizedMargin": "normalized_margin", "selfConfidence": "self_confidence"}


def case(name, labels, probabilities):
    labels = numpy.asarray(labels)
    probabilities = numpy.asarray(probabilities, dtype=numpy.float64)
    joint = compute_confident_joint(labels, probabilities)
    shares, noise, inverse = estimate_latent(joint, labels)
    return {
        "name": name,
        "labelCount": probabilities.shape[1],
        "labels": labels.tolist(),
        "probabilities": probabilities.ravel().tolist(),
        # A label without an example has a threshold out of reach.
        "thresholds": get_confident_thresholds(labels, probabilities).tolist(),
        "counts": compute_confident_joint(labels, probabilities, calibrate=False).tolist(),
        "joint": joint.tolist(),
        "noiseMatrix": noise.tolist(),
        "inverseNoiseMatrix": inverse.tolist(),
        "trueShares": shares.tolist(),
        "wrongLabels": int(num_label_issues(labels, probabilities, estimation_method="off_diagonal_calibrated")),
        "quality": {rank: get_label_quality_scores(labels, probabilities, method=theirs).tolist()
                    for rank, theirs in RANKS.items()},
        "issues": {
            name: {rank: find_label_issues(labels, probabilities, filter_by=filter_by, n_jobs=1,
                                           return_indices_ranked_by=ranked_by).tolist()
                   for rank, ranked_by in RANKS.items()}
            for name, filter_by in FILTERS.items()
        },
    }


def noisy(seed, examples, labels, noise, decimals=4, skill=2.0):
    """Labels of which a share is wrong, and probabilities of a model that often knows better."""
    random = numpy.random.default_rng(seed)
    true = random.integers(labels, size=examples)
    wrong = random.random(examples) < noise
    given = numpy.where(wrong, random.integers(labels, size=examples), true)
    logits = random.normal(size=(examples, labels))
    logits[numpy.arange(examples), true] += skill
    powers = numpy.exp(logits)
    return given, numpy.round(powers / powers.sum(axis=1, keepdims=True), decimals)


def cases():
    yield case("two labels", *noisy(1, 60, 2, 0.2))
    yield case("three labels", *noisy(2, 60, 3, 0.3))
    yield case("ten labels", *noisy(3, 120, 10, 0.3))
    yield case("ten labels of few examples", *noisy(4, 25, 10, 0.4))
    yield case("many equal probabilities, two labels", *noisy(5, 60, 2, 0.4, decimals=1, skill=0.5))
    yield case("many equal probabilities, three labels", *noisy(6, 60, 3, 0.4, decimals=1, skill=0.5))
    # Scaled counts that end in a half, but for the last bits.
    yield case("halves, three labels",
               *noisy(1224, 56, 3, 0.22538539542315247, decimals=1, skill=1.0554579874441141))
    yield case("halves, ten labels",
               *noisy(2175, 54, 10, 0.0544357456540963, decimals=1, skill=1.443036869324159))
    yield case("a model that knows nothing", *noisy(7, 40, 3, 0.5, skill=0.0))
    yield case("no wrong label", [0, 0, 1, 1], [[0.9, 0.1], [0.8, 0.2], [0.3, 0.7], [0.2, 0.8]])
    yield case("each label wrong", [1, 1, 0, 0], [[0.9, 0.1], [0.8, 0.2], [0.3, 0.7], [0.2, 0.8]])
    yield case("probabilities of 0 and 1", [0, 0, 0, 1, 1, 1],
               [[1, 0], [1, 0], [0, 1], [0, 1], [0, 1], [1, 0]])
    yield case("no preference at all", [0, 0, 0, 1, 1, 1], [[0.5, 0.5]] * 6)
    yield case("a label that no example has", [0, 0, 0, 2, 2, 2],
               [[0.7, 0.2, 0.1], [0.1, 0.8, 0.1], [0.2, 0.1, 0.7], [0.1, 0.1, 0.8], [0.6, 0.2, 0.2],
                [0.1, 0.7, 0.2]])
    yield case("a label of one example, which is wrong", [0, 0, 0, 1],
               [[0.7, 0.3], [0.8, 0.2], [0.1, 0.9], [0.95, 0.05]])
    yield case("a label whose examples are all wrong", [0, 0, 0, 0, 1, 1, 1],
               [[0.9, 0.1], [0.8, 0.2], [0.7, 0.3], [0.95, 0.05], [0.99, 0.01], [0.98, 0.02], [0.97, 0.03]])
    yield case("a label that is never likely", [0, 0, 1, 1, 2, 2],
               [[0.8, 0.2, 0], [0.6, 0.4, 0], [0.1, 0.9, 0], [0.3, 0.7, 0], [0.5, 0.5, 0], [0.2, 0.8, 0]])


path = pathlib.Path(__file__).resolve().parents[2] / "test/golden/label-issues.json"
made = {"cleanlab": cleanlab.__version__, "numpy": numpy.__version__}
written = [json.dumps(each) for each in cases()]
path.write_text('{"made": %s, "cases": [\n%s\n]}\n' % (json.dumps(made), ",\n".join(written)))
print(f"{path.name}: {len(written)} cases")
