namespace Pipeline.Artifacts;

/// <summary>A parameter that takes several values in a study.</summary>
/// <param name="Key">The dotted key, such as <c>model.depth</c>.</param>
/// <param name="Values">The values, all different, in the order of the study.</param>
public sealed record Axis(string Key, IReadOnlyList<Scalar> Values);
