using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Pipeline.Artifacts;

namespace Pipeline.Executors.Workers;

/// <summary>Where torch computes.</summary>
/// <param name="Names">Devices as torch names them: <c>cpu</c>, or <c>cuda:0</c> and so on; at least one.</param>
/// <param name="Model">What they are, all of one model: <c>cpu</c>, or the GPU's name.</param>
public sealed record TorchDevices(IReadOnlyList<string> Names, string Model)
{
    /// <summary>Whether they are GPUs.</summary>
    public bool AreGpus => Names[0] != "cpu";

    /// <summary>The devices that the command line names.</summary>
    /// <param name="device">
    /// <c>cpu</c>, <c>cuda</c>, <c>cuda:1</c> or <c>auto</c>, which is <c>cuda</c> where there is a
    /// GPU; null for <c>cpu</c>.
    /// </param>
    /// <param name="numbers">The numbers of several GPUs, such as <c>0,1</c>; null for those that <paramref name="device"/> names.</param>
    /// <exception cref="PipelineException">There is no such device, or GPUs are of several models.</exception>
    public static TorchDevices Of(string? device, string? numbers) => Of(device, numbers, Gpus);

    internal static TorchDevices Of(string? device, string? numbers, Func<IReadOnlyList<string>> gpus)
    {
        if (numbers is null && (device is null or "cpu" || (device == "auto" && gpus().Count == 0)))
            return new(["cpu"], "cpu");
        if (numbers is not null && device is not (null or "cuda"))
            throw new PipelineException($"--devices={numbers} names GPUs, but --device={device}: give one of them.");
        var chosen = numbers is null ? [One(device!)] : Several(numbers);
        var models = gpus();
        if (
            chosen.Where(number => number >= models.Count).Select(number => (int?)number).FirstOrDefault() is { } absent
        )
        {
            throw new PipelineException(
                models.Count == 0
                    ? "There is no GPU here, or its driver is missing (nvidia-smi lists none): choose --device=cpu."
                    : $"There is no GPU {absent} here: nvidia-smi lists {models.Count}, from 0."
            );
        }
        var kinds = chosen.Select(number => models[number]).Distinct(StringComparer.Ordinal).ToArray();
        return kinds.Length == 1
            ? new([.. chosen.Select(number => string.Create(CultureInfo.InvariantCulture, $"cuda:{number}"))], kinds[0])
            : throw new PipelineException(
                $"--devices={numbers} are of several models ({string.Join(", ", kinds)}), whose results may differ: choose GPUs of one."
            );
    }

    private static int One(string device) =>
        device switch
        {
            "cuda" or "auto" => 0,
            _ when device.StartsWith("cuda:", StringComparison.Ordinal) && Number(device[5..]) is { } number => number,
            _ => throw new PipelineException($"--device={device} is not possible: it is cpu, cuda, cuda:<n> or auto."),
        };

    private static int[] Several(string numbers)
    {
        var several = Array.ConvertAll(numbers.Split(','), Number);
        return Array.Exists(several, number => number is null) || several.Distinct().Count() < several.Length
            ? throw new PipelineException($"--devices={numbers} is not possible: write numbers of GPUs such as 0,1.")
            : Array.ConvertAll(several, number => number!.Value);
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>
    /// Of GPUs the models of those that <c>CUDA_VISIBLE_DEVICES</c> leaves, in its order, by which CUDA numbers them; it ends at the first
    /// that there isn't.
    /// </summary>
    /// <param name="lines">What nvidia-smi says of each: number, UUID, model.</param>
    /// <param name="visible">The variable's value: numbers, or beginnings of UUIDs; null for all.</param>
    internal static IReadOnlyList<string> Visible(IEnumerable<string> lines, string? visible)
    {
        string[][] gpus = [.. lines.Select(line => line.Split(", ", 3)).Where(gpu => gpu.Length == 3)];
        return
        [
            .. visible is null
                ? gpus.Select(gpu => gpu[2])
                : visible
                    .Split(',', StringSplitOptions.TrimEntries)
                    .Select(asked =>
                        Array.Find(
                            gpus,
                            gpu =>
                                gpu[0] == asked
                                || (
                                    asked.StartsWith("GPU-", StringComparison.Ordinal)
                                    && gpu[1].StartsWith(asked, StringComparison.Ordinal)
                                )
                        )
                    )
                    .TakeWhile(gpu => gpu is not null)
                    .Select(gpu => gpu![2]),
        ];
    }

    /// <summary>The models of the GPUs that CUDA lists here, by its numbers; none where there is no driver.</summary>
    public static IReadOnlyList<string> Gpus()
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo("nvidia-smi", ["--query-gpu=index,uuid,name", "--format=csv,noheader"])
                {
                    UseShellExecute = false,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                }
            )!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            var lines = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0
                ? Visible(
                    lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
                    Environment.GetEnvironmentVariable("CUDA_VISIBLE_DEVICES")
                )
                : [];
        }
        catch (Win32Exception)
        {
            return [];
        }
    }
}
