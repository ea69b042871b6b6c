using System.Reflection;
using Cake.Core;

namespace Cake.Frosting;

/// <summary>
/// Makes contexts, tasks and lifetimes. A constructor may take what is added here, by its declared type; of several constructors the one
/// with the most parameters that can be given is taken.
/// </summary>
internal sealed class Services : IServiceProvider
{
    private readonly Dictionary<Type, object> instances = [];

    public Services Add<T>(T instance)
        where T : notnull
    {
        instances[typeof(T)] = instance;
        return this;
    }

    /// <summary>What was added by this type, or null.</summary>
    public object? GetService(Type serviceType) => instances.GetValueOrDefault(serviceType);

    /// <summary>A new instance of a type.</summary>
    /// <exception cref="CakeException">No public constructor can be given all that it takes.</exception>
    public T Create<T>(Type type)
    {
        var constructor =
            type.GetConstructors()
                .Where(c => c.GetParameters().All(p => instances.ContainsKey(p.ParameterType)))
                .MaxBy(c => c.GetParameters().Length)
            ?? throw new CakeException(
                $"{type.FullName} can't be made: it needs a public constructor that takes nothing but "
                    + $"{string.Join(", ", instances.Keys.Select(k => k.Name))}."
            );
        var arguments = Array.ConvertAll(constructor.GetParameters(), p => instances[p.ParameterType]);
        return (T)constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, null);
    }
}
