namespace Pipeline.Artifacts;

/// <summary>That a parameter, which every run has, has one of certain values.</summary>
/// <param name="Key">The parameter's key.</param>
/// <param name="Values">The values, texts.</param>
public sealed record ParameterCondition(string Key, IReadOnlyList<string> Values)
{
    /// <summary>Whether it has in a run.</summary>
    /// <exception cref="KeyNotFoundException">The run lacks the parameter.</exception>
    public bool IsMet(Parameters run) => Values.Contains(run.Text(Key), StringComparer.Ordinal);
}
