"""The benchmark's model in Keras on TensorFlow: pip install tensorflow-cpu==2.21.0 keras==3.15.1;
python keras_rival.py INPUT.json --threads 2

Trained by `model.fit` on a prefetched tf.data pipeline, and by a step of one's own under `tf.function`; one trace for all
lengths. Both with `mask_zero`, and as Keras' own IMDB example does it (examples/nlp/bidirectional_lstm_imdb.py): padding in
front, no mask, so that padding is read as if it were a word. rival.py tells input and answer.
"""

import os
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

from rival import (  # noqa: E402
    Measured,
    check_parameters,
    cycle,
    pad_left,
    padding_change,
    read_arguments,
    read_input,
    time_calls,
)

import keras  # noqa: E402
import tensorflow as tf  # noqa: E402

IDS = tf.TensorSpec([None, None], tf.int32)
LABELS = tf.TensorSpec([None, 1], tf.float32)
MERGE_MODES = {"concat": "concat", "sum": "sum", "average": "ave", "multiply": "mul"}


def make_layer(layer, return_sequences):
    units = layer["units"]
    if layer["cell"] == "gru":
        recurrent = keras.layers.GRU(units, return_sequences=return_sequences, reset_after=layer["resetAfter"])
    elif layer["cell"] == "lstm":
        recurrent = keras.layers.LSTM(units, return_sequences=return_sequences)
    elif layer["cell"] == "simpleRnn":
        recurrent = keras.layers.SimpleRNN(units, activation=layer["activation"], return_sequences=return_sequences)
    else:
        raise SystemExit(f"keras_rival.py: no layer for {layer['cell']}")
    if not layer["bidirectional"]:
        return recurrent
    return keras.layers.Bidirectional(recurrent, merge_mode=MERGE_MODES[layer["bidirectional"]])


def make_model(model, masked):
    """Compiled classifier: embedding, recurrent layers, one sigmoid."""
    embedding = keras.layers.Embedding(model["idCount"], model["embeddingUnits"], mask_zero=masked)
    last = len(model["layers"]) - 1
    recurrent = [make_layer(layer, index != last) for index, layer in enumerate(model["layers"])]
    head = keras.layers.Dense(1, "sigmoid")
    classifier = keras.Sequential([keras.Input((None,), dtype="int32"), embedding, *recurrent, head])
    classifier.compile(keras.optimizers.Adam(model["learningRate"]), "binary_crossentropy")
    return classifier


class StepTimes(keras.callbacks.Callback):
    """Milliseconds from the end of one step to the end of the next."""

    def __init__(self):
        super().__init__()
        self.ends = []

    def on_train_batch_end(self, batch, logs=None):
        self.ends.append(time.perf_counter())

    def after(self, warmup):
        return [(end - start) * 1000 for start, end in zip(self.ends[warmup - 1 :], self.ends[warmup:])]


def time_fit(classifier, batches, arguments):
    """Times of `fit` after the warm-up steps."""
    warmup = max(1, arguments.warmup)
    steps = warmup + arguments.steps

    def arrays():
        for batch in cycle(batches, steps):
            yield batch["ids"], batch["labels"][:, None]

    data = tf.data.Dataset.from_generator(arrays, output_signature=(IDS, LABELS)).prefetch(2)
    times = StepTimes()
    classifier.fit(data, steps_per_epoch=steps, shuffle=False, verbose=0, callbacks=[times])
    return times.after(warmup)


def time_function(classifier, batches, arguments):
    """Times of a training step of one's own, and the loss of each step."""

    @tf.function(input_signature=[IDS, LABELS])
    def train_step(ids, labels):
        with tf.GradientTape() as tape:
            loss = classifier.compute_loss(x=ids, y=labels, y_pred=classifier(ids, training=True))
        variables = classifier.trainable_variables
        classifier.optimizer.apply(tape.gradient(loss, [variable.value for variable in variables]), variables)
        return loss

    losses = []
    classifier.optimizer.build(classifier.trainable_variables)

    def step(batch):
        losses.append(train_step(tf.constant(batch["ids"]), tf.constant(batch["labels"][:, None])).numpy())

    return time_calls(step, batches, arguments), losses


def main():
    arguments = read_arguments(__doc__.splitlines()[0])
    tf.config.threading.set_intra_op_parallelism_threads(arguments.threads)
    tf.config.threading.set_inter_op_parallelism_threads(arguments.threads)
    keras.utils.set_random_seed(1)
    model, batches = read_input(arguments.input)
    measured = Measured()
    for form, masked, prepare in (("mask", True, lambda batch: batch), ("no mask", False, pad_left)):
        prepared = [prepare(batch) for batch in batches]
        measured.train[f"model.fit, {form}"] = time_fit(make_model(model, masked), prepared, arguments)
        classifier = make_model(model, masked)
        measured.train[f"tf.function, {form}"], losses = time_function(classifier, prepared, arguments)
        infer = tf.function(lambda ids: classifier(ids, training=False), input_signature=[IDS])
        answers = {
            f"predict_on_batch, {form}": lambda batch: classifier.predict_on_batch(batch["ids"]),
            f"tf.function, {form}": lambda batch: infer(tf.constant(batch["ids"])).numpy(),
        }
        change = padding_change(answers[f"tf.function, {form}"], batches[0], prepare)
        for variant, answer in answers.items():
            measured.predict[variant] = time_calls(answer, prepared, arguments)
            measured.padding_changes[variant] = change
        measured.padding_changes[f"model.fit, {form}"] = change
        measured.losses = measured.losses or losses
    parameters = check_parameters(classifier.count_params(), model)
    measured.print_answer("Keras", f"{keras.__version__} on TensorFlow {tf.__version__}", arguments, parameters)


if __name__ == "__main__":
    main()
