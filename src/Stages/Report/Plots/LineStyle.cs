namespace Pipeline.Stages.Report;

/// <summary>
/// How the lines of a plot are told apart: by the colours of Okabe and Ito (2008) that can be seen on white as
/// on black, darker on a light page, and by dashes. Colours and dashes return after different numbers of lines,
/// so that 28 lines look different.
/// </summary>
internal static class LineStyle
{
    /// <summary>A colour on a light and on a dark page, at a contrast of 3 to either at least.</summary>
    public static readonly (Colour Light, Colour Dark)[] Colours =
    [
        (new("#0072b2"), new("#2f9be0")), // blue
        (new("#d55e00"), new("#e8762b")), // vermilion
        (new("#008a63"), new("#009e73")), // bluish green
        (new("#a8518a"), new("#cc79a7")), // reddish purple
        (new("#a87100"), new("#e69f00")), // orange
        (new("#2b86bd"), new("#56b4e9")), // sky blue
        (new("#59636e"), new("#c9d1d9")), // grey, for black
    ];

    private static readonly string[] Dashes = ["", "7 3", "2 3", "9 3 2 3"];

    /// <summary>The style sheet of plots.</summary>
    public static string Css { get; } =
        ".plot-title{font-weight:bold}.plot-axis{stroke:#6e7781;fill:none}.plot-grid{stroke:#6e7781;stroke-opacity:.2;fill:none}"
        + ".plot-hatch{stroke:#6e7781;fill:none}.plot-hatched{fill:#d0d7de}.plot-black{fill:#000}.plot-white{fill:#fff}"
        + string.Concat(Colours.Select((colour, i) => Rule(i, colour.Light)))
        + $"@media (prefers-color-scheme:dark){{{string.Concat(Colours.Select((colour, i) => Rule(i, colour.Dark)))}}}"
        + ".plot-line{fill:none;stroke-width:2;stroke-linejoin:round}.plot-dots{fill:none;stroke-width:5;stroke-linecap:round}"
        + ".plot-lead{fill:none;stroke-opacity:.5}.plot-band{stroke:none;fill-opacity:.15}";

    /// <summary>The classes of a shape that belongs to a line.</summary>
    public static string Class(string shape, int line) => $"plot-{shape} plot-colour-{line % Colours.Length}";

    /// <summary>The dashes of a line; none, an empty text, for some.</summary>
    public static string Dash(int line) => Dashes[line % Dashes.Length];

    private static string Rule(int index, Colour colour) =>
        $".plot-colour-{index}{{stroke:{colour.Hex};fill:{colour.Hex}}}";
}
