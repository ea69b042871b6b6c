using Pipeline.Artifacts;
using Pipeline.Executors;
using Pipeline.Networks;
using Pipeline.Stages.Train;

namespace Pipeline.Commands.Tests;

public sealed class FlowCommandTests : IDisposable
{
    private readonly Project project = new();

    public void Dispose() => project.Dispose();

    [Fact]
    public void Any_executor_can_train_in_any_order_and_its_results_are_kept()
    {
        Assert.Equal("train: 4 run, 0 cached, 0 diverged, 0 failed", project.Train(new Backwards(_ => false)));
        Assert.Equal("train: 0 run, 4 cached, 0 diverged, 0 failed", project.Train(new Backwards(_ => false)));
        Assert.Equal("train: 0 run, 4 cached, 0 diverged, 0 failed", project.Report());
    }

    [Fact]
    public void A_run_that_fails_is_told_after_the_others_and_is_done_again()
    {
        var thrown = Assert.Throws<PipelineException>(() => project.Train(new Backwards(i => i == 1)));

        Assert.StartsWith("1 of 4 runs failed: run ", thrown.Message, StringComparison.Ordinal);
        var log = Assert.Single(Directory.EnumerateFiles(Path.Combine(project.Root, "artifacts", "logs", "spirals")));
        Assert.EndsWith(
            $"): out of luck (log: artifacts/logs/spirals/{Path.GetFileName(log)})",
            thrown.Message,
            StringComparison.Ordinal
        );
        var text = File.ReadAllText(log);
        Assert.Contains("\n  epochs: 2\n", text, StringComparison.Ordinal);
        Assert.Contains("\nSystem.IO.IOException: out of luck", text, StringComparison.Ordinal);
        Assert.Equal("train: 1 run, 3 cached, 0 diverged, 0 failed", project.Train(new Backwards(_ => false)));
        Assert.False(File.Exists(log));
    }

    [Fact]
    public void Of_many_runs_that_fail_some_are_listed()
    {
        var executor = new Backwards(_ => true, run => $"out of luck {run}");
        var thrown = Assert.Throws<PipelineException>(() => project.Train(executor, "seeds=12"));

        var lines = thrown.Message.Split('\n');
        Assert.Equal("24 of 24 runs failed:", lines[0]);
        Assert.All(lines[1..21], line => Assert.Matches(@"^  run [0-9a-f]{12} of spirals .*\.log\)$", line));
        Assert.Equal("  … 4 more reasons", lines[21]);
        Assert.Equal(22, lines.Length);
        Assert.Equal(24, Directory.GetFiles(Path.Combine(project.Root, "artifacts", "logs", "spirals")).Length);
    }

    [Fact]
    public void Runs_that_fail_for_one_reason_are_told_at_once()
    {
        var thrown = Assert.Throws<PipelineException>(() => project.Train(new Backwards(_ => true), "seeds=12"));

        Assert.Matches(
            @"^24 of 24 runs failed: run [0-9a-f]{12} of spirals .*: out of luck \(log: .*\.log\); so did 23 more$",
            thrown.Message
        );
    }

    [Fact]
    public void With_fail_fast_the_first_failure_stops_the_executor()
    {
        var executor = new Backwards(i => i == 2);

        var thrown = Assert.Throws<PipelineException>(() => project.Report(executor, failFast: true));

        Assert.StartsWith("A run failed: run ", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(2, executor.Yielded);
        Assert.True(executor.IsStopped);
    }

    /// <summary>Trains the last run first, and lets one fail.</summary>
    private sealed class Backwards(Predicate<int> fails, Func<int, string>? why = null) : IExecutor
    {
        public int Yielded { get; private set; }

        public bool IsStopped { get; private set; }

        public IEnumerable<EndedRun> Run(
            IReadOnlyList<RunTask> tasks,
            CancellationToken cancellation,
            Action<RunningRun>? progress = null
        )
        {
            try
            {
                for (var i = tasks.Count - 1; i >= 0; i--)
                {
                    Yielded++;
                    yield return fails(i)
                        ? new(i, null, new IOException(why?.Invoke(i) ?? "out of luck"))
                        : Train(i, tasks[i]);
                }
            }
            finally
            {
                IsStopped = true;
            }
        }

        private static EndedRun Train(int index, RunTask task)
        {
            using var data = PreparedData.Open(task.Data);
            return new(index, Trainer.Run(task.Parameters, data, Backend.Managed, CancellationToken.None), null);
        }
    }
}
