using Pipeline.Networks;
using Pipeline.Stages.Train.Torch;
using TorchSharp;

namespace Pipeline.Train.Torch.Tests;

/// <summary>The native library, where there is one.</summary>
internal static class Libtorch
{
    /// <summary>What is compared with the managed backend: the device that PIPELINE_TORCH_DEVICE names, else the processor.</summary>
    public static string Device { get; } =
        Environment.GetEnvironmentVariable("PIPELINE_TORCH_DEVICE") is { Length: > 0 } named ? named : "cpu";

    private static readonly Lazy<Backend> OnDevice = new(() => TorchBackend.On(Device));

    /// <summary>Whether it is a GPU.</summary>
    public static bool IsGpu => Device != "cpu";

    /// <summary>The device as torch has it.</summary>
    public static torch.Device Place => torch.device(Device);

    /// <summary>Why a test that computes is skipped, or null. Where PIPELINE_REQUIRE_TORCH is 1 none is: it fails instead.</summary>
    public static string? Skip { get; } =
        Environment.GetEnvironmentVariable("PIPELINE_REQUIRE_TORCH") == "1" ? null : TorchLibrary.Misfit;

    /// <summary>The backend on the device.</summary>
    public static Backend Backend => OnDevice.Value;

    /// <summary>A scope for a test that computes without a network, with the backend's settings.</summary>
    public static DisposeScope Scope()
    {
        _ = Backend;
        return torch.NewDisposeScope();
    }
}

/// <summary>A test that computes with libtorch.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TorchFactAttribute : FactAttribute
{
    public TorchFactAttribute() => Skip = Libtorch.Skip;
}

/// <summary>A test of several cases that computes with libtorch.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TorchTheoryAttribute : TheoryAttribute
{
    public TorchTheoryAttribute() => Skip = Libtorch.Skip;
}
