namespace Cake.Frosting;

/// <summary>The column of task names in tables.</summary>
internal static class TaskColumn
{
    /// <summary>30 characters, or one more than the longest name.</summary>
    public static int Width(IEnumerable<string> names) => names.Select(n => n.Length).Append(29).Max() + 1;
}
