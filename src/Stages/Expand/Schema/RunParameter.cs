using Pipeline.Artifacts;

namespace Pipeline.Stages.Expand.Schema;

/// <summary>One parameter of a run.</summary>
/// <param name="Key">Its dotted key.</param>
/// <param name="Type">The values that it takes.</param>
/// <param name="Description">What it is, in a few words.</param>
internal sealed record RunParameter(string Key, ParameterType Type, string Description)
{
    /// <summary>Its value where a study gives none, as a study would write it; null where a study must give one.</summary>
    public string? Default { get; init; }

    /// <summary>When a run has this parameter at all; null is always.</summary>
    public ParameterCondition? AppliesWhen { get; } = ParameterUse.AppliesWhen(Key);
}
