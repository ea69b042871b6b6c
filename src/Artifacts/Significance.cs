namespace Pipeline.Artifacts;

/// <summary>From where on chance is no explanation.</summary>
public static class Significance
{
    /// <summary>
    /// The probability of a finding where there is none, at most. Intervals are those that leave out
    /// the truth with this probability.
    /// </summary>
    public const double Level = 0.05;

    /// <summary>Its half, for a finding in one direction: that a claim holds, or that it is refuted.</summary>
    public const double Side = Level / 2;

    /// <summary>The fewest seeds that decide anything.</summary>
    public const int FewestSeeds = 3;
}
