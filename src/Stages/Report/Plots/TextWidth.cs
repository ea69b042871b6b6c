namespace Pipeline.Stages.Report;

/// <summary>
/// How wide a text is, whatever sans-serif font a viewer has: the widths of DejaVu Sans, which is among the widest, so
/// that texts are rather given too much room than too little.
/// </summary>
internal static class TextWidth
{
    private const double Ordinary = 0.64;
    private const double Bold = 1.12;

    // In font sizes.
    private static readonly Dictionary<char, double> Widths = new (string Characters, double Width)[]
    {
        ("ijl", 0.28),
        (" .,·I:|", 0.34),
        ("-ft()", 0.4),
        ("r", 0.42),
        ("_scz⁻", 0.55),
        ("w=+×↓→", 0.84),
        ("mMW%", 0.99),
    }
        .SelectMany(entry => entry.Characters, (entry, c) => (c, entry.Width))
        .ToDictionary();

    /// <summary>The width in pixels of a text in the pictures' font.</summary>
    public static double Of(string text) =>
        SvgPicture.FontSize * text.Sum(c => Widths.GetValueOrDefault(c, c < 0x2E80 ? Ordinary : 1));

    /// <summary>The width of a text in bold.</summary>
    public static double OfBold(string text) => Of(text) * Bold;

    /// <summary>The width of the widest text; 0 without any.</summary>
    public static double OfWidest(IEnumerable<string> texts) => texts.Select(Of).DefaultIfEmpty(0).Max();

    /// <summary>A text in lines that are no wider than a limit, except for words that are.</summary>
    public static IReadOnlyList<string> Wrap(string text, double width)
    {
        var lines = new List<string>();
        foreach (var word in text.Split(' '))
        {
            if (lines.Count > 0 && Of($"{lines[^1]} {word}") <= width)
                lines[^1] += " " + word;
            else
                lines.Add(word);
        }
        return lines;
    }
}
