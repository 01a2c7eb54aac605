"""Golden updates: what Keras' optimizers, clipping, averages and constraints make of fixed weights and gradients.

    pip install tensorflow-cpu==2.21.0 keras==3.15.1
    python scripts/golden/optimizers.py

Everything in float64. test/golden/README.md tells the file format.
"""

from golden_file import short_values, tensor, write_golden

import keras
import numpy as np
import tensorflow as tf

keras.config.set_floatx("float64")

STEPS = 6
SHAPES = {"embeddings": (4, 3), "kernel": (3, 5), "recurrent_kernel": (5, 5), "bias": (5,), "gamma": (5,)}
NOT_DECAYED = ["embeddings", "bias", "gamma"]
ADAM = {"beta1": "beta_1", "beta2": "beta_2"}
NAMES = {
    **ADAM,
    "learningRate": "learning_rate",
    "weightDecay": "weight_decay",
    "initialAccumulator": "initial_accumulator_value",
}
OPTIMIZERS = {
    "adam": keras.optimizers.Adam,
    "adamw": keras.optimizers.AdamW,
    "nadam": keras.optimizers.Nadam,
    "sgd": keras.optimizers.SGD,
    "rmsprop": keras.optimizers.RMSprop,
    "adagrad": keras.optimizers.Adagrad,
    "adadelta": keras.optimizers.Adadelta,
    "lamb": keras.optimizers.Lamb,
}
CASES = [
    ("adam", {}),
    ("adam", {"learningRate": 0.05, "beta1": 0.5, "beta2": 0.9, "epsilon": 1e-3}),
    ("adamw", {}),
    ("adamw", {"learningRate": 0.02, "weightDecay": 0.5, "beta1": 0.8, "beta2": 0.95}),
    ("adamw", {"learningRate": 0.02, "weightDecay": 0.5, "decayed": "all"}),
    ("nadam", {}),
    ("nadam", {"learningRate": 0.05, "beta1": 0.5, "beta2": 0.9, "epsilon": 1e-3}),
    ("sgd", {}),
    ("sgd", {"learningRate": 0.1, "momentum": 0.9}),
    ("sgd", {"learningRate": 0.1, "momentum": 0.9, "nesterov": True}),
    ("rmsprop", {}),
    ("rmsprop", {"learningRate": 0.01, "rho": 0.6, "momentum": 0.5}),
    ("rmsprop", {"learningRate": 0.01, "rho": 0.6, "epsilon": 1e-3, "centered": True}),
    ("rmsprop", {"learningRate": 0.01, "momentum": 0.5, "epsilon": 1e-3, "centered": True}),
    ("adagrad", {}),
    ("adagrad", {"learningRate": 0.1, "initialAccumulator": 0.5, "epsilon": 1e-3}),
    ("adadelta", {}),
    ("adadelta", {"learningRate": 1.0, "rho": 0.8, "epsilon": 1e-4}),
    ("lamb", {}),
    ("lamb", {"learningRate": 0.05, "beta1": 0.5, "beta2": 0.9, "epsilon": 1e-3}),
    ("lamb", {"learningRate": 0.05, "weightDecay": 0.5}),
]


def named(values):
    return {name: tensor(np.asarray(value)) for name, value in zip(SHAPES, values)}


def make_variables(initial):
    return [keras.Variable(value, name=name, dtype="float64") for name, value in zip(SHAPES, initial)]


def numbers(variables):
    return [keras.ops.convert_to_numpy(variable) for variable in variables]


def train(optimizer, initial, gradients, after_step=lambda: None):
    variables = make_variables(initial)
    for step in gradients:
        optimizer.apply([tf.constant(gradient) for gradient in step], variables)
        after_step()
    return variables


def optimizer_case(name, options, initial, gradients):
    """The weights after the first step and after the last."""
    keras_options = {NAMES.get(key, key): value for key, value in options.items() if key != "decayed"}
    results = []
    for steps in (gradients[:1], gradients):
        optimizer = OPTIMIZERS[name](**keras_options)
        if options.get("decayed", "kernels") == "kernels" and optimizer.weight_decay is not None:
            optimizer.exclude_from_weight_decay(var_names=NOT_DECAYED)
        results.append(named(numbers(train(optimizer, initial, steps))))
    return {"name": name, "options": options, "first": results[0], "last": results[1]}


