using Cake.Core;

namespace Cake.Frosting;

/// <summary>The base of what is done before the first task, for any context.</summary>
public abstract class FrostingSetup : FrostingSetup<ICakeContext>;

/// <summary>The base of what is done before the first task.</summary>
/// <typeparam name="TContext">The type of the host's context.</typeparam>
public abstract class FrostingSetup<TContext> : IFrostingSetup
    where TContext : ICakeContext
{
    /// <summary>Runs once, before any task. When it throws, no task runs, but teardown does.</summary>
    public abstract void Setup(TContext context, ISetupContext info);

    void IFrostingSetup.Setup(ICakeContext context, ISetupContext info) => Setup((TContext)context, info);
}
