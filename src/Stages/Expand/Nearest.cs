namespace Pipeline.Stages.Expand;

/// <summary>Finds the name that was probably meant.</summary>
public static class Nearest
{
    private const int MostNames = 16;

    /// <summary>
    /// The end of a sentence about an unknown name: the nearest known one; where none is near, all of them if they are few.
    /// </summary>
    public static string Hint(string name, IReadOnlyCollection<string> known) =>
        Of(name, known) switch
        {
            { } nearest => $"; the nearest is '{nearest}'",
            null when known.Count == 1 => $"; the only one is '{known.First()}'",
            null when known.Count is > 0 and <= MostNames => $"; choose from {string.Join(", ", known)}",
            null => "",
        };

    /// <summary>
    /// The first of the known names at the smallest edit distance, capital letters being small ones, at most a third of the name's length
    /// (but always 1), or the one whose last part the name is, or null.
    /// </summary>
    public static string? Of(string name, IReadOnlyCollection<string> known)
    {
        var limit = Math.Max(1, name.Length / 3);
        return known
            .Where(k => Math.Abs(k.Length - name.Length) <= limit)
            .Select(k => (Name: k, Distance: Distance(name.ToLowerInvariant(), k.ToLowerInvariant())))
            .Where(k => k.Distance <= limit)
            .OrderBy(k => k.Distance)
            .Select(k => k.Name)
            .Concat(known.Where(k => k.EndsWith("." + name, StringComparison.Ordinal)))
            .FirstOrDefault();
    }

    /// <summary>The number of letters to insert, delete, replace or swap with their neighbour (optimal string alignment).</summary>
    private static int Distance(string x, string y)
    {
        var table = new int[x.Length + 1, y.Length + 1];
        for (var i = 0; i <= x.Length; i++)
            table[i, 0] = i;
        for (var j = 0; j <= y.Length; j++)
            table[0, j] = j;
        for (var i = 1; i <= x.Length; i++)
        {
            for (var j = 1; j <= y.Length; j++)
            {
                var replaced = table[i - 1, j - 1] + (x[i - 1] == y[j - 1] ? 0 : 1);
                table[i, j] = Math.Min(replaced, Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
                if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
            }
        }
        return table[x.Length, y.Length];
    }
}
