"""PyTorch on the same work: python torch_rival.py BACKEND STEPS BATCH TIME

nn.GRU over padded rows, the state picked at each row's last token, with Adam in its fused form: its fastest variant.
"""
import json
import sys

import torch
from torch import nn
from work import ID_COUNT, UNITS, make_batches, median_ms

steps, rows, length = map(int, sys.argv[2:5])
device = "cuda" if sys.argv[1] == "cuda" else "cpu"
if device == "cuda" and not torch.cuda.is_available():
    print(json.dumps({"skipped": "PyTorch finds no GPU"}))
    sys.exit(0)
batches = [tuple(map(torch.from_numpy, batch)) for batch in make_batches(rows, length)]


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(ID_COUNT, UNITS, padding_idx=0)
        self.recurrent = nn.GRU(UNITS, UNITS, num_layers=2, batch_first=True)
        self.head = nn.Linear(UNITS, 1)

    def forward(self, ids, lengths):
        states, _ = self.recurrent(self.embedding(ids))
        return self.head(states[torch.arange(len(lengths), device=states.device), lengths - 1]).squeeze(-1)


model = Classifier().to(device)
optimizer = torch.optim.Adam(model.parameters(), eps=1e-7, fused=True)
loss_function = nn.BCEWithLogitsLoss()


def train(ids, lengths, labels):
    optimizer.zero_grad()
    loss = loss_function(model(ids.to(device), lengths.to(device)), labels.to(device))
    loss.backward()
    optimizer.step()
    # Ours tells the loss of each step, too; and this waits for the GPU.
    return loss.item()


def predict(ids, lengths, _):
    with torch.inference_mode():
        return torch.sigmoid(model(ids.to(device), lengths.to(device))).cpu().numpy()


results = {"train": median_ms(steps, train, batches), "predict": median_ms(steps, predict, batches)}
print(json.dumps(results))
