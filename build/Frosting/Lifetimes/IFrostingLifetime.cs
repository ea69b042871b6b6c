using Cake.Core;

namespace Cake.Frosting;

/// <summary>What is done before the first task and after the last. Derive from <see cref="FrostingLifetime{T}"/> instead of implementing it.</summary>
public interface IFrostingLifetime
{
    /// <summary>Runs once, before any task. When it throws, no task runs, but teardown does.</summary>
    void Setup(ICakeContext context, ISetupContext info);

    /// <summary>Runs once, after all tasks, also when one of them or setup failed.</summary>
    void Teardown(ICakeContext context, ITeardownContext info);
}
