"""The benchmark's model in PyTorch: pip install torch==2.15.0 numpy; python torch_rival.py INPUT.json --threads 2

nn.GRU, nn.LSTM or nn.RNN in the forms a PyTorch user would choose from, with Adam in its default implementation and fused:
    padded         the whole rectangle, the state picked at each row's last token (one direction)
    packed         packed sequences
    turned rows    two padded layers, one of them on rows turned around each by its own length (both directions)
    padding read   padded, both directions over the whole rectangle: padding is read as if it were a word
Each of them by torch.compile, too, in a process of its own: torch_compiled.py. rival.py tells input and answer.
"""

import json
import pathlib
import subprocess
import sys

import torch
from rival import Measured, check_parameters, padding_change, read_arguments, read_input, time_calls
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence

COMPILED = pathlib.Path(__file__).with_name("torch_compiled.py")
# Longer than that program waits for its compilers.
LONGEST_COMPILED_S = 15 * 60
LAYERS = {"gru": nn.GRU, "lstm": nn.LSTM, "simpleRnn": nn.RNN}


def check_layers(layers):
    """Ends the program where PyTorch's stacks cannot be these layers."""
    first = layers[0]
    same = all(layer == first for layer in layers)
    known = first["cell"] in LAYERS and first.get("resetAfter", True) and first["bidirectional"] in (False, "concat")
    if not (same and known):
        raise SystemExit(f"torch_rival.py: only equal layers, of resetAfter where GRU, concatenated, got {layers}")


def make_recurrent(layer, inputs, **options):
    if layer["cell"] == "simpleRnn":
        options["nonlinearity"] = layer["activation"]
    return LAYERS[layer["cell"]](inputs, layer["units"], batch_first=True, **options)


def final_state(states):
    """[layers * directions, rows, units] of the last steps; LSTM gives its cell's states, too."""
    return states[0] if isinstance(states, tuple) else states


class Stack(nn.Module):
    """All layers as one module of PyTorch: [rows, time, inputs] to [rows, units], or twice as many for two directions."""

    def __init__(self, layers, inputs, form):
        super().__init__()
        self.form, self.both = form, bool(layers[0]["bidirectional"])
        self.recurrent = make_recurrent(layers[0], inputs, num_layers=len(layers), bidirectional=self.both)

    def forward(self, vectors, lengths):
        if self.form == "padded":
            outputs, _ = self.recurrent(vectors)
            return outputs[torch.arange(len(lengths)), lengths - 1]
        if self.form == "packed":
            vectors = pack_padded_sequence(vectors, lengths, batch_first=True, enforce_sorted=False)
        states = final_state(self.recurrent(vectors)[1])
        return torch.cat([states[-2], states[-1]], dim=1) if self.both else states[-1]


class TurnedRows(nn.Module):
    """The same for two directions, of padded layers for one: those from the end read rows turned around by their lengths."""

    def __init__(self, layers, inputs):
        super().__init__()
        sizes = [inputs, *(2 * layer["units"] for layer in layers[:-1])]
        self.forwards = nn.ModuleList(make_recurrent(layer, size) for layer, size in zip(layers, sizes))
        self.backwards = nn.ModuleList(make_recurrent(layer, size) for layer, size in zip(layers, sizes))

    def forward(self, vectors, lengths):
        steps = torch.arange(vectors.shape[1])
        mirrored = lengths[:, None] - 1 - steps
        order = torch.where(mirrored >= 0, mirrored, steps)

        def turn(values):
            return values.gather(1, order[:, :, None].expand(-1, -1, values.shape[2]))

        last = len(self.forwards) - 1
        for index, (ahead, back) in enumerate(zip(self.forwards, self.backwards)):
            from_start, from_end = ahead(vectors)[0], back(turn(vectors))[0]
            if index != last:
                vectors = torch.cat([from_start, turn(from_end)], dim=2)
        rows = torch.arange(len(lengths))
        return torch.cat([from_start[rows, lengths - 1], from_end[rows, lengths - 1]], dim=1)


