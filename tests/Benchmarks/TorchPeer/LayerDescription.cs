using System.Diagnostics.CodeAnalysis;

namespace Pipeline.TorchPeer;

/// <summary>A layer: its kind, and what that kind needs.</summary>
[SuppressMessage("Performance", "CA1812", Justification = "Read from JSON.")]
internal sealed record LayerDescription(
    string Kind,
    int Inputs,
    int Outputs,
    bool HasBias,
    int Kernel,
    int Stride,
    int Padding,
    int Window,
    int Features
);
