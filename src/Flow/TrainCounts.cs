namespace Pipeline.Flow;

/// <summary>How the runs of a command ended; the numbers of its closing line.</summary>
/// <param name="Run">Runs trained by this command, diverged ones included.</param>
/// <param name="Cached">Runs whose results were in the cache.</param>
/// <param name="Diverged">Diverged runs among both.</param>
/// <param name="Failed">Runs that ended with an error.</param>
public sealed record TrainCounts(int Run, int Cached, int Diverged, int Failed)
{
    /// <summary>Adds the counts of another study.</summary>
    public static TrainCounts operator +(TrainCounts x, TrainCounts y) =>
        new(x.Run + y.Run, x.Cached + y.Cached, x.Diverged + y.Diverged, x.Failed + y.Failed);

    /// <summary>The line that scripts rely on.</summary>
    public override string ToString() => $"train: {Run} run, {Cached} cached, {Diverged} diverged, {Failed} failed";
}
