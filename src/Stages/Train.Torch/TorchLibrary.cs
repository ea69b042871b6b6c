using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using TorchSharp;

namespace Pipeline.Stages.Train.Torch;

/// <summary>The native library libtorch, which TorchSharp calls.</summary>
public static partial class TorchLibrary
{
    private static readonly Lazy<TorchException?> Failure = new(TryLoad);

    /// <summary>Why libtorch can't be loaded and what helps, as one sentence, or null when it can. Loads it.</summary>
    public static string? Misfit => Failure.Value?.Message;

    /// <summary>Loads libtorch, once for the process.</summary>
    /// <exception cref="TorchException">It can't be loaded; the message says why and what helps.</exception>
    public static void Load()
    {
        if (Failure.Value is { } failure)
            throw new TorchException(failure.Message, failure.InnerException);
    }

    // TorchSharp blames a missing package whatever the cause, so the system is asked itself.
    private static TorchException? TryLoad()
    {
        if (TorchSystem.Misfit() is { } misfit)
            return new(misfit);
        try
        {
            torch.InitializeDeviceType(DeviceType.CPU);
            return null;
        }
        catch (Exception e)
        {
            return new(Sentence(Cause()), e);
        }
    }

    /// <summary>What the system's loader says of the first library that it can't load.</summary>
    private static string? Cause()
    {
        foreach (var library in (string[])["torch_cpu", "torch", "LibTorchSharp"])
        {
            try
            {
                NativeLibrary.Load(library, typeof(torch).Assembly, searchPath: null);
            }
            catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
            {
                return e.Message;
            }
        }
        return null;
    }

    /// <summary>The sentence for what the loader said.</summary>
    internal static string Sentence(string? cause)
    {
        if (cause is null)
            return "libtorch can't be loaded, though its libraries can: the packages TorchSharp and libtorch don't belong together.";
        if (MissingVersion().Match(cause) is { Success: true } version)
            return $"libtorch can't be loaded: {Path.GetFileName(version.Groups["library"].Value)} of this system lacks {version.Groups["version"].Value}. "
                + TorchSystem.Remedy;
        var missing = MissingLibrary()
            .Matches(cause)
            .Select(match => Path.GetFileName(match.Groups["library"].Value))
            .FirstOrDefault(library => !library.Contains("torch", StringComparison.OrdinalIgnoreCase));
        if (missing is not null)
            return $"libtorch can't be loaded: this system lacks the library {missing}; install the package that holds it.";
        return "libtorch is not there: build with the property Torch=cpu, or Torch=cuda for an NVIDIA GPU.";
    }

    [GeneratedRegex(
        @"(?<library>[^\s:]+): version [`'](?<version>[^']+)' not found",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex MissingVersion();

    [GeneratedRegex(
        @"(?<library>[^\s:]+\.so[^\s:]*): cannot open shared object file",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex MissingLibrary();
}
