namespace Pipeline.Stages.Expand;

/// <summary>The part that a run's parameter has in a study.</summary>
internal enum Section
{
    /// <summary>The same in all runs.</summary>
    Fixed,

    /// <summary>Compared: each combination of values is a cell.</summary>
    Scientific,

    /// <summary>Tuned per cell on validation data.</summary>
    Nuisance,
}
