"""The golden cases: each a small network with its optimizer, its loss and the shape of its batch."""

import dataclasses
import math

from network import ACTIVATIONS


@dataclasses.dataclass
class Case:
    name: str
    layers: list
    input_shape: list
    optimizer: dict
    loss: dict
    spread: float  # inputs go from −spread to spread


def linear(outputs, bias=True):
    return {"kind": "linear", "outputs": outputs, "bias": bias}


def activation(op, **arguments):
    return {"kind": "activation", "op": op, "arguments": arguments}


def normalization(op, affine=True, **arguments):
    return {"kind": "normalization", "op": op, "arguments": arguments, "affine": affine}


def convolution(outputs, kernel, stride=1, padding=0, bias=True):
    return {"kind": "convolution", "outputs": outputs, "kernel": kernel, "stride": stride, "padding": padding, "bias": bias}


def pooling(op, window, stride):
    return {"kind": "pooling", "op": op, "window": window, "stride": stride}


def residual(body, shortcut=()):
    return {"kind": "residual", "body": list(body), "shortcut": list(shortcut)}


FLATTEN = {"kind": "flatten"}
GLOBAL_AVERAGE_POOLING = {"kind": "global_average_pooling"}


def optimizer(op, learning_rate, weight_decay=0.0, clip_norm=None, **arguments):
    return {"op": op, "arguments": arguments, "learning_rate": learning_rate, "weight_decay": weight_decay, "clip_norm": clip_norm}


def loss(op, **arguments):
    return {"op": op, "arguments": arguments}


