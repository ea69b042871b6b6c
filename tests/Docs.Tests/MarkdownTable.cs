using System.Text.RegularExpressions;

namespace Pipeline.Docs.Tests;

/// <summary>A table of a page.</summary>
/// <param name="Section">The heading above it, without its number signs.</param>
/// <param name="Header">The cells of the first line.</param>
/// <param name="Rows">The cells of the others, each as many as the header has.</param>
internal sealed partial record MarkdownTable(
    string Section,
    IReadOnlyList<string> Header,
    IReadOnlyList<IReadOnlyList<string>> Rows
)
{
    /// <summary>The tables of a page, in order.</summary>
    public static IReadOnlyList<MarkdownTable> All(string page)
    {
        var tables = new List<MarkdownTable>();
        var section = "";
        var block = new List<IReadOnlyList<string>>();
        foreach (var line in WithoutCode(page).Append(""))
        {
            if (line.StartsWith('|'))
            {
                block.Add(Cells(line));
                continue;
            }
            if (block.Count > 0)
                tables.Add(new(section, block[0], [.. block.Skip(2)]));
            block.Clear();
            if (line.StartsWith('#'))
                section = line.TrimStart('#').Trim();
        }
        return tables;
    }

    /// <summary>The one table of a page whose first column has a name.</summary>
    public static MarkdownTable Of(string page, string firstColumn) =>
        All(Documents.Read(page)).Single(table => table.Header[0] == firstColumn);

    /// <summary>What stands in backticks in a cell.</summary>
    public static IEnumerable<string> Codes(string cell) =>
        Code().Matches(cell).Select(match => match.Groups["name"].Value);

    /// <summary>A cell's words, without backticks and the addresses of links.</summary>
    public static string Plain(string cell) =>
        Link().Replace(cell, "${text}").Replace("`", "", StringComparison.Ordinal);

    /// <summary>The lines of a page outside of its blocks of code.</summary>
    public static IEnumerable<string> WithoutCode(string page)
    {
        var isCode = false;
        foreach (var line in page.Split('\n'))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
                isCode = !isCode;
            else if (!isCode)
                yield return line;
        }
    }

    private static string[] Cells(string line) =>
        [
            .. Bar()
                .Split(line.TrimEnd())
                .Select(cell => cell.Trim().Replace(@"\|", "|", StringComparison.Ordinal))
                .Skip(1)
                .SkipLast(1),
        ];

    [GeneratedRegex("`(?<name>[^`]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();

    [GeneratedRegex(@"\[(?<text>([^\]`]|`[^`]*`)*)\]\([^)]*\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<!\\)\|", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Bar();
}
