using System.Text.RegularExpressions;

namespace Pipeline.Docs.Tests;

/// <summary>What the pages link to is there.</summary>
public sealed partial class LinkTests
{
    public static TheoryData<string> Pages => [.. Documents.Readmes];

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_link_leads_to_a_file_and_a_heading_that_there_are(string page)
    {
        var folder = Path.GetDirectoryName(Documents.PathOf(page))!;
        Assert.All(
            Links(Documents.Read(page)),
            link =>
            {
                var (path, anchor) = link.Split('#') is [var file, var heading] ? (file, heading) : (link, null);
                var target =
                    path.Length == 0 ? Documents.PathOf(page) : Path.GetFullPath(Uri.UnescapeDataString(path), folder);
                Assert.True(
                    File.Exists(target) || (anchor is null && Directory.Exists(target)),
                    $"{page} links to {link}, which is not there."
                );
                if (anchor is not null)
                    Assert.True(
                        Anchors(File.ReadAllText(target)).Contains(anchor, StringComparer.Ordinal),
                        $"{page} links to {link}, and there is no such heading."
                    );
            }
        );
    }

    [Fact]
    public void Links_are_found()
    {
        Assert.Contains("results/README.md", Links(Documents.Read("README.md")));
        Assert.Contains("#extending-a-file", Links(Documents.Read("experiments/README.md")));
        Assert.Equal(
            ["what-a-run-is", "runscsv", "runscsv-1"],
            Anchors("# What a run is?\n## `runs.csv`\n```\n# code\n```\n### runs.csv\n")
        );
    }

    [Fact]
    public void The_front_page_is_short() => Assert.InRange(Documents.Read("README.md").Split('\n').Length, 1, 215);

    private static IEnumerable<string> Links(string page) =>
        MarkdownTable
            .WithoutCode(page)
            .SelectMany(line =>
                Link().Matches(Code().Replace(line, "code")).Select(match => match.Groups["name"].Value)
            )
            .Where(link => !link.Contains("://", StringComparison.Ordinal));

    /// <summary>The anchors of a page's headings: in lower case, spaces as hyphens, without punctuation; equal ones numbered.</summary>
    private static List<string> Anchors(string page)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var anchors = new List<string>();
        foreach (var line in MarkdownTable.WithoutCode(page).Where(line => line.StartsWith('#')))
        {
            var text = line.TrimStart('#').Trim().ToLowerInvariant();
            var anchor = string.Concat(text.Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_'))
                .Replace(' ', '-');
            counts[anchor] = counts.GetValueOrDefault(anchor) + 1;
            anchors.Add(counts[anchor] == 1 ? anchor : $"{anchor}-{counts[anchor] - 1}");
        }
        return anchors;
    }

    [GeneratedRegex(@"\]\((?<name>[^)\s]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("`[^`]*`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();
}
