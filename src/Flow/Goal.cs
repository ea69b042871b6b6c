namespace Pipeline.Flow;

/// <summary>How far a command goes.</summary>
public enum Goal
{
    /// <summary>Up to prepared data.</summary>
    Preprocess,

    /// <summary>Up to trained runs.</summary>
    Train,

    /// <summary>Up to tables.</summary>
    Aggregate,

    /// <summary>Up to reports.</summary>
    Report,
}
