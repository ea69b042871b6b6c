namespace Pipeline.Flow;

/// <summary>What an evaluator does with a stage that the cache doesn't have.</summary>
public enum Mode
{
    /// <summary>Notes that it is to do, and why.</summary>
    Plan,

    /// <summary>Computes and stores it.</summary>
    Run,
}
