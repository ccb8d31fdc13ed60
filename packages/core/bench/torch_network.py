"""A described network in PyTorch: channels last, every layer kind that the benches train."""
import torch
import torch.nn.functional as F


def make(name, shape, role, fan_in):
    if role == 'scale':
        return torch.ones(shape)
    tensor = torch.zeros(shape) if role == 'bias' else torch.randn(shape) * (2 / fan_in) ** 0.5
    return tensor.contiguous(memory_format=torch.channels_last) if len(shape) == 4 else tensor


def window(x, layer, value=0.0):
    """Size, stride and symmetric padding; other padding is added to x beforehand."""
    w = layer['window']
    top, bottom, left, right = w['padding']
    if top == bottom and left == right and value == 0.0:
        return x, w['size'], w['stride'], (top, left)
    return F.pad(x, (left, right, top, bottom), value=value), w['size'], w['stride'], (0, 0)


def build(network):
    """Its parameters by name, and a function from images (and whether it is trained) to logits."""
    nodes = network['nodes']
    readers = {}
    for node in nodes:
        for name in node['inputs']:
            readers[name] = readers.get(name, 0) + 1
    parameters = {f"{n['name']}.{p['name']}": make(p['name'], p['shape'], p['role'], p['fanIn']).requires_grad_()
                  for n in nodes for p in n['parameters']}
    statistics = {f"{n['name']}.{s['name']}": torch.full(s['shape'], float(s['initial']))
                  for n in nodes for s in n['statistics']}

    def compute(node, inputs, training):
        layer, name, x = node['layer'], node['name'], inputs[0]
        kind = layer['kind']
        if kind == 'convolution':
            x, _, stride, padding = window(x, layer)
            weight, bias = parameters[name + '.weight'], parameters.get(name + '.bias')
            return F.conv2d(x, weight, bias, stride, padding, groups=layer['groups'])
        if kind == 'dense':
            return F.linear(x.flatten(1), parameters[name + '.weight'], parameters.get(name + '.bias'))
        if kind == 'relu':
            return F.relu(x, inplace=readers[node['inputs'][0]] == 1)
        if kind == 'tanh':
            return torch.tanh(x)
        if kind == 'maxPool':
            x, size, stride, padding = window(x, layer)
            return F.max_pool2d(x, size, stride, padding)
        if kind == 'averagePool':
            x, size, stride, padding = window(x, layer)
            return F.avg_pool2d(x, size, stride, padding)
        if kind == 'globalAveragePool':
            return x.mean((2, 3), keepdim=True)
        if kind == 'localResponseNorm':
            return F.local_response_norm(x, layer['size'], layer['alpha'] * layer['size'], layer['beta'], layer['k'])
        if kind == 'batchNorm':
            mean, var = statistics[name + '.running_mean'], statistics[name + '.running_var']
            weight, bias = parameters[name + '.weight'], parameters[name + '.bias']
            return F.batch_norm(x, mean, var, weight, bias, training, 1 - layer['momentum'], 1e-5)
        if kind == 'dropout':
            return F.dropout(x, layer['rate'], training)
        if kind == 'add':
            return sum(inputs[1:], inputs[0])
        if kind == 'concat':
            return torch.cat(inputs, 1)
        if kind == 'flatten':
            return x.flatten(1)
        raise ValueError(kind)

    def forward(images, training=True):
        values = {'image': images}
        for node in nodes:
            values[node['name']] = compute(node, [values[i] for i in node['inputs']], training)
        return values[nodes[-1]['name']].flatten(1)

    return parameters, forward
