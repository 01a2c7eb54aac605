"""Makes the loops over time that the `tensorflow` backend runs as graphs: python scripts/native/recurrent_graphs.py

TensorFlow takes several microseconds longer for an operation that JavaScript asks for than for one of a graph. The loops
have a dozen small operations a step; here they are one call a layer. What can be done for all steps at once is not in
them (src/backends/native/registered). Written with TensorFlow 2.21; control flow is of the first kind (Enter, Exit,
TensorArrayV3), which every version since 1.0 runs.

S steps, B batch, U units. Inputs and outputs are named as in src/backends/native/registered/graph-loops.ts.
"""

import os
import pathlib
import shutil
import tempfile

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import tensorflow as tf  # noqa: E402

v1 = tf.compat.v1
target = pathlib.Path(__file__).resolve().parents[2] / "src/backends/native/graphs/saved_model.pb"


class Loop:
    """Placeholders, one tensor array for each input and output by step, and the loop."""

    def __init__(self, name, backwards=False):
        self.name = name
        self.backwards = backwards
        self.arrays = {}

    def whole(self, name, rank):
        return v1.placeholder(tf.float32, [None] * rank, name=f"{self.name}/{name}")

    def steps(self, name):
        """[S, B, ...], read step by step."""
        given = self.whole(name, 3)
        self.count = tf.shape(given)[0]
        array = tf.TensorArray(tf.float32, size=self.count, infer_shape=False)
        self.arrays[name] = array.unstack(given)

    def run(self, body, states, outputs):
        """body(read, states) -> (new states, values of the outputs)."""
        made = tuple(tf.TensorArray(tf.float32, size=self.count, infer_shape=False) for _ in outputs)

        def step(i, states, made):
            at = self.count - 1 - i if self.backwards else i
            states, values = body(lambda name: self.arrays[name].read(at), states)
            for state in states:
                state.set_shape([None, None])
            return i + 1, states, tuple(array.write(at, value) for array, value in zip(made, values))

        _, states, made = v1.while_loop(
            lambda i, *_: i < self.count, step, (0, tuple(states), made), back_prop=False
        )
        for output, array in zip(outputs, made):
            tf.identity(array.concat(), name=f"{self.name}/{output}")
        return states


def gru_after():
    """The forward loop of a GRU whose reset gate acts after the recurrent product; k is 1 - z."""
    loop = Loop("gruResetAfter")
    loop.steps("products")  # [S, B, 3U]
    kernel = loop.whole("recurrentKernel", 2)  # [U, 3U]
    bias = loop.whole("candidateBias", 1)  # [U]
    mask = loop.whole("mask", 2)  # [B, U]
    units = tf.shape(bias)[0]
    sizes = tf.stack([2 * units, units])

    def body(read, states):
        (h,) = states
        to_gates, to_candidate = tf.split(read("products"), sizes, axis=1, num=2)
        gates, inner = tf.split(tf.matmul(h * mask, kernel), sizes, axis=1, num=2)
        gate = tf.sigmoid(gates + to_gates)
        k, r = tf.split(gate, 2, axis=1)
        inner = tf.nn.bias_add(inner, bias)
        candidate = tf.tanh(r * inner + to_candidate)
        h = h + k * (candidate - h)
        return (h,), (h, gate, candidate, inner)

    outputs = ["states", "gates", "candidates", "inner"]
    (final,) = loop.run(body, [loop.whole("initialState", 2)], outputs)
    tf.identity(final, name=f"{loop.name}/finalState")


def gru_after_gradient():
    """The walk back: what reaches a state is multiplied by factors known before."""
    loop = Loop("gruResetAfterGradient", backwards=True)
    for name in ("factors", "kept", "outputGradients"):  # [S, B, 3U], [S, B, U], [S, B, U]
        loop.steps(name)
    kernel = loop.whole("recurrentKernel", 2)
    mask = loop.whole("mask", 2)

    def body(read, states):
        gradient = states[0] + read("outputGradients")
        sums = tf.concat([gradient] * 3, axis=1) * read("factors")
        product = tf.matmul(sums, kernel, transpose_b=True)
        return (gradient * read("kept") + product * mask,), (sums, gradient)

    (initial,) = loop.run(body, [loop.whole("finalGradient", 2)], ["sums", "gradients"])
    tf.identity(initial, name=f"{loop.name}/initialState")


def main():
    v1.disable_eager_execution()
    v1.disable_control_flow_v2()
    with tempfile.TemporaryDirectory() as folder, tf.Graph().as_default(), v1.Session() as session:
        gru_after()
        gru_after_gradient()
        builder = v1.saved_model.Builder(f"{folder}/model")
        builder.add_meta_graph_and_variables(
            session, ["serve"], signature_def_map={}, clear_devices=True, strip_default_attrs=True
        )
        builder.save()
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(f"{folder}/model/saved_model.pb", target)
    print(f"{target.name}: {target.stat().st_size} bytes")


main()
