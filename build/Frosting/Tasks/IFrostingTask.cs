using Cake.Core;

namespace Cake.Frosting;

/// <summary>A task as the host sees it; derive from <see cref="FrostingTask{T}"/> or <see cref="AsyncFrostingTask{T}"/>.</summary>
public interface IFrostingTask
{
    /// <summary>The type of the context that the task needs.</summary>
    internal Type ContextType =>
        throw new CakeException(
            $"The task {GetType().FullName} must derive from FrostingTask<T> or AsyncFrostingTask<T>."
        );

    /// <summary>Does the work.</summary>
    Task RunAsync(ICakeContext context);

    /// <summary>Whether to run; a target that says no fails, any other task is skipped.</summary>
    bool ShouldRun(ICakeContext context);

    /// <summary>Handles what <see cref="RunAsync"/> threw.</summary>
    void OnError(Exception exception, ICakeContext context);

    /// <summary>Does what is to be done whether the task failed or not.</summary>
    void Finally(ICakeContext context);
}
