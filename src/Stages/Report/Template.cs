namespace Pipeline.Stages.Report;

/// <summary>
/// The wording of a page, kept apart from the code. <c>{{name}}</c> stands for a value; the lines between <c>{{#name}}</c> and
/// <c>{{/name}}</c>, each alone on its line, are left out when the value is empty.
/// </summary>
internal static class Template
{
    /// <summary>Fills in a template of this assembly. The page ends in one line feed.</summary>
    /// <exception cref="FormatException">The template names a value that isn't given, or a block doesn't begin or end.</exception>
    public static string Load(string name, IReadOnlyDictionary<string, string> values)
    {
        using var stream = typeof(Template).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return Fill(reader.ReadToEnd().ReplaceLineEndings("\n"), values).TrimEnd('\n') + "\n";
    }

    /// <summary>Fills in a template. Blank lines that follow one another become one.</summary>
    /// <exception cref="FormatException">The template names a value that isn't given, or a block doesn't begin or end.</exception>
    public static string Fill(string template, IReadOnlyDictionary<string, string> values)
    {
        var lines = new List<string>();
        var blocks = new Stack<string>();
        foreach (var line in template.Split('\n'))
        {
            if (Tag(line, "{{#") is { } begun)
            {
                blocks.Push(begun);
            }
            else if (Tag(line, "{{/") is { } ended)
            {
                if (!blocks.TryPop(out var block) || block != ended)
                    throw new FormatException($"The template ends a block '{ended}' that isn't the last one begun.");
            }
            else
            {
                // Filled in even where it is left out, so that a mistake in it shows at once.
                var filled = FillLine(line, values);
                if (blocks.All(block => Value(block, values).Length > 0))
                    lines.Add(filled);
            }
        }
        if (blocks.TryPop(out var open))
            throw new FormatException($"The template doesn't end the block '{open}'.");
        var page = string.Join('\n', lines);
        while (page.Contains("\n\n\n", StringComparison.Ordinal))
            page = page.Replace("\n\n\n", "\n\n", StringComparison.Ordinal);
        return page;
    }

    private static string? Tag(string line, string opening) =>
        line.StartsWith(opening, StringComparison.Ordinal) && line.EndsWith("}}", StringComparison.Ordinal)
            ? line[opening.Length..^2]
            : null;

    private static string FillLine(string line, IReadOnlyDictionary<string, string> values)
    {
        var parts = line.Split("{{");
        for (var i = 1; i < parts.Length; i++)
        {
            var end = parts[i].IndexOf("}}", StringComparison.Ordinal);
            parts[i] =
                end < 0
                    ? throw new FormatException($"The template doesn't close '{{{{{parts[i]}'.")
                    : Value(parts[i][..end], values) + parts[i][(end + 2)..];
        }
        return string.Concat(parts);
    }

    private static string Value(string name, IReadOnlyDictionary<string, string> values) =>
        values.TryGetValue(name, out var value)
            ? value
            : throw new FormatException($"The template names '{name}', which isn't given.");
}
