using System.Reflection;
using Cake.Core;
using Cake.Core.Diagnostics;

namespace Cake.Frosting;

/// <summary>Gives a task to Cake's engine with what its attributes and overridden methods say.</summary>
internal static class TaskRegistration
{
    /// <summary>Registers a task. One for another context than the host's is left out, with a warning.</summary>
    /// <exception cref="CakeException">The task has no name or that of another one, a wrong or doubled dependency, or handles errors in two ways.</exception>
    public static void Register(CakeEngine engine, IFrostingTask task, IFrostingContext context)
    {
        var type = task.GetType();
        var name = NameOf(type);
        context.Log.Debug("Registering task: {0}", name);
        var contextType = ContextTypeOf(type);
        if (!contextType.IsInstanceOfType(context))
            context.Log.Warning(
                "The task {0} is left out: it needs a context of type {1}.",
                name,
                contextType.FullName
            );
        else if (string.IsNullOrWhiteSpace(name))
            throw new CakeException($"The task {type.FullName} has an empty name.");
        else
            Describe(engine.RegisterTask(name), task, contextType, context);
    }

    private static void Describe(
        CakeTaskBuilder builder,
        IFrostingTask task,
        Type contextType,
        IFrostingContext context
    )
    {
        var type = task.GetType();
        builder.Description(type.GetCustomAttribute<TaskDescriptionAttribute>()?.Description ?? "");
        if (Overrides(type, "Run", contextType) || Overrides(type, "RunAsync", contextType))
            builder.Does(task.RunAsync);
        if (Overrides(type, "ShouldRun", contextType))
            builder.WithCriteria(task.ShouldRun);
        if (Overrides(type, "Finally", contextType))
            builder.Finally(() => task.Finally(context));
        var continuesOnError = type.GetCustomAttribute<ContinueOnErrorAttribute>() is not null;
        if (continuesOnError)
            builder.ContinueOnError();
        if (Overrides(type, "OnError", typeof(Exception), contextType))
        {
            if (continuesOnError)
                throw new CakeException(
                    $"The task '{NameOf(type)}' has both [ContinueOnError] and OnError; choose one."
                );
            builder.OnError(exception => task.OnError(exception, context));
        }
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

    /// <summary>The <c>T</c> of the <see cref="FrostingTask{T}"/> or <see cref="AsyncFrostingTask{T}"/> that a class derives from.</summary>
    private static Type ContextTypeOf(Type type)
    {
        for (var ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (
                ancestor.IsGenericType
                && new[] { typeof(FrostingTask<>), typeof(AsyncFrostingTask<>) }.Contains(
                    ancestor.GetGenericTypeDefinition()
                )
            )
                return ancestor.GenericTypeArguments[0];
        }
        throw new CakeException($"The task {type.FullName} must derive from FrostingTask<T> or AsyncFrostingTask<T>.");
    }

    private static bool Overrides(Type type, string method, params Type[] parameters) =>
        type.GetMethod(method, parameters) is { } found
        && found.GetBaseDefinition().DeclaringType != found.DeclaringType;
}
