"""PyTorch on the same work: python torch_rival.py BACKEND STEPS BATCH TIME

nn.GRU over padded rows, the state picked at each row's last token, with Adam in its fused form: its fastest variant.
"""
import json
import sys
import time as clock

import numpy as np
import torch
from torch import nn

steps, rows, length = map(int, sys.argv[2:5])
device = "cuda" if sys.argv[1] == "cuda" else "cpu"
if device == "cuda" and not torch.cuda.is_available():
    print(json.dumps({"skipped": "PyTorch finds no GPU"}))
    sys.exit(0)
random = np.random.default_rng(1)
batches = []
for _ in range(8):
    lengths = np.ceil(length * random.uniform(0.8, 1, rows)).astype("int64")
    lengths[0] = length
    ids = 1 + (10_999 * random.random((rows, length)) * random.random((rows, length))).astype("int64")
    ids[np.arange(length)[None, :] >= lengths[:, None]] = 0
    labels = random.integers(0, 2, rows).astype("float32")
    batches.append(tuple(torch.from_numpy(values) for values in (ids, lengths, labels)))


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(11_000, 128, padding_idx=0)
        self.recurrent = nn.GRU(128, 128, num_layers=2, batch_first=True)
        self.head = nn.Linear(128, 1)

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


def median_ms(work):
    times = []
    for step in range(-3, steps):
        start = clock.perf_counter()
        work(*batches[(step + 8) % 8])
        if step >= 0:
            times.append(1000 * (clock.perf_counter() - start))
    return float(np.median(times))


print(json.dumps({"train": median_ms(train), "predict": median_ms(predict)}))
