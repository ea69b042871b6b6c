namespace Pipeline.Stages.Train;

/// <summary>Measures something inside a network on a fixed batch, layer by layer. It changes no bit of the training.</summary>
[Catalogue("probe")]
public abstract class Probe
{
    /// <summary>The names of all that it may measure.</summary>
    public abstract IReadOnlyList<string> Names { get; }

    /// <summary>Whether it looks at the updates of the steps that follow, see <see cref="ObservedLayer.Updates"/>.</summary>
    public virtual bool NeedsUpdates => false;

    /// <summary>Whether it looks at the weights before training, see <see cref="ObservedLayer.FirstWeights"/>.</summary>
    public virtual bool NeedsFirstWeights => false;

    /// <summary>Measures a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <returns>Numbers by one of the <see cref="Names"/>; those that are not finite are left out of the result.</returns>
    public abstract IEnumerable<KeyValuePair<string, double>> Measure(ObservedLayer layer);
}
