namespace Pipeline.Executors;

/// <summary>Hands each run to an executor for its backend, one backend after the other.</summary>
/// <param name="executorOf">The executor for a backend's runs; asked for only where there are such runs.</param>
public sealed class BackendExecutor(Func<string, IExecutor> executorOf) : IExecutor
{
    /// <inheritdoc/>
    public void Begin(IReadOnlyList<RunTask> tasks, CancellationToken cancellation)
    {
        foreach (var runs in tasks.GroupBy(run => run.Backend, StringComparer.Ordinal))
            executorOf(runs.Key).Begin([.. runs], cancellation);
    }

    /// <inheritdoc/>
    public IEnumerable<EndedRun> Run(
        IReadOnlyList<RunTask> tasks,
        CancellationToken cancellation,
        Action<RunningRun>? progress = null
    )
    {
        foreach (var runs in tasks.Index().GroupBy(run => run.Item.Backend, StringComparer.Ordinal))
        {
            int[] indexes = [.. runs.Select(run => run.Index)];
            Action<RunningRun>? at = progress is null ? null : run => progress(run with { Index = indexes[run.Index] });
            foreach (var ended in executorOf(runs.Key).Run([.. runs.Select(run => run.Item)], cancellation, at))
                yield return ended with
                {
                    Index = indexes[ended.Index],
                };
        }
    }
}
