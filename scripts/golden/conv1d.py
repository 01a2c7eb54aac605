"""Golden values of the convolution over time: Keras' outputs and gradients, for test/golden/layers/conv1d.json.

    pip install tensorflow-cpu==2.21.0 keras==3.15.1
    python scripts/golden/conv1d.py

Keras computes in float64 with GradientTape. test/golden/README.md tells the file format.
"""

from golden_file import short_values, write_golden
from layer_case import layer_case

import keras
import numpy as np

keras.config.set_floatx("float64")

CASES = {
    f"{padding}, kernel size {size}, {activation}{bias}": ((3, 7, 5), 6, size, padding, activation, bias == "")
    for padding in ("valid", "same", "causal")
    for size, activation, bias in ((3, "relu", ""), (2, "linear", ""), (4, "tanh", ""), (1, "relu", ", no bias"))
}


def make_case(random, name, shape, filters, size, padding, activation, use_bias):
    layer = keras.layers.Conv1D(filters, size, padding=padding, activation=activation, use_bias=use_bias)
    layer.build(shape)
    weights = {"kernel": short_values(random, (size, shape[-1], filters), 0.5)}
    if use_bias:
        weights["bias"] = short_values(random, (filters,))
    layer.set_weights(list(weights.values()))
    options = {
        "filters": filters,
        "kernelSize": size,
        "padding": padding,
        "activation": activation,
        "useBias": use_bias,
    }
    return {"name": name, "options": options, **layer_case(random, layer, short_values(random, shape), weights)}


def main():
    random = np.random.default_rng(5)
    cases = [make_case(random, name, *chosen) for name, chosen in CASES.items()]
    write_golden("layers/conv1d", {"cases": cases})


if __name__ == "__main__":
    main()
