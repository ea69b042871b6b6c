namespace Cake.Frosting;

/// <summary>Runs another task before this one.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class IsDependentOnAttribute(Type type) : Attribute
{
    /// <summary>The class of the other task.</summary>
    public Type Task { get; } = type;
}

/// <summary>Runs this task before another one.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class IsDependeeOfAttribute(Type type) : Attribute
{
    /// <summary>The class of the other task.</summary>
    public Type Task { get; } = type;
}
