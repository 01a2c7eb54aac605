"""The benchmark's model in Keras on TensorFlow: pip install tensorflow-cpu==2.21.0 keras==3.15.1;
python keras_rival.py INPUT.json --threads 2

Trained by `model.fit` on a prefetched tf.data pipeline, and by a step of one's own under `tf.function`; one trace for all
lengths. rival.py tells input and answer.
"""

import os
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

from rival import cycle, print_answer, read_arguments, read_input, time_calls  # noqa: E402

import keras  # noqa: E402
import tensorflow as tf  # noqa: E402

IDS = tf.TensorSpec([None, None], tf.int32)
LABELS = tf.TensorSpec([None, 1], tf.float32)


def make_model(model):
    """Compiled classifier: masked embedding, GRU layers, one sigmoid."""
    embedding = keras.layers.Embedding(model["idCount"], model["embeddingUnits"], mask_zero=True)
    layers = [keras.Input((None,), dtype="int32"), embedding]
    for index, layer in enumerate(model["layers"]):
        if layer["cell"] != "gru":
            raise SystemExit(f"keras_rival.py: only GRU layers, got {layer['cell']}")
        is_last = index + 1 == len(model["layers"])
        layers.append(keras.layers.GRU(layer["units"], return_sequences=not is_last, reset_after=layer["resetAfter"]))
    classifier = keras.Sequential([*layers, keras.layers.Dense(1, "sigmoid")])
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
    """Times of `fit` over warm-up and timed steps, and the last loss."""
    steps = max(1, arguments.warmup) + arguments.steps

    def arrays():
        for batch in cycle(batches, steps):
            yield batch["ids"], batch["labels"][:, None]

    data = tf.data.Dataset.from_generator(arrays, output_signature=(IDS, LABELS)).prefetch(2)
    times = StepTimes()
    history = classifier.fit(data, steps_per_epoch=steps, shuffle=False, verbose=0, callbacks=[times])
    return times.after(max(1, arguments.warmup)), history.history["loss"][-1]


def time_function(classifier, batches, arguments):
    """Times of a training step of one's own."""

    @tf.function(input_signature=[IDS, LABELS])
    def train_step(ids, labels):
        with tf.GradientTape() as tape:
            loss = classifier.compute_loss(x=ids, y=labels, y_pred=classifier(ids, training=True))
        variables = classifier.trainable_variables
        classifier.optimizer.apply(tape.gradient(loss, [variable.value for variable in variables]), variables)
        return loss

    def step(batch):
        train_step(tf.constant(batch["ids"]), tf.constant(batch["labels"][:, None])).numpy()

    return time_calls(step, batches, arguments)


def main():
    arguments = read_arguments(__doc__.splitlines()[0])
    tf.config.threading.set_intra_op_parallelism_threads(arguments.threads)
    tf.config.threading.set_inter_op_parallelism_threads(arguments.threads)
    keras.utils.set_random_seed(1)
    model, batches = read_input(arguments.input)
    classifier = make_model(model)
    fit_times, last_loss = time_fit(classifier, batches, arguments)
    own = make_model(model)
    own.optimizer.build(own.trainable_variables)
    train = {"model.fit": fit_times, "tf.function": time_function(own, batches, arguments)}
    infer = tf.function(lambda ids: classifier(ids, training=False), input_signature=[IDS])
    predict = {
        "predict_on_batch": time_calls(lambda batch: classifier.predict_on_batch(batch["ids"]), batches, arguments),
        "tf.function": time_calls(lambda batch: infer(tf.constant(batch["ids"])).numpy(), batches, arguments),
    }
    print_answer("Keras", f"{keras.__version__} on TensorFlow {tf.__version__}", arguments, train, predict, last_loss)


if __name__ == "__main__":
    main()
