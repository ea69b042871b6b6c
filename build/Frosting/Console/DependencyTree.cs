namespace Cake.Frosting;

/// <summary>The tree of <c>--tree</c>: each task that no other one needs, with its dependencies below.</summary>
internal static class DependencyTree
{
    public static void Write(CakeConsole console, TaskGraph graph)
    {
        console.WriteLine();
        foreach (var task in graph.TopLevel)
        {
            console.WriteLine(task.Name, ConsoleColor.Cyan);
            WriteDependencies(console, graph, task, indent: "");
            console.WriteLine();
        }
    }

    private static void WriteDependencies(CakeConsole console, TaskGraph graph, RegisteredTask task, string indent)
    {
        for (var i = 0; i < task.Dependencies.Count; i++)
        {
            var isLast = i == task.Dependencies.Count - 1;
            var dependency = graph.Find(RegisteredTask.NameOf(task.Dependencies[i]))!;
            console.Write(indent + (isLast ? "└─" : "├─"));
            console.WriteLine(dependency.Name, dependency.HasWork ? ConsoleColor.Green : ConsoleColor.Gray);
            WriteDependencies(console, graph, dependency, indent + (isLast ? "   " : "│ "));
        }
    }
}
