using System.Diagnostics;
using System.Reflection;

namespace Pipeline.Tests;

/// <summary>A project folder of its own with a small study, in which the real command runs.</summary>
internal sealed class Workspace : IDisposable
{
    /// <summary>16 runs of about a millisecond.</summary>
    public const string Study = """
        title: A small grid
        question: Does the pipeline work?
        default: true
        dataset: digits
        fixed:
          model: {kind: mlp, depth: 2, width: 16}
          preprocessing: standardize
          optimizer: {kind: sgd, momentum: 0.9}
          batch_size: 64
          epochs: 3
        scientific:
          activation: [relu, gelu]
          initialization: [he_normal]
          normalization: [none, batch]
        nuisance:
          learning_rate: [0.03, 0.1]
        seeds: 2

        """;

    // What runs the tests; a test may hide the PATH.
    private static readonly string Dotnet = Environment.ProcessPath!;

    private static readonly Assembly Self = typeof(Workspace).Assembly;

    public Workspace()
    {
        Directory.CreateDirectory(PathOf("experiments/data"));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Root, "experiments", "data")))
            File.Copy(file, PathOf($"experiments/data/{Path.GetFileName(file)}"));
        Write("experiments/small.yaml", Study);
    }

    /// <summary>The folder of this repository.</summary>
    public static string Root { get; } = Metadata("Root");

    /// <summary>The built command.</summary>
    public string Host { get; init; } = Metadata("Host");

    /// <summary>The project folder.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("pipeline-").FullName;

    public string PathOf(string relative) => Path.Combine(Folder, relative);

    public string Read(string relative) => File.ReadAllText(PathOf(relative));

    public void Write(string relative, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(relative))!);
        File.WriteAllText(PathOf(relative), text);
    }

    public void Edit(string relative, string from, string to)
    {
        var text = Read(relative);
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(PathOf(relative), text.Replace(from, to, StringComparison.Ordinal));
    }

    /// <summary>Runs the command to its end.</summary>
    public Outcome Run(params string[] arguments) => Run(new Dictionary<string, string>(), arguments);

    /// <summary>Runs the command to its end with some environment variables.</summary>
    public Outcome Run(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using var process = Start(environment, arguments);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new(process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    /// <summary>Starts the command.</summary>
    public Process Start(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        // What a script starts in the background is born deaf to Ctrl+C, what nohup starts to SIGHUP: so would be what tests start there.
        string[] command = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT,HUP", Dotnet] : [Dotnet];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["PIPELINE_ROOT"] = Folder, ["PIPELINE_CACHE"] = PathOf("cache") },
        };
        start.ArgumentList.Add(Host);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Every file below a folder with its text, in order.</summary>
    public IReadOnlyList<(string Name, string Text)> Files(string relative) =>
        Directory.Exists(PathOf(relative))
            ?
            [
                .. Directory
                    .EnumerateFiles(PathOf(relative), "*", SearchOption.AllDirectories)
                    .Order(StringComparer.Ordinal)
                    .Select(path => (Path.GetRelativePath(PathOf(relative), path), File.ReadAllText(path))),
            ]
            : [];

    /// <summary>
    /// Commits all that stands in the folder but the cache and artifacts; the first time the folder
    /// becomes a repository.
    /// </summary>
    public void Commit(string subject)
    {
        if (!Directory.Exists(PathOf(".git")))
        {
            Write(".gitignore", "/artifacts/\n/cache/\n");
            Git("init", "--quiet");
        }
        Git("add", "--all");
        Git("-c", "user.name=Tester", "-c", "user.email=tester@example.org", "commit", "--quiet", "-m", subject);
    }

    public void Dispose()
    {
        // Git's objects are read-only, which not every system deletes.
        foreach (
            var path in Directory.Exists(PathOf(".git"))
                ? Directory.EnumerateFiles(PathOf(".git"), "*", SearchOption.AllDirectories)
                : []
        )
            File.SetAttributes(path, FileAttributes.Normal);
        Directory.Delete(Folder, recursive: true);
    }

    private void Git(params string[] arguments)
    {
        using var git = Process.Start("git", ["-C", Folder, .. arguments])!;
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
    }

    private static string Metadata(string key) =>
        Self.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}

/// <summary>How a command ended.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Error)
{
    /// <summary>What was printed, after a check that all went well.</summary>
    public string Succeeded()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}\n{Output}\n{Error}");
        return Output;
    }

    /// <summary>The line that starts with a word and a colon.</summary>
    public string Line(string start) =>
        Output.Split('\n').Last(line => line.StartsWith(start + ":", StringComparison.Ordinal));
}
