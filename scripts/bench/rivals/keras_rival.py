"""The benchmark's model in Keras on TensorFlow: pip install tensorflow-cpu==2.21.0 keras==3.15.1;
python keras_rival.py INPUT.json --threads 2

Trained by `model.fit` on a prefetched tf.data pipeline, and by a step of one's own under `tf.function`; one trace for all
lengths. Both with `mask_zero`, and as Keras' own IMDB example does it (examples/nlp/bidirectional_lstm_imdb.py): padding in
front, no mask, so that padding is read as if it were a word. What stands under `tf.function` once more compiled by XLA
(`jit_compile=True`, which Keras does not choose by itself on a CPU). rival.py tells input and answer.
"""

import os
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

from rival import (  # noqa: E402
    Measured,
    check_parameters,
    cycle,
    one_of_each_width,
    pad_left,
    padding_change,
    read_arguments,
    read_input,
    time_calls,
    widen,
)

import keras  # noqa: E402
import tensorflow as tf  # noqa: E402

IDS = tf.TensorSpec([None, None], tf.int32)
LABELS = tf.TensorSpec([None, 1], tf.float32)
MERGE_MODES = {"concat": "concat", "sum": "sum", "average": "ave", "multiply": "mul"}


def make_layer(layer, xla, **options):
    units = layer["units"]
    if xla and layer["cell"] != "simpleRnn":
        # XLA does not take layers that could become cuDNN's.
        options["use_cudnn"] = False
    if layer["cell"] == "gru":
        recurrent = keras.layers.GRU(units, reset_after=layer["resetAfter"], **options)
    elif layer["cell"] == "lstm":
        recurrent = keras.layers.LSTM(units, **options)
    elif layer["cell"] == "simpleRnn":
        recurrent = keras.layers.SimpleRNN(units, activation=layer["activation"], **options)
    else:
        raise SystemExit(f"keras_rival.py: no layer for {layer['cell']}")
    if not layer["bidirectional"]:
        return recurrent
    return keras.layers.Bidirectional(recurrent, merge_mode=MERGE_MODES[layer["bidirectional"]])


def make_model(model, masked, xla):
    """Compiled classifier: embedding, recurrent layers, one sigmoid."""
    embedding = keras.layers.Embedding(model["idCount"], model["embeddingUnits"], mask_zero=masked)
    last = len(model["layers"]) - 1
    recurrent = [make_layer(layer, xla, return_sequences=index != last) for index, layer in enumerate(model["layers"])]
    head = keras.layers.Dense(1, "sigmoid")
    classifier = keras.Sequential([keras.Input((None,), dtype="int32"), embedding, *recurrent, head])
    optimizer = keras.optimizers.Adam(model["learningRate"])
    classifier.compile(optimizer, "binary_crossentropy", jit_compile=xla)
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


def time_function(classifier, batches, arguments, xla):
    """Times of a training step of one's own, and the loss of each step."""

    @tf.function(input_signature=[IDS, LABELS], jit_compile=xla)
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

    if xla:
        compile_each_width(step, batches)
    return time_calls(step, batches, arguments), losses


def compile_each_width(call, batches):
    """XLA makes a program for each width of a batch when it first comes: not in the time that is measured."""
    for batch in one_of_each_width(batches):
        call(batch)


def measure_form(measured, model, batches, arguments, masked):
    """Adds the times with or without mask, and gives the number of parameters."""
    form = "mask" if masked else "no mask"
    prepare = (lambda batch: batch) if masked else pad_left
    prepared = [prepare(batch) for batch in batches]
    measured.train[f"model.fit, {form}"] = time_fit(make_model(model, masked, False), prepared, arguments)
    classifier = make_model(model, masked, False)
    measured.train[f"tf.function, {form}"], losses = time_function(classifier, prepared, arguments, False)
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
    return classifier.count_params()


def measure_xla(measured, model, batches, arguments, masked):
    """Adds the times of the same, compiled by XLA, or tells why not."""
    variant = f"tf.function by XLA, {'mask' if masked else 'no mask'}"
    prepare = (lambda batch: batch) if masked else pad_left
    prepared = [prepare(widen(batch)) for batch in batches]
    try:
        classifier = make_model(model, masked, True)
        measured.train[variant], _ = time_function(classifier, prepared, arguments, True)
        infer = tf.function(lambda ids: classifier(ids, training=False), input_signature=[IDS], jit_compile=True)

        def answer(batch):
            return infer(tf.constant(batch["ids"])).numpy()

        measured.padding_changes[variant] = padding_change(answer, batches[0], prepare)
        compile_each_width(answer, prepared)
        measured.predict[variant] = time_calls(answer, prepared, arguments)
    except Exception as error:
        measured.leave_out(variant, (str(error).strip() or type(error).__name__).splitlines()[0])


def main():
    arguments = read_arguments(__doc__.splitlines()[0])
    tf.config.threading.set_intra_op_parallelism_threads(arguments.threads)
    tf.config.threading.set_inter_op_parallelism_threads(arguments.threads)
    keras.utils.set_random_seed(1)
    model, batches = read_input(arguments.input)
    measured = Measured()
    for masked in (True, False):
        parameters = check_parameters(measure_form(measured, model, batches, arguments, masked), model)
    measured.keep_peak_memory()
    for masked in (True, False):
        measure_xla(measured, model, batches, arguments, masked)
    measured.print_answer("Keras", f"{keras.__version__} on TensorFlow {tf.__version__}", arguments, parameters)


if __name__ == "__main__":
    main()
