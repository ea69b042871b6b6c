using System.Diagnostics;
using System.Globalization;
using System.Text;
using Pipeline.Artifacts;
using Pipeline.Flow;

namespace Pipeline.Diff.Tests;

/// <summary>
/// A project folder with results that nobody trained: two activations, two learning rates of which validation
/// chooses the second, five seeds.
/// </summary>
internal sealed class MadeUpResults : IDisposable
{
    private const string CellsHeader =
        "activation,learning_rate,learning_rate_at_edge,runs,diverged,test_accuracy,test_accuracy_low,test_accuracy_high\n";

    public string Root { get; } = Directory.CreateTempSubdirectory("pipeline-diff-").FullName;

    public StringWriter Output { get; } = new();

    public string PathOf(string relative) => Path.Combine(Root, relative);

    public string Read(string relative) => File.ReadAllText(PathOf(relative));

    public void Write(string relative, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(relative))!);
        File.WriteAllText(PathOf(relative), text);
    }

    public void Edit(string relative, string from, string to)
    {
        Assert.Contains(from, Read(relative), StringComparison.Ordinal);
        Write(relative, Read(relative).Replace(from, to, StringComparison.Ordinal));
    }

    /// <summary>Writes a study's results.</summary>
    /// <param name="folder">The study's folder.</param>
    /// <param name="accuracy">The test accuracy by activation and seed; null where the run diverges.</param>
    /// <param name="verdict">The verdict of the study's only claim.</param>
    /// <param name="made">What made it, beside what is always there.</param>
    /// <param name="activations">The values of the only compared axis.</param>
    public void Study(
        string folder,
        Func<string, int, double?>? accuracy = null,
        string verdict = "holds",
        IReadOnlyDictionary<string, string>? made = null,
        params string[] activations
    )
    {
        accuracy ??= Steady;
        activations = activations.Length == 0 ? ["relu", "tanh"] : activations;
        var runs = new StringBuilder(
            "run,activation,learning_rate,seed,outcome,steps,test_accuracy,validation_accuracy\n"
        );
        var cells = new StringBuilder(CellsHeader);
        foreach (var activation in activations)
        {
            foreach (var rate in (string[])["0.01", "0.1"])
            {
                for (var seed = 0; seed < 5; seed++)
                {
                    var value = rate == "0.1" ? accuracy(activation, seed) : 0.5;
                    var outcome = value is null
                        ? "diverged,7,NaN,NaN"
                        : $"completed,40,{Number(value.Value)},{(rate == "0.1" ? "0.9" : "0.4")}";
                    runs.Append(
                        CultureInfo.InvariantCulture,
                        $"{activation}-{rate}-{seed},{activation},{rate},{seed},{outcome}\n"
                    );
                }
            }
            var values = Enumerable.Range(0, 5).Select(seed => accuracy(activation, seed) ?? 0).ToArray();
            var mean = values[0] + (values.Sum(value => value - values[0]) / 5);
            var diverged = Enumerable.Range(0, 5).Count(seed => accuracy(activation, seed) is null);
            cells.Append(CultureInfo.InvariantCulture, $"{activation},0.1,false,5,{diverged},{Number(mean)},NaN,NaN\n");
        }
        Write($"{folder}/runs.csv", runs.ToString());
        Write($"{folder}/cells.csv", cells.ToString());
        Write(
            $"{folder}/claims.csv",
            $"claim,verdict,effect,effect_size,p,p_adjusted\nReLU wins,{verdict},0.25,1.5,0.01,0.02\n"
        );
        var entries = new Dictionary<string, string>(made ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        entries.TryAdd("plan", Digest.Of("plan"));
        entries.TryAdd("code:Pipeline.Networks", Digest.Of("networks"));
        foreach (var name in (string[])["runs.csv", "cells.csv", "claims.csv"])
            entries[$"file:{name}"] = Digest.OfFile(PathOf($"{folder}/{name}"));
        File.WriteAllBytes(PathOf($"{folder}/manifest.json"), ManifestEncoding.Encode(entries));
    }

    /// <summary>Takes the runs of the last two seeds of one trial from a study's results.</summary>
    public void CutTwoRuns(string folder) =>
        Write(
            $"{folder}/runs.csv",
            string.Join(
                '\n',
                Read($"{folder}/runs.csv")
                    .Split('\n')
                    .Where(line =>
                        !line.StartsWith("relu-0.1-3,", StringComparison.Ordinal)
                        && !line.StartsWith("relu-0.1-4,", StringComparison.Ordinal)
                    )
            )
        );

    /// <summary>Begins a repository with the results of a study, and returns the commit.</summary>
    public string Start(IReadOnlyDictionary<string, string>? made = null)
    {
        Git("init", "--quiet");
        Write(".gitignore", "/artifacts/\n/cache/\n");
        Study("results/grid", made: made);
        return Commit("Start");
    }

    /// <summary>The test accuracy that a run has where nothing is said.</summary>
    public static double? Steady(string activation, int seed) =>
        activation == "relu" ? 0.9 + (seed * 0.01) : 0.7 + (seed * 0.02);

    /// <summary>Compares and returns the page with its closing line.</summary>
    public string Diff(
        string? from = "old",
        string? to = "new",
        FailOn failOn = FailOn.Nothing,
        double tolerance = 0,
        params string[] experiments
    )
    {
        Output.GetStringBuilder().Clear();
        var options = new PipelineOptions
        {
            Root = Root,
            CallerDirectory = Root,
            Cache = PathOf("cache"),
            Experiments = experiments,
        };
        new DiffCommand(new Session(options, Output, CancellationToken.None)).Run(new(from, to, failOn, tolerance));
        return Output.ToString();
    }

    /// <summary>Compares what can't be compared, and returns the sentence.</summary>
    public string Refused(
        string? from = "old",
        string? to = "new",
        FailOn failOn = FailOn.Nothing,
        double tolerance = 0,
        params string[] experiments
    ) => Assert.Throws<PipelineException>(() => Diff(from, to, failOn, tolerance, experiments)).Message;

    /// <summary>Follows a study's results and returns the page with its closing line.</summary>
    public string History(string? cell = null, string? study = "grid")
    {
        Output.GetStringBuilder().Clear();
        var options = new PipelineOptions
        {
            Root = Root,
            CallerDirectory = Root,
            Cache = PathOf("cache"),
            Experiments = study is null ? [] : [study],
        };
        new HistoryCommand(new Session(options, Output, CancellationToken.None)).Run(cell);
        return Output.ToString();
    }

    /// <summary>Runs git in the folder.</summary>
    public string Git(params string[] arguments)
    {
        var start = new ProcessStartInfo("git")
        {
            WorkingDirectory = Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        foreach (
            var argument in (string[])
                [
                    "-c",
                    "user.name=A Tester",
                    "-c",
                    "user.email=tester@example.org",
                    "-c",
                    "init.defaultBranch=main",
                    .. arguments,
                ]
        )
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output.TrimEnd('\n');
    }

    /// <summary>Commits everything and returns the commit.</summary>
    public string Commit(string subject)
    {
        Git("add", "--all");
        Git("commit", "--quiet", "--allow-empty", "--message", subject);
        return Git("rev-parse", "HEAD");
    }

    public void Dispose()
    {
        // Git's objects are read-only.
        foreach (var path in Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories))
            File.SetAttributes(path, FileAttributes.Normal);
        Directory.Delete(Root, recursive: true);
    }

    private static string Number(double value) => CanonicalJson.Number(value);
}
