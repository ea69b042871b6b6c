using System.Collections;
using System.Text;

namespace Pipeline.Stages.Report;

/// <summary>
/// An element of an SVG picture: attributes in the order given, then either a text or other elements.
/// <c>new SvgElement("g", ("opacity", 0.5)) { new SvgElement("rect", ("width", 10)) }</c>
/// </summary>
internal sealed class SvgElement : IEnumerable<SvgElement>
{
    private readonly string name;
    private readonly (string Name, SvgValue Value)[] attributes;
    private readonly List<SvgElement> children = [];
    private readonly string? content;

    /// <summary>An element without a text.</summary>
    public SvgElement(string name, params (string Name, SvgValue Value)[] attributes)
        : this(name, null, attributes) { }

    private SvgElement(string name, string? content, (string Name, SvgValue Value)[] attributes) =>
        (this.name, this.content, this.attributes) = (name, content, attributes);

    /// <summary>An element that holds a text: <c>text</c>, <c>tspan</c>, <c>title</c>, <c>style</c>.</summary>
    public static SvgElement Text(string name, string content, params (string Name, SvgValue Value)[] attributes) =>
        new(name, content, attributes);

    /// <summary>A PNG, stretched to a rectangle with hard edges between its pixels.</summary>
    public static SvgElement Image(byte[] png, double x, double y, double width, double height) =>
        new(
            "image",
            ("x", x),
            ("y", y),
            ("width", width),
            ("height", height),
            ("preserveAspectRatio", "none"),
            ("style", "image-rendering:pixelated"),
            ("href", "data:image/png;base64," + Convert.ToBase64String(png))
        );

    /// <summary>Adds an element behind the others.</summary>
    /// <exception cref="InvalidOperationException">This element holds a text.</exception>
    public void Add(SvgElement child)
    {
        if (content is not null)
            throw new InvalidOperationException($"The element {name} holds a text, so it can hold no elements.");
        children.Add(child);
    }

    public IEnumerator<SvgElement> GetEnumerator() => children.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The element as XML, an element a line, indented by two spaces a level; ends in a line feed.</summary>
    public override string ToString()
    {
        var xml = new StringBuilder();
        Write(xml, 0);
        return xml.ToString();
    }

    private void Write(StringBuilder xml, int indentation)
    {
        xml.Append(' ', indentation).Append('<').Append(name);
        foreach (var (key, value) in attributes)
        {
            xml.Append(' ').Append(key).Append("=\"");
            Escape(xml, value.ToString());
            xml.Append('"');
        }
        if (content is null && children.Count == 0)
        {
            xml.Append("/>\n");
            return;
        }
        xml.Append('>');
        if (content is not null)
        {
            Escape(xml, content);
        }
        else
        {
            xml.Append('\n');
            foreach (var child in children)
                child.Write(xml, indentation + 2);
            xml.Append(' ', indentation);
        }
        xml.Append("</").Append(name).Append(">\n");
    }

    // What XML has no character for becomes U+FFFD, as do halves of surrogate pairs.
    private static void Escape(StringBuilder xml, string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '&' => xml.Append("&amp;"),
                '<' => xml.Append("&lt;"),
                '>' => xml.Append("&gt;"),
                '"' => xml.Append("&quot;"),
                '\t' => xml.Append("&#9;"),
                '\n' => xml.Append("&#10;"),
                '\r' => xml.Append("&#13;"),
                < ' ' or 0xFFFE or 0xFFFF => xml.Append('\uFFFD'),
                _ => xml.Append(rune),
            };
        }
    }
}
