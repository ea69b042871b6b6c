using Cake.Core;

namespace Cake.Frosting;

/// <summary>All tasks and which runs before which, without circles. Names match in any case.</summary>
internal sealed class TaskGraph
{
    private readonly Dictionary<string, RegisteredTask> tasks = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<RegisteredTask, List<RegisteredTask>> before = [];

    /// <exception cref="CakeException">Two tasks have one name, a dependency is not among the tasks, or dependencies run in a circle.</exception>
    public TaskGraph(IReadOnlyList<RegisteredTask> all)
    {
        foreach (var task in all)
        {
            if (!tasks.TryAdd(task.Name, task))
                throw new CakeException($"Two tasks are named '{task.Name}'; rename one with [TaskName].");
            before.Add(task, []);
        }
        foreach (var task in all)
        {
            foreach (var dependency in task.Dependencies)
                Connect(Known(task, dependency), task);
            foreach (var dependee in task.Dependees)
                Connect(task, Known(task, dependee));
        }
        var visited = new List<RegisteredTask>();
        foreach (var task in all)
            Visit(task, visited, []);
    }

    /// <summary>The tasks that no other one depends on: <c>Default</c> first, then by name.</summary>
    public IEnumerable<RegisteredTask> TopLevel =>
        tasks.Values.Except(before.Values.SelectMany(b => b))
            .OrderByDescending(t => t.Name.Equals("Default", StringComparison.OrdinalIgnoreCase))
            .ThenBy(t => t.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The task of a name, or null.</summary>
    public RegisteredTask? Find(string name) => tasks.GetValueOrDefault(name);

    /// <summary>A target and all that it depends on, each after what it depends on itself.</summary>
    public IReadOnlyList<RegisteredTask> OrderFor(RegisteredTask target)
    {
        var order = new List<RegisteredTask>();
        Visit(target, order, []);
        return order;
    }

    private RegisteredTask Known(RegisteredTask task, Type other) => Find(RegisteredTask.NameOf(other)) ?? throw new CakeException(
        $"The task '{task.Name}' names '{RegisteredTask.NameOf(other)}' as a dependency, which is not among the tasks: only public classes that are not abstract are.");

    private void Connect(RegisteredTask first, RegisteredTask then)
    {
        if (!before[then].Contains(first))
            before[then].Add(first);
    }

    private void Visit(RegisteredTask task, List<RegisteredTask> done, List<RegisteredTask> path)
    {
        if (done.Contains(task))
            return;
        var start = path.IndexOf(task);
        path.Add(task);
        if (start >= 0)
            throw new CakeException($"Tasks depend on each other in a circle: {string.Join(" → ", path.Skip(start).Select(t => t.Name))}.");
        foreach (var dependency in before[task])
            Visit(dependency, done, path);
        path.RemoveAt(path.Count - 1);
        done.Add(task);
    }
}
