namespace Pipeline.Executors;

/// <summary>Who trains runs: the threads of this process, or machines elsewhere. A result is the same whoever trained it.</summary>
public interface IExecutor
{
    /// <summary>
    /// Begins runs that <see cref="Run"/> will be asked for, where that is of use: machines elsewhere can be at the runs of one study while
    /// those of another are waited for.
    /// </summary>
    /// <param name="tasks">The runs.</param>
    /// <param name="cancellation">Ends it; what has begun goes on.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    void Begin(IReadOnlyList<RunTask> tasks, CancellationToken cancellation) { }

    /// <summary>
    /// Trains runs and yields each when it has ended, in any order. A run that fails is yielded with its error, and the
    /// others go on. Who stops enumerating stops the runs that have not ended; what was yielded stays.
    /// </summary>
    /// <param name="tasks">The runs, in the order in which they are to be begun.</param>
    /// <param name="cancellation">Ends all runs at their next step.</param>
    /// <param name="progress">Takes where runs stand that take long, a few times a second, on any thread; null for nobody.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled; runs that had ended before were yielded.</exception>
    IEnumerable<EndedRun> Run(
        IReadOnlyList<RunTask> tasks,
        CancellationToken cancellation,
        Action<RunningRun>? progress = null
    );
}