def clipping_case(key, gradients, limit):
    """What is left of the gradients, as a plain step of rate 1 shows it, and their global norm."""
    zeros = [np.zeros_like(gradient) for gradient in gradients]
    optimizer = keras.optimizers.SGD(learning_rate=1.0, **{key: limit})
    moved = numbers(train(optimizer, zeros, [gradients]))
    return {
        "clip": {"norm": limit} if key == "global_clipnorm" else {"value": limit},
        "norm": tensor(np.sqrt(sum(np.sum(gradient**2) for gradient in gradients))),
        "clipped": named([-values for values in moved]),
    }


def exponential_averages(initial, gradients, decay):
    """Keras' `use_ema` beside plain steps of rate 0.1: the averages after each step."""
    optimizer = keras.optimizers.SGD(learning_rate=0.1, use_ema=True, ema_momentum=decay)
    averages = []
    train(optimizer, initial, gradients, lambda: averages.append(numbers(optimizer._model_variables_moving_average)))
    return averages


def weights_of_steps(initial, gradients):
    weights, steps = [values.copy() for values in initial], []
    for step in gradients:
        weights = [values - 0.1 * gradient for values, gradient in zip(weights, step)]
        steps.append(weights)
    return steps


def corrected_averages(steps, decay):
    """Adam's correction of the bias of a mean that begins with zeros (Kingma & Ba 2015, section 3)."""
    averages, sums = [], [np.zeros_like(values) for values in steps[0]]
    for count, weights in enumerate(steps, 1):
        sums = [decay * total + (1 - decay) * values for total, values in zip(sums, weights)]
        averages.append([total / (1 - decay**count) for total in sums])
    return averages


def penalty_gradient(kernel, factor):
    value = tf.Variable(kernel)
    with tf.GradientTape() as tape:
        penalty = keras.regularizers.L2(factor)(value)
    return tape.gradient(penalty, value).numpy()


if __name__ == "__main__":
    random = np.random.default_rng(20)
    initial = [short_values(random, shape, 0.5) for shape in SHAPES.values()]
    initial[4][:] = 0  # LAMB knows no size of weights that are all 0
    # Columns of a kernel whose norms are above a limit, below it, and 0.
    initial[1][:, 0] *= 4
    initial[1][:, 2] = 0
    gradients = [[short_values(random, shape) for shape in SHAPES.values()] for _ in range(STEPS)]
    for step in gradients:
        for gradient in step:  # some as small as epsilon, and some of nothing
            flat = gradient.reshape(-1)
            flat[1::4] = (flat[1::4] * 1e-3).astype(np.float32)
            flat[2::4] = (flat[2::4] * 1e-7).astype(np.float32)
        step[3][0] = 0
    steps = weights_of_steps(initial, gradients)
    ema = exponential_averages(initial, gradients, 0.75)
    corrected = corrected_averages(steps, 0.75)
    means = [[np.mean(values, axis=0) for values in zip(*steps[: count + 1])] for count in range(STEPS)]
    constraint = keras.constraints.MaxNorm(1.5, axis=0)
    convolution = short_values(random, (2, 3, 4), 1.0)
    write_golden(
        "optimizers/updates",
        {
            "initial": named(initial),
            "gradients": [named(step) for step in gradients],
            "optimizers": [optimizer_case(name, options, initial, gradients) for name, options in CASES],
            "clipping": [
                clipping_case("global_clipnorm", gradients[0], 1.0),
                clipping_case("global_clipnorm", gradients[0], 100.0),
                clipping_case("clipvalue", gradients[0], 0.5),
            ],
            "averages": {
                "learningRate": 0.1,
                "decay": 0.75,
                "exponential": [named(values) for values in ema],
                "corrected": [named(values) for values in corrected],
                "means": [named(values) for values in means],
            },
            "maxNorm": {
                "limit": 1.5,
                "kernel": tensor(constraint(initial[1]).numpy()),
                "convolution": tensor(convolution),
                "limitedConvolution": tensor(keras.constraints.MaxNorm(1.5, axis=[0, 1])(convolution).numpy()),
            },
            "l2": {"factor": 0.01, "kernelGradient": tensor(penalty_gradient(initial[1], 0.01))},
        },
    )
