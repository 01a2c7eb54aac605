"""Writes test/golden/text/subwords.json: what Hugging Face's tokenizers learns and encodes.

Run with a Python that has tokenizers (made with 0.23.3): python scripts/golden/subwords.py
"""

import json
import pathlib

from tokenizers import Regex, Tokenizer, models, pre_tokenizers, trainers

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "test" / "golden" / "text"
# GPT-2's division of a text into words, the marks of letters taken for letters.
WORDS = r"'(?:[sdmt]|ll|ve|re)| ?[\p{L}\p{M}]+| ?\p{N}+| ?[^\p{White_Space}\p{L}\p{M}\p{N}]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+"

ENGLISH = [
    "This film isn't good.  It's the worst film that I've seen in 20 years, and I'll say they're to blame!",
    "A wonderful, wonderful film: the actors, the music, the story... 10/10.\n\nDon't miss it;\tyou'd regret it.",
    "The the THE theme thesis other another mother brother bother.",
    "banana bananas bandana aaaa aaaaa aaaaaaa aaa a  aa   aaa!!! !!!!! ?!?!?!",
    "low lower lowest new newer newest wide wider widest low low low new new",
]
OTHERS = [
    "Une comédie très drôle — “parfaite”. Ça c'est l'été à Paris, n'est-ce pas?",
    "Привет, мир! Это очень хороший фильм. Фильм хороший, фильмы хорошие.",
    "とても面白い映画でした。映画は面白い。这部电影很好看，电影很好。",
    "नमस्ते दुनिया, यह फ़िल्म अच्छी है। फ़िल्म अच्छी थी।",
    "😀😀😀 great 👍🏽👍🏽 ½ ² x² ٣٤٥ \u00a0no\u2003break\u3000spaces  \r\n end ",
    "e\u0301te\u0301 cafe\u0301 cafe\u0301s",
]
UNSEEN = [
    "",
    " ",
    "   three spaces   ",
    "unseen words: Zürich, ελληνικά, 한국어, 🏳️‍🌈 &quot; <br />",
    "the lowest bananas aren't 'widest' aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
]


def learned(texts, size, minimum_count):
    tokenizer = Tokenizer(models.BPE())
    split = pre_tokenizers.Split(Regex(WORDS), behavior="isolated")
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [split, pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)]
    )
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        min_frequency=minimum_count,
        show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
    )
    tokenizer.train_from_iterator(texts, trainer)
    vocabulary = tokenizer.get_vocab()
    return {
        "texts": texts,
        "vocabularySize": size,
        "minimumCount": minimum_count,
        "tokens": sorted(vocabulary, key=vocabulary.get)[256:],
        "encoded": [{"text": text, "ids": tokenizer.encode(text).ids} for text in texts + UNSEEN],
    }


cases = [
    learned(ENGLISH, 300, 1),
    learned(ENGLISH, 420, 2),
    learned(ENGLISH + OTHERS, 1000, 1),
    learned(OTHERS, 400, 3),
]
(FOLDER / "subwords.json").write_text(json.dumps(cases, ensure_ascii=True, separators=(",", ":")) + "\n")
