using Cake.Core;

namespace Cake.Frosting;

/// <summary>What is done before and after each task. Derive from <see cref="FrostingTaskLifetime{T}"/> instead of implementing it.</summary>
public interface IFrostingTaskLifetime
{
    /// <summary>Runs before each task, a skipped one too. When it throws, the task doesn't run, but its teardown does.</summary>
    void Setup(ICakeContext context, ITaskSetupContext info);

    /// <summary>Runs after each task, also when it was skipped or failed.</summary>
    void Teardown(ICakeContext context, ITaskTeardownContext info);
}
