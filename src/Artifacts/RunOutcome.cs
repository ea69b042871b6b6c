namespace Pipeline.Artifacts;

/// <summary>How a run ended.</summary>
public enum RunOutcome
{
    /// <summary>All epochs were trained.</summary>
    Completed,

    /// <summary>The training loss became non-finite or exploded; a result like any other, cached and counted.</summary>
    Diverged,

    /// <summary>The run stopped with an error. Never cached: it is tried again.</summary>
    Failed,
}
