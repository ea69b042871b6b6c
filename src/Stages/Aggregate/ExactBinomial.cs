using Pipeline.Numerics;

namespace Pipeline.Stages.Aggregate;

/// <summary>The exact interval of a share (C. J. Clopper, E. S. Pearson, The use of confidence or fiducial limits, 1934).</summary>
internal static class ExactBinomial
{
    /// <summary>
    /// The shares with which so few, or so many, hits are no less likely than the level on either side: from p with
    /// P(X ≥ hits) = side to p with P(X ≤ hits) = side.
    /// </summary>
    /// <param name="hits">0…<paramref name="rows"/>.</param>
    /// <param name="rows">1 at least.</param>
    /// <param name="side">The probability, at most, of a truth below the interval, and of one above it.</param>
    public static (double Low, double High) Interval(int hits, int rows, double side) =>
        (Least(hits, rows, side), 1 - Least(rows - hits, rows, side));

    /// <summary>The p with P(X ≥ hits) = I_p(hits, rows − hits + 1) = side, by halving; 0 for no hit.</summary>
    private static double Least(int hits, int rows, double side)
    {
        if (hits == 0)
            return 0;
        var (low, high) = (0.0, 1.0);
        for (var middle = 0.5; middle > low && middle < high; middle = low + ((high - low) / 2))
        {
            if (Float64.IncompleteBeta(hits, rows - hits + 1, middle) < side)
                low = middle;
            else
                high = middle;
        }
        return low;
    }
}
