namespace Cake.Frosting;

/// <summary>Describes a task for <c>--description</c>.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class TaskDescriptionAttribute(string description) : Attribute
{
    /// <summary>The description, one line.</summary>
    public string Description { get; } = description;
}
