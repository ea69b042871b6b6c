using Pipeline.Artifacts;

namespace Pipeline.Executors;

/// <summary>Trains the runs of one thread, one after the other.</summary>
internal interface IRunTrainer : IDisposable
{
    /// <summary>Trains a run; whatever is thrown but a cancellation is why that run failed.</summary>
    /// <param name="task">The run.</param>
    /// <param name="index">Its position among the tasks.</param>
    /// <param name="cancellation">Ends it at its next step.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    RunResult Train(RunTask task, int index, CancellationToken cancellation);
}
