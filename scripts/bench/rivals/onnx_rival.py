"""The benchmark's model in ONNX Runtime, which predicts and does not train: pip install onnx==1.23.2 onnxruntime==1.32.0;
python onnx_rival.py INPUT.json --threads 2

The model is built with the onnx package, of ONNX' own recurrent operators: `sequence_lens` tells them each row's length, so that
padding is masked. Weights are drawn at random, since initial values change nothing about a batch's time.
rival.py tells input and answer.
"""

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from rival import Measured, check_parameters, padding_change, read_arguments, read_input, time_calls

OPERATORS = {"gru": "GRU", "lstm": "LSTM", "simpleRnn": "RNN"}
GATES = {"gru": 3, "lstm": 4, "simpleRnn": 1}
MERGES = {"sum": "ReduceSum", "average": "ReduceMean", "multiply": "ReduceProd"}
# The operators' current versions, and the format of the file that goes with them.
OPSET, IR_VERSION = 22, 10


def directions_of(layer):
    return 2 if layer["bidirectional"] else 1


def outputs_of(layer):
    return layer["units"] * (2 if layer["bidirectional"] == "concat" else 1)


def make_weights(model, random):
    """Every parameter by its name in the graph, float32: W, R and B of layer 0 are W0, R0 and B0, as ONNX shapes them."""

    def draw(*shape):
        return random.normal(0, 0.05, shape).astype(np.float32)

    inputs = model["embeddingUnits"]
    weights = {"embedding": draw(model["idCount"], inputs)}
    for index, layer in enumerate(model["layers"]):
        directions, units = directions_of(layer), layer["units"]
        gate_units = GATES[layer["cell"]] * units
        weights[f"W{index}"] = draw(directions, gate_units, inputs)
        weights[f"R{index}"] = draw(directions, gate_units, units)
        weights[f"B{index}"] = draw(directions, 2 * gate_units)
        inputs = outputs_of(layer)
    return {**weights, "head": draw(inputs, 1), "head_bias": draw(1)}


def second_biases(layers):
    """Biases beside biases: ONNX' cells have two for each gate, Keras' have one but for a GRU with resetAfter."""
    single = [layer for layer in layers if not layer.get("resetAfter")]
    return sum(directions_of(layer) * GATES[layer["cell"]] * layer["units"] for layer in single)


def make_nodes(layers):
    """The graph's operations, from `ids` [rows, time] and `lengths` [rows] to `probabilities` [rows, 1]."""
    # ONNX' recurrent operators have time in front: turning the ids is cheaper than turning their vectors.
    yield helper.make_node("Transpose", ["ids"], ["turned_ids"], perm=[1, 0])
    yield helper.make_node("Gather", ["embedding", "turned_ids"], ["input0"])
    last = len(layers) - 1
    for index, layer in enumerate(layers):
        options = {"hidden_size": layer["units"], "direction": "bidirectional" if layer["bidirectional"] else "forward"}
        if layer["cell"] == "gru":
            options["linear_before_reset"] = int(layer["resetAfter"])
        if layer["cell"] == "simpleRnn":
            options["activations"] = [layer["activation"].capitalize()] * directions_of(layer)
        names = [f"input{index}", f"W{index}", f"R{index}", f"B{index}", "lengths"]
        outputs = ["", "last_states"] if index == last else [f"states{index}"]
        yield helper.make_node(OPERATORS[layer["cell"]], names, outputs, **options)
        if index != last:
            yield from join_directions(layer, f"states{index}", 1, f"input{index + 1}")
    yield from join_directions(layers[last], "last_states", 0, "features")
    yield helper.make_node("Gemm", ["features", "head", "head_bias"], ["logits"])
    yield helper.make_node("Sigmoid", ["logits"], ["probabilities"])


def join_directions(layer, states, axis, joined):
    """From [(time,) directions, rows, units] to [(time,) rows, outputs]; `axis` is that of the directions."""
    if layer["bidirectional"] == "concat":
        order = [0, 2, 1, 3] if axis == 1 else [1, 0, 2]
        yield helper.make_node("Transpose", [states], [f"{joined}_turned"], perm=order)
        yield helper.make_node("Reshape", [f"{joined}_turned", f"joined{axis}"], [joined])
    elif layer["bidirectional"]:
        operator = MERGES[layer["bidirectional"]]
        yield helper.make_node(operator, [states, f"axis{axis}"], [joined], keepdims=0)
    else:
        yield helper.make_node("Squeeze", [states, f"axis{axis}"], [joined])


def make_model(layers, weights):
    """The model as onnx.ModelProto, checked."""
    constants = {
        "axis0": np.array([0], np.int64),
        "axis1": np.array([1], np.int64),
        # The shape after joining: time and rows as they are, then all that is left.
        "joined0": np.array([0, -1], np.int64),
        "joined1": np.array([0, 0, -1], np.int64),
    }
    nodes = list(make_nodes(layers))
    read = {name for node in nodes for name in node.input}
    values = {**weights, **{name: value for name, value in constants.items() if name in read}}
    graph = helper.make_graph(
        nodes,
        "classifier",
        [
            helper.make_tensor_value_info("ids", TensorProto.INT32, ["rows", "time"]),
            helper.make_tensor_value_info("lengths", TensorProto.INT32, ["rows"]),
        ],
        [helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, ["rows", 1])],
        [numpy_helper.from_array(value, name) for name, value in values.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION)
    onnx.checker.check_model(model, full_check=True)
    return model


def make_answer(model, threads):
    """A function that gives the probabilities [rows] of a batch."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Warnings about what the optimizer leaves alone say nothing about the measurement.
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])

    def answer(batch):
        lengths = np.maximum(batch["lengths"], 1).astype(np.int32)
        return session.run(["probabilities"], {"ids": batch["ids"], "lengths": lengths})[0][:, 0]

    return answer


def main():
    arguments = read_arguments(__doc__.splitlines()[0])
    model, batches = read_input(arguments.input)
    layers = model["layers"]
    weights = make_weights(model, np.random.default_rng(1))
    counted = sum(value.size for value in weights.values())
    parameters = check_parameters(counted, model, second_biases(layers))
    answer = make_answer(make_model(layers, weights), arguments.threads)
    measured = Measured()
    variant = " and ".join(dict.fromkeys(OPERATORS[layer["cell"]] for layer in layers))
    measured.padding_changes[variant] = padding_change(answer, batches[0])
    measured.predict[variant] = time_calls(answer, batches, arguments)
    measured.print_answer("ONNX Runtime", onnxruntime.__version__, arguments, parameters)


if __name__ == "__main__":
    main()
