namespace Pipeline.Commands;

/// <summary>What a command does otherwise whose runs are trained on a cluster.</summary>
/// <param name="Prepare">
/// Has data prepared there, given whether they are, until they are; tells whether all that follows is left to the cluster.
/// </param>
/// <param name="IsDetached">Whether the command ends once all is submitted.</param>
public sealed record Cluster(Func<Func<bool>, CancellationToken, bool> Prepare, bool IsDetached);
