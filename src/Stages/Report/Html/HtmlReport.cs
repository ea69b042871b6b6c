using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>
/// One page of all studies, to sort, filter and look into in a browser: self-contained, without any request to elsewhere. It is made of a
/// part a study, so that a study whose part is kept need not be read again.
/// </summary>
public static class HtmlReport
{
    /// <summary>The file's name.</summary>
    public const string FileName = "index.html";

    private static readonly string[] Scripts = ["dom.js", "format.js", "table.js", "plot.js", "grid.js", "cell.js", "study.js", "page.js"];
    private static readonly Dictionary<string, string> NoValues = [];

    /// <summary>
    /// A study's part of the page: its tables and its runs' curves, thinned and rounded, compressed. The same arguments give the same bytes
    /// on one machine; another one's compressor may find others that hold the same.
    /// </summary>
    /// <param name="tables">The study's tables.</param>
    /// <param name="curves">The curves of each run by name, in the order of <see cref="StudyTables.Runs"/>.</param>
    /// <exception cref="ArgumentException">There are not as many sets of curves as runs.</exception>
    public static byte[] Study(StudyTables tables, IReadOnlyList<IReadOnlyDictionary<string, double[]>> curves)
    {
        if (curves.Count != tables.Runs.Count)
            throw new ArgumentException($"The study has {tables.Runs.Count} runs, but there are curves of {curves.Count}.", nameof(curves));
        var entry = IndexEntry.Of(tables);
        var summary = $"{Count(entry.Cells, "cell")}, {Count(entry.Runs, "run")}, {Markdown.Count(entry.Diverged)} diverged"
            + (entry.Claims.Length > 0 ? $"; claims: {entry.Claims}" : "");
        return Encoding.UTF8.GetBytes(
            $"""
            <script type="application/gzip" data-study="{Escaped(entry.Study)}" data-title="{Escaped(entry.Title)}" data-question="{Escaped(entry.Question)}" data-summary="{Escaped(summary)}">{Convert.ToBase64String(Compressed(StudyData.Write(tables, curves)))}</script>

            """);
    }

    /// <summary>The page's bytes.</summary>
    /// <param name="studies">The studies' parts, in the order in which they are listed.</param>
    public static byte[] Page(IEnumerable<byte[]> studies)
    {
        var style = "\n" + Template.Load("page.css", NoValues);
        var script = "\n" + string.Concat(Scripts.Select(name => Template.Load(name, NoValues)));
        var page = Encoding.UTF8.GetBytes(Template.Load("page.html", new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["style"] = style,
            ["style_hash"] = Hash(style),
            ["script"] = script,
            ["script_hash"] = Hash(script),
        }));

        // HTML lets the last end tags be left out, and a module runs when all that follows it is read.
        using var whole = new MemoryStream();
        whole.Write(page);
        foreach (var study in studies)
            whole.Write(study);
        return whole.ToArray();
    }

    private static string Count(int count, string thing) => $"{Markdown.Count(count)} {thing}{(count == 1 ? "" : "s")}";

    private static string Escaped(string text) => WebUtility.HtmlEncode(text);

    // What a policy of contents names a script or style by, so that the browser runs no other.
    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static byte[] Compressed(ReadOnlySpan<byte> bytes)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Optimal))
            gzip.Write(bytes);
        return buffer.ToArray();
    }
}
