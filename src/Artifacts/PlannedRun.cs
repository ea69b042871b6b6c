namespace Pipeline.Artifacts;

/// <summary>One run of a plan.</summary>
/// <param name="Trial">The trial's number (see <see cref="Plan"/>).</param>
/// <param name="Seed">The seed.</param>
/// <param name="Spec">Every parameter of the run, the seed included.</param>
public sealed record PlannedRun(int Trial, int Seed, Parameters Spec)
{
    /// <summary>The run's short name: the first 12 digits of its spec's digest. The same run has the same name in every study.</summary>
    public string Id => Digest.Of(Spec.ToJson())[..12];
}