def place(layers, shape, prefix="layers"):
    """The layers with their names and the shapes of an example that goes into each; and the shape that comes out of the last."""
    placed = []
    for i, layer in enumerate(layers):
        inputs = {"inputs": shape[0]} if "outputs" in layer else {}
        layer = {"kind": layer["kind"], "name": f"{prefix}.{i}.{layer['kind']}", "shape": shape, **inputs} | layer
        match layer["kind"]:
            case "linear":
                shape = [layer["outputs"]]
            case "convolution":
                shape = [layer["outputs"], *[(n + 2 * layer["padding"] - layer["kernel"]) // layer["stride"] + 1 for n in shape[1:]]]
            case "pooling":
                shape = [shape[0], *[(n - layer["window"]) // layer["stride"] + 1 for n in shape[1:]]]
            case "global_average_pooling":
                shape = shape[:1]
            case "flatten":
                shape = [math.prod(shape)]
            case "residual":
                layer["shortcut"], _ = place(layer["shortcut"], shape, layer["name"] + ".shortcut")
                layer["body"], shape = place(layer["body"], shape, layer["name"] + ".body")
        placed.append(layer)
    return placed, shape


SGD = optimizer("sgd", 1 / 32, momentum=0.9)


def case(name, layers, input_shape, optimizer=SGD, loss=loss("softmax_cross_entropy"), spread=2.0):
    return Case(name, place(layers, input_shape[1:])[0], input_shape, optimizer, loss, spread)


def activation_cases():
    calls = [(op, {}) for op in ACTIVATIONS] + [("leaky_relu", {"slope": 0.2}), ("elu", {"alpha": 0.5})]
    for op, arguments in calls:
        # Widely spread, so that every piece of a piecewise function is used.
        yield case("_".join(["activation", op, *arguments]), [linear(9), activation(op, **arguments), linear(4)], [7, 6],
                   optimizer("sgd", 1 / 128, momentum=0.9), spread=5.0)


def normalization_cases():
    yield from normalized("none", affine=False)
    for affine in (True, False):
        yield from normalized("batch", affine)
        yield from normalized("layer", affine)
        yield from normalized("group", affine, groups=3)
        yield from normalized("instance", affine)
        yield from normalized("rms", affine)
    yield normalized_features("normalization_batch_arguments", normalization("batch", momentum=0.25, epsilon=0.01))
    yield normalized_features("normalization_layer_epsilon", normalization("layer", epsilon=0.01))
    yield normalized_features("normalization_group_epsilon", normalization("group", groups=2, epsilon=0.01))
    yield normalized_images("normalization_instance_epsilon", normalization("instance", epsilon=0.01))
    yield normalized_features("normalization_rms_epsilon", normalization("rms", epsilon=0.01))


def normalized(op, affine, **arguments):
    layer = normalization(op, affine, **arguments)
    for is_before in (True, False):
        suffix = f"{'affine' if affine else 'plain'}_{'before' if is_before else 'after'}"
        if op != "instance":
            yield normalized_features(f"normalization_{op}_features_{suffix}", layer, is_before)
        yield normalized_images(f"normalization_{op}_images_{suffix}", layer, is_before)


# Inputs of so little variance that the epsilon which is added to it matters.
NARROW = 0.25


def normalized_features(name, layer, is_before=True):
    """A normalization of features before or after the activation. Where it would cancel a bias, or nearly, there is none."""
    bias = layer["op"] != "batch"
    return case(name, [linear(12, bias), *ordered(layer, is_before), linear(4)], [8, 6], spread=NARROW)


def normalized_images(name, layer, is_before=True):
    bias = layer["op"] not in ("batch", "instance")
    layers = [convolution(6, 3, padding=1, bias=bias), *ordered(layer, is_before), pooling("average", 2, 2), FLATTEN, linear(4)]
    return case(name, layers, [4, 2, 5, 4], spread=NARROW)


def ordered(layer, is_before):
    return [layer, activation("tanh")] if is_before else [activation("tanh"), layer]


def optimizer_cases():
    rules = {
        "sgd": optimizer("sgd", 1 / 4),
        "sgd_decay": optimizer("sgd", 1 / 4, weight_decay=0.1),
        "sgd_momentum": optimizer("sgd", 1 / 16, momentum=0.9),
        "sgd_momentum_decay": optimizer("sgd", 1 / 16, weight_decay=0.1, momentum=0.9),
        "sgd_momentum_clip": optimizer("sgd", 1 / 4, clip_norm=0.25, momentum=0.5),
        "sgd_momentum_decay_clip": optimizer("sgd", 1 / 4, weight_decay=0.1, clip_norm=0.25, momentum=0.5),
        "nesterov": optimizer("nesterov", 1 / 16, momentum=0.9),
        "nesterov_decay": optimizer("nesterov", 1 / 16, weight_decay=0.1, momentum=0.9),
        "adam": optimizer("adam", 1 / 64),
        "adam_decay": optimizer("adam", 1 / 64, weight_decay=0.1),
        "adam_arguments": optimizer("adam", 1 / 64, beta1=0.5, beta2=0.75, epsilon=1e-3),
        "adam_decay_clip": optimizer("adam", 1 / 64, weight_decay=0.1, clip_norm=0.25, epsilon=1e-3),
        "adamw": optimizer("adamw", 1 / 64),
        "adamw_decay": optimizer("adamw", 1 / 64, weight_decay=0.1),
        "adamw_arguments_decay": optimizer("adamw", 1 / 64, weight_decay=0.1, beta1=0.5, beta2=0.75, epsilon=1e-3),
    }
    for name, rule in rules.items():
        yield case(f"optimizer_{name}", [linear(9), activation("tanh"), linear(4)], [7, 6], rule)
    # Scales and shifts decay too.
    for name in ("sgd_decay", "adamw_decay"):
        yield case(f"optimizer_{name}_of_scales", [linear(9), normalization("layer"), activation("tanh"), linear(4)], [7, 6], rules[name])


def loss_cases():
    for name, function in {
        "softmax_cross_entropy": loss("softmax_cross_entropy"),
        "softmax_cross_entropy_smoothing": loss("softmax_cross_entropy", smoothing=0.1),
        "mean_squared_error": loss("mean_squared_error"),
    }.items():
        yield case(f"loss_{name}", [linear(9), activation("tanh"), linear(5)], [7, 6], loss=function)


def mlp_cases():
    hidden = [linear(8, bias=False), normalization("batch"), activation("relu")]
    yield case("mlp_batch", [*hidden * 3, linear(4)], [8, 6])
    block = [linear(8, bias=False), normalization("batch"), activation("relu"), linear(8, bias=False), normalization("batch")]
    yield case("mlp_residual", [linear(8), residual(block), activation("relu"), linear(4)], [8, 6])
    yield case("mlp_residual_projection", [residual(block, [linear(8)]), activation("relu"), linear(4)], [8, 6])


def cnn_cases():
    for kernel, stride, padding in [(1, 1, 0), (2, 2, 0), (3, 1, 0), (3, 3, 1), (5, 1, 2), (4, 3, 2)]:
        yield case(f"convolution_{kernel}_stride_{stride}_padding_{padding}",
                   [convolution(5, kernel, stride, padding), activation("tanh"), GLOBAL_AVERAGE_POOLING, linear(4)], [3, 3, 7, 5])
    for op, window, stride in [("max", 2, 2), ("max", 3, 2), ("max", 2, 3), ("average", 2, 2), ("average", 3, 1), ("average", 2, 3)]:
        yield case(f"pooling_{op}_{window}_stride_{stride}",
                   [convolution(3, 1), pooling(op, window, stride), activation("tanh"), FLATTEN, linear(4)], [3, 2, 9, 7])
    yield case("flatten_of_channels", [FLATTEN, linear(4)], [4, 3, 5, 4])

    stem = [convolution(4, 3, padding=1, bias=False), normalization("batch"), activation("relu")]
    strided = [convolution(5, 3, stride=2, padding=1, bias=False), normalization("batch"), activation("relu")]
    yield case("cnn_average", [*stem, pooling("max", 2, 1), *strided, pooling("average", 2, 2), FLATTEN, linear(4)], [3, 3, 9, 7])
    yield case("cnn_global", [*stem, pooling("max", 3, 2), *strided, GLOBAL_AVERAGE_POOLING, linear(4)], [3, 3, 9, 7])

    same = [convolution(4, 3, padding=1, bias=False), normalization("batch")]
    halved = [convolution(4, 3, stride=2, padding=1, bias=False), normalization("batch")]
    projection = [convolution(4, 1, stride=2, bias=False), normalization("batch")]
    end = [activation("relu"), GLOBAL_AVERAGE_POOLING, linear(4)]
    yield case("cnn_residual", [*stem, residual([*same, activation("relu"), *same]), *end], [3, 3, 7, 5])
    yield case("cnn_residual_projection", [*stem, residual([*halved, activation("relu"), *same], projection), *end], [3, 3, 7, 5])


def all_cases():
    return [*activation_cases(), *normalization_cases(), *optimizer_cases(), *loss_cases(), *mlp_cases(), *cnn_cases()]
