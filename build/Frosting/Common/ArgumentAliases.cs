using System.ComponentModel;
using Cake.Core;

namespace Cake.Common;

/// <summary>Arguments of the command line, converted to a type by its <see cref="TypeConverter"/> and the invariant culture.</summary>
public static class ArgumentAliases
{
    /// <summary>Whether an argument is there, with or without a value.</summary>
    public static bool HasArgument(this ICakeContext context, string name) => context.Arguments.HasArgument(name);

    /// <summary>The last value of an argument.</summary>
    /// <exception cref="CakeException">The argument is not there, or the last one has no value or one that the type can't be read from.</exception>
    public static T Argument<T>(this ICakeContext context, string name) =>
        context.Arguments.GetArguments(name).LastOrDefault() is { } value ? Convert<T>(name, value) : throw Missing(name);

    /// <summary>The last value of an argument, or the default when it is not there or has no value.</summary>
    /// <exception cref="CakeException">The type can't be read from the value.</exception>
    public static T Argument<T>(this ICakeContext context, string name, T defaultValue) =>
        context.Arguments.GetArguments(name).LastOrDefault() is { } value ? Convert<T>(name, value) : defaultValue;

    /// <summary>All values of an argument.</summary>
    /// <exception cref="CakeException">The argument is not there, or the type can't be read from one of its values.</exception>
    public static ICollection<T> Arguments<T>(this ICakeContext context, string name)
    {
        var values = context.Arguments.GetArguments(name);
        return values.Count > 0 ? [.. values.Select(value => Convert<T>(name, value))] : throw Missing(name);
    }

    private static T Convert<T>(string name, string? value)
    {
        try
        {
            return (T)TypeDescriptor.GetConverter(typeof(T)).ConvertFromInvariantString(value!)!;
        }
        catch (Exception e)
        {
            throw new CakeException($"--{name}={value} can't be read as {(Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T)).Name}.", e);
        }
    }

    private static CakeException Missing(string name) => new($"The argument --{name} is missing; give it as --{name}=VALUE.");
}
