namespace Cake.Core;

/// <summary>A task as others see it.</summary>
public interface ICakeTaskInfo
{
    /// <summary>The name.</summary>
    string Name { get; }

    /// <summary>The description, empty when it has none.</summary>
    string Description { get; }
}
