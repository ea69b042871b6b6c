using System.Diagnostics;
using System.Globalization;
using Pipeline.Artifacts;
using Pipeline.Networks;
using Pipeline.Stages.Train;

namespace Pipeline.Executors.Slurm;

/// <summary>
/// How long runs will take, about: some of them are begun here for a moment, and the others that differ in nothing that counts take as
/// long. It decides how runs are packed, and nothing else.
/// </summary>
internal static class RunTimes
{
    private const int MostMeasured = 8;
    private const int StepsToWarmUp = 3;

    // What a run takes of which nothing is known, in seconds.
    private const double Unmeasured = 30;

    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(0.3);

    // What the network and the steps of a run are made of.
    private static readonly string[] Counts = ["batch_size", "optimizer.kind"];

    /// <summary>About how long each run trains on a core such as this machine's, in seconds.</summary>
    /// <param name="tasks">The runs.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static double[] Estimate(IReadOnlyList<RunTask> tasks, CancellationToken cancellation)
    {
        var seconds = new double[tasks.Count];
        if (tasks.Any(task => task.Backend != Backend.Managed.Name))
        {
            // Another machine's GPU, say, can't be timed here.
            Array.Fill(seconds, Unmeasured);
            return seconds;
        }
        var kinds = tasks.Index().GroupBy(task => KindOf(task.Item), StringComparer.Ordinal);
        var longest = 0.0;
        foreach (var (number, kind) in kinds.Index())
        {
            // Of more kinds than it is worth to measure the rest takes as long as the slowest.
            var first = kind.First().Item;
            var perEpoch = number < MostMeasured ? EpochOf(first, cancellation) : longest;
            longest = Math.Max(longest, perEpoch);
            // What can't be begun here fails there too, or is measured no better.
            foreach (var (index, task) in kind)
                seconds[index] = perEpoch > 0 ? perEpoch * EpochsOf(task) : Unmeasured;
        }
        return seconds;
    }

    private static string KindOf(RunTask task) =>
        string.Join(
            ' ',
            task.Parameters.Keys.Where(key =>
                    key.StartsWith("model.", StringComparison.Ordinal) || Counts.Contains(key, StringComparer.Ordinal)
                )
                .Select(key => string.Create(CultureInfo.InvariantCulture, $"{key}={task.Parameters[key]}"))
                .Append(task.Data)
        );

    private static double EpochsOf(RunTask task) =>
        task.Parameters.TryGet("epochs", out var epochs) && epochs.IsNumber ? Math.Max(epochs.ToDouble(), 1) : 1;

    // A run that can't be begun fails where it is trained, and is told of then.
    private static double EpochOf(RunTask task, CancellationToken cancellation)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var watch = new Watch(enough);
        try
        {
            using var data = PreparedData.Open(task.Data);
            Trainer.Run(task.Parameters, data, Backend.Managed, enough.Token, watch);
        }
        catch (Exception) when (!cancellation.IsCancellationRequested)
        {
            // It was broken off, or failed.
        }
        return watch.SecondsOfEpoch;
    }

    private sealed class Watch(CancellationTokenSource enough) : IRunWatch
    {
        private readonly long begun = Stopwatch.GetTimestamp();
        private long since;
        private int steps;

        public double SecondsOfEpoch { get; private set; }

        public void AfterStep(IRunInTraining run)
        {
            if (steps++ == StepsToWarmUp)
                since = Stopwatch.GetTimestamp();
            var (from, count) = steps > StepsToWarmUp + 1 ? (since, steps - StepsToWarmUp - 1) : (begun, steps);
            SecondsOfEpoch = Stopwatch.GetElapsedTime(from).TotalSeconds / count * run.StepsOfEpoch;
            if (Stopwatch.GetElapsedTime(begun) >= Moment)
                enough.Cancel();
        }

        public void Interrupted(IRunInTraining run) { }
    }
}
