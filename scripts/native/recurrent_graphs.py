"""Makes the graphs that the `tensorflow` backend runs a GRU with: python scripts/native/recurrent_graphs.py

TensorFlow takes several microseconds longer for an operation that JavaScript asks for than for one of a graph, and a step
has two dozen small ones. So the layer that the lecture's model has twice is one graph each way: Keras' GRU with
`reset_after=True` (layers/rnn/gru.py), masked, in either direction. Written with TensorFlow 2.21; the control flow is of the
first kind (Enter, Exit, TensorArrayV3), which every version since 1.0 runs.

B batch, T time, F features, U units; S = T steps in the order of their computation. Instead of the update gate z the loop has
k = 1 - z = sigmoid(-a), since h + k (c - h) with k = 0 keeps the state of a masked step to the last bit.
"""

import os
import pathlib
import shutil
import tempfile

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import tensorflow as tf  # noqa: E402

v1 = tf.compat.v1
raw = tf.raw_ops
target = pathlib.Path(__file__).resolve().parents[2] / "src/backends/native/graphs/saved_model.pb"


class Layer:
    """Placeholders of a graph, and what both passes have in common."""

    def __init__(self, name):
        self.name = name
        self.x = self.given("x", 3)  # [B, T, F]
        self.kernel = self.given("kernel", 2)  # [F, 3U], gates z, r, candidate
        self.recurrent_kernel = self.given("recurrentKernel", 2)  # [U, 3U]
        self.open = self.given("open", 3)  # [T, B, 1]: 0 at masked steps, else 1
        self.mask = self.given("recurrentMask", 2)  # [B, U] or [1, 1]
        # The time of step i is first + direction * i.
        self.first = v1.placeholder(tf.int32, [], name=f"{name}/first")
        self.direction = v1.placeholder(tf.int32, [], name=f"{name}/direction")
        batch, self.steps, features = tf.unstack(tf.shape(self.x))
        self.batch = batch
        self.units = tf.shape(self.recurrent_kernel)[0]
        # For columns z, r, candidate: those of z are negated.
        self.sign = tf.concat([-tf.ones([self.units]), tf.ones([2 * self.units])], 0)
        self.rows = tf.reshape(tf.transpose(self.x, [1, 0, 2]), [self.steps * batch, features])

    def given(self, name, rank):
        return v1.placeholder(tf.float32, [None] * rank, name=f"{self.name}/{name}")

    def time(self, step):
        return self.first + self.direction * step

    def made(self, name, value):
        tf.identity(value, name=f"{self.name}/{name}")

    def array(self, size):
        return tf.TensorArray(tf.float32, size=size, infer_shape=False)

    def read(self, values, size):
        """[size, B, N] as an array to be read step by step."""
        return self.array(size).unstack(values)

    def walk(self, body, state, arrays, backwards=False):
        """body(step, state, arrays) -> (state, arrays)"""

        def once(i, state, arrays):
            state, arrays = body(self.steps - 1 - i if backwards else i, state, arrays)
            state.set_shape([None, None])
            return i + 1, state, arrays

        loop = v1.while_loop(lambda i, *_: i < self.steps, once, (0, state, arrays), back_prop=False)
        return loop[1:]


def forward():
    layer = Layer("gruResetAfter")
    bias = layer.given("bias", 2)  # [2, 3U]
    initial = layer.given("initialState", 2)
    units, steps, batch = layer.units, layer.steps, layer.batch
    recurrent_kernel = layer.recurrent_kernel * layer.sign
    input_bias, recurrent_bias = tf.unstack(bias * layer.sign, num=2)
    gates_bias, candidate_bias = tf.split(recurrent_bias, tf.stack([2 * units, units]), num=2)
    input_bias += tf.concat([gates_bias, tf.zeros([units])], 0)
    products = tf.nn.bias_add(tf.matmul(layer.rows, layer.kernel * layer.sign), input_bias)
    products = layer.read(tf.reshape(products, tf.stack([steps, batch, 3 * units])), steps)
    opens = layer.read(layer.open, steps)

    def body(step, h, arrays):
        states, gates, kept = arrays
        at = layer.time(step)
        sizes = tf.stack([2 * units, units])
        to_gates, to_candidate = tf.split(products.read(at), sizes, axis=1, num=2)
        gate, inner = tf.split(tf.matmul(h * layer.mask, recurrent_kernel), sizes, axis=1, num=2)
        k, r = tf.split(tf.sigmoid(gate + to_gates), 2, axis=1)
        k *= opens.read(at)
        inner = tf.nn.bias_add(inner, candidate_bias)
        candidate = tf.tanh(r * inner + to_candidate)
        h += k * (candidate - h)
        states = states.write(step + 1, h)
        gates = gates.write(step, k).write(steps + step, r)
        kept = kept.write(step, candidate).write(steps + step, inner)
        return h, (states, gates, kept)

    arrays = (layer.array(steps + 1).write(0, initial), layer.array(2 * steps), layer.array(2 * steps))
    final, (states, gates, kept) = layer.walk(body, initial, arrays)
    states = states.stack()
    layer.made("finalState", final)
    layer.made("output", tf.transpose(states[1:], [1, 0, 2]))
    layer.made("states", states)  # [S + 1, B, U], the initial one first
    layer.made("gates", gates.stack())  # [2S, B, U]: k, then r
    layer.made("kept", kept.stack())  # [2S, B, U]: candidates, then h Uh + ch


