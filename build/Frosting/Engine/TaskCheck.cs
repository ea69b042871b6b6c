using Cake.Core;
using Cake.Core.Graph;

namespace Cake.Frosting;

/// <summary>Refuses before anything runs or is printed what Cake finds later, or says without naming the tasks.</summary>
internal static class TaskCheck
{
    /// <exception cref="CakeException">
    /// Dependencies run in a circle, also one that no target reaches, or name a task that isn't there; or there is no target, or an
    /// unknown one.
    /// </exception>
    public static void Run(IReadOnlyList<ICakeTaskInfo> tasks, IReadOnlyList<string> targets)
    {
        var done = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        void visit(ICakeTaskInfo task, string[] path)
        {
            if (done.Contains(task.Name))
                return;
            var start = Array.IndexOf(path, task.Name);
            path = [.. path, task.Name];
            if (start >= 0)
                throw new CakeException(
                    $"Tasks depend on each other in a circle: {string.Join(" → ", path[start..])}."
                );
            foreach (var other in tasks.Where(other => Names(task.Dependencies, other) || Names(other.Dependees, task)))
                visit(other, path);
            done.Add(task.Name);
        }

        foreach (var task in tasks)
            visit(task, []);
        var graph = CakeGraphBuilder.Build(tasks);
        if (targets.Count == 0)
            throw new CakeException("There is no target; give one as --target=TASK.");
        var unknown = targets.Where(t => !graph.Exist(t)).ToArray();
        var (plural, were) = unknown.Length == 1 ? ("", "was") : ("s", "were");
        if (unknown.Length > 0)
            throw new CakeException(
                $"The target{plural} '{string.Join("', '", unknown)}' {were} not found; --description lists the tasks."
            );
    }

    private static bool Names(IReadOnlyList<CakeTaskDependency> dependencies, ICakeTaskInfo task) =>
        dependencies.Any(d => d.Name.Equals(task.Name, StringComparison.OrdinalIgnoreCase));
}
