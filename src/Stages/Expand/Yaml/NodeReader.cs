using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Pipeline.Stages.Expand.Yaml;

/// <summary>
/// Reads the one document of a YAML text. Aliases are spelled out, within a limit; tags, tabs, duplicate keys, keys that are
/// no texts and control characters are refused.
/// </summary>
internal sealed class NodeReader
{
    private const int MaxDepth = 64;
    private const int MaxNodes = 100_000;

    private readonly string file;
    private readonly string[] lines;
    private readonly Parser parser;
    private readonly Dictionary<string, Anchored> anchors = new(StringComparer.Ordinal);
    private ParsingEvent current = new StreamStart();
    private int nodes;

    private NodeReader(string file, string text) =>
        (this.file, lines, parser) = (file, text.Split('\n'), new Parser(new StringReader(Parentheses.Hide(text))));

    /// <summary>What an anchor names; no node as long as its end is not read.</summary>
    private sealed record Anchored(Node? Node, int Nodes);

    /// <summary>Reads a text.</summary>
    /// <exception cref="StudyException">The text is not one document of the YAML that studies are written in.</exception>
    public static Node Read(string file, string text)
    {
        CheckCharacters(file, text);
        return new NodeReader(file, text).ReadDocument();
    }

    private static void CheckCharacters(string file, string text)
    {
        var index = Characters.IndexOfInvisible(text);
        if (index < 0)
            return;
        var before = text.AsSpan(0, index);
        var place = new Place(file, before.Count('\n') + 1, index - before.LastIndexOf('\n'));
        throw new StudyException(
            place,
            text[index] == '\t'
                ? "here is a tab; studies are written with spaces"
                : $"here is {Characters.Name(text[index])}; delete it"
        );
    }

    private Node ReadDocument()
    {
        Advance();
        Advance();
        if (current is StreamEnd)
            throw new StudyException(new(file, 1, 1), "the file is empty");
        Advance();
        var root = ReadNode(1);
        Advance();
        if (current is not StreamEnd)
            throw new StudyException(Here(), "a second document begins here; a file holds one");
        return root;
    }

    /// <summary>Reads the node that begins at the current event, and moves past it.</summary>
    private Node ReadNode(int depth)
    {
        var place = Here();
        if (current is AnchorAlias alias)
            return SpellOut(alias, place);
        var before = nodes;
        Count(1, place);
        if (depth > MaxDepth)
            throw new StudyException(place, $"lists and maps are nested more than {MaxDepth} levels deep");
        var start = (NodeEvent)current;
        if (!start.Tag.IsEmpty)
            throw new StudyException(place, "here is a YAML tag; studies do without tags");
        if (
            start is Scalar { Value: var value }
            && Parentheses.Show(value) is var text
            && Characters.IndexOfInvisible(text) is >= 0 and var index
        )
            throw new StudyException(place, $"this text spells out {Characters.Name(text[index])}; leave it out");
        if (!start.Anchor.IsEmpty)
            anchors[start.Anchor.Value] = new(null, 0);
        Advance();
        Node node = start switch
        {
            Scalar scalar => new ScalarNode(place, Parentheses.Show(scalar.Value), scalar.Style != ScalarStyle.Plain),
            SequenceStart => new ListNode(place, ReadItems(depth)),
            _ => new MapNode(place, ReadEntries(depth, ((MappingStart)start).Style == MappingStyle.Flow)),
        };
        if (!start.Anchor.IsEmpty)
            anchors[start.Anchor.Value] = new(node, nodes - before);
        return node;
    }

    private List<Node> ReadItems(int depth)
    {
        var items = new List<Node>();
        while (current is not SequenceEnd)
        {
            items.Add(ReadNode(depth + 1));
            var beginning = items[^1] switch
            {
                ScalarNode { IsQuoted: false } scalar => scalar.Text,
                MapNode { Entries: [var entry, ..] } => entry.Key,
                _ => "",
            };
            if (Parentheses.Fault(beginning) is { } fault)
                throw new StudyException(items[^1].Place, fault);
        }
        Advance();
        return items;
    }

