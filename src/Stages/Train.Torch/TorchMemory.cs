namespace Pipeline.Stages.Train.Torch;

/// <summary>What is said when a device's memory is exhausted.</summary>
internal static class TorchMemory
{
    /// <summary>Whether an exception's message, which libtorch wrote, says so.</summary>
    public static bool IsExhausted(Exception exception) =>
        exception.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase)
        || exception.Message.Contains("can't allocate memory", StringComparison.OrdinalIgnoreCase);

    /// <summary>The sentence.</summary>
    public static TorchException Exhausted(Exception exception) =>
        new(
            exception.Message.Contains("CUDA", StringComparison.Ordinal)
                ? "The memory of the GPU is exhausted: choose a smaller batch_size, or train fewer runs at once."
                : "The memory of the machine is exhausted: choose a smaller batch_size, or train fewer runs at once.",
            exception
        );
}
