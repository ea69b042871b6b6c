namespace Pipeline.Tests;

/// <summary>A test against NumPy and PyTorch. Where there are none it says so and is skipped, but in CI it fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PyTorchFactAttribute : FactAttribute
{
    public PyTorchFactAttribute() => Skip = Python.WhyNoPyTorch;
}

/// <summary>A test of several cases against NumPy and PyTorch, likewise.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PyTorchTheoryAttribute : TheoryAttribute
{
    public PyTorchTheoryAttribute() => Skip = Python.WhyNoPyTorch;
}
