using Cake.Core;

namespace Cake.Frosting;

/// <summary>The base of what is done after the last task, for any context.</summary>
public abstract class FrostingTeardown : FrostingTeardown<ICakeContext>;

/// <summary>The base of what is done after the last task.</summary>
/// <typeparam name="TContext">The type of the host's context.</typeparam>
public abstract class FrostingTeardown<TContext> : IFrostingTeardown
    where TContext : ICakeContext
{
    /// <summary>Runs once, after all tasks, also when one of them or setup failed.</summary>
    public abstract void Teardown(TContext context, ITeardownContext info);

    void IFrostingTeardown.Teardown(ICakeContext context, ITeardownContext info) => Teardown((TContext)context, info);
}
