"""Golden values for src/inspection: telling words (Monroe, Colaresi & Quinn 2008) and UTF-8 that was read as windows-1252.

python scripts/golden/telling_words.py
Writes test/golden/inspection/telling-words.json and mojibake.json. Needs nothing but Python.
"""

import json
import math
import pathlib
import random

FOLDER = pathlib.Path(__file__).parents[2] / "test/golden/inspection"
PRIOR_WORDS = 1000


def telling_words(counts):
    """counts[label][word] -> z[label][word]; the prior of a word is its share of all words, times PRIOR_WORDS."""
    vocabulary = sorted({word for words in counts.values() for word in words})
    total = {word: sum(words.get(word, 0) for words in counts.values()) for word in vocabulary}
    everything = sum(total.values())
    prior = {word: PRIOR_WORDS * total[word] / everything for word in vocabulary}
    prior_sum = math.fsum(prior.values())
    z = {}
    for label, words in counts.items():
        size = sum(words.values())
        z[label] = {}
        for word in words:
            y_i, y_j = words[word], total[word] - words[word]
            n_i, n_j = size, everything - size
            a = prior[word]
            delta = math.log((y_i + a) / (n_i + prior_sum - y_i - a)) - math.log(
                (y_j + a) / (n_j + prior_sum - y_j - a)
            )
            z[label][word] = delta / math.sqrt(1 / (y_i + a) + 1 / (y_j + a))
    return z


def texts():
    """Three labels whose words come with Zipf's frequencies, shifted."""
    draw = random.Random(7)
    vocabulary = [f"w{index}" for index in range(40)]
    made = []
    for label, shift in (("first", 0), ("second", 5), ("third", 11)):
        weights = [1 / (1 + (index + shift) % 40) for index in range(40)]
        for _ in range(12 if label == "third" else 30):
            made.append((label, draw.choices(vocabulary, weights, k=draw.randint(3, 25))))
    return made


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    made = texts()
    counts = {}
    for label, words in made:
        for word in words:
            counts.setdefault(label, {}).setdefault(word, 0)
            counts[label][word] += 1
    content = {"texts": [{"label": label, "words": " ".join(words)} for label, words in made], "z": telling_words(counts)}
    (FOLDER / "telling-words.json").write_text(json.dumps(content) + "\n")

    sound = ["café", "naïve façade", "it’s “fine”", "price: 5 €", "über Straße", "Привет", "Ελλάδα", "日本語", "नमस्ते",
             "สวัสดี", "שלום", "مرحبا", "smile 🙂", "año", "Dvořák", "œuvre", "São Paulo", "Łódź", "½ cup", "20 °C"]
    cases = []
    for text in sound:
        # Bytes that windows-1252 has no letter for become the control character of the same number, as browsers read them.
        read = "".join(
            bytes([byte]).decode("cp1252") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte)
            for byte in text.encode()
        )
        cases.append({"sound": text, "read": read, "latin1": text.encode().decode("latin-1")})
    (FOLDER / "mojibake.json").write_text(json.dumps(cases) + "\n")


main()
