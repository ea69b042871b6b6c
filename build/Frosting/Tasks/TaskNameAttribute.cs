namespace Cake.Frosting;

/// <summary>Names a task; without it a task has the name of its class.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class TaskNameAttribute(string name) : Attribute
{
    /// <summary>The name. Upper and lower case are equal.</summary>
    public string Name { get; } = name;
}
