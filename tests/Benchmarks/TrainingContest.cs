namespace Pipeline.Benchmarks;

/// <summary>One training on one core: training steps alone, batches gathered from data in memory.</summary>
internal sealed class TrainingContest(Work work) : Contest(work.Id)
{
    private string root = "";
    private int rows;

    /// <inheritdoc/>
    public override int Cores => 1;

    /// <inheritdoc/>
    public override double ProductOperations => work.ProductOperations(rows);

    /// <inheritdoc/>
    public override void Prepare(string folder) => (root, rows) = (folder, new WorkFolder(folder, work).Write());

    /// <inheritdoc/>
    public override Measurement TimeOurs() =>
        Measurement.Parse(Output("dotnet", [typeof(TrainingContest).Assembly.Location, "work", work.Id, root]).Trim());

    /// <inheritdoc/>
    public override Measurement TimePeer(Peer peer) =>
        peer.Train([
            [new WorkFolder(root, work).Location],
        ]);
}
