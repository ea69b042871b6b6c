namespace Pipeline.Artifacts;

/// <summary>What was measured inside one layer of a run's network at one time.</summary>
public sealed record LayerProbe
{
    /// <summary>When: 0 is at initialization, e is after e epochs.</summary>
    public required int Epoch { get; init; }

    /// <summary>Where: layers are counted from 1 in the order of the network, hidden layers, then the output layer.</summary>
    public required int Layer { get; init; }

    /// <summary>The layer's name, such as <c>layers.0</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What: a finite number by the probe's name, such as <c>weight_gradient_norm</c>. What was not finite is left out.</summary>
    public required SortedDictionary<string, double> Values { get; init; }
}
