namespace Cake.Frosting;

/// <summary>What is done around all tasks and around each, where the host has it.</summary>
internal sealed record Lifetimes(
    IFrostingSetup? Setup,
    IFrostingTeardown? Teardown,
    IFrostingTaskSetup? TaskSetup,
    IFrostingTaskTeardown? TaskTeardown);
