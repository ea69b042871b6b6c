"""The peer of the benchmark: the same trainings in PyTorch, on one thread.

usage: peer.py --version        prints PyTorch's version
       peer.py <folder>…        trains what the folders describe, one after the other

A folder holds work.json, weights.f32 (in the order of state_dict) and order.i32 (the rows, epoch by epoch); it names another
folder with inputs.f32 and labels.i32. To warm up, the script trains everything once, and again until a second has passed. Then it
prints "ready" and waits for its input to end, so that several can start at once; trains again, in the same way; and prints
"seconds=… loss=…": the time of the training steps alone (the median, where it trained several times), and the mean
loss of the last epoch's batches, averaged over the folders.

What is chosen here is what was fastest in PyTorch 1.13 on one thread: TorchScript, activations in place, an optimizer that takes
all tensors at once (foreach), rows of float32 gathered batch by batch, and no loss read while it trains.
"""

import json
import statistics
import sys
import time
from pathlib import Path

try:
    import numpy
    import torch
    from torch import nn
    from torch.nn.functional import cross_entropy
except ImportError as error:
    sys.exit(f"{sys.executable} has no module {error.name}")

LAYERS = {
    "linear": lambda layer: nn.Linear(layer["inputs"], layer["outputs"], bias=layer["has_bias"]),
    "convolution": lambda layer: nn.Conv2d(
        layer["inputs"], layer["outputs"], layer["kernel"], layer["stride"], layer["padding"], bias=layer["has_bias"]
    ),
    "max_pooling": lambda layer: nn.MaxPool2d(layer["window"], layer["stride"]),
    "flatten": lambda layer: nn.Flatten(),
    "batch_of_images": lambda layer: nn.BatchNorm2d(layer["features"]),
    "batch": lambda layer: nn.BatchNorm1d(layer["features"]),
    "layer": lambda layer: nn.LayerNorm(layer["features"]),
    "sigmoid": lambda layer: nn.Sigmoid(),
    "tanh": lambda layer: nn.Tanh(),
    "relu": lambda layer: nn.ReLU(inplace=True),
    "leaky_relu": lambda layer: nn.LeakyReLU(inplace=True),
    "gelu": lambda layer: nn.GELU(),
}


def read(path, kind):
    return torch.from_numpy(numpy.fromfile(path, dtype=kind))


class Work:
    """A training, all of its data in memory as float32."""

    def __init__(self, folder):
        self.spec = json.loads((folder / "work.json").read_text())
        rows, features = self.spec["rows"], self.spec["features"]
        data = Path(self.spec["data"])
        self.inputs = read(data / "inputs.f32", "<f4").reshape(-1, *(self.spec["image"] or [features]))
        self.labels = read(data / "labels.i32", "<i4").long()
        self.order = read(folder / "order.i32", "<i4").long().reshape(-1, rows)
        self.weights = read(folder / "weights.f32", "<f4")
        self.model = torch.jit.script(nn.Sequential(*(LAYERS[layer["kind"]](layer) for layer in self.spec["layers"])))

    def reset(self):
        """Gives the model its initial weights."""
        start = 0
        with torch.no_grad():
            for name, tensor in self.model.state_dict().items():
                if not name.endswith("num_batches_tracked"):
                    tensor.copy_(self.weights[start : start + tensor.numel()].reshape(tensor.shape))
                    start += tensor.numel()
        assert start == self.weights.numel()

    def train(self):
        """Trains from the initial weights; the seconds that the steps took, and the loss."""
        self.reset()
        model, size = self.model, self.spec["batch_size"]
        optimizer = torch.optim.SGD(
            model.parameters(), lr=self.spec["learning_rate"], momentum=self.spec["momentum"], foreach=True
        )
        start = time.perf_counter()
        for order in self.order:
            losses = []
            for first in range(0, len(order) - size + 1, size):
                rows = order[first : first + size]
                loss = cross_entropy(model(self.inputs.index_select(0, rows)), self.labels.index_select(0, rows))
                optimizer.zero_grad(set_to_none=True)
                loss.backward()
                optimizer.step()
                losses.append(loss.detach())
        seconds = time.perf_counter() - start
        return seconds, torch.stack(losses).mean().item()


def main(folders):
    torch.set_num_threads(1)
    works = [Work(Path(folder)) for folder in folders]
    least_seconds = works[0].spec["least_seconds"]

    warm = 0
    while warm < least_seconds:
        warm += sum(work.train()[0] for work in works)
    print("ready", flush=True)
    sys.stdin.read()

    times = []
    while sum(times) < least_seconds:
        results = [work.train() for work in works]
        times.append(sum(seconds for seconds, _ in results))
    loss = statistics.mean(loss for _, loss in results)
    print(f"seconds={statistics.median(times)!r} loss={loss!r}")


if __name__ == "__main__":
    if sys.argv[1:] == ["--version"]:
        print(torch.__version__)
    else:
        main(sys.argv[1:])