class Classifier(nn.Module):
    def __init__(self, model, form):
        super().__init__()
        layers, inputs = model["layers"], model["embeddingUnits"]
        self.embedding = nn.Embedding(model["idCount"], inputs, padding_idx=0)
        self.recurrent = TurnedRows(layers, inputs) if form == "turned rows" else Stack(layers, inputs, form)
        self.head = nn.Linear(layers[-1]["units"] * (2 if layers[-1]["bidirectional"] else 1), 1)

    def forward(self, ids, lengths):
        """Logits [rows] from ids [rows, time]."""
        return self.head(self.recurrent(self.embedding(ids), lengths.clamp(min=1))).squeeze(-1)

    def count(self):
        """Parameters, and how many of them are biases beside biases: Keras' LSTM and SimpleRNN have one, its GRU two."""
        of_gru = any(isinstance(module, nn.GRU) for module in self.modules())
        second = [] if of_gru else [value for name, value in self.named_parameters() if "bias_hh" in name]
        return sum(value.numel() for value in self.parameters()), sum(value.numel() for value in second)


def make_optimizer(classifier, model, **options):
    return torch.optim.Adam(classifier.parameters(), lr=model["learningRate"], eps=1e-7, **options)


def make_loss(classifier):
    loss_function = nn.BCEWithLogitsLoss()
    return lambda ids, lengths, labels: loss_function(classifier(ids, lengths), labels)


def train_step(compute_loss, optimizer, losses):
    def step(batch):
        optimizer.zero_grad()
        loss = compute_loss(*(torch.from_numpy(batch[key]) for key in ("ids", "lengths", "labels")))
        loss.backward()
        optimizer.step()
        losses.append(loss.item())

    return step


def make_answer(classifier):
    def answer(batch):
        with torch.inference_mode():
            logits = classifier(torch.from_numpy(batch["ids"]), torch.from_numpy(batch["lengths"]))
            return torch.sigmoid(logits).numpy()

    return answer


def measure_form(measured, name, form, model, batches, arguments):
    """Adds the times of a form as it is, and gives the number of parameters."""
    variants = []
    for optimizer_form, options in (("", {}), (", fused Adam", {"fused": True})):
        classifier, losses = Classifier(model, form), []
        step = train_step(make_loss(classifier), make_optimizer(classifier, model, **options), losses)
        variants.append(f"{name}{optimizer_form}")
        measured.train[variants[-1]] = time_calls(step, batches, arguments)
        measured.losses = measured.losses or losses
    classifier.eval()
    answer = make_answer(classifier)
    change = padding_change(answer, batches[0])
    measured.padding_changes.update({variant: change for variant in variants})
    measured.predict[name] = time_calls(answer, batches, arguments)
    return classifier.count()


def measure_compiled(measured, name, form, arguments, unrolled=False):
    """Adds the times of a form by torch.compile, or tells why not."""
    variant = f"{name}{', unrolled' if unrolled else ''}, torch.compile"
    settings = ["--threads", arguments.threads, "--steps", arguments.steps, "--warmup", arguments.warmup, "--form", form]
    command = [sys.executable, COMPILED, arguments.input, *settings, *(["--unrolled"] if unrolled else [])]
    try:
        ended = subprocess.run([*map(str, command)], capture_output=True, text=True, timeout=LONGEST_COMPILED_S)
    except subprocess.TimeoutExpired:
        return measured.leave_out(variant, f"no answer in {LONGEST_COMPILED_S // 60} minutes")
    if ended.returncode != 0:
        said = ended.stderr.strip().splitlines()
        return measured.leave_out(variant, said[-1] if said else f"the compiled program ended with {ended.returncode}")
    answer = json.loads(ended.stdout.splitlines()[-1])
    training = f"{variant}, fused Adam"
    measured.train[training], measured.predict[variant] = answer["train"], answer["predict"]
    measured.padding_changes.update({name: answer["paddingChange"] for name in (training, variant)})


def main():
    arguments = read_arguments(__doc__.splitlines()[0])
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(1)
    model, batches = read_input(arguments.input)
    check_layers(model["layers"])
    measured = Measured()
    cell = f"nn.{LAYERS[model['layers'][0]['cell']].__name__}"
    one_direction = not model["layers"][0]["bidirectional"]
    forms = ("padded", "packed") if one_direction else ("packed", "turned rows", "padding read")
    for form in forms:
        counted, second_biases = measure_form(measured, f"{cell} {form}", form, model, batches, arguments)
        parameters = check_parameters(counted, model, second_biases)
    for form in forms:
        measure_compiled(measured, f"{cell} {form}", form, arguments)
    # Rows of one length each: others cannot be written out.
    rectangle = "padded" if one_direction else "turned rows"
    measure_compiled(measured, f"{cell} {rectangle}", rectangle, arguments, unrolled=True)
    measured.print_answer("PyTorch", torch.__version__, arguments, parameters)


if __name__ == "__main__":
    main()
