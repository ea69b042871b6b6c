using System.Buffers.Text;
using System.Globalization;

namespace Pipeline.Artifacts;

/// <summary>
/// Which rows of the test split a run got right, as a text: class by class <c>rows:bits</c>, joined by single spaces, such as
/// <c>36:_____w8 35:_v___wc</c>. The bits are those of the class's rows in the order of the data, 1 for right, eight a byte from its
/// lowest bit, as base64url without padding (RFC 4648 §5). Classes without test rows are left out.
/// </summary>
public static class CorrectRows
{
    /// <summary>Writes the rows of a run.</summary>
    /// <param name="correct">Whether each row is right.</param>
    /// <param name="labels">The class of each row.</param>
    public static string Write(ReadOnlySpan<bool> correct, ReadOnlySpan<int> labels)
    {
        var classes = new SortedDictionary<int, List<bool>>();
        for (var i = 0; i < labels.Length; i++)
        {
            if (!classes.TryGetValue(labels[i], out var rows))
                classes.Add(labels[i], rows = []);
            rows.Add(correct[i]);
        }
        return string.Join(' ', classes.Values.Select(Write));
    }

    /// <summary>Reads the rows of a run, class by class.</summary>
    /// <exception cref="FormatException">
    /// The text is none that <see cref="Write(ReadOnlySpan{bool}, ReadOnlySpan{int})"/> makes.
    /// </exception>
    public static bool[][] Read(string text) => Array.ConvertAll(text.Split(' '), ReadClass);

    private static string Write(IReadOnlyList<bool> rows)
    {
        var bytes = new byte[(rows.Count + 7) / 8];
        for (var i = 0; i < rows.Count; i++)
            bytes[i / 8] |= (byte)(rows[i] ? 1 << (i % 8) : 0);
        return $"{CanonicalJson.Number(rows.Count)}:{Base64Url.EncodeToString(bytes)}";
    }

    private static bool[] ReadClass(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (
            !int.TryParse(
                text.AsSpan(0, Math.Max(colon, 0)),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var count
            )
            || count == 0
        )
            throw Damaged(text);
        var bytes = Base64Url.DecodeFromChars(text.AsSpan(colon + 1));
        if (bytes.Length != (count + 7L) / 8)
            throw Damaged(text);
        var rows = new bool[count];
        for (var i = 0; i < count; i++)
            rows[i] = (bytes[i / 8] & (1 << (i % 8))) != 0;
        // Bits of rows that there aren't, padding, other spellings of the number.
        return Write(rows) == text ? rows : throw Damaged(text);
    }

    private static FormatException Damaged(string text) => new($"'{text}' is not 'rows:bits'");
}
