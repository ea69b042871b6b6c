using System.Reflection;
using Cake.Core;
using Cake.Core.Diagnostics;

namespace Cake.Frosting;

/// <summary>A task with what its attributes and overridden methods say.</summary>
internal sealed class RegisteredTask : ICakeTaskInfo
{
    private readonly IFrostingTask task;
    private readonly bool continuesOnError;

    private RegisteredTask(IFrostingTask task, Type contextType)
    {
        this.task = task;
        var type = task.GetType();
        Name = NameOf(type);
        Description = type.GetCustomAttribute<TaskDescriptionAttribute>()?.Description ?? "";
        Dependencies = [.. type.GetCustomAttributes<IsDependentOnAttribute>().Select(a => a.Task)];
        Dependees = [.. type.GetCustomAttributes<IsDependeeOfAttribute>().Select(a => a.Task)];
        continuesOnError = type.GetCustomAttribute<ContinueOnErrorAttribute>() is not null;
        HasWork = Overrides(type, "Run", contextType) || Overrides(type, "RunAsync", contextType);
        HasCriterion = Overrides(type, "ShouldRun", contextType);
        HasErrorHandler = Overrides(type, "OnError", typeof(Exception), contextType);
        HasFinally = Overrides(type, "Finally", contextType);
    }

    public string Name { get; }

    public string Description { get; }

    /// <summary>The classes of the tasks to run before this one.</summary>
    public IReadOnlyList<Type> Dependencies { get; }

    /// <summary>The classes of the tasks to run this one before.</summary>
    public IReadOnlyList<Type> Dependees { get; }

    /// <summary>Whether it does something itself, and doesn't only gather what it depends on.</summary>
    public bool HasWork { get; }

    public bool HasCriterion { get; }

    public bool HasFinally { get; }

    /// <summary>Whether a failure doesn't end the run.</summary>
    public bool HandlesErrors => continuesOnError || HasErrorHandler;

    private bool HasErrorHandler { get; }

    /// <summary>The name by which a class is known as a task.</summary>
    public static string NameOf(Type type) => type.GetCustomAttribute<TaskNameAttribute>()?.Name ?? type.Name;

    /// <summary>Reads a task's class. A task for another context than the host's is null, with a warning.</summary>
    /// <exception cref="CakeException">The task has no name, a wrong or doubled dependency, or handles errors in two ways.</exception>
    public static RegisteredTask? Read(IFrostingTask task, ICakeContext context)
    {
        context.Log.Debug("Registering task: {0}", NameOf(task.GetType()));
        var contextType = ContextTypeOf(task.GetType());
        if (!contextType.IsInstanceOfType(context))
        {
            context.Log.Warning("The task {0} is left out: it needs a context of type {1}.", NameOf(task.GetType()), contextType.FullName);
            return null;
        }
        var registered = new RegisteredTask(task, contextType);
        registered.Validate();
        return registered;
    }

    public Task ExecuteAsync(ICakeContext context) => HasWork ? task.RunAsync(context) : Task.CompletedTask;

    public bool ShouldRun(ICakeContext context) => task.ShouldRun(context);

    public void Finally(ICakeContext context) => task.Finally(context);

    public void OnError(Exception exception, ICakeContext context)
    {
        if (HasErrorHandler)
            task.OnError(exception, context);
    }

    private void Validate()
    {
        if (string.IsNullOrWhiteSpace(Name))
            throw new CakeException($"The task {task.GetType().FullName} has an empty name.");
        if (continuesOnError && HasErrorHandler)
            throw new CakeException($"The task '{Name}' has both [ContinueOnError] and OnError; choose one.");
        foreach (var others in new[] { Dependencies, Dependees })
        {
            if (others.FirstOrDefault(o => !typeof(IFrostingTask).IsAssignableFrom(o)) is { } wrong)
                throw new CakeException($"The task '{Name}' names {wrong.FullName} as a dependency, which is not a task.");
            if (others.GroupBy(NameOf, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Skip(1).Any()) is { } doubled)
                throw new CakeException($"The task '{Name}' names '{doubled.Key}' twice.");
        }
    }

    /// <summary>The <c>T</c> of the <see cref="FrostingTask{T}"/> or <see cref="AsyncFrostingTask{T}"/> that a class derives from.</summary>
    private static Type ContextTypeOf(Type type)
    {
        for (var ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (ancestor.IsGenericType &&
                (ancestor.GetGenericTypeDefinition() == typeof(FrostingTask<>) || ancestor.GetGenericTypeDefinition() == typeof(AsyncFrostingTask<>)))
            {
                return ancestor.GenericTypeArguments[0];
            }
        }
        throw new CakeException($"The task {type.FullName} must derive from FrostingTask<T> or AsyncFrostingTask<T>.");
    }

    private static bool Overrides(Type type, string method, params Type[] parameters) =>
        type.GetMethod(method, parameters) is { } found && found.GetBaseDefinition().DeclaringType != found.DeclaringType;
}
