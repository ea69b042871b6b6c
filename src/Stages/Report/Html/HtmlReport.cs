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

    private const string BlockStart = "<script type=\"application/gzip\" ";
    private const string PictureStart = BlockStart + "data-picture=";

    private static readonly string[] Scripts =
    [
        "dom.js",
        "format.js",
        "table.js",
        "scale.js",
        "plot.js",
        "grid.js",
        "layers.js",
        "curves.js",
        "samples.js",
        "cell.js",
        "study.js",
        "page.js",
    ];
    private static readonly Dictionary<string, string> NoValues = [];

    /// <summary>
    /// A study's part of the page: its tables, its runs' curves, thinned and rounded, and the pictures of its
    /// data, compressed. The same arguments give the same bytes on one machine; another one's compressor may
    /// find others that hold the same.
    /// </summary>
    /// <param name="tables">The study's tables.</param>
    /// <param name="curves">The curves of each run by name, in the order of <see cref="StudyTables.Runs"/>.</param>
    /// <param name="previews">Previews of those of the study's data sets that hold images; may be empty.</param>
    /// <exception cref="ArgumentException">
    /// There are not as many sets of curves as runs, or a preview has no samples or, in one row, pictures of different shapes.
    /// </exception>
    public static byte[] Study(
        StudyTables tables,
        IReadOnlyList<IReadOnlyDictionary<string, double[]>> curves,
        IReadOnlyList<DataPreview> previews
    )
    {
        if (curves.Count != tables.Runs.Count)
            throw new ArgumentException(
                $"The study has {tables.Runs.Count} runs, but there are curves of {curves.Count}.",
                nameof(curves)
            );
        var entry = IndexEntry.Of(tables);
        var summary =
            $"{Count(entry.Cells, "cell")}, {Count(entry.Runs, "run")}, {Markdown.Count(entry.Diverged)} diverged"
            + (entry.Claims.Length > 0 ? $"; claims: {entry.Claims}" : "")
            + (tables.Plan.HasOtherBackend() ? "; runs of the backend torch may differ by rounding elsewhere" : "");
        var samples = new SamplesData(previews);
        var part = new StringBuilder();
        Block(
            part,
            $"""{BlockStart}data-study="{Escaped(entry.Study)}" data-title="{Escaped(entry.Title)}" """
                + $"""data-question="{Escaped(entry.Question)}" data-summary="{Escaped(summary)}">""",
            StudyData.Write(tables, curves, samples)
        );
        foreach (var (name, png) in samples.Pictures)
            Block(part, $"""{PictureStart}"{name}">""", png);
        return Encoding.UTF8.GetBytes(part.ToString());
    }

    /// <summary>The page's bytes.</summary>
    /// <param name="studies">The studies' parts, in the order in which they are listed.</param>
    public static byte[] Page(IEnumerable<byte[]> studies)
    {
        var style = "\n" + Template.Load("page.css", NoValues);
        var script = "\n" + string.Concat(Scripts.Select(name => Template.Load(name, NoValues)));
        var page = Encoding.UTF8.GetBytes(
            Template.Load(
                "page.html",
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["style"] = style,
                    ["style_hash"] = Hash(style),
                    ["script"] = script,
                    ["script_hash"] = Hash(script),
                }
            )
        );

        // HTML lets the last end tags be left out, and a module runs when all that follows it is read.
        using var whole = new MemoryStream();
        whole.Write(page);
        var pictures = new HashSet<string>(StringComparer.Ordinal);
        foreach (var study in studies)
            Add(whole, study, pictures);
        return whole.ToArray();
    }

    // A picture is a line; one that an earlier study had stands there already.
    private static void Add(MemoryStream whole, ReadOnlySpan<byte> study, HashSet<string> pictures)
    {
        var start = Encoding.UTF8.GetBytes(PictureStart);
        while (!study.IsEmpty)
        {
            var end = study.IndexOf((byte)'\n');
            var line = end < 0 ? study : study[..(end + 1)];
            if (!line.StartsWith(start) || pictures.Add(Encoding.UTF8.GetString(line)))
                whole.Write(line);
            study = study[line.Length..];
        }
    }

    private static void Block(StringBuilder part, string tag, ReadOnlySpan<byte> content) =>
        part.Append(tag).Append(Convert.ToBase64String(Compressed(content))).Append("</script>\n");

    private static string Count(int count, string thing) => $"{Markdown.Count(count)} {thing}{(count == 1 ? "" : "s")}";

    private static string Escaped(string text) => WebUtility.HtmlEncode(text);

    // What a policy of contents names a script or style by, so that the browser runs no other.
    private static string Hash(string text) =>
        "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static byte[] Compressed(ReadOnlySpan<byte> bytes)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Optimal))
            gzip.Write(bytes);
        return buffer.ToArray();
    }
}
