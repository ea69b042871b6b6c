namespace Pipeline.Artifacts;

/// <summary>That a run diverged, went back to a healthy epoch and went on with a smaller learning rate.</summary>
public sealed record RunRestart
{
    /// <summary>The epoch that diverged, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The steps that the run had taken then, the one that showed it and those lost before included.</summary>
    public required int Step { get; init; }

    /// <summary>What was seen, as in <see cref="RunResult.Reason"/>.</summary>
    public required string Reason { get; init; }

    /// <summary>The epoch from whose end it went on; 0 is from the initial weights.</summary>
    public required int From { get; init; }

    /// <summary>What the learning rate is multiplied by from then on, less than 1 or 1.</summary>
    public required double Factor { get; init; }
}
