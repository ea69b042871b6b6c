using System.Text;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Pipeline.CodeFingerprint;

/// <summary>What MSBuild tells the generator (see <c>src/Directory.Build.targets</c>).</summary>
/// <param name="Project">The project's folder.</param>
/// <param name="Generated">The folder of the files that MSBuild generates, ending in a separator.</param>
/// <param name="Resources">A line an embedded resource, its name and the hash of its bytes, in ordinal order.</param>
internal sealed record FingerprintInputs(string Project, string Generated, IReadOnlyList<string> Resources)
{
    public static FingerprintInputs From(AnalyzerConfigOptions options)
    {
        var lines = Property("Resources").Split(['\n'], StringSplitOptions.RemoveEmptyEntries);
        Array.Sort(lines, StringComparer.Ordinal);
        return new(Property("Project").Replace('\\', '/'), Property("Generated").Replace('\\', '/'), lines);

        string Property(string name) =>
            options.TryGetValue("build_property.CodeFingerprint" + name, out var value)
                ? Encoding.UTF8.GetString(Convert.FromBase64String(value))
                : "";
    }

    /// <summary>
    /// By what a file is ordered: its path relative to the project, or its name when MSBuild generated it, so that the
    /// output folder doesn't matter; null for files that don't count: assembly information, which holds no code, and
    /// what generators write (in folders of their own).
    /// </summary>
    public string? OrderOf(string file)
    {
        var path = file.Replace('\\', '/');
        if (Generated.Length == 0 || !path.StartsWith(Generated, StringComparison.Ordinal))
            return Relative(path);
        var name = path.Substring(Generated.Length);
        var isInformation =
            name.EndsWith("AssemblyInfo.cs", StringComparison.Ordinal)
            || name.EndsWith("AssemblyAttributes.cs", StringComparison.Ordinal);
        return isInformation || name.IndexOf('/') >= 0 ? null : name;
    }

    private string Relative(string path)
    {
        if (Project.Length == 0)
            return path;
        var from = Project.Split('/');
        var to = path.Split('/');
        var shared = 0;
        while (shared < from.Length && shared < to.Length - 1 && from[shared] == to[shared])
            shared++;
        return string.Concat(Enumerable.Repeat("../", from.Length - shared)) + string.Join("/", to.Skip(shared));
    }
}
