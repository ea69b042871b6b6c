using Pipeline.Executors.Slurm;

namespace Pipeline.Slurm.Tests;

/// <summary>What Slurm and nodes tell, with what a test doesn't care about filled in.</summary>
internal static class Given
{
    public const string Node = "node1";

    public static Attempt Attempt(
        AttemptState state,
        int trained = 0,
        int threads = 2,
        string? sentence = null,
        double seconds = 1,
        int[]? done = null,
        FailedOfPack[]? failed = null
    ) =>
        new()
        {
            Node = Node,
            Threads = threads,
            State = state,
            Sentence = sentence,
            Seconds = seconds,
            Done = done ?? [],
            Trained = trained,
            Failed = failed ?? [],
        };

    public static QueuedTask Queued(string state, string reason = "None", string node = Node) =>
        new("pipeline-x", "7", 0, state, reason, node);

    /// <summary>A program that trains, by its name, of which more files are named as a list of dependencies has them.</summary>
    public static string Program(string folder, string libraries = "{}")
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "Pipeline.Worker.dll");
        File.WriteAllText(path, "program");
        File.WriteAllText(Path.ChangeExtension(path, ".runtimeconfig.json"), "{}");
        File.WriteAllText(
            Path.ChangeExtension(path, ".deps.json"),
            $$"""
            {
              "targets": {
                "net": { "Pipeline.Worker/1.0.0": { "runtime": { "Pipeline.Worker.dll": {} } } },
                "net/any": {{libraries}}
              }
            }
            """
        );
        return path;
    }

    /// <summary>A task that told something, as its attempt and squeue have it.</summary>
    public static WatchedTask Task(JobFolder folder, int runs, string? state, Attempt? attempt, string reason = "None")
    {
        var task = new WatchedTask(folder, 0, [.. Enumerable.Range(0, runs)]);
        if (attempt is not null)
        {
            folder.WriteAttempt(0, 0, attempt);
            task.Read(folder.AttemptFiles()[0]);
        }
        task.Note(state is null ? null : Queued(state, reason));
        return task;
    }
}
