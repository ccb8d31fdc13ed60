"""Trains described networks in PyTorch (double precision), for the parity tests of the ONNX engine.

    STRATA_TORCH_FIXTURE=write npx vitest run packages/core/test/engine/onnx/torch-parity.test.ts

writes the descriptions and calls this: train.py < descriptions.json > ../../../fixtures/onnx-torch.json
"""
import json
import sys

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
SAMPLES = 12


def window(layer):
    w = layer['window']
    top, bottom, left, right = w['padding']
    return w['size'], w['stride'], (left, right, top, bottom)


def compute(node, inputs, variables, mask):
    """Without a mask the network is evaluated: running statistics, no dropout."""
    layer, name, x = node['layer'], node['name'], inputs[0]
    kind = layer['kind']
    if kind == 'convolution':
        _, stride, padding = window(layer)
        bias = variables.get(name + '.bias')
        return F.conv2d(F.pad(x, padding), variables[name + '.weight'], bias, stride, groups=layer['groups'])
    if kind == 'dense':
        y = F.linear(x.flatten(1), variables[name + '.weight'], variables.get(name + '.bias'))
        return y[:, :, None, None]
    if kind == 'relu':
        return F.relu(x)
    if kind == 'tanh':
        return torch.tanh(x)
    if kind == 'scaledTanh':
        return layer['amplitude'] * torch.tanh(layer['slope'] * x)
    if kind == 'channelScale':
        return x * variables[name + '.weight'][:, None, None] + variables[name + '.bias'][:, None, None]
    if kind == 'paddedShortcut':
        step = layer['stride']
        return F.pad(x[:, :, ::step, ::step], (0, 0, 0, 0, 0, layer['channels'] - x.shape[1]))
    if kind == 'partialConvolution':
        _, stride, padding = window(layer)
        kernels = variables[name + '.weight'].split([len(seen) for seen in layer['connections']])
        x = F.pad(x, padding)
        maps = [F.conv2d(x[:, seen], k[None], stride=stride) for seen, k in zip(layer['connections'], kernels)]
        return torch.cat(maps, 1) + variables[name + '.bias'][:, None, None]
    if kind == 'maxPool':
        size, stride, padding = window(layer)
        return F.max_pool2d(F.pad(x, padding, value=-torch.inf), size, stride)
    if kind == 'averagePool':
        size, stride, padding = window(layer)
        return F.avg_pool2d(F.pad(x, padding), size, stride)
    if kind == 'globalAveragePool':
        return x.mean((2, 3), keepdim=True)
    if kind == 'localResponseNorm':
        # PyTorch divides alpha by the size; the network does not.
        return F.local_response_norm(x, layer['size'], layer['alpha'] * layer['size'], layer['beta'], layer['k'])
    if kind == 'batchNorm':
        mean, var = variables[name + '.running_mean'], variables[name + '.running_var']
        weight, bias = variables[name + '.weight'], variables[name + '.bias']
        return F.batch_norm(x, mean, var, weight, bias, mask is not None, 1 - layer['momentum'], 1e-5)
    if kind == 'dropout':
        return x if mask is None else x * torch.tensor(mask[name]).reshape(x.shape)
    if kind == 'add':
        return sum(inputs[1:], inputs[0])
    if kind == 'concat':
        return torch.cat(inputs, 1)
    if kind == 'flatten':
        return x.flatten(1)[:, :, None, None]
    raise ValueError(kind)


def forward(network, images, variables, mask):
    values = {'image': images}
    for node in network['nodes']:
        values[node['name']] = compute(node, [values[i] for i in node['inputs']], variables, mask)
    return values[network['nodes'][-1]['name']].flatten(1)


def descend(optimizer, rate, parameter, role, velocity):
    decays = optimizer['decayOn'] == 'all' or role == 'weight'
    slope = parameter.grad + (optimizer['weightDecay'] * parameter if decays else 0)
    m = optimizer['momentum']
    if optimizer['form'] == 'scaled-velocity':
        velocity.mul_(m).sub_(rate * slope)
        parameter.add_(m * velocity - rate * slope if optimizer['nesterov'] else velocity)
    else:
        velocity.mul_(m).add_(slope)
        parameter.sub_(rate * (slope + m * velocity if optimizer['nesterov'] else velocity))


def digest(tensor):
    flat = tensor.detach().flatten()
    count = min(SAMPLES, len(flat))
    distance = max(1, len(flat) // SAMPLES)
    short = lambda x: float('%.7g' % x)
    return {'norm': short(flat.norm().item()), 'sample': [short(flat[i * distance].item()) for i in range(count)]}


def train(course):
    network, optimizer = course['network'], course['optimizer']
    nodes = network['nodes']
    images = torch.tensor(course['images']).reshape(-1, *network['input'])
    labels = torch.tensor(course['labels'])
    roles = {f"{n['name']}.{p['name']}": p['role'] for n in nodes for p in n['parameters']}
    parameters = {t['name']: torch.tensor(t['data']).reshape(t['shape']).requires_grad_() for t in course['state']}
    velocities = {name: torch.zeros_like(p) for name, p in parameters.items()}
    statistics = {f"{n['name']}.{s['name']}": torch.full(s['shape'], float(s['initial']))
                  for n in nodes for s in n['statistics']}
    losses, gradients = [], {}
    for step, mask in enumerate(course['masks']):
        for p in parameters.values():
            p.grad = None
        loss = F.cross_entropy(forward(network, images, {**parameters, **statistics}, mask), labels)
        loss.backward()
        losses.append(loss.item())
        if step == 0:
            gradients = {name: digest(p.grad) for name, p in parameters.items()}
        with torch.no_grad():
            for name, p in parameters.items():
                descend(optimizer, course['learningRate'], p, roles[name], velocities[name])
    state = {**parameters, **{name + '.momentum': v for name, v in velocities.items()}, **statistics}
    with torch.no_grad():
        logits = forward(network, images, {**parameters, **statistics}, None)
    return {'losses': losses, 'gradients': gradients, 'logits': {'logits': digest(logits)},
            'state': {name: digest(t) for name, t in state.items()}}


if __name__ == '__main__':
    courses = {course['title']: train(course) for course in json.load(sys.stdin)}
    json.dump(courses, sys.stdout, indent=None, separators=(',', ':'))
