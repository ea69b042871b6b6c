using Cake.Core;

namespace Cake.Frosting;

/// <summary>What is done before the first task and after the last; derive from <see cref="FrostingLifetime{T}"/>.</summary>
public interface IFrostingLifetime
{
    /// <summary>Runs once, before any task. When it throws, no task runs, but teardown does.</summary>
    void Setup(ICakeContext context, ISetupContext info);

    /// <summary>Runs once, after all tasks, also when one of them or setup failed.</summary>
    void Teardown(ICakeContext context, ITeardownContext info);
}

/// <summary>The base of what is done before the first task and after the last, for any context.</summary>
public abstract class FrostingLifetime : FrostingLifetime<ICakeContext>;

/// <summary>The base of what is done before the first task and after the last.</summary>
/// <typeparam name="TContext">The type of the host's context.</typeparam>
public abstract class FrostingLifetime<TContext> : IFrostingLifetime
    where TContext : ICakeContext
{
    /// <summary>Runs once, before any task. When it throws, no task runs, but teardown does.</summary>
    public abstract void Setup(TContext context, ISetupContext info);

    /// <summary>Runs once, after all tasks, also when one of them or setup failed.</summary>
    public abstract void Teardown(TContext context, ITeardownContext info);

    void IFrostingLifetime.Setup(ICakeContext context, ISetupContext info) => Setup((TContext)context, info);

    void IFrostingLifetime.Teardown(ICakeContext context, ITeardownContext info) => Teardown((TContext)context, info);
}
