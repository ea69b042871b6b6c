namespace Cake.Core;

/// <summary>What is known before a task.</summary>
public interface ITaskSetupContext : ICakeContext
{
    /// <summary>The task about to run or to be skipped.</summary>
    ICakeTaskInfo Task { get; }
}

internal sealed class TaskSetupContext(ICakeContext context, ICakeTaskInfo task) : CakeContextAdapter(context), ITaskSetupContext
{
    public ICakeTaskInfo Task => task;
}
