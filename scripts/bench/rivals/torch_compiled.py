"""One form of torch_rival.py by torch.compile: python torch_compiled.py INPUT.json --threads 2 --form padded [--unrolled]

A program of its own, so that a compiler that crashes, or does not come to an end, takes no other measurement with it.
As it is, PyTorch leaves its recurrent modules alone and compiles what is around them, once for all widths of batches. With
--unrolled, its experimental `allow_rnn`, it writes out every step of the sequence: a program for each width.
Answer, one JSON line on stdout: {"train", "predict": [milliseconds of each step], "paddingChange"}; training is by fused Adam.
"""

import argparse
import json
import sys
import time

import torch
from rival import add_arguments, one_of_each_width, padding_change, read_input, time_calls, widen
from torch._dynamo import config
from torch._dynamo.utils import counters
from torch_rival import Classifier, make_answer, make_loss, make_optimizer, train_step

# Steps of all layers and directions. Where there are more, a benchmark cannot wait for the compiler.
MOST_UNROLLED = 160
LONGEST_COMPILATION_S = 12 * 60


def check_size(layers, batches):
    """Refuses what would be compiled for too long."""
    sequences = sum(2 if layer["bidirectional"] else 1 for layer in layers)
    steps = sequences * max(batch["ids"].shape[1] for batch in batches)
    if steps > MOST_UNROLLED:
        raise ValueError(f"{steps} steps would be written out, more than the {MOST_UNROLLED} that can be waited for")


def time_compiled(call, batches, arguments, deadline):
    """Times of `call(batch)` in which nothing is compiled any more; gives up where compiling would last beyond the deadline."""
    start = time.perf_counter()
    widths = one_of_each_width(batches)
    for index, batch in enumerate(widths):
        call(batch)
        seconds = (time.perf_counter() - start) / (index + 1)
        if start + seconds * len(widths) > deadline:
            raise TimeoutError(f"{len(widths)} widths of batches would be compiled for {seconds:.0f} seconds each")
    for _ in range(3):
        before = counters["stats"]["unique_graphs"]
        times = time_calls(call, batches, arguments)
        if counters["stats"]["unique_graphs"] == before:
            return times
    raise RuntimeError("it is compiled again and again")


def measure(arguments):
    deadline = time.perf_counter() + LONGEST_COMPILATION_S
    model, batches = read_input(arguments.input)
    if arguments.unrolled:
        batches = [widen(batch) for batch in batches]
        check_size(model["layers"], batches)
    classifier = Classifier(model, arguments.form)
    # Were widths dynamic, the steps could not be written out.
    loss, forward = (torch.compile(part, dynamic=not arguments.unrolled) for part in (make_loss(classifier), classifier))
    step = train_step(loss, make_optimizer(classifier, model, fused=True), [])
    answer = make_answer(forward)
    with config.patch(allow_rnn=arguments.unrolled, recompile_limit=64, fail_on_recompile_limit_hit=True):
        train = time_compiled(step, batches, arguments, deadline)
        classifier.eval()
        predict = time_compiled(answer, batches, arguments, deadline)
        return {"train": train, "predict": predict, "paddingChange": padding_change(answer, batches[0])}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add_arguments(parser)
    parser.add_argument("--form", required=True)
    parser.add_argument("--unrolled", action="store_true")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(1)
    try:
        print(json.dumps(measure(arguments)), flush=True)
    except Exception as error:
        sys.exit((str(error).strip() or type(error).__name__).splitlines()[0])


if __name__ == "__main__":
    main()
