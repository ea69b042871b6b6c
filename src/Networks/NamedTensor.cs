namespace Pipeline.Networks;

/// <summary>A tensor's values.</summary>
/// <param name="Name">The dotted name, such as <c>layers.0.linear.weight</c>.</param>
/// <param name="Shape">The lengths of its dimensions.</param>
/// <param name="Values">Its elements, row-major.</param>
public sealed record NamedTensor(string Name, IReadOnlyList<int> Shape, float[] Values);
