namespace Cake.Core;

/// <summary>What is known after a task.</summary>
public interface ITaskTeardownContext : ICakeContext
{
    /// <summary>The task that ran or was skipped.</summary>
    ICakeTaskInfo Task { get; }

    /// <summary>How long it ran; zero when it was skipped.</summary>
    TimeSpan Duration { get; }

    /// <summary>Whether it was skipped.</summary>
    bool Skipped { get; }

    /// <summary>Whether it didn't fail.</summary>
    bool Successful { get; }

    /// <summary>What it threw, or null.</summary>
    Exception? ThrownException { get; }
}

internal sealed class TaskTeardownContext(ICakeContext context, ICakeTaskInfo task, TimeSpan duration, bool skipped, Exception? thrown)
    : CakeContextAdapter(context), ITaskTeardownContext
{
    public ICakeTaskInfo Task => task;

    public TimeSpan Duration => duration;

    public bool Skipped => skipped;

    public bool Successful => thrown is null;

    public Exception? ThrownException => thrown;
}
