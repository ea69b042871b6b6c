using System.Text.RegularExpressions;

namespace Pipeline.Docs.Tests;

/// <summary>A test that a page names for what it promises is there.</summary>
public sealed partial class PromiseTests
{
    [Theory]
    [InlineData("README.md", 1)]
    [InlineData("SECURITY.md", 20)]
    public void The_tests_that_a_page_names(string page, int least)
    {
        var sources = Documents
            .Find(Documents.PathOf("tests"), "*Tests.cs")
            .GroupBy(path => Path.GetFileNameWithoutExtension(path)!, StringComparer.Ordinal)
            .ToDictionary(
                files => files.Key,
                files => string.Concat(files.Select(Documents.Read)),
                StringComparer.Ordinal
            );
        var named = Test().Matches(Documents.Read(page));

        Assert.InRange(named.Count, least, 100);
        Assert.All(
            named,
            test =>
            {
                Assert.True(
                    sources.TryGetValue(test.Groups["class"].Value, out var source),
                    $"{page} names {test.Value}, and there are no such tests."
                );
                Assert.Contains(test.Groups["method"].Value + "(", source + "(", StringComparison.Ordinal);
            }
        );
    }

    [GeneratedRegex(
        "`(?<class>[A-Z][A-Za-z0-9]+Tests)(\\.(?<method>[A-Za-z0-9_]+))?`",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Test();
}
