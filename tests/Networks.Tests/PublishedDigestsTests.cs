using System.Text.RegularExpressions;
using Pipeline.Tests;

namespace Pipeline.Networks.Tests;

/// <summary>
/// The table of digests in src/Networks/README.md, by which anyone can compare another machine, is
/// what this machine computes.
/// </summary>
public sealed partial class PublishedDigestsTests
{
    [Fact]
    public void The_published_digests_are_those_of_this_machine()
    {
        using var stream = typeof(PublishedDigestsTests).Assembly.GetManifestResourceStream("Networks.README.md")!;
        using var reader = new StreamReader(stream);
        var published = Row()
            .Matches(reader.ReadToEnd())
            .Select(row => $"{row.Groups["name"].Value}: {row.Groups["digest"].Value}")
            .ToArray();

        Assert.True(published.Length >= 10, $"The table has {published.Length} rows.");
        var computed = DigestProcess.Run("Pipeline.Networks.Digest.dll");
        Assert.All(published, row => Assert.Contains(row, computed));
    }

    [GeneratedRegex(
        @"^\| (?<name>[^|]+) \| `(?<digest>[0-9a-f]{64})` \|$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Row();
}
