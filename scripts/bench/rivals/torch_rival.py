"""The benchmark's model in PyTorch: pip install torch==2.15.0 numpy; python torch_rival.py INPUT.json --threads 2

nn.GRU in the forms a PyTorch user would choose from: padded batches with the state picked at each row's length, and packed
sequences; Adam with its default implementation and fused. rival.py tells input and answer.
"""

import torch
from rival import print_answer, read_arguments, read_input, time_calls
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence


class Classifier(nn.Module):
    def __init__(self, model, packed):
        super().__init__()
        units = [layer["units"] for layer in model["layers"]]
        unfit = [layer for layer in model["layers"] if layer["cell"] != "gru" or not layer["resetAfter"]]
        if unfit or len(set(units)) != 1:
            raise SystemExit(f"torch_rival.py: only resetAfter GRU layers of one size, got {model['layers']}")
        self.packed = packed
        self.embedding = nn.Embedding(model["idCount"], model["embeddingUnits"], padding_idx=0)
        self.gru = nn.GRU(model["embeddingUnits"], units[0], num_layers=len(units), batch_first=True)
        self.head = nn.Linear(units[0], 1)

    def forward(self, ids, lengths):
        """Logits [rows] from ids [rows, time]."""
        vectors = self.embedding(ids)
        lengths = lengths.clamp(min=1)
        if self.packed:
            _, states = self.gru(pack_padded_sequence(vectors, lengths, batch_first=True, enforce_sorted=False))
            last = states[-1]
        else:
            outputs, _ = self.gru(vectors)
            last = outputs[torch.arange(len(ids)), lengths - 1]
        return self.head(last).squeeze(-1)


def main():
    arguments = read_arguments(__doc__.splitlines()[0])
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(1)
    model, batches = read_input(arguments.input)
    train, predict, last_loss = {}, {}, None
    for form in ("padded", "packed"):
        for optimizer_form, options in (("", {}), (", fused Adam", {"fused": True})):
            classifier = Classifier(model, form == "packed")
            optimizer = torch.optim.Adam(classifier.parameters(), lr=model["learningRate"], eps=1e-7, **options)
            loss_function = nn.BCEWithLogitsLoss()

            def step(batch):
                nonlocal last_loss
                ids, lengths, labels = (torch.from_numpy(batch[key]) for key in ("ids", "lengths", "labels"))
                optimizer.zero_grad()
                loss = loss_function(classifier(ids, lengths), labels)
                loss.backward()
                optimizer.step()
                last_loss = loss.item()

            train[f"nn.GRU {form}{optimizer_form}"] = time_calls(step, batches, arguments)

        def answer(batch):
            with torch.inference_mode():
                logits = classifier(torch.from_numpy(batch["ids"]), torch.from_numpy(batch["lengths"]))
                return torch.sigmoid(logits).numpy()

        classifier.eval()
        predict[f"nn.GRU {form}"] = time_calls(answer, batches, arguments)
    print_answer("PyTorch", torch.__version__, arguments, train, predict, last_loss)


if __name__ == "__main__":
    main()
