using System.Reflection;
using Cake.Core;
using Cake.Core.Diagnostics;

namespace Cake.Frosting;

/// <summary>Gives a task to Cake's engine with what its attributes and overridden methods say.</summary>
internal static class TaskRegistration
{
    /// <summary>Registers a task. One for another context than the host's is left out, with a warning.</summary>
    /// <exception cref="CakeException">
    /// The task has no name or that of another one, a wrong or doubled dependency, or handles errors in two ways.
    /// </exception>
    public static void Register(CakeEngine engine, IFrostingTask task, IFrostingContext context)
    {
        var type = task.GetType();
        var name = NameOf(type);
        context.Log.Debug("Registering task: {0}", name);
        var needed = task.ContextType;
        if (!needed.IsInstanceOfType(context))
            context.Log.Warning("The task {0} is left out: it needs a context of type {1}.", name, needed.FullName);
        else if (string.IsNullOrWhiteSpace(name))
            throw new CakeException($"The task {type.FullName} has an empty name.");
        else
            Describe(engine.RegisterTask(name), task, context);
    }

    private static void Describe(CakeTaskBuilder builder, IFrostingTask task, IFrostingContext context)
    {
        var type = task.GetType();
        builder.Description(type.GetCustomAttribute<TaskDescriptionAttribute>()?.Description ?? "");
        var overridden = Array.ConvertAll(Array.FindAll(type.GetMethods(), Overrides), m => m.Name);
        if (overridden.Contains("Run") || overridden.Contains("RunAsync"))
            builder.Does(task.RunAsync);
        if (overridden.Contains("ShouldRun"))
            builder.WithCriteria(task.ShouldRun);
        if (overridden.Contains("Finally"))
            builder.Finally(() => task.Finally(context));
        var continuesOnError = type.GetCustomAttribute<ContinueOnErrorAttribute>() is not null;
        var handlesErrors = overridden.Contains("OnError");
        if (continuesOnError && handlesErrors)
            throw new CakeException($"The task '{NameOf(type)}' has both [ContinueOnError] and OnError; choose one.");
        if (continuesOnError)
            builder.ContinueOnError();
        if (handlesErrors)
            builder.OnError(exception => task.OnError(exception, context));
        foreach (var dependency in type.GetCustomAttributes<IsDependentOnAttribute>())
            builder.IsDependentOn(Known(type, dependency.Task));
        foreach (var dependee in type.GetCustomAttributes<IsDependeeOfAttribute>())
            builder.IsDependeeOf(Known(type, dependee.Task));
    }

    private static string NameOf(Type type) => type.GetCustomAttribute<TaskNameAttribute>()?.Name ?? type.Name;

    private static string Known(Type task, Type other) =>
        other.IsAssignableTo(typeof(IFrostingTask))
            ? NameOf(other)
            : throw new CakeException(
                $"The task '{NameOf(task)}' names {other.FullName} as a dependency, which is not a task."
            );

    /// <summary>Whether a method overrides one of <see cref="FrostingTask{T}"/> or <see cref="AsyncFrostingTask{T}"/>.</summary>
    private static bool Overrides(MethodInfo method) =>
        method.GetBaseDefinition().DeclaringType is { } origin
        && origin != method.DeclaringType
        && origin.Module == typeof(IFrostingTask).Module;
}
