using System.Text.RegularExpressions;

namespace Pipeline.Docs.Tests;

/// <summary>README.md has the targets and options of the command, and no others.</summary>
public sealed partial class CommandTests
{
    private static readonly string Page = Documents.Read("README.md");

    [Fact]
    public void The_targets()
    {
        var tasks = Documents
            .Find(Documents.PathOf("build/Tasks"), "*.cs")
            .SelectMany(source =>
                TaskName().Matches(Documents.Read(source)).Select(match => match.Groups["name"].Value)
            );
        var shown = Targets().Match(Page).Groups["name"].Value.Split('|');

        Assert.Equal(
            tasks.Where(name => name != "Default").Order(StringComparer.Ordinal),
            shown.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void The_options()
    {
        var ours = BuildOption()
            .Matches(Documents.Read("build/BuildOption.cs"))
            .Select(match => match.Groups["name"].Value);
        var hosts = Literal()
            .Matches(Documents.Read("build/BuildArguments.cs").Split("string[] Hosts =")[1].Split(';')[0])
            .Select(match => match.Groups["name"].Value);
        // What has one letter is short for another; the target stands above the table.
        var known = ours.Concat(hosts).Where(name => name.Length > 1 && name != "target");
        var shown = MarkdownTable
            .Of("README.md", "option")
            .Rows.SelectMany(row => MarkdownTable.Codes(row[0]))
            .SelectMany(code => OptionName().Matches(code).Select(match => match.Groups["name"].Value));

        Assert.Equal(
            known.Order(StringComparer.Ordinal),
            shown.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
        );
    }

    [GeneratedRegex("""\[TaskName\("(?<name>[A-Za-z]+)"\)\]""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TaskName();

    [GeneratedRegex("--target=<(?<name>[^>]+)>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Targets();

    [GeneratedRegex("--(?<name>[a-z-]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OptionName();

    [GeneratedRegex("new\\(\\s*\"(?<name>[a-z-]+)\",", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BuildOption();

    [GeneratedRegex("\"(?<name>[a-z-]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Literal();
}
