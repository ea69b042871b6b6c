namespace Pipeline.Artifacts;

/// <summary>That a parameter, which every run has, has one of certain values.</summary>
/// <param name="Key">The parameter's key.</param>
/// <param name="Values">The values, texts; of a call such as <c>batch(0.2)</c> the name.</param>
public sealed record ParameterCondition(string Key, IReadOnlyList<string> Values)
{
    /// <summary>Whether it has in a run.</summary>
    /// <exception cref="KeyNotFoundException">The run lacks the parameter.</exception>
    public bool IsMet(Parameters run) => Admits(run[Key]);

    /// <summary>Whether the parameter may have a value.</summary>
    public bool Admits(Scalar value) => Values.Contains(value.ToString().Split('(')[0], StringComparer.Ordinal);
}
