"""Trains the nets of a table one after the other in PyTorch, as a plain script would: channels last, images in memory,
augmentation on whole batches (crops of padded images, or of rescaled ones), a look at the test images after the epochs that ask for it, and a test on all images at the end.

Arguments: the folder of the task and torch_network.py's. The folder holds task.json and images.bin (uint8, planar).
"""
import json
import sys

import numpy
import torch
import torch.nn.functional as F

folder, sources = sys.argv[1:]
sys.path.insert(0, sources)
from torch_network import build  # noqa: E402

task = json.load(open(f'{folder}/task.json'))
torch.set_num_threads(task['threads'])
shape, train, pad, crop = task['shape'], task['train'], task['pad'], task['crop']
pixels = numpy.fromfile(f'{folder}/images.bin', dtype=numpy.uint8).reshape(-1, *shape)
images = torch.from_numpy(pixels).float()
images = (images - images.mean((0, 2, 3), keepdim=True)) / images.std((0, 2, 3), keepdim=True)
if task['side'] != shape[1]:
    images = F.interpolate(images, size=task['side'], mode='bilinear', antialias=True)
images = images.contiguous(memory_format=torch.channels_last)
labels = torch.tensor(task['labels'])
padded = F.pad(images[:train], (pad, pad, pad, pad)).permute(0, 2, 3, 1).contiguous()
places = padded.shape[1] - crop + 1
middle = (task['side'] - crop) // 2
images = images[:, :, middle:middle + crop, middle:middle + crop].contiguous(memory_format=torch.channels_last)
rows = torch.arange(crop)


def batch(members):
    """Crop and flip, drawn for each image."""
    count = len(members)
    y, x = torch.randint(0, places, (2, count, 1))
    columns = torch.where(torch.rand(count, 1) < 0.5, rows.flip(0)[None], rows[None]) + x
    crops = padded[members[:, None, None], (rows[None] + y)[:, :, None], columns[:, None, :]]
    return crops.permute(0, 3, 1, 2), labels[members]


def errors(forward, first, last):
    with torch.no_grad():
        wrong = sum((forward(images[i:min(i + 100, last)], False).argmax(1) != labels[i:min(i + 100, last)]).sum().item()
                    for i in range(first, last, 100))
    return 100 * wrong / (last - first)


for run in task['runs']:
    parameters, forward = build(run['network'])
    o = run['optimizer']
    descent = torch.optim.SGD(parameters.values(), run['rate'], momentum=o['momentum'],
                              weight_decay=o['weightDecay'], nesterov=o['nesterov'])
    for epoch in range(run['epochs']):
        order = torch.randperm(train)
        for step in range(train // run['batchSize']):
            inputs, targets = batch(order[step * run['batchSize']:(step + 1) * run['batchSize']])
            descent.zero_grad()
            F.cross_entropy(forward(inputs), targets).backward()
            descent.step()
        if epoch + 1 in run['looks']:
            errors(forward, train, len(labels))
    errors(forward, 0, train)
    errors(forward, train, len(labels))
