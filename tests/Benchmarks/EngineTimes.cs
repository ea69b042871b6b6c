namespace Pipeline.Benchmarks;

/// <summary>How long an engine took at a row, round by round.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Rounds">Seconds of each round, at least one.</param>
internal sealed record EngineTimes(string Name, IReadOnlyList<double> Rounds)
{
    /// <summary>Its name as a part of fields.</summary>
    public string Field => Name.Replace('-', '_');

    /// <summary>Seconds of the round in the middle.</summary>
    public double Median => BenchmarkLine.Median(Rounds);

    /// <summary>The one with the least median; null where there is none.</summary>
    public static EngineTimes? Strongest(IEnumerable<EngineTimes> engines) => engines.MinBy(engine => engine.Median);
}
