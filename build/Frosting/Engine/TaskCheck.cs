using Cake.Core;
using Cake.Core.Graph;

namespace Cake.Frosting;

/// <summary>Refuses before anything runs or is printed what Cake finds later, or says without naming the tasks.</summary>
internal static class TaskCheck
{
    /// <exception cref="CakeException">
    /// Dependencies run in a circle, also one that no target reaches, or name a task that isn't there; or there is no target, or an unknown one.
    /// </exception>
    public static void Run(IReadOnlyList<ICakeTaskInfo> tasks, IReadOnlyList<string> targets)
    {
        var done = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var task in tasks)
            Visit(tasks, task, done, []);
        var graph = CakeGraphBuilder.Build(tasks);
        if (targets.Count == 0)
            throw new CakeException("There is no target; give one as --target=TASK.");
        if (targets.Where(t => !graph.Exist(t)).ToArray() is { Length: > 0 } unknown)
        {
            throw new CakeException(
                $"The target{(unknown.Length == 1 ? "" : "s")} '{string.Join("', '", unknown)}' {(unknown.Length == 1 ? "was" : "were")} not found; --description lists the tasks."
            );
        }
    }

    private static void Visit(
        IReadOnlyList<ICakeTaskInfo> tasks,
        ICakeTaskInfo task,
        HashSet<string> done,
        List<string> path
    )
    {
        if (done.Contains(task.Name))
            return;
        var start = path.IndexOf(task.Name);
        path.Add(task.Name);
        if (start >= 0)
            throw new CakeException($"Tasks depend on each other in a circle: {string.Join(" → ", path.Skip(start))}.");
        foreach (var other in tasks.Where(other => Names(task.Dependencies, other) || Names(other.Dependees, task)))
            Visit(tasks, other, done, path);
        path.RemoveAt(path.Count - 1);
        done.Add(task.Name);
    }

    private static bool Names(IReadOnlyList<CakeTaskDependency> dependencies, ICakeTaskInfo task) =>
        dependencies.Any(d => d.Name.Equals(task.Name, StringComparison.OrdinalIgnoreCase));
}
