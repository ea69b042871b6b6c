using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>Which value is black and which is white; in colour, the same for each channel.</summary>
/// <param name="Low">The value that is black, as all below it.</param>
/// <param name="High">The value that is white, as all above it.</param>
internal readonly record struct GreyScale(double Low, double High)
{
    private const int Darkest = Png.Transparent + 1;

    /// <summary>From the smallest to the largest finite value; 0 to 0 where there is none.</summary>
    public static GreyScale Spanning(IEnumerable<Picture> pictures)
    {
        var (low, high) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (var value in pictures.SelectMany(picture => picture.Values).Where(float.IsFinite))
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        return low <= high ? new(low, high) : new(0, 0);
    }

    /// <summary>The same scale, 0 included.</summary>
    public GreyScale WithZero() => new(Math.Min(Low, 0), Math.Max(High, 0));

    /// <summary>The scale with 0 in its middle that reaches as far as this one.</summary>
    public GreyScale Symmetric()
    {
        var reach = Math.Max(Math.Abs(Low), Math.Abs(High));
        return new(-reach, reach);
    }

    /// <summary>
    /// The level of a value in a <see cref="Png"/>; NaN is transparent. Where low and high are
    /// equal, everything is black.
    /// </summary>
    public byte Level(float value)
    {
        if (float.IsNaN(value))
            return Png.Transparent;
        var share = High > Low ? Math.Clamp((value - Low) / (High - Low), 0, 1) : 0;
        return (byte)(Darkest + (share * (byte.MaxValue - Darkest)) + 0.5);
    }

    /// <summary>Both ends in three significant digits: <c>-1.23 (black) to 45.6 (white)</c>.</summary>
    public override string ToString() =>
        $"{Rounding.Significant(Low, 3)} (black) to {Rounding.Significant(High, 3)} (white)";
}
