using Pipeline.Artifacts;

namespace Pipeline.Executors;

/// <summary>Trains the runs of one thread, one after the other.</summary>
internal interface IRunTrainer : IDisposable
{
    /// <summary>Trains a run; whatever is thrown but a cancellation is why that run failed.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    RunResult Train(RunTask task, CancellationToken cancellation);
}
