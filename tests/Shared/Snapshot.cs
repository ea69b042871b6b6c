using System.Text;

namespace Pipeline.Tests;

/// <summary>Compares output with a file under Snapshots.</summary>
internal static class Snapshot
{
    private const string Variable = "ACCEPT_SNAPSHOTS";

    /// <summary>Fails with the lines that differ, unless the variable names a folder to write the snapshot to.</summary>
    public static void Matches(string name, byte[] actual)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder)
        {
            File.WriteAllBytes(Path.Combine(folder, name), actual);
            return;
        }
        var file = Path.Combine(AppContext.BaseDirectory, "Snapshots", name);
        var expected = File.Exists(file) ? File.ReadAllBytes(file) : [];
        if (!actual.AsSpan().SequenceEqual(expected))
        {
            var project = $"tests/{typeof(Snapshot).Assembly.GetName().Name!["Pipeline.".Length..]}";
            Assert.Fail(
                $"{name} differs from its snapshot:\n{Difference(expected, actual)}"
                    + $"To accept it: {Variable}=$PWD/{project}/Snapshots dotnet test {project}"
            );
        }
    }

    /// <summary>The lines between the first and the last that differ, − as expected, + as they are now.</summary>
    private static string Difference(byte[] expected, byte[] actual)
    {
        var old = Encoding.UTF8.GetString(expected).Split('\n');
        var now = Encoding.UTF8.GetString(actual).Split('\n');
        var shorter = Math.Min(old.Length, now.Length);
        var before = Enumerable.Range(0, shorter).TakeWhile(i => old[i] == now[i]).Count();
        var after = Enumerable.Range(1, shorter - before).TakeWhile(i => old[^i] == now[^i]).Count();
        var lines = old[before..^after]
            .Select(line => "- " + line)
            .Concat(now[before..^after].Select(line => "+ " + line));
        return $"from line {before + 1}:\n{string.Join('\n', lines)}\n";
    }
}
