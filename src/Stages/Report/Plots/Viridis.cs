namespace Pipeline.Stages.Report;

/// <summary>
/// The colour map viridis (van der Walt and Smith, 2015): its lightness rises evenly, for people who see fewer colours
/// too. Every tenth of its definition, straight lines between.
/// </summary>
internal static class Viridis
{
    private static readonly Colour[] Tenths =
    [
        new("#440154"),
        new("#482475"),
        new("#414487"),
        new("#355f8d"),
        new("#2a788e"),
        new("#21918c"),
        new("#22a884"),
        new("#44bf70"),
        new("#7ad151"),
        new("#bddf26"),
        new("#fde725"),
    ];

    /// <summary>The colour of a share, 0 (dark) to 1 (light).</summary>
    public static Colour At(double share)
    {
        var place = Math.Clamp(share, 0, 1) * (Tenths.Length - 1);
        var below = Math.Min((int)place, Tenths.Length - 2);
        return Colour.Between(Tenths[below], Tenths[below + 1], place - below);
    }
}