def backward():
    layer = Layer("gruResetAfterGradient")
    states, gates, kept = (layer.given(name, 3) for name in ("states", "gates", "kept"))
    of_output = layer.given("outputGradient", 3)  # [B, T, U], step after step
    of_final = layer.given("finalGradient", 2)
    units, steps = layer.units, layer.steps
    kernel, recurrent_kernel = layer.kernel * layer.sign, layer.recurrent_kernel * layer.sign
    befores = layer.read(states, steps + 1)
    gates, kept = layer.read(gates, 2 * steps), layer.read(kept, 2 * steps)
    of_outputs = layer.read(tf.transpose(of_output, [1, 0, 2]), steps)

    def body(step, gradient, arrays):
        of_inputs, of_recurrent = arrays
        gradient += of_outputs.read(step)
        k, r = gates.read(step), gates.read(steps + step)
        candidate, inner = kept.read(step), kept.read(steps + step)
        # SigmoidGrad is y (1 - y) dy, TanhGrad (1 - y^2) dy; k is 0 at masked steps, and so is what follows from it.
        dc = raw.TanhGrad(y=candidate, dy=gradient * k)
        dk = raw.SigmoidGrad(y=k, dy=gradient * (candidate - befores.read(step)))
        dr = raw.SigmoidGrad(y=r, dy=dc * inner)
        sums = tf.concat([dk, dr, dc * r], 1)
        of_inputs = of_inputs.write(layer.time(step), tf.concat([dk, dr, dc], 1))
        of_recurrent = of_recurrent.write(step, sums)
        passed = tf.matmul(sums, recurrent_kernel, transpose_b=True) * layer.mask
        return gradient * (1.0 - k) + passed, (of_inputs, of_recurrent)

    arrays = (layer.array(steps), layer.array(steps))
    initial, (of_inputs, of_recurrent) = layer.walk(body, of_final, arrays, backwards=True)
    of_inputs, of_recurrent = of_inputs.concat(), of_recurrent.concat()  # [S * B, 3U]
    entered = tf.reshape(states[:-1] * layer.mask, tf.stack([-1, units]))
    of_x = tf.matmul(of_inputs, kernel, transpose_b=True)
    of_x = tf.reshape(of_x, tf.stack([steps, layer.batch, tf.shape(layer.x)[2]]))
    layer.made("ofX", tf.transpose(of_x, [1, 0, 2]))
    layer.made("ofKernel", tf.matmul(layer.rows, of_inputs, transpose_a=True) * layer.sign)
    layer.made("ofRecurrentKernel", tf.matmul(entered, of_recurrent, transpose_a=True) * layer.sign)
    layer.made("ofBias", tf.stack([tf.reduce_sum(sums, 0) for sums in (of_inputs, of_recurrent)]) * layer.sign)
    layer.made("ofInitialState", initial)


def main():
    v1.disable_eager_execution()
    v1.disable_control_flow_v2()
    with tempfile.TemporaryDirectory() as folder, tf.Graph().as_default(), v1.Session() as session:
        forward()
        backward()
        builder = v1.saved_model.Builder(f"{folder}/model")
        builder.add_meta_graph_and_variables(
            session, ["serve"], signature_def_map={}, clear_devices=True, strip_default_attrs=True
        )
        builder.save()
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(f"{folder}/model/saved_model.pb", target)
    print(f"{target.name}: {target.stat().st_size} bytes")


main()
