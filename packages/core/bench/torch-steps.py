"""Trains a described network in PyTorch and says how long steps take.

Standard input: one JSON line {network, batchSize, threads, optimizer}, then numbers of steps; standard output:
"ready", then the seconds each took.
"""
import json
import sys
import time

import torch
import torch.nn.functional as F

from torch_network import build

task = json.loads(sys.stdin.readline())
torch.set_num_threads(task['threads'])
network, optimizer = task['network'], task['optimizer']
parameters, forward = build(network)

images = torch.randn(task['batchSize'], *network['input']).contiguous(memory_format=torch.channels_last)
labels = torch.randint(0, network['classes'], (task['batchSize'],))
descent = torch.optim.SGD(parameters.values(), 0.01, momentum=optimizer['momentum'],
                          weight_decay=optimizer['weightDecay'], nesterov=optimizer['nesterov'])


def step():
    descent.zero_grad()
    F.cross_entropy(forward(images), labels).backward()
    descent.step()


print('ready', flush=True)
for line in sys.stdin:
    before = time.perf_counter()
    for _ in range(int(line)):
        step()
    print(time.perf_counter() - before, flush=True)
