"""What the layers, losses and optimizers of a golden case mean in PyTorch.

A layer is a dictionary with a kind and a name; its tensors stand in another dictionary, named as in PyTorch's state_dict.
"""

import math

import torch
import torch.nn.functional as F


class HardThreshold(torch.autograd.Function):
    """1 for x > 0, else 0; the gradient goes straight through."""

    @staticmethod
    def forward(context, x):
        return (x > 0).to(x.dtype)

    @staticmethod
    def backward(context, dy):
        return dy


ACTIVATIONS = {
    "identity": lambda x: x,
    "hard_threshold": HardThreshold.apply,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "hard_sigmoid": F.hardsigmoid,
    "relu": F.relu,
    "leaky_relu": lambda x, slope=0.01: F.leaky_relu(x, slope),
    "elu": F.elu,
    "selu": F.selu,
    "softplus": F.softplus,
    "gelu": F.gelu,
    "gelu_tanh": lambda x: F.gelu(x, approximate="tanh"),
    "silu": F.silu,
    "mish": F.mish,
    "relu6": F.relu6,
    "hard_swish": F.hardswish,
}

# Where an activation or its derivative jumps.
KINKS = {
    "hard_threshold": [0],
    "hard_sigmoid": [-3, 3],
    "relu": [0],
    "leaky_relu": [0],
    "elu": [0],
    "selu": [0],
    "relu6": [0, 6],
    "hard_swish": [-3, 3],
}


def batch_norm(x, weight, bias, mean, variance, training, momentum=0.1, epsilon=1e-5):
    return F.batch_norm(x, mean, variance, weight, bias, training, momentum, epsilon)


def layer_norm(x, weight, bias, *_, epsilon=1e-5):
    return F.layer_norm(x, x.shape[1:], weight, bias, epsilon) if x.dim() == 2 else F.group_norm(x, 1, weight, bias, epsilon)


def group_norm(x, weight, bias, *_, groups, epsilon=1e-5):
    return F.group_norm(x, groups, weight, bias, epsilon)


def instance_norm(x, weight, bias, *_, epsilon=1e-5):
    return F.instance_norm(x, weight=weight, bias=bias, eps=epsilon)


def rms_norm(x, weight, *_, epsilon=1e-5):
    y = x / torch.sqrt(x.square().flatten(1).mean(1) + epsilon).reshape(-1, *[1] * (x.dim() - 1))
    return y if weight is None else y * weight.reshape(-1, *[1] * (x.dim() - 2))


NORMALIZATIONS = {
    "none": lambda x, *_: x,
    "batch": batch_norm,
    "layer": layer_norm,
    "group": group_norm,
    "instance": instance_norm,
    "rms": rms_norm,
}

LOSSES = {
    "softmax_cross_entropy": lambda logits, labels, smoothing=0.0: F.cross_entropy(logits, labels, label_smoothing=smoothing),
    "mean_squared_error": lambda logits, labels: F.mse_loss(logits, F.one_hot(labels, logits.shape[1]).to(logits.dtype)),
}


def adam(kind):
    return lambda parameters, rate, decay, beta1=0.9, beta2=0.999, epsilon=1e-8: kind(
        parameters, rate, (beta1, beta2), epsilon, decay)


def sgd(nesterov):
    return lambda parameters, rate, decay, momentum=0: torch.optim.SGD(
        parameters, rate, momentum, weight_decay=decay, nesterov=nesterov)


OPTIMIZERS = {"sgd": sgd(False), "nesterov": sgd(True), "adam": adam(torch.optim.Adam), "adamw": adam(torch.optim.AdamW)}


class Network:
    """A list of layers and its tensors. It notes how near its values come to a kink."""

    def __init__(self, layers, tensors):
        self.layers = layers
        self.tensors = tensors
        self.clearance = math.inf
        self.uses_every_piece = True

    def __call__(self, x, training):
        return self.chain(self.layers, x, training)

    def chain(self, layers, x, training):
        for layer in layers:
            x = getattr(self, layer["kind"])(layer, x, training)
        return x

    def tensor(self, layer, name):
        return self.tensors.get(f"{layer['name']}.{name}")

    def linear(self, layer, x, training):
        return F.linear(x, self.tensor(layer, "weight"), self.tensor(layer, "bias"))

    def convolution(self, layer, x, training):
        return F.conv2d(x, self.tensor(layer, "weight"), self.tensor(layer, "bias"), layer["stride"], layer["padding"])

    def activation(self, layer, x, training):
        for kink in KINKS.get(layer["op"], []):
            self.clearance = min(self.clearance, (x - kink).abs().min().item())
            self.uses_every_piece &= x.min().item() < kink < x.max().item()
        return ACTIVATIONS[layer["op"]](x, **layer["arguments"])

    def normalization(self, layer, x, training):
        tensors = [self.tensor(layer, name) for name in ("weight", "bias", "running_mean", "running_var")]
        return NORMALIZATIONS[layer["op"]](x, *tensors, training, **layer["arguments"])

    def pooling(self, layer, x, training):
        window, stride = layer["window"], layer["stride"]
        if layer["op"] == "average":
            return F.avg_pool2d(x, window, stride)
        largest = x.unfold(2, window, stride).unfold(3, window, stride).flatten(4).topk(2).values
        gaps = largest[..., 0] - largest[..., 1]
        # Equal values are zeros that a ReLU made, and it lets none of their gradients through.
        self.clearance = min([self.clearance, *gaps[gaps > 0].tolist()])
        return F.max_pool2d(x, window, stride)

    def global_average_pooling(self, layer, x, training):
        return x.mean((2, 3))

    def flatten(self, layer, x, training):
        return x.flatten(1)

    def residual(self, layer, x, training):
        return self.chain(layer["body"], x, training) + self.chain(layer["shortcut"], x, training)
