using System.Diagnostics;
using Pipeline.Artifacts;
using Pipeline.Caching;
using Pipeline.Networks;
using Pipeline.Stages.Train;

namespace Pipeline.Executors;

/// <summary>
/// Trains runs so that one that is broken off, whatever ends it, goes on from where it was a while ago: it keeps a checkpoint every so
/// often, and when it is cancelled. Safe for several threads at once.
/// </summary>
/// <param name="backend">Who computes the steps of training.</param>
/// <param name="checkpoints">Where checkpoints are; null where none are kept.</param>
/// <param name="every">How long a run trains from one to the next, if keeping one takes a small part of it.</param>
public sealed class ResumableTrainer(Backend backend, Checkpoints? checkpoints, TimeSpan every)
{
    /// <summary>How long runs train from one checkpoint to the next, where nothing else is said.</summary>
    public static readonly TimeSpan UsualInterval = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(0.2);

    // So much longer than keeping a checkpoint takes a run trains on.
    private const int LeastShareOfTraining = 20;

    // What is soon trained again is not worth a file.
    private static readonly TimeSpan LeastWork = TimeSpan.FromSeconds(0.5);

    /// <summary>Trains a run, from its checkpoint where there is one, which is the caller's to delete once the result is stored.</summary>
    /// <param name="key">The digest of the run's key.</param>
    /// <param name="parameters">What Train reads of its parameters.</param>
    /// <param name="data">Its prepared data.</param>
    /// <param name="report">Takes where it stands, a few times a second; null for nobody.</param>
    /// <param name="cancellation">Ends the run at its next step; a checkpoint is kept.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public RunResult Train(
        string key,
        Parameters parameters,
        PreparedData data,
        Action<IRunInTraining>? report,
        CancellationToken cancellation
    )
    {
        if (checkpoints?.TryRead(key) is { } checkpoint)
        {
            var watch = Watch();
            try
            {
                return Trainer.Run(parameters, data, backend, cancellation, watch, checkpoint);
            }
            catch (Exception e) when (e is not OperationCanceledException && !watch.HasStepped)
            {
                // What the checkpoint is not to blame for comes again. Once a step was done from it, it isn't.
                checkpoints.Drop(key, e.Message);
            }
        }
        return Trainer.Run(parameters, data, backend, cancellation, Watch());

        RunWatch Watch() => new(run => Keep(key, run), checkpoints is null ? null : every, report);
    }

    private void Keep(string key, IRunInTraining run)
    {
        byte[] bytes;
        try
        {
            bytes = run.Checkpoint();
        }
        catch (Exception e) when (e is ArgumentException or OutOfMemoryException)
        {
            // It is larger than JSON or the memory takes: the run goes on without.
            checkpoints!.TellThatNoneIsKept(e.Message);
            return;
        }
        checkpoints!.Put(key, bytes);
    }

    private sealed class RunWatch : IRunWatch
    {
        private readonly Action<IRunInTraining> keep;
        private readonly TimeSpan? every;
        private readonly Action<IRunInTraining>? report;
        private long kept = Stopwatch.GetTimestamp();
        private long nextCheckpoint = long.MaxValue;
        private long nextReport = long.MaxValue;

        public RunWatch(Action<IRunInTraining> keep, TimeSpan? every, Action<IRunInTraining>? report)
        {
            (this.keep, this.every, this.report) = (keep, every, report);
            if (every is { } interval)
                nextCheckpoint = kept + Ticks(interval);
            if (report is not null)
                nextReport = kept + Ticks(ReportInterval);
        }

        /// <summary>Whether a step was done.</summary>
        public bool HasStepped { get; private set; }

        public void AfterStep(IRunInTraining run)
        {
            HasStepped = true;
            var now = Stopwatch.GetTimestamp();
            if (now >= nextReport)
            {
                nextReport = now + Ticks(ReportInterval);
                report!(run);
            }
            if (now >= nextCheckpoint)
                Keep(run);
        }

        public void Interrupted(IRunInTraining run)
        {
            if (every is not null && Stopwatch.GetElapsedTime(kept) >= LeastWork)
                Keep(run);
        }

        private void Keep(IRunInTraining run)
        {
            var begun = Stopwatch.GetTimestamp();
            keep(run);
            kept = Stopwatch.GetTimestamp();
            nextCheckpoint = kept + Math.Max(Ticks(every!.Value), LeastShareOfTraining * (kept - begun));
        }

        // No more than half of what there is, so that a time may be added.
        private static long Ticks(TimeSpan time) =>
            (long)Math.Min(time.TotalSeconds * Stopwatch.Frequency, long.MaxValue / 2);
    }
}
