"""Data for, and rivals of, scripts/bench/own-data.mjs: needs scikit-learn, and fasttext-wheel for fastText.

  own_data_rival.py generate OUT_TRAIN.csv OUT_TEST.csv --kind tags|topics
  own_data_rival.py sklearn|fasttext TRAIN.csv TEST.csv [--several]

Generated texts are scikit-learn's make_multilabel_classification: documents that are counts of made-up words. The files have the
columns text and label; several labels stand in one cell, parted by "|". Rivals print one line of JSON.
"""

import argparse
import csv
import json
import tempfile
import time

import numpy

csv.field_size_limit(10_000_000)


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [row["text"] for row in rows], [row["label"] for row in rows]


def generate(train, test, kind):
    from sklearn.datasets import make_multilabel_classification

    labels = 12 if kind == "tags" else 20
    counts, truth = make_multilabel_classification(
        n_samples=6_000 if kind == "tags" else 12_000,
        n_features=800,
        n_classes=labels,
        n_labels=2 if kind == "tags" else 1,
        length=40,
        allow_unlabeled=kind == "tags",
        random_state=1,
    )
    random = numpy.random.RandomState(2)
    rows = []
    for document, has in zip(counts, truth):
        names = [f"label{label:02}" for label in numpy.flatnonzero(has)]
        if kind == "topics" and len(names) != 1:
            continue
        words = numpy.repeat(numpy.arange(len(document)), document.astype(int))
        random.shuffle(words)
        # Letters alone, as the lecture's tokenizer keeps them.
        text = " ".join("".join(chr(97 + int(digit)) for digit in f"{word:04}") for word in words)
        rows.append((text, "|".join(names)))
    cut = len(rows) * 3 // 4
    for path, part in ((train, rows[:cut]), (test, rows[cut:])):
        with open(path, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["text", "label"])
            writer.writerows(part)


def figures(truth, predicted, several):
    from sklearn.metrics import accuracy_score, f1_score

    return {
        "accuracy": accuracy_score(truth, predicted),
        "macroF1": f1_score(truth, predicted, average="macro", zero_division=0),
        "microF1": f1_score(truth, predicted, average="micro", zero_division=0) if several else None,
    }


def run_sklearn(train, test, several):
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier
    from sklearn.preprocessing import MultiLabelBinarizer

    (texts, labels), (test_texts, test_labels) = read(train), read(test)
    start = time.perf_counter()
    vectorizer = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2)
    features = vectorizer.fit_transform(texts)
    # One against the rest by liblinear, as our bag of words: the fastest of scikit-learn's solvers here.
    model = OneVsRestClassifier(LogisticRegression(C=10, solver="liblinear"))
    if several:
        binarizer = MultiLabelBinarizer().fit([label.split("|") if label else [] for label in labels])
        encode = lambda cells: binarizer.transform([cell.split("|") if cell else [] for cell in cells])
        model.fit(features, encode(labels))
        seconds = time.perf_counter() - start
        truth, predicted = encode(test_labels), model.predict(vectorizer.transform(test_texts))
    else:
        model.fit(features, labels)
        seconds = time.perf_counter() - start
        truth, predicted = test_labels, model.predict(vectorizer.transform(test_texts))
    return {"seconds": seconds, **figures(truth, predicted, several)}


def run_fasttext(train, test, several):
    import fasttext
    from sklearn.preprocessing import MultiLabelBinarizer

    (texts, labels), (test_texts, test_labels) = read(train), read(test)
    flat = lambda text: " ".join(text.split())
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        for text, label in zip(texts, labels):
            marks = " ".join(f"__label__{name}" for name in label.split("|") if name)
            file.write(f"{marks} {flat(text)}\n")
        file.flush()
        start = time.perf_counter()
        loss = "ova" if several else "softmax"
        model = fasttext.train_supervised(file.name, lr=0.5, epoch=5, wordNgrams=2, loss=loss, thread=2, verbose=0)
        seconds = time.perf_counter() - start
    name = lambda mark: mark.removeprefix("__label__")
    if several:
        found, scores = model.predict([flat(text) for text in test_texts], k=-1, threshold=0.5)
        binarizer = MultiLabelBinarizer().fit([label.split("|") if label else [] for label in labels])
        truth = binarizer.transform([label.split("|") if label else [] for label in test_labels])
        predicted = binarizer.transform([[name(mark) for mark in marks] for marks in found])
    else:
        found, _ = model.predict([flat(text) for text in test_texts])
        truth, predicted = test_labels, [name(marks[0]) for marks in found]
    return {"seconds": seconds, **figures(truth, predicted, several)}


parser = argparse.ArgumentParser()
parser.add_argument("what", choices=["generate", "sklearn", "fasttext"])
parser.add_argument("train")
parser.add_argument("test")
parser.add_argument("--several", action="store_true")
parser.add_argument("--kind", choices=["tags", "topics"], default="tags")
options = parser.parse_args()
if options.what == "generate":
    generate(options.train, options.test, options.kind)
else:
    run = run_sklearn if options.what == "sklearn" else run_fasttext
    print(json.dumps(run(options.train, options.test, options.several)))
