namespace Pipeline.Numerics;

/// <summary>Where the operations of one computation are counted, see <see cref="CountedFloat"/>.</summary>
internal sealed class OperationTally
{
    /// <summary>What was done so far.</summary>
    public OperationCounts Counts { get; set; }
}
