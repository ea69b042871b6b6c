"""For each exported network in a folder: its name, how far PyTorch's logits are from ours, and the share of rows that both predict alike."""

import importlib.util
import json
import pathlib
import struct

import numpy
import torch


def safetensors(path):
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8:8 + length])
    assert header.pop("__metadata__")["run"]
    values = data[8 + length:]
    assert max(entry["data_offsets"][1] for entry in header.values()) == len(values)
    return {name: numpy.frombuffer(values[slice(*entry["data_offsets"])], "<f4").reshape(entry["shape"]).copy() for name, entry in header.items()}


def load(path):
    spec = importlib.util.spec_from_file_location("network", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Network().eval()


for folder in sorted(pathlib.Path.cwd().iterdir()):
    network = load(folder / "network.py")
    tensors = safetensors(folder / "network.safetensors")
    shapes = json.loads((folder / "network.json").read_text())["tensors"]
    assert {name: list(tensor.shape) for name, tensor in tensors.items()} == shapes
    assert [name for name in network.state_dict() if not name.endswith("num_batches_tracked")] == list(shapes)
    for name, tensor in tensors.items():
        assert numpy.array_equal(numpy.load(folder / "tensors" / f"{name}.npy"), tensor)
    network.load_state_dict({name: torch.from_numpy(tensor) for name, tensor in tensors.items()})
    ours = numpy.load(folder / "test_logits.npy")
    with torch.no_grad():
        theirs = network(torch.from_numpy(numpy.load(folder / "test_inputs.npy"))).numpy()
    print(folder.name, abs(ours - theirs).max() / max(1, abs(ours).max()), (ours.argmax(1) == theirs.argmax(1)).mean())
