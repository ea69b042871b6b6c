using Cake.Core;

namespace Cake.Frosting;

/// <summary>What is done before the first task.</summary>
public interface IFrostingSetup
{
    /// <summary>Runs once, before any task. When it throws, no task runs, but teardown does.</summary>
    void Setup(ICakeContext context, ISetupContext info);
}

/// <summary>What is done after the last task.</summary>
public interface IFrostingTeardown
{
    /// <summary>Runs once, after all tasks, also when one of them or setup failed.</summary>
    void Teardown(ICakeContext context, ITeardownContext info);
}

/// <summary>What is done before the first task and after the last.</summary>
public interface IFrostingLifetime : IFrostingSetup, IFrostingTeardown;