    private List<MapEntry> ReadEntries(int depth, bool isFlow)
    {
        var entries = new List<MapEntry>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        while (current is not MappingEnd)
        {
            var place = Here();
            if (ReadNode(depth + 1) is not ScalarNode { Value: not null } key)
                throw new StudyException(place, "a key is a text");
            if (!lines.TryAdd(key.Text, place.Line))
                throw new StudyException(
                    place,
                    $"the key {Quotation.Of(key.Text)} stands twice; it is in line {lines[key.Text]} already"
                );
            entries.Add(new(key.Text, place, ReadNode(depth + 1)));
            // In braces a comma ends what a parenthesis should have held.
            if (
                isFlow
                && entries[^1].Value is ScalarNode { IsQuoted: false } value
                && Parentheses.Unclosed(value.Text) >= 0
                && Parentheses.Fault(value.Text) is { } fault
            )
                throw new StudyException(value.Place, fault);
        }
        Advance();
        return entries;
    }

    private Node SpellOut(AnchorAlias alias, Place place)
    {
        if (!anchors.TryGetValue(alias.Value.Value, out var anchored))
            throw new StudyException(place, $"there is no anchor {Quotation.Of(alias.Value.Value)} above");
        if (anchored.Node is null)
            throw new StudyException(place, $"the alias {Quotation.Of(alias.Value.Value)} stands inside what it names");
        Count(anchored.Nodes, place);
        Advance();
        return anchored.Node;
    }

    private void Count(int more, Place place)
    {
        nodes += more;
        if (nodes > MaxNodes)
            throw new StudyException(place, $"the file holds more than {MaxNodes:N0} values, aliases spelled out");
    }

    private void Advance()
    {
        try
        {
            do parser.MoveNext();
            while (parser.Current is Comment);
            current = parser.Current!;
        }
        catch (YamlException e)
        {
            // What YAML makes of an open call says nothing of the cause.
            var (line, start) = (
                (int)e.Start.Line,
                (int)e.Start.Line <= lines.Length ? Parentheses.Unclosed(lines[(int)e.Start.Line - 1]) : -1
            );
            if (start >= 0)
                throw new StudyException(
                    new(file, line, start + 1),
                    "this parenthesis is not closed; close it on the same line",
                    e
                );
            if (AnchorInBraces(e.Start) is { } anchor)
                throw new StudyException(
                    anchor,
                    "an anchor in braces can't be read; write the value out, or the map line by line",
                    e
                );
            var message = e.Message.TrimEnd('.');
            throw new StudyException(
                At(e.Start),
                $"this is no YAML: {char.ToLowerInvariant(message[0])}{message[1..]}{Remedy(message)}",
                e
            );
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // Some malformed texts trip the parser's own assertions.
            throw new StudyException(At(current.End), "what follows is no YAML", e);
        }
    }

    // A colon in a title ends what YAML takes for a key.
    private static string Remedy(string message) =>
        message.EndsWith("found invalid mapping", StringComparison.Ordinal)
            ? "; put a text with a colon in it in quotes"
            : "";

    /// <summary>Where, before the parser fails and on the same line, a flow map or list holds an anchor; null where none does.</summary>
    private Place? AnchorInBraces(Mark mark)
    {
        if (mark.Line > lines.Length)
            return null;
        var line = lines[(int)mark.Line - 1];
        var before = line[..Math.Min(line.Length, (int)mark.Column)];
        var anchor = before.LastIndexOf('&');
        return anchor > 0 && before.AsSpan(0, anchor).IndexOfAny('{', '[') >= 0
            ? new(file, (int)mark.Line, anchor + 1)
            : null;
    }

    private Place Here() => At(current.Start);

    private Place At(Mark mark) => new(file, (int)mark.Line, (int)mark.Column);
}
