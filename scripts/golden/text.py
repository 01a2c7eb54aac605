"""Writes test/golden/text/*.json: what TensorFlow computes for the text pipeline.

Run with a Python that has tensorflow (made with 2.21.0): python scripts/golden/text.py
"""

import collections
import json
import pathlib
import re
import struct

import tensorflow as tf

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "test" / "golden" / "text"
LETTERS = "the quick brown fox jumps over the lazy dog and then it's back again, faster than ever before; "


def fingerprints():
    """FarmHash fingerprint64 and its hash bucket of 1,000, for every length around the algorithm's branches."""
    texts = [LETTERS.replace(" ", "")[:length] for length in range(71)]
    texts += [(LETTERS * 4)[:length] for length in (127, 128, 129, 192, 193, 255, 256, 257, 300)]
    texts += ["faaaaaantastic", "I", "don't", "'", "<pad>", "Ünïcödé", "čeština", "naïve café", "日本語", "😀", "😀" * 20, "é" * 90]
    digests = tf.fingerprint(tf.constant(texts), method="farmhash64").numpy()
    buckets = tf.strings.to_hash_bucket_fast(texts, 1000).numpy()
    for text, digest, bucket in zip(texts, digests, buckets):
        fingerprint = int.from_bytes(bytes(digest), "little")
        assert fingerprint % 1000 == bucket
        yield {"text": text, "fingerprint": str(fingerprint), "bucketOf1000": int(bucket)}


REVIEWS = [
    "This movie was great!<br /><br />I can't say more; it's GREAT.",
    "A bad, bad film<br>with<BR>no plot<br/>at all <br\t\n/>and then... the end?!",
    "Une comédie très drôle: naïve, chaleureuse — “parfaite”.",
    "Ein Film über Bäume. 10/10, würde ich wieder sehen😀😀😀 great!",
    "日本語の映画 was great the the the",
    "cut<br / in two <br  />and'quotes' ''double'' - dash_under",
    "no\u00a0break\u2003spaces\vand\u200bothers<br\u00a0/>kept",
    "",
    "12345 67890 !!!",
]


def preprocessing():
    """The lecture's steps at several cuts, so that many of them go through a character or a tag."""
    for unit in ("BYTE", "UTF8_CHAR"):
        for length in (*range(1, 64), 300):
            cut = tf.strings.substr(REVIEWS, 0, length, unit=unit)
            untagged = tf.strings.regex_replace(cut, rb"<br\s*/?>", b" ").numpy()
            # RE2 keeps the bytes of a cut character; every byte that is not a letter is to become a space.
            tokens = [re.sub(rb"[^a-zA-Z']", b" ", review).decode().split() for review in untagged]
            yield {
                "lengthUnit": "bytes" if unit == "BYTE" else "characters",
                "maxLength": length,
                "tokens": tokens,
            }


def vocabulary():
    """Ids of StaticVocabularyTable for a vocabulary of the reviews' own tokens."""
    words = [re.sub(r"[^a-zA-Z']", " ", re.sub(r"<br\s*/?>", " ", review, flags=re.A)).split() for review in REVIEWS]
    counts = collections.Counter(word for review in words for word in review)
    known = ["<pad>"] + [word for word, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))][:9]
    table = tf.lookup.StaticVocabularyTable(
        tf.lookup.KeyValueTensorInitializer(known, tf.range(len(known), dtype=tf.int64)), num_oov_buckets=7
    )
    lookups = sorted(counts) + ["never", "seen", "before"]
    return {
        "counts": counts,
        "vocabularySize": len(known),
        "oovBuckets": 7,
        "known": known,
        "ids": dict(zip(lookups, table.lookup(tf.constant(lookups)).numpy().tolist())),
    }


def ngram_buckets():
    """Buckets of runs of tokens: FNV-1a of each token, joined as fastText does (in 32 bits), MurmurHash3's fmix32."""

    def token_hash(token):
        value = 0x811C9DC5
        for unit in struct.unpack(f"<{len(token.encode('utf-16-le')) // 2}H", token.encode("utf-16-le")):
            value = (value ^ unit) * 0x01000193 % 2**32
        return value

    def bucket(tokens, buckets):
        value = token_hash(tokens[0])
        for token in tokens[1:]:
            value = (value * 116049371 + token_hash(token)) % 2**32
        for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
            value = (value ^ (value >> shift)) * factor % 2**32
        return (value ^ (value >> 16)) % buckets

    runs = ["not good", "good not", "a b", "b a", "the best film", "don't you dare", "très drôle", "日本 語 😀", "a a a a a"]
    for run in runs:
        yield {"run": run, "bucketOf1000": bucket(run.split(" "), 1000), "bucketOf2000000": bucket(run.split(" "), 2_000_000)}


def keras_tokens():
    """How Keras' Tokenizer splits."""
    from keras.src.legacy.preprocessing.text import text_to_word_sequence

    texts = [text for text in REVIEWS if not re.search(r"[^\S \t\n]", text)] + ["It's 'quoted' (well-known)\tTAB\nline_two #1 50% a@b.c", "\x85odd \x96"]
    return [{"text": text, "tokens": text_to_word_sequence(text)} for text in texts]


def write(name, value):
    FOLDER.mkdir(parents=True, exist_ok=True)
    text = json.dumps(value, ensure_ascii=False, indent=None, separators=(",", ":"))
    (FOLDER / name).write_text(text.replace("},{", "},\n{") + "\n", encoding="utf-8")


write("fingerprints.json", list(fingerprints()))
write("preprocessing.json", {"reviews": REVIEWS, "cuts": list(preprocessing())})
write("vocabulary.json", vocabulary())
write("ngram-buckets.json", list(ngram_buckets()))
write("keras-tokens.json", keras_tokens())
