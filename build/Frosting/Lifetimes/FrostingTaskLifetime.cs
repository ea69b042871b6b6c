using Cake.Core;

namespace Cake.Frosting;

/// <summary>What is done before and after each task; derive from <see cref="FrostingTaskLifetime{T}"/>.</summary>
public interface IFrostingTaskLifetime
{
    /// <summary>Runs before each task, a skipped one too. When it throws, the task doesn't run, but its teardown does.</summary>
    void Setup(ICakeContext context, ITaskSetupContext info);

    /// <summary>Runs after each task, also when it was skipped or failed.</summary>
    void Teardown(ICakeContext context, ITaskTeardownContext info);
}

/// <summary>The base of what is done before and after each task, for any context.</summary>
public abstract class FrostingTaskLifetime : FrostingTaskLifetime<ICakeContext>;

/// <summary>The base of what is done before and after each task.</summary>
/// <typeparam name="TContext">The type of the host's context.</typeparam>
public abstract class FrostingTaskLifetime<TContext> : IFrostingTaskLifetime
    where TContext : ICakeContext
{
    /// <summary>Runs before each task, a skipped one too. When it throws, the task doesn't run, but its teardown does.</summary>
    public abstract void Setup(TContext context, ITaskSetupContext info);

    /// <summary>Runs after each task, also when it was skipped or failed.</summary>
    public abstract void Teardown(TContext context, ITaskTeardownContext info);

    void IFrostingTaskLifetime.Setup(ICakeContext context, ITaskSetupContext info) => Setup((TContext)context, info);

    void IFrostingTaskLifetime.Teardown(ICakeContext context, ITaskTeardownContext info) =>
        Teardown((TContext)context, info);
}
