using System.Globalization;
using System.Text;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>Writes text, values and tables as GitHub reads Markdown.</summary>
public static class Markdown
{
    /// <summary>What stands where there is nothing to show.</summary>
    public const string Nothing = "—";

    /// <summary>
    /// A text from a study, on one line, so that it reads as it was written: it can end no table cell, open no link and hold no HTML.
    /// </summary>
    public static string Text(string text)
    {
        var escaped = new StringBuilder();
        foreach (var c in string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
        {
            _ = c switch
            {
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '&' => escaped.Append("&amp;"),
                '\\' or '`' or '*' or '_' or '[' or ']' or '|' or '~' or '#' or '$' => escaped.Append('\\').Append(c),
                _ => escaped.Append(c),
            };
        }
        return escaped.ToString();
    }

    /// <summary>A name in a code span; as escaped text where a code span would end early or break a table.</summary>
    public static string Code(string text) =>
        text.Length == 0 || text != text.Trim() || text.Any(c => c is '`' or '|' || char.IsControl(c))
            ? Text(text)
            : $"`{text}`";

    /// <summary>A parameter's value: numbers and truth values as they are, texts in a code span.</summary>
    public static string Value(Scalar value) => value.IsText ? Code(value.ToString()) : value.ToString();

    /// <summary>A count as people read it: <c>4,200</c>.</summary>
    public static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A table; its first <paramref name="names"/> columns are aligned left, the others, which hold numbers, right.</summary>
    /// <param name="names">The number of columns that hold names.</param>
    /// <param name="header">The header's cells, in Markdown.</param>
    /// <param name="rows">For each row as many cells, in Markdown.</param>
    public static string Table(int names, IReadOnlyList<string> header, IEnumerable<IEnumerable<string>> rows)
    {
        var table = new StringBuilder();
        Row(header);
        Row(header.Select((_, column) => column < names ? "---" : "---:"));
        foreach (var row in rows)
            Row(row);
        return table.ToString();

        void Row(IEnumerable<string> cells) => table.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
    }
}
