using System.Globalization;
using Pipeline.Numerics;

namespace Pipeline.Stages.Report;

/// <summary>A colour of sRGB.</summary>
/// <param name="Hex">Six hexadecimal digits behind a number sign.</param>
internal readonly record struct Colour(string Hex)
{
    public static Colour Black => new("#000000");

    public static Colour White => new("#ffffff");

    /// <summary>Relative luminance, 0.2126·R + 0.7152·G + 0.0722·B of the linear channels, 0 (black) to 1 (WCAG 2.2).</summary>
    public double Luminance => (0.2126 * Linear(0)) + (0.7152 * Linear(1)) + (0.0722 * Linear(2));

    /// <summary>Black or white, whichever can be read better on this colour.</summary>
    public Colour Ink => Contrast(this, Black) >= Contrast(this, White) ? Black : White;

    /// <summary>The contrast ratio of two colours, 1 to 21 (WCAG 2.2).</summary>
    public static double Contrast(Colour a, Colour b)
    {
        var (light, dark) = (Math.Max(a.Luminance, b.Luminance), Math.Min(a.Luminance, b.Luminance));
        return (light + 0.05) / (dark + 0.05);
    }

    /// <summary>The colour a share of the way from one to another, channel by channel.</summary>
    public static Colour Between(Colour from, Colour to, double share) =>
        new(
            "#"
                + string.Concat(
                    Enumerable
                        .Range(0, 3)
                        .Select(i =>
                            ((int)Math.Round(from.Channel(i) + (share * (to.Channel(i) - from.Channel(i))))).ToString(
                                "x2",
                                CultureInfo.InvariantCulture
                            )
                        )
                )
        );

    private int Channel(int index) => Convert.ToInt32(Hex.Substring(1 + (2 * index), 2), 16);

    private double Linear(int index)
    {
        var c = Channel(index) / 255.0;
        return c <= 0.04045 ? c / 12.92 : Float64.Pow((c + 0.055) / 1.055, 2.4);
    }
}
