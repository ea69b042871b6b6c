using Cake.Core;

namespace Cake.Frosting;

/// <summary>The base of an asynchronous task that needs no context of its own.</summary>
public abstract class AsyncFrostingTask : AsyncFrostingTask<ICakeContext>;

/// <summary>The base of an asynchronous task. One that doesn't override <see cref="RunAsync"/> only gathers its dependencies.</summary>
/// <typeparam name="T">The type of the context; a task whose context is not the host's is left out, with a warning.</typeparam>
public abstract class AsyncFrostingTask<T> : IFrostingTask
    where T : ICakeContext
{
    /// <summary>Does the work.</summary>
    public virtual Task RunAsync(T context) => Task.CompletedTask;

    /// <summary>Whether to run; a target that says no fails, any other task is skipped.</summary>
    public virtual bool ShouldRun(T context) => true;

    /// <summary>Handles a failure. When overridden, the next task runs unless this throws.</summary>
    public virtual void OnError(Exception exception, T context) { }

    /// <summary>Does what is to be done whether the task failed or not.</summary>
    public virtual void Finally(T context) { }

    Type IFrostingTask.ContextType => typeof(T);

    Task IFrostingTask.RunAsync(ICakeContext context) => RunAsync((T)context);

    bool IFrostingTask.ShouldRun(ICakeContext context) => ShouldRun((T)context);

    void IFrostingTask.OnError(Exception exception, ICakeContext context) => OnError(exception, (T)context);

    void IFrostingTask.Finally(ICakeContext context) => Finally((T)context);
}
