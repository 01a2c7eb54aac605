"""Golden values of layer normalization: Keras' outputs and gradients, for test/golden/layers/layer-normalization.json.

    pip install tensorflow-cpu==2.21.0 keras==3.15.1
    python scripts/golden/layer_normalization.py

Keras computes in float64 with GradientTape. test/golden/README.md tells the file format.
"""

from golden_file import short_values, write_golden
from layer_case import layer_case

import keras
import numpy as np

keras.config.set_floatx("float64")

CASES = {
    "sequences": ((3, 4, 6), {}),
    "rows": ((5, 13), {}),
    "no gamma": ((4, 8), {"scale": False}),
    "no beta": ((4, 7), {"center": False}),
    "neither": ((2, 3, 5), {"scale": False, "center": False}),
    "another epsilon": ((3, 9), {"epsilon": 1e-6}),
}


def make_case(random, name, shape, options):
    layer = keras.layers.LayerNormalization(**options)
    values = short_values(random, shape)
    values[0] = 0.5  # rows without any variance, whose sums are exact
    layer.build(shape)
    weights = {}
    if options.get("scale", True):
        weights["gamma"] = short_values(random, shape[-1:])
    if options.get("center", True):
        weights["beta"] = short_values(random, shape[-1:])
    layer.set_weights(list(weights.values()))
    chosen = {"scale": layer.scale, "center": layer.center, "epsilon": layer.epsilon}
    return {"name": name, "options": chosen, **layer_case(random, layer, values, weights)}


def main():
    random = np.random.default_rng(4)
    cases = [make_case(random, name, shape, options) for name, (shape, options) in CASES.items()]
    write_golden("layers/layer-normalization", {"cases": cases})


if __name__ == "__main__":
    main()
