namespace Cake.Frosting;

/// <summary>Names a task; without it a task has the name of its class.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class TaskNameAttribute(string name) : Attribute
{
    /// <summary>The name. Upper and lower case are equal.</summary>
    public string Name { get; } = name;
}

/// <summary>Describes a task for <c>--description</c>.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class TaskDescriptionAttribute(string description) : Attribute
{
    /// <summary>The description, one line.</summary>
    public string Description { get; } = description;
}
