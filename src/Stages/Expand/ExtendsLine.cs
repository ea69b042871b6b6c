namespace Pipeline.Stages.Expand;

/// <summary>
/// The line by which a file extends another. It is found without parsing YAML, so that an unchanged study costs next to nothing;
/// when the study is parsed, YAML must see the same <c>extends</c>, or the study is refused.
/// </summary>
/// <param name="Path">The other file, relative to the folder of this one.</param>
/// <param name="Place">Where the line stands.</param>
internal sealed record ExtendsLine(string Path, Place Place)
{
    /// <summary>The key.</summary>
    public const string Key = "extends";

    private const int MaxLength = 200;

    /// <summary>Finds the first line that begins with <c>extends:</c>, or null.</summary>
    /// <exception cref="StudyException">The line names no file, or not in the way that works on every system.</exception>
    public static ExtendsLine? Find(string file, string text)
    {
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            if (!line.StartsWith(Key + ":", StringComparison.Ordinal))
                continue;
            var path = Value(line[(Key.Length + 1)..]);
            var place = new Place(file, number, 1);
            if (path.Length == 0)
                throw new StudyException(
                    place,
                    "extends names no file; write it on the same line, such as extends: base/mlp.yaml"
                );
            if (
                path.Length > MaxLength
                || System.IO.Path.IsPathRooted(path)
                || path.Any(c => c is '\\' or ':' || char.IsControl(c))
            )
            {
                throw new StudyException(
                    place,
                    "extends takes a path relative to this file, with '/' between folders, such as base/mlp.yaml"
                );
            }
            return new(path, place);
        }
        return null;
    }

    private static string Value(ReadOnlySpan<char> text)
    {
        var comment = text.IndexOf(" #", StringComparison.Ordinal);
        var value = (comment < 0 ? text : text[..comment]).Trim(' ');
        return value is ['\'', .., '\''] or ['"', .., '"'] ? value[1..^1].ToString() : value.ToString();
    }
}
