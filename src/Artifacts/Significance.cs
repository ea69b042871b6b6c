namespace Pipeline.Artifacts;

/// <summary>From where on chance is no explanation.</summary>
public static class Significance
{
    /// <summary>
    /// The probability of a finding where there is none, at most. Intervals are those that leave out
    /// the truth with this probability.
    /// </summary>
    public const double Level = 0.05;
}
