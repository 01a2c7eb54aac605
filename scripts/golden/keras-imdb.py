"""Writes test/golden/keras-imdb/: small files in the layout of keras.datasets.imdb, and what Keras makes of them.

Run with a Python that has keras (made with 3.15.1 and NumPy 2.4.6): python scripts/golden/keras-imdb.py [--npz imdb.npz]
With the whole imdb.npz (of 25,000 + 25,000 reviews) the hashes of what Keras makes of that one are written, too.
"""

import argparse
import hashlib
import json
import pathlib
import pickle
import struct
import zipfile

import numpy as np
from keras.src.datasets import imdb

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "test" / "golden" / "keras-imdb"
WORDS = 60
SETTINGS = [
    {},
    {"num_words": 20},
    {"num_words": 20, "skip_top": 6},
    {"num_words": 30, "oov_char": None},
    {"skip_top": 2, "oov_char": None},
    {"maxlen": 9},
    {"maxlen": 9, "num_words": 25, "start_char": None},
    {"start_char": None, "index_from": 0},
    {"index_from": 10, "oov_char": 7, "start_char": 5, "num_words": 40},
    {"seed": 7},
    {"seed": 4294967295, "num_words": 1000},
]
WHOLE_SETTINGS = [
    {},
    {"num_words": 20000},
    {"num_words": 10000, "skip_top": 20, "maxlen": 200, "oov_char": None},
    {"seed": 1, "start_char": None, "index_from": 0, "num_words": 5000},
]


def small_reviews():
    """Reviews of 1 to 15 ids, low ones more often, some ids above a byte's and above two bytes' range."""
    rng = np.random.default_rng(5)
    reviews = lambda count: [
        [int(word) for word in np.minimum(rng.geometric(0.06, rng.integers(1, 16)), WORDS)] for _ in range(count)
    ]
    train, test = reviews(31), reviews(17)
    train[4] += [300, 70000]
    labels = lambda count: (np.arange(count) % 2).astype("int64")
    return {"x_train": train, "y_train": labels(31), "x_test": test, "y_test": labels(17)}


def python2_pickle(lists):
    """The operations that Python 2 wrote: GLOBAL, SHORT_BINSTRING, BINPUT; its dtype has numbers for booleans."""
    number = lambda n: b"K%c" % n if n < 256 else b"M" + struct.pack("<H", n) if n < 65536 else b"J" + struct.pack("<i", n)
    out = [b"\x80\x02cnumpy.core.multiarray\n_reconstruct\nq\x01cnumpy\nndarray\nq\x02K\x00\x85U\x01b\x87Rq\x03("]
    out += [b"K\x01", number(len(lists)), b"\x85cnumpy\ndtype\nq\x04U\x02O8K\x00K\x01\x87Rq\x05(K\x03U\x01|NNN"]
    out += [b"J\xff\xff\xff\xffJ\xff\xff\xff\xffK?tb\x89]q\x06("]
    for place, ids in enumerate(lists):
        # One by one as Python 2's slower pickler, the first as long integers.
        write = (lambda n: b"\x8a\x04" + struct.pack("<i", n)) if place == 0 else number
        out += [b"]r", struct.pack("<I", 1000 + place)] + [write(n) + b"a" for n in ids]
    return b"".join(out) + b"etb."


def object_array(lists):
    array = np.empty(len(lists), dtype=object)
    array[:] = lists
    return array


def npy(array, version, pickled=None):
    """An .npy file of any version: NumPy itself writes the lowest that will do."""
    facts = sorted(np.lib.format.header_data_from_array_1_0(array).items())
    header = ("{" + "".join(f"{key!r}: {value!r}, " for key, value in facts) + "}").encode()
    size = "<H" if version == (1, 0) else "<I"
    start = b"\x93NUMPY" + bytes(version)
    padding = -(len(start) + struct.calcsize(size) + len(header) + 1) % 64
    header += b" " * padding + b"\n"
    return start + struct.pack(size, len(header)) + header + (array.tobytes() if pickled is None else pickled)


def write_npz(name, arrays, *, to_pickle, version=(1, 0), method=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(FOLDER / name, "w") as archive:
        for key, value in arrays.items():
            if key.startswith("x"):
                content = npy(object_array(value), version, to_pickle(value))
            else:
                content = npy(value, version)
            info = zipfile.ZipInfo(f"{key}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            archive.writestr(info, content, compress_type=method)


def load(path, settings):
    """keras.datasets.imdb.load_data on a local file whatever its checksum."""
    imdb.get_file = lambda fname, **_: fname
    return imdb.load_data(path=str(path), **settings)


def small_case(settings):
    (x_train, y_train), (x_test, y_test) = load(FOLDER / "small.npz", settings)
    lists = {"xTrain": x_train, "yTrain": y_train, "xTest": x_test, "yTest": y_test}
    return {"settings": settings} | {key: [np.asarray(v).tolist() for v in value] for key, value in lists.items()}


def whole_case(path, settings):
    (x_train, y_train), (x_test, y_test) = load(path, settings)

    def digest(reviews, labels):
        hash = hashlib.sha256()
        hash.update(np.concatenate([np.asarray(x, "<i4") for x in reviews]).tobytes())
        hash.update(np.cumsum([0] + [len(x) for x in reviews]).astype("<i4").tobytes())
        hash.update(labels.astype("<i4").tobytes())
        return hash.hexdigest()

    return {
        "settings": settings,
        "firstIds": [int(id) for id in x_train[0][:10]],
        "train": digest(x_train, y_train),
        "test": digest(x_test, y_test),
    }


def shuffles():
    for seed, count in [(113, 12), (0, 1), (1, 2), (4294967295, 40), (113, 1000)]:
        indices = np.arange(count)
        np.random.RandomState(seed).shuffle(indices)
        yield {"seed": seed, "count": count, "indices": indices.tolist()}


def write_json(name, value):
    text = json.dumps(value, separators=(",", ":")).replace('},{"settings"', '},\n{"settings"')
    (FOLDER / name).write_text(text + "\n", encoding="utf-8")


parser = argparse.ArgumentParser()
parser.add_argument("--npz", type=pathlib.Path)
arguments = parser.parse_args()
FOLDER.mkdir(parents=True, exist_ok=True)
arrays = small_reviews()
pickled = lambda protocol: lambda lists: pickle.dumps(object_array(lists), protocol=protocol)
write_npz("small.npz", arrays, to_pickle=pickled(4))
write_npz("protocol-2-stored.npz", arrays, to_pickle=pickled(2), method=zipfile.ZIP_STORED)
write_npz("protocol-3.npz", arrays, to_pickle=pickled(3), version=(3, 0))
write_npz("protocol-5.npz", arrays, to_pickle=pickled(5), version=(2, 0))
write_npz("python-2.npz", arrays, to_pickle=python2_pickle)
write_json("word-index.json", {f"word{n}": n for n in range(1, WORDS + 1)})
write_json("small.json", [small_case(settings) for settings in SETTINGS])
write_json("shuffles.json", list(shuffles()))
if arguments.npz:
    sha256 = hashlib.sha256(arguments.npz.read_bytes()).hexdigest()
    write_json("whole.json", {"sha256": sha256, "cases": [whole_case(arguments.npz, s) for s in WHOLE_SETTINGS]})
