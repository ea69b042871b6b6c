namespace Cake.Frosting;

/// <summary>The table of <c>--description</c>: all tasks in the order registered.</summary>
internal static class DescriptionTable
{
    public static void Write(CakeConsole console, IReadOnlyList<RegisteredTask> tasks)
    {
        var nameColumn = TaskColumn.Width(tasks.Select(t => t.Name));
        console.WriteLine();
        console.WriteLine("Task".PadRight(nameColumn) + "Description");
        console.WriteLine(new string('=', nameColumn + 50));
        foreach (var task in tasks)
            console.WriteLine(task.Name.PadRight(nameColumn) + task.Description);
    }
}
