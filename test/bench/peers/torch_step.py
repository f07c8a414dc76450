"""One training step of the reference size in PyTorch, best of 1 and 2 threads; prints JSON."""
import json
import time

import torch
from torch import nn

WINDOWS, STEPS, INPUTS, HIDDEN, LAYERS = 32, 48, 32, 40, 2


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(INPUTS, HIDDEN, LAYERS, dropout=0.1, batch_first=True)
        self.head = nn.Linear(HIDDEN, 3)

    def loss(self, x, y):
        df, location, scale = self.head(self.lstm(x)[0]).unbind(-1)
        softplus = nn.functional.softplus
        law = torch.distributions.StudentT(2 + softplus(df), location, softplus(scale) + 1e-7)
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
