namespace Pipeline.Executors.Workers;

/// <summary>The program that trains runs in a process of its own.</summary>
/// <param name="Path">Its assembly, Pipeline.Worker.dll.</param>
/// <param name="Backend">The name of the backend that it trains with.</param>
/// <param name="Devices">
/// The devices to train on, such as <c>cpu</c>, or <c>cuda:0</c> and <c>cuda:1</c>: a worker uses one of them.
/// </param>
public sealed record WorkerProgram(string Path, string Backend, IReadOnlyList<string> Devices)
{
    /// <summary>What starts it: the dotnet that runs this process.</summary>
    public static string Dotnet { get; } =
        System.Environment.ProcessPath is { } path && System.IO.Path.GetFileNameWithoutExtension(path) == "dotnet"
            ? path
            : "dotnet";

    // Of each process: one thread, since there are as many workers as are to run at once; sums in one order on GPUs, and
    // these counted as nvidia-smi does.
    internal static IReadOnlyDictionary<string, string> Environment { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["OMP_NUM_THREADS"] = "1",
            ["MKL_NUM_THREADS"] = "1",
            ["CUBLAS_WORKSPACE_CONFIG"] = ":4096:8",
            ["CUDA_DEVICE_ORDER"] = "PCI_BUS_ID",
        };
}
