using System.Text;

namespace Pipeline.Stages.Report;

/// <summary>
/// A whole SVG file, to be shown by an <c>img</c> on a light or a dark page: it has no background of its own.
/// </summary>
internal static class SvgPicture
{
    /// <summary>The size of text in pixels.</summary>
    public const int FontSize = 13;

    // Should a viewer ignore the media query, the first colour can be read on either page: contrast 4.5 to white, 4.2 to GitHub's dark.
    private static readonly string Style =
        $"text{{font:{FontSize}px sans-serif;fill:#6e7781}}@media (prefers-color-scheme:dark){{text{{fill:#9198a1}}}}";

    /// <summary>The file's bytes: UTF-8, the same for the same arguments.</summary>
    /// <param name="width">In pixels; the picture scales to any other width.</param>
    /// <param name="height">In pixels.</param>
    /// <param name="title">What the picture is, in a few words.</param>
    /// <param name="description">What can be seen on it, for those who can't see it.</param>
    /// <param name="content">The elements, from back to front.</param>
    /// <param name="style">CSS for the elements, behind that for texts.</param>
    public static byte[] Write(
        double width,
        double height,
        string title,
        string description,
        IEnumerable<SvgElement> content,
        string style = ""
    )
    {
        SvgValue w = width,
            h = height;
        var root = new SvgElement(
            "svg",
            ("xmlns", "http://www.w3.org/2000/svg"),
            ("width", w),
            ("height", h),
            ("viewBox", $"0 0 {w} {h}"),
            ("role", "img")
        )
        {
            SvgElement.Text("title", title),
            SvgElement.Text("desc", description),
            SvgElement.Text("style", Style + style),
        };
        foreach (var element in content)
            root.Add(element);
        return Encoding.UTF8.GetBytes(root.ToString());
    }
}
