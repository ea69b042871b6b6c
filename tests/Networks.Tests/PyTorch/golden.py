"""Writes golden/: what PyTorch makes of small networks, for GoldenTests.cs to compare the engine with.

    python3 tests/Networks.Tests/PyTorch/golden.py

PyTorch 1.13.1 of Debian 12 (python3-torch 1.13.1+dfsg) on x64 made the files that are checked in; a second run gives the same
bytes. Inputs and initial tensors are exact float32 numbers. What is expected of them is computed in float64, which is nearer to the
truth than either side's float32, and PyTorch's own float32 must agree with it, well within the tolerance that the engine has to keep.
"""

import json
import pathlib
import random
import sys

sys.dont_write_bytecode = True

import numpy
import torch

import curve
from cases import all_cases
from network import LOSSES, OPTIMIZERS, Network

FOLDER = pathlib.Path(__file__).parent / "golden"
STEPS = 10
SEEDS = 1000

# As in GoldenComparison.cs: a difference may be this share of the tensor's largest element, or of the smallest scale.
TOLERANCE = 1e-5
SMALLEST_SCALE = 1e-3

# PyTorch's own float32 takes no more than this share of it: a case that rounding upsets more shows little.
SHARE = 0.25

# No value may come as near as this to where a function or its derivative jumps: in the first step, and in the others.
FIRST_CLEARANCE, CLEARANCE = 1e-3, 1e-4


def numbers(generator, shape, low, high, decimals=3):
    """Uniform numbers of few decimals, so that the files stay small."""
    count = int(numpy.prod(shape))
    return numpy.array([round(generator.uniform(low, high), decimals) for _ in range(count)], numpy.float32).reshape(shape)


def initial_tensors(layers, generator):
    tensors = {}
    for layer in layers:
        name = layer["name"]
        if layer["kind"] in ("linear", "convolution"):
            kernel = [layer["kernel"]] * 2 if layer["kind"] == "convolution" else []
            shape = [layer["outputs"], layer["inputs"], *kernel]
            bound = (3 / numpy.prod(shape[1:])) ** 0.5
            tensors[f"{name}.weight"] = numbers(generator, shape, -bound, bound)
            if layer["bias"]:
                tensors[f"{name}.bias"] = numbers(generator, shape[:1], -0.5, 0.5)
        elif layer["kind"] == "normalization":
            channels = layer["shape"][:1]
            if layer["affine"]:
                tensors[f"{name}.weight"] = numbers(generator, channels, 0.5, 1.5)
                if layer["op"] != "rms":
                    tensors[f"{name}.bias"] = numbers(generator, channels, -0.5, 0.5)
            if layer["op"] == "batch":
                tensors[f"{name}.running_mean"] = numbers(generator, channels, -0.5, 0.5)
                tensors[f"{name}.running_var"] = numbers(generator, channels, 0.5, 1.5)
        elif layer["kind"] == "residual":
            tensors |= initial_tensors(layer["body"], generator) | initial_tensors(layer["shortcut"], generator)
    return tensors


def train(case, inputs, labels, initial, dtype):
    """What is expected, by name, as arrays; and whether all values kept clear of kinks, but used every piece of every function."""
    tensors = {name: torch.tensor(values, dtype=dtype, requires_grad="running" not in name) for name, values in initial.items()}
    parameters = {name: tensor for name, tensor in tensors.items() if tensor.requires_grad}
    x = torch.tensor(inputs, dtype=dtype, requires_grad=True)
    y = torch.tensor(labels)
    network = Network(case.layers, tensors)
    rule = case.optimizer
    optimizer = OPTIMIZERS[rule["op"]](list(parameters.values()), rule["learning_rate"], rule["weight_decay"], **rule["arguments"])
    expected = {}
    losses = []
    for step in range(STEPS):
        optimizer.zero_grad()
        logits = network(x, training=True)
        loss = LOSSES[case.loss["op"]](logits, y, **case.loss["arguments"])
        loss.backward()
        if step == 0:
            first_clearance = network.clearance
            expected |= {"logits": logits, "loss": loss.reshape(1), "inputs.gradient": x.grad}
            expected |= {f"{name}.gradient": tensor.grad for name, tensor in parameters.items()}
            expected = {name: tensor.detach().clone() for name, tensor in expected.items()}
        if rule["clip_norm"] is not None:
            norm = torch.nn.utils.clip_grad_norm_(parameters.values(), rule["clip_norm"])
            assert norm > rule["clip_norm"], f"{case.name}: clipping to {rule['clip_norm']} does nothing to a norm of {norm}."
        losses.append(loss.item())
        optimizer.step()
    expected["losses"] = torch.tensor(losses, dtype=dtype)
    expected |= {f"{name}.after": tensor.detach() for name, tensor in tensors.items()}
    expected["logits.after"] = network(x, training=False).detach()
    is_clear = first_clearance > FIRST_CLEARANCE and network.clearance > CLEARANCE and network.uses_every_piece
    return {name: tensor.numpy() for name, tensor in expected.items()}, is_clear


def error(actual, expected):
    """The largest difference, as a share of the one that is allowed."""
    return abs(actual - expected).max() / (TOLERANCE * max(SMALLEST_SCALE, abs(expected).max()))


def compute(case):
    """A case's file, as a dictionary, from the first seed whose values keep clear of kinks and of what rounding upsets."""
    for seed in range(SEEDS):
        generator = random.Random(f"{case.name} {seed}")
        inputs = numbers(generator, case.input_shape, -case.spread, case.spread, decimals=2)
        labels = [generator.randrange(case.layers[-1]["outputs"]) for _ in inputs]
        initial = initial_tensors(case.layers, generator)
        expected, is_clear = train(case, inputs, labels, initial, torch.float64)
        if is_clear:
            single, _ = train(case, inputs, labels, initial, torch.float32)
            worst, where = max((error(single[name], expected[name]), name) for name in expected)
            if worst <= SHARE:
                break
    else:
        sys.exit(f"{case.name}: no seed keeps clear of kinks and of what rounding upsets.")
    print(f"{case.name}: seed {seed}; PyTorch's float32 takes {worst:.0%} of what is allowed, in {where}")
    return {
        "name": case.name, "layers": case.layers, "optimizer": case.optimizer, "loss": case.loss, "input_shape": case.input_shape,
        "inputs": inputs, "labels": labels, "initial": initial, "expected": expected,
    }


def inline(value):
    """JSON on one line; a tensor's numbers in the shortest form that reads back as the same float32."""
    if not isinstance(value, numpy.ndarray):
        return json.dumps(value)
    return f"[{', '.join(str(number).removesuffix('.0') for number in value.astype(numpy.float32).ravel())}]"


def write(file):
    """Layers and tensors stand on a line each, so that differences can be read."""
    entries = []
    for key, value in file.items():
        match key:
            case "layers":
                lines, brackets = [inline(layer) for layer in value], "[]"
            case "initial" | "expected":
                lines, brackets = [f"{inline(name)}: {inline(tensor)}" for name, tensor in value.items()], "{}"
            case _:
                entries.append(f"  {inline(key)}: {inline(value)}")
                continue
        entries.append(f"  {inline(key)}: {brackets[0]}\n    " + ",\n    ".join(lines) + f"\n  {brackets[1]}")
    (FOLDER / f"{file['name']}.json").write_text("{\n" + ",\n".join(entries) + "\n}\n", newline="\n")


def main():
    torch.set_num_threads(1)
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    for case in all_cases():
        write(compute(case))
    curve.write(FOLDER / "first_50_losses.txt")


if __name__ == "__main__":
    main()
