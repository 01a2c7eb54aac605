"""Golden values of the recurrent layers: Keras' outputs, final states and gradients, for test/golden/recurrent/*.json.

    pip install tensorflow-cpu==2.21.0 keras==3.15.1
    python scripts/golden/recurrent.py

Keras computes in float64, eagerly, on its own loop over time (`use_cudnn=False`), with GradientTape.
Each gradient is checked here against a central difference of the loss. test/golden/README.md tells the file format.
"""

from golden_file import short_values, tensor, write_golden
from recurrent_cases import ALL_CASES, BIDIRECTIONAL_CASES, FEW_CASES, LAYERS, LENGTHS, SIZES, case_name, make_mask

import keras
import numpy as np
import tensorflow as tf

keras.config.set_floatx("float64")


def make_weights(random, kind, options, units, inputs):
    """The weights of one direction in Keras' order, under the names that the JSON uses."""
    width = {"GRU": 3, "LSTM": 4, "SimpleRNN": 1}[kind] * units
    bias_shape = (2, width) if options.get("reset_after") else (width,)
    return {
        "kernel": short_values(random, (inputs, width), 0.4),
        "recurrentKernel": short_values(random, (units, width), 0.4),
        "bias": short_values(random, bias_shape, 0.3),
    }


def make_layer(kind, options, units, chosen, bidirectional):
    layer = getattr(keras.layers, kind)(
        units,
        return_sequences=chosen["sequences"],
        return_state=True,
        go_backwards=chosen["backwards"],
        **({} if kind == "SimpleRNN" else {"use_cudnn": False}),
        **options,
    )
    if bidirectional:
        layer = keras.layers.Bidirectional(layer, merge_mode=chosen.get("merge", "concat"))
    return layer


def run(layer, values, states, mask):
    """Output and final states; `values` is the input, `states` None or a list."""
    output, *final = layer(values, initial_state=states, mask=None if mask is None else tf.constant(mask, tf.bool))
    return output, final


def check_by_differences(loss, variables, gradients, random):
    """The gradients against a central difference of the loss in one random direction."""
    directions = [random.normal(size=v.shape) for v in variables]
    step, start = 1e-6, [v.numpy() for v in variables]
    sides = []
    for sign in (1, -1):
        for variable, value, direction in zip(variables, start, directions):
            variable.assign(value + sign * step * direction)
        sides.append(float(loss()[0]))
    for variable, value in zip(variables, start):
        variable.assign(value)
    numeric = (sides[0] - sides[1]) / (2 * step)
    exact = sum(float(np.sum(g * d)) for g, d in zip(gradients, directions))
    if abs(numeric - exact) > 1e-6 * max(1, abs(exact)):
        raise AssertionError(f"gradient {exact}, by differences {numeric}")


def make_case(random, setting, chosen):
    """One case of the JSON: options, mask, initial states, cotangents, outputs, final states, gradients."""
    kind, options, units, values, weights, lengths, bidirectional = setting
    batch, time, _ = values.shape
    mask = None if chosen["mask"] == "none" else make_mask(chosen["mask"], lengths, time)
    layer = make_layer(kind, options, units, chosen, bidirectional)
    layer.build(values.shape)
    layer.set_weights(list(weights.values()))
    count = (2 if kind == "LSTM" else 1) * (2 if bidirectional else 1)
    source = tf.Variable(values)
    states = [tf.Variable(short_values(random, (batch, units), 0.5)) for _ in range(count)] if chosen["initial"] else []
    output, final = run(layer, source, states or None, mask)
    output_cotangent = short_values(random, output.shape)
    state_cotangents = [short_values(random, state.shape) for state in final] if chosen["state_loss"] else []

    def loss():
        out, end = run(layer, source, states or None, mask)
        total = tf.reduce_sum(out * output_cotangent)
        return total + sum(tf.reduce_sum(s * c) for s, c in zip(end, state_cotangents)), out, end

    variables = [source, *(weight.value for weight in layer.trainable_weights), *states]
    with tf.GradientTape() as tape:
        total, output, final = loss()
    gradients = [gradient.numpy() for gradient in tape.gradient(total, variables)]
    check_by_differences(loss, variables, gradients, random)
    return {
        "name": case_name(chosen),
        "returnSequences": chosen["sequences"],
        "goBackwards": chosen["backwards"],
        **({"mergeMode": chosen.get("merge", "concat")} if bidirectional else {}),
        "maskKind": chosen["mask"],
        "lengths": lengths if chosen["mask"] == "right" else None,
        "mask": None if mask is None else tensor(mask),
        "initialStates": [tensor(state.numpy()) for state in states],
        "output": tensor(output.numpy()),
        "finalStates": [tensor(state.numpy()) for state in final],
        "outputCotangent": tensor(output_cotangent),
        "finalStateCotangents": [tensor(c) for c in state_cotangents],
        "loss": tensor(float(total)),
        "gradients": {
            "input": tensor(gradients[0]),
            "weights": {key: tensor(g) for key, g in zip(weights, gradients[1:])},
            "initialStates": [tensor(g) for g in gradients[1 + len(weights) :]],
        },
    }


def make_file(file, kind, options, units, cases, bidirectional=False):
    batch, time, inputs = SIZES[units]
    random = np.random.default_rng([units, len(file), *file.encode()])
    values = short_values(random, (batch, time, inputs))
    weights = make_weights(random, kind, options, units, inputs)
    if bidirectional:
        both = {"forward": weights, "backward": make_weights(random, kind, options, units, inputs)}
        weights = {f"{side}{k[0].upper()}{k[1:]}": w for side, named in both.items() for k, w in named.items()}
    setting = (kind, options, units, values, weights, LENGTHS[units], bidirectional)
    activation = options.get("activation", "tanh")
    layer = {"className": kind, "units": units, "activation": activation}
    if kind != "SimpleRNN":
        layer["recurrentActivation"] = "sigmoid"
    if kind == "GRU":
        layer["resetAfter"] = options["reset_after"]
    write_golden(
        f"recurrent/{file}-{units}",
        {
            "layer": {**layer, "bidirectional": bidirectional},
            "input": tensor(values),
            "weights": {name: tensor(weight) for name, weight in weights.items()},
            "cases": [make_case(random, setting, chosen) for chosen in cases],
        },
    )


def main():
    for file, (kind, options) in LAYERS.items():
        make_file(file, kind, options, 5, ALL_CASES)
        make_file(file, kind, options, 8, FEW_CASES)
        if kind == "GRU":
            make_file(file, kind, options, 13, FEW_CASES)
    for file in ("gru-reset-after", "gru-reset-before", "lstm", "simple-rnn-tanh"):
        kind, options = LAYERS[file]
        make_file(f"bidirectional-{file}", kind, options, 5, BIDIRECTIONAL_CASES, bidirectional=True)


if __name__ == "__main__":
    main()
