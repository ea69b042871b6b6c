using System.Diagnostics;

namespace Pipeline.Tests;

/// <summary>A copy of this repository's sources in another folder, to be changed and built there.</summary>
public sealed class SourceCopy : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pipeline-source-").FullName;
    private readonly Dictionary<string, string?> originals = new(StringComparer.Ordinal);

    public SourceCopy()
    {
        foreach (var file in Directory.EnumerateFiles(Workspace.Root).Where(IsBuildFile))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        foreach (var room in (string[])["src", "build"])
        {
            foreach (
                var file in Directory.EnumerateFiles(
                    Path.Combine(Workspace.Root, room),
                    "*",
                    SearchOption.AllDirectories
                )
            )
            {
                var target = Path.Combine(folder, Path.GetRelativePath(Workspace.Root, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }
        }
        Build();
    }

    /// <summary>The command that was built here.</summary>
    public string Host => Path.Combine(folder, "artifacts", "bin", "Build", "release", "Pipeline.Build.dll");

    /// <summary>Replaces a text that a file holds just once.</summary>
    public void Edit(string relative, string from, string to)
    {
        var text = File.ReadAllText(Path.Combine(folder, relative));
        Assert.Equal(2, text.Split(from).Length);
        Write(relative, text.Replace(from, to, StringComparison.Ordinal));
    }

    /// <summary>Writes a file.</summary>
    public void Write(string relative, string text)
    {
        var path = Path.Combine(folder, relative);
        originals.TryAdd(relative, File.Exists(path) ? File.ReadAllText(path) : null);
        File.WriteAllText(path, text);
    }

    /// <summary>Undoes all changes.</summary>
    public void Restore()
    {
        foreach (var (relative, text) in originals)
        {
            var path = Path.Combine(folder, relative);
            if (text is null)
                File.Delete(path);
            else
                File.WriteAllText(path, text);
        }
        originals.Clear();
    }

    /// <summary>Builds the command. Analyzers are left out: they have no say in what is compiled.</summary>
    public void Build()
    {
        var (exitCode, output) = Start("build/Build.csproj", "-p:RunAnalyzers=false");
        Assert.True(exitCode == 0, output);
    }

    /// <summary>Builds a project as everyone does, analyzers included.</summary>
    public (int ExitCode, string Output) BuildWithAnalyzers(string project) => Start(project);

    private (int ExitCode, string Output) Start(string project, params string[] options)
    {
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", ["build", project, "-c", "Release", "--nologo", "-v", "quiet", .. options])
            {
                WorkingDirectory = folder,
                UseShellExecute = false,
                RedirectStandardOutput = true,
            }
        )!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static bool IsBuildFile(string path) =>
        Path.GetFileName(path) is var name
        && (
            name is "global.json" or ".editorconfig"
            || name.StartsWith("Directory.", StringComparison.Ordinal)
            || name.EndsWith(".config", StringComparison.OrdinalIgnoreCase)
        );
}
