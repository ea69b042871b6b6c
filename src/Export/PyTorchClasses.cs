namespace Pipeline.Export;

/// <summary>A class or function of Python that a generated file defines where it uses it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Source">Its source.</param>
internal sealed record PyTorchClass(string Name, string Source);

/// <summary>What torch.nn has no class for, in Python.</summary>
internal static class PyTorchClasses
{
    public static PyTorchClass HardThreshold { get; } =
        new(
            "HardThreshold",
            """"
            class HardThreshold(nn.Module):
                """1 for x > 0, else 0. The gradient goes straight through, times the slope."""

                def __init__(self, slope=1):
                    super().__init__()
                    self.slope = slope

                def forward(self, x):
                    return (x > 0).to(x.dtype) + self.slope * (x - x.detach())
            """"
        );

    public static PyTorchClass SigmoidTable { get; } =
        new(
            "SigmoidTable",
            """"
            class SigmoidTable(nn.Module):
                """The sigmoid of the nearest of points that divide -8 ... 8 evenly. The gradient is y * (1 - y)."""

                def __init__(self, size):
                    super().__init__()
                    self.register_buffer("table", torch.sigmoid(16 * torch.arange(size) / (size - 1) - 8), persistent=False)

                def forward(self, x):
                    density = (len(self.table) - 1) / 16
                    y = self.table[((x.detach().clamp(-8, 8) + 8) * density + 0.5).long()]
                    return y + y * (1 - y) * (x - x.detach())
            """"
        );

    public static PyTorchClass RmsNorm { get; } =
        new(
            "RmsNorm",
            """"
            class RmsNorm(nn.Module):
                """x / sqrt(mean(x * x) + eps) with the mean over all values of a row, times a weight per channel."""

                def __init__(self, channels, eps=1e-5, affine=True):
                    super().__init__()
                    self.eps = eps
                    self.register_parameter("weight", nn.Parameter(torch.ones(channels)) if affine else None)

                def forward(self, x):
                    squares = x.square().mean(dim=tuple(range(1, x.dim())), keepdim=True)
                    y = x / torch.sqrt(squares + self.eps)
                    return y if self.weight is None else y * self.weight.view(-1, *[1] * (x.dim() - 2))
            """"
        );

    public static PyTorchClass Unwritten { get; } =
        new(
            "Unwritten",
            """"
            class Unwritten(nn.Module):
                """An operation that has no form in PyTorch yet: write its forward here."""

                def __init__(self, operation):
                    super().__init__()
                    self.operation = operation

                def forward(self, x):
                    raise NotImplementedError(f"{self.operation} has no form in PyTorch yet: write it in Unwritten.forward")
            """"
        );

    public static PyTorchClass Residual { get; } =
        new(
            "Residual",
            """"
            class Residual(nn.Module):
                """body(x) + shortcut(x), then the other modules, one after the other."""

                def __init__(self, body, shortcut, **others):
                    super().__init__()
                    self.body = body
                    self.shortcut = shortcut
                    self.others = list(others)
                    for name, module in others.items():
                        self.add_module(name, module)

                def forward(self, x):
                    x = self.body(x) + self.shortcut(x)
                    for name in self.others:
                        x = getattr(self, name)(x)
                    return x
            """"
        );

    public static PyTorchClass Named { get; } =
        new(
            "named",
            """"
            def named(**modules):
                """Modules one after the other, by name."""
                return nn.Sequential(OrderedDict(modules))
            """"
        );
}
