using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Pipeline.Artifacts;

namespace Pipeline.Diff;

/// <summary>Asks git about a folder; nothing is ever written.</summary>
/// <param name="folder">The folder in which git is started.</param>
internal sealed class Git(string folder)
{
    private static readonly string[] Settings =
    [
        "-c",
        "core.quotePath=false",
        "-c",
        "core.autocrlf=false",
        "-c",
        "log.showSignature=false",
        "-c",
        "color.ui=false",
    ];

    /// <summary>What git prints.</summary>
    /// <exception cref="PipelineException">git is missing or fails.</exception>
    public byte[] Bytes(params IReadOnlyList<string> arguments) => Answer("", arguments);

    /// <summary>What git prints after it has read an input.</summary>
    /// <exception cref="PipelineException">git is missing or fails.</exception>
    public byte[] Answer(string input, params IReadOnlyList<string> arguments)
    {
        var (exitCode, output, error) = Execute(arguments, input);
        return exitCode == 0 ? output : throw Failed(arguments, error);
    }

    /// <summary>What git prints, without the end of its last line.</summary>
    /// <exception cref="PipelineException">git is missing or fails.</exception>
    public string Text(params IReadOnlyList<string> arguments) =>
        Encoding.UTF8.GetString(Bytes(arguments)).TrimEnd('\n');

    /// <summary>What git prints, without the end of its last line; null where it fails.</summary>
    /// <exception cref="PipelineException">git is missing.</exception>
    public string? TryText(params IReadOnlyList<string> arguments)
    {
        var (exitCode, output, _) = Execute(arguments);
        return exitCode == 0 ? Encoding.UTF8.GetString(output).TrimEnd('\n') : null;
    }

    private (int ExitCode, byte[] Output, string Error) Execute(IReadOnlyList<string> arguments, string input = "")
    {
        var start = new ProcessStartInfo("git")
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // A language for the messages, and no refreshed index.
            Environment = { ["LC_ALL"] = "C", ["GIT_OPTIONAL_LOCKS"] = "0" },
        };
        foreach (var argument in Settings.Concat(arguments))
            start.ArgumentList.Add(argument);
        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            // Beside reading: whoever writes first may wait for the other.
            var written = Task.Run(() => Write(process.StandardInput, input));
            using var output = new MemoryStream();
            process.StandardOutput.BaseStream.CopyTo(output);
            written.GetAwaiter().GetResult();
            process.WaitForExit();
            return (process.ExitCode, output.ToArray(), error.GetAwaiter().GetResult());
        }
        catch (Win32Exception e)
        {
            throw new PipelineException(
                "git was not found, which reads the results of a revision: "
                    + "install it, or name two folders with --from=<folder> and --to=<folder>.",
                e
            );
        }
    }

    private static void Write(StreamWriter stream, string input)
    {
        try
        {
            using (stream)
                stream.Write(input);
        }
        catch (IOException)
        {
            // git has ended before it read all; its exit code says so.
        }
    }

    private PipelineException Failed(IReadOnlyList<string> arguments, string error) =>
        error.Contains("not a git repository", StringComparison.Ordinal)
            ? new($"{folder} is in no git repository: name two folders with --from=<folder> and --to=<folder>.")
            : new(
                $"git {arguments[0]} failed ({error.Split('\n')[0].TrimEnd('.')}): "
                    + "mend that, or name two folders with --from=<folder> and --to=<folder>."
            );
}
