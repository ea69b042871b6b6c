using Pipeline.Artifacts;
using Pipeline.Caching;

namespace Pipeline.Executors.Tests;

public sealed class BackendExecutorTests
{
    [Fact]
    public void Each_run_goes_to_the_executor_of_its_backend_and_keeps_its_place()
    {
        var given = new Dictionary<string, IReadOnlyList<RunTask>>(StringComparer.Ordinal);
        var tasks = new[] { "b", "a", "b", "b", "a" }
            .Select(
                (backend, i) =>
                    new RunTask(
                        new StageKey("train", "{}", KeyPart.Empty, KeyPart.Empty),
                        Parameters.Empty,
                        $"{i}",
                        backend
                    )
            )
            .ToArray();

        var seen = new List<int>();
        var ended = new BackendExecutor(backend => new Backwards(runs => given.Add(backend, runs)))
            .Run(tasks, CancellationToken.None, at => seen.Add(at.Index))
            .ToList();

        Assert.Equal([3, 2, 0, 4, 1], ended.Select(run => run.Index));
        Assert.Equal([3, 4], seen);
        Assert.Equal(["0", "2", "3"], given["b"].Select(task => task.Data));
        Assert.Equal(["1", "4"], given["a"].Select(task => task.Data));
    }

    /// <summary>Ends its runs, the last one first.</summary>
    private sealed class Backwards(Action<IReadOnlyList<RunTask>> note) : IExecutor
    {
        public IEnumerable<EndedRun> Run(
            IReadOnlyList<RunTask> tasks,
            CancellationToken cancellation,
            Action<RunningRun>? progress = null
        )
        {
            note(tasks);
            progress?.Invoke(new(tasks.Count - 1, 1, 2, 3, 4, 5));
            return Enumerable.Range(0, tasks.Count).Reverse().Select(i => new EndedRun(i, null, null));
        }
    }
}
