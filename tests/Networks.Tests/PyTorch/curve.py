"""The first losses of a perceptron in PyTorch's float32, as its users run it.

Weights and batches are not stored: here and in LossCurveTests.cs they come from the same formula in integers.
"""

import numpy
import torch

STEPS, ROWS, WIDTH, CLASSES, DEPTH = 50, 64, 64, 10, 3
BATCHES = 8
UNIT = 8192


def integers(stream, shape):
    """Numbers from −8192 to 8191: the upper bits of MurmurHash3's finalizer, applied to stream·2²⁰ + i."""
    x = (stream << 20) + numpy.arange(numpy.prod(shape), dtype=numpy.uint32)
    x = (x ^ (x >> 16)) * numpy.uint32(0x85EBCA6B)
    x = (x ^ (x >> 13)) * numpy.uint32(0xC2B2AE35)
    x = x ^ (x >> 16)
    return (x >> 18).astype(numpy.int64).reshape(shape) - UNIT


def weight(stream, outputs):
    return torch.tensor(integers(stream, [outputs, WIDTH]) / (8 * UNIT), dtype=torch.float32)


def batches():
    """Stream 0 has the inputs of all batches; the class of a row is its largest output of the linear map of stream 1."""
    x = integers(0, [BATCHES, ROWS, WIDTH])
    labels = (x @ integers(1, [CLASSES, WIDTH]).T).argmax(2)
    return [(torch.tensor(x[i] / UNIT, dtype=torch.float32), torch.tensor(labels[i])) for i in range(BATCHES)]


def losses():
    layers = []
    for i in range(DEPTH):
        layers += [torch.nn.Linear(WIDTH, WIDTH, bias=False), torch.nn.BatchNorm1d(WIDTH), torch.nn.ReLU()]
    network = torch.nn.Sequential(*layers, torch.nn.Linear(WIDTH, CLASSES))
    linears = [layer for layer in network if isinstance(layer, torch.nn.Linear)]
    with torch.no_grad():
        for i, linear in enumerate(linears):
            linear.weight.copy_(weight(2 + i, linear.out_features))
        linears[-1].bias.zero_()
    optimizer = torch.optim.SGD(network.parameters(), lr=0.05, momentum=0.9)
    data = batches()
    for step in range(STEPS):
        x, labels = data[step % BATCHES]
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(network(x), labels)
        loss.backward()
        optimizer.step()
        yield loss.item()


def write(path):
    path.write_text("".join(str(numpy.float32(loss)) + "\n" for loss in losses()), newline="\n")
