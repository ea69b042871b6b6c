using Cake.Core;

namespace Cake.Frosting;

/// <summary>What is done before each task.</summary>
public interface IFrostingTaskSetup
{
    /// <summary>Runs before each task, a skipped one too. When it throws, the task doesn't run, but its teardown does.</summary>
    void Setup(ICakeContext context, ITaskSetupContext info);
}

/// <summary>What is done after each task.</summary>
public interface IFrostingTaskTeardown
{
    /// <summary>Runs after each task, also when it was skipped or failed.</summary>
    void Teardown(ICakeContext context, ITaskTeardownContext info);
}

/// <summary>What is done before and after each task.</summary>
public interface IFrostingTaskLifetime : IFrostingTaskSetup, IFrostingTaskTeardown;
