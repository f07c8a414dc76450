"""One training step of a network in PyTorch, best of 1 and 2 threads; prints JSON.

Usage: torch_step.py lstm|convolutional|attention WINDOWS STEPS INPUTS HIDDEN LAYERS
"""
import json
import math
import sys
import time

import torch
from torch import nn
from torch.nn import functional as f

CORE = sys.argv[1]
WINDOWS, STEPS, INPUTS, HIDDEN, LAYERS = map(int, sys.argv[2:7])
HEADS, WIDENING, DROPOUT = 4, 2, 0.1


class Recurrent(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(INPUTS, HIDDEN, LAYERS, dropout=DROPOUT, batch_first=True)

    def forward(self, x):
        return self.lstm(x)[0]


class Convolutional(nn.Module):
    """Dilated gated convolutions of two taps with residual and skip connections."""

    def __init__(self):
        super().__init__()
        self.first = nn.Linear(INPUTS, HIDDEN)
        self.gates = nn.ModuleList(nn.Conv1d(HIDDEN, 2 * HIDDEN, 2, dilation=1 << i) for i in range(LAYERS))
        self.residual = nn.ModuleList(nn.Conv1d(HIDDEN, HIDDEN, 1, bias=False) for _ in range(LAYERS - 1))
        self.skip = nn.ModuleList(nn.Conv1d(HIDDEN, HIDDEN, 1, bias=i == 0) for i in range(LAYERS))
        self.last = nn.Linear(HIDDEN, HIDDEN)

    def forward(self, x):
        x = self.first(x).transpose(1, 2)
        skips = 0
        for i in range(LAYERS):
            a, b = self.gates[i](f.pad(x, (1 << i, 0))).chunk(2, 1)
            z = torch.tanh(a) * torch.sigmoid(b)
            skips = skips + self.skip[i](z)
            if i < LAYERS - 1:
                x = x + self.residual[i](z)
        return f.dropout(torch.relu(self.last(torch.relu(skips).transpose(1, 2))), DROPOUT)


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.before, self.between = nn.LayerNorm(HIDDEN), nn.LayerNorm(HIDDEN)
        self.all = nn.Linear(HIDDEN, 3 * HIDDEN, bias=False)
        self.distance = nn.Parameter(torch.zeros(HEADS, STEPS))
        self.output = nn.Linear(HIDDEN, HIDDEN)
        self.inner, self.outer = nn.Linear(HIDDEN, WIDENING * HIDDEN), nn.Linear(WIDENING * HIDDEN, HIDDEN)
        back = torch.arange(STEPS)[:, None] - torch.arange(STEPS)
        self.register_buffer("back", back.clamp(min=0))
        self.register_buffer("ahead", back < 0)

    def forward(self, x):
        q, k, v = (
            part.view(WINDOWS, STEPS, HEADS, -1).transpose(1, 2) for part in self.all(self.before(x)).chunk(3, -1)
        )
        scores = q @ k.transpose(2, 3) / math.sqrt(HIDDEN / HEADS) + self.distance[:, self.back]
        shares = scores.masked_fill(self.ahead, -math.inf).softmax(-1)
        x = x + f.dropout(self.output((shares @ v).transpose(1, 2).reshape(WINDOWS, STEPS, HIDDEN)), DROPOUT)
        return x + f.dropout(self.outer(torch.relu(self.inner(self.between(x)))), DROPOUT)


class Attention(nn.Module):
    """Causal self-attention, normalised before each part, with a bias learned for each distance."""

    def __init__(self):
        super().__init__()
        self.first = nn.Linear(INPUTS, HIDDEN)
        self.blocks = nn.Sequential(*(Block() for _ in range(LAYERS)))
        self.norm = nn.LayerNorm(HIDDEN)

    def forward(self, x):
        return self.norm(self.blocks(self.first(x)))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.core = {"lstm": Recurrent, "convolutional": Convolutional, "attention": Attention}[CORE]()
        self.head = nn.Linear(HIDDEN, 3)

    def loss(self, x, y):
        df, location, scale = self.head(self.core(x)).unbind(-1)
        law = torch.distributions.StudentT(2 + f.softplus(df), location, f.softplus(scale) + 1e-7)
        return -law.log_prob(y).mean()


def best_of(threads):
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    net = Net().train()
    adam = torch.optim.Adam(net.parameters(), lr=1e-3, weight_decay=1e-8)
    x, y = torch.randn(WINDOWS, STEPS, INPUTS), torch.randn(WINDOWS, STEPS)
    times = []
    for _ in range(150):
        began = time.perf_counter()
        adam.zero_grad()
        net.loss(x, y).backward()
        nn.utils.clip_grad_norm_(net.parameters(), 10.0)
        adam.step()
        times.append(time.perf_counter() - began)
    return 1000 * min(times)


print(json.dumps({"version": torch.__version__, "milliseconds": min(best_of(1), best_of(2))}))
