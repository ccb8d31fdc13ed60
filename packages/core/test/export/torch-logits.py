"""Logits of an exported network in PyTorch, for the tests of the exports.

    torch-logits.py model.safetensors < {"network": ..., "images": [...]}

The few lines that read the file are all that its format asks for (https://github.com/huggingface/safetensors).
"""
import json
import pathlib
import struct
import sys

import numpy
import torch

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / 'engine' / 'onnx' / 'torch'))
from train import compute  # noqa: E402


def load(file):
    data = pathlib.Path(file).read_bytes()
    (length,) = struct.unpack('<Q', data[:8])
    header = json.loads(data[8 : 8 + length])
    header.pop('__metadata__', None)
    tensors = {}
    for name, entry in header.items():
        start, end = (8 + length + at for at in entry['data_offsets'])
        values = numpy.frombuffer(data[start:end], dtype='<f4').reshape(entry['shape'])
        tensors[name] = torch.tensor(values, dtype=torch.float64)
    return tensors


def main():
    asked = json.load(sys.stdin)
    network = asked['network']
    variables = load(sys.argv[1])
    outputs = {'image': torch.tensor(asked['images']).reshape(-1, *network['input'])}
    with torch.no_grad():
        for node in network['nodes']:
            inputs = [outputs[name] for name in node['inputs']]
            outputs[node['name']] = compute(node, inputs, variables, None)
    json.dump(outputs[network['nodes'][-1]['name']].flatten().tolist(), sys.stdout)


main()
