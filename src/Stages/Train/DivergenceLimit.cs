namespace Pipeline.Stages.Train;

/// <summary>When a run counts as diverged: its batch loss is not finite, or above 10⁶.</summary>
internal static class DivergenceLimit
{
    private const double LargestLoss = 1e6;

    /// <summary>What is wrong with a batch's loss, or null.</summary>
    public static string? Judge(double loss) =>
        !double.IsFinite(loss) ? "the loss is not finite"
        : loss > LargestLoss ? "the loss exploded"
        : null;
}
