"""Hugging Face's tokenizers learns byte-pair encoding and encodes: the rival of scripts/bench/subwords.mjs.

Input, a JSON file: a list of texts. Answer, one JSON line on stdout:
    {"version", "learnSeconds", "learnProcessorSeconds", "encodeSeconds", "tokens": [those behind the 256 bytes, by id],
     "ids": number of ids}
Texts and answer are in memory before and after what is timed. learnProcessorSeconds is the sum over all threads.
"""

import argparse
import json
import os
import time

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("input")
parser.add_argument("--vocabulary-size", type=int, default=30_000)
parser.add_argument("--threads", type=int, default=2)
options = parser.parse_args()
os.environ["RAYON_NUM_THREADS"] = str(options.threads)
os.environ["TOKENIZERS_PARALLELISM"] = "true"

import tokenizers
from tokenizers import Tokenizer, models, pre_tokenizers, trainers

with open(options.input, encoding="utf-8") as file:
    texts = json.load(file)

tokenizer = Tokenizer(models.BPE())
tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
trainer = trainers.BpeTrainer(
    vocab_size=options.vocabulary_size,
    min_frequency=1,
    show_progress=False,
    initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
)
start, start_processor = time.perf_counter(), time.process_time()
tokenizer.train_from_iterator(texts, trainer, length=len(texts))
learned, learned_processor = time.perf_counter(), time.process_time()
encoded = tokenizer.encode_batch_fast(texts)
end = time.perf_counter()
vocabulary = tokenizer.get_vocab()
print(
    json.dumps(
        {
            "version": tokenizers.__version__,
            "learnSeconds": learned - start,
            "learnProcessorSeconds": learned_processor - start_processor,
            "encodeSeconds": end - learned,
            "tokens": sorted(vocabulary, key=vocabulary.get)[256:],
            "ids": sum(len(text.ids) for text in encoded),
        }
    )
)
