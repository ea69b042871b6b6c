using Pipeline.Stages.Train.Torch;

namespace Pipeline.Build.Tests;

/// <summary>
/// A test of what is said where libtorch can't run. Elsewhere its programs would first have to be fetched, and it is skipped.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class WithoutLibtorchFactAttribute : FactAttribute
{
    public WithoutLibtorchFactAttribute() =>
        Skip = TorchSystem.Misfit() is null ? "libtorch can run on this system." : null;
}
