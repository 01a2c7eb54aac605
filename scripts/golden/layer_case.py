"""What a golden case of a layer without states holds: output and gradients of sum(output x cotangent)."""

from golden_file import short_values, tensor

import tensorflow as tf


def layer_case(random, layer, values, weights):
    """`layer` is built and has `weights`, which are given in the order of its `weights` under the names of the JSON."""
    source = tf.Variable(values)
    cotangent = short_values(random, layer(source).shape)
    with tf.GradientTape() as tape:
        output = layer(source)
        loss = tf.reduce_sum(output * cotangent)
    variables = [source, *(weight.value for weight in layer.trainable_weights)]
    by_input, *by_weights = tape.gradient(loss, variables)
    return {
        "input": tensor(values),
        "weights": {name: tensor(weight) for name, weight in weights.items()},
        "output": tensor(output.numpy()),
        "cotangent": tensor(cotangent),
        "gradients": {
            "input": tensor(by_input.numpy()),
            "weights": {name: tensor(gradient.numpy()) for name, gradient in zip(weights, by_weights)},
        },
    }
