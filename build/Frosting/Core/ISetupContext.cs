namespace Cake.Core;

/// <summary>What is known before the first task.</summary>
public interface ISetupContext : ICakeContext
{
    /// <summary>The first target.</summary>
    ICakeTaskInfo TargetTask { get; }

    /// <summary>The first target and what it depends on, in the order they run.</summary>
    IReadOnlyCollection<ICakeTaskInfo> TasksToExecute { get; }
}

internal sealed class SetupContext(ICakeContext context, ICakeTaskInfo target, IReadOnlyCollection<ICakeTaskInfo> tasks)
    : CakeContextAdapter(context), ISetupContext
{
    public ICakeTaskInfo TargetTask => target;

    public IReadOnlyCollection<ICakeTaskInfo> TasksToExecute => tasks;
}
