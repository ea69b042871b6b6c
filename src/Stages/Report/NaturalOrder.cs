namespace Pipeline.Stages.Report;

/// <summary>
/// Texts as people sort them: digits that follow one another are a number, so that <c>page 9</c> comes before <c>page 10</c>; all else
/// by its code units. Texts that differ in leading zeros alone have the order of their code units.
/// </summary>
internal sealed class NaturalOrder : IComparer<string>
{
    private NaturalOrder() { }

    /// <summary>The order.</summary>
    public static NaturalOrder Comparer { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        var (a, b) = (x ?? "", y ?? "");
        var (i, j) = (0, 0);
        while (i < a.Length && j < b.Length)
        {
            int order;
            if (char.IsAsciiDigit(a[i]) && char.IsAsciiDigit(b[j]))
            {
                var left = Digits(a, ref i);
                var right = Digits(b, ref j);
                order =
                    left.Length != right.Length
                        ? left.Length.CompareTo(right.Length)
                        : left.CompareTo(right, StringComparison.Ordinal);
            }
            else
            {
                order = a[i++].CompareTo(b[j++]);
            }
            if (order != 0)
                return order;
        }
        var rest = (a.Length - i).CompareTo(b.Length - j);
        return rest != 0 ? rest : string.CompareOrdinal(a, b);
    }

    // The digits from a place on, without leading zeros.
    private static ReadOnlySpan<char> Digits(string text, ref int place)
    {
        var start = place;
        while (place < text.Length && char.IsAsciiDigit(text[place]))
            place++;
        return text.AsSpan(start, place - start).TrimStart('0');
    }
}
