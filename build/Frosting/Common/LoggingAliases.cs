using Cake.Core;
using Cake.Core.Diagnostics;

namespace Cake.Common.Diagnostics;

/// <summary>The methods of <see cref="LogExtensions"/>, for a context.</summary>
public static class LoggingAliases
{
    /// <summary>Writes an error, from verbosity Quiet on.</summary>
    public static void Error(this ICakeContext context, string format, params object?[] args) => context.Log.Error(format, args);

    /// <inheritdoc cref="Error(ICakeContext, string, object[])"/>
    public static void Error(this ICakeContext context, object value) => context.Log.Error(value);

    /// <inheritdoc cref="Error(ICakeContext, string, object[])"/>
    public static void Error(this ICakeContext context, string value) => context.Log.Error(value);

    /// <summary>Writes a warning, from verbosity Minimal on.</summary>
    public static void Warning(this ICakeContext context, string format, params object?[] args) => context.Log.Warning(format, args);

    /// <inheritdoc cref="Warning(ICakeContext, string, object[])"/>
    public static void Warning(this ICakeContext context, object value) => context.Log.Warning(value);

    /// <inheritdoc cref="Warning(ICakeContext, string, object[])"/>
    public static void Warning(this ICakeContext context, string value) => context.Log.Warning(value);

    /// <summary>Writes information, from verbosity Normal on.</summary>
    public static void Information(this ICakeContext context, string format, params object?[] args) => context.Log.Information(format, args);

    /// <inheritdoc cref="Information(ICakeContext, string, object[])"/>
    public static void Information(this ICakeContext context, object value) => context.Log.Information(value);

    /// <inheritdoc cref="Information(ICakeContext, string, object[])"/>
    public static void Information(this ICakeContext context, string value) => context.Log.Information(value);

    /// <summary>Writes a detail, from verbosity Verbose on.</summary>
    public static void Verbose(this ICakeContext context, string format, params object?[] args) => context.Log.Verbose(format, args);

    /// <inheritdoc cref="Verbose(ICakeContext, string, object[])"/>
    public static void Verbose(this ICakeContext context, object value) => context.Log.Verbose(value);

    /// <inheritdoc cref="Verbose(ICakeContext, string, object[])"/>
    public static void Verbose(this ICakeContext context, string value) => context.Log.Verbose(value);

    /// <summary>Writes a detail for who mends the build, from verbosity Diagnostic on.</summary>
    public static void Debug(this ICakeContext context, string format, params object?[] args) => context.Log.Debug(format, args);

    /// <inheritdoc cref="Debug(ICakeContext, string, object[])"/>
    public static void Debug(this ICakeContext context, object value) => context.Log.Debug(value);

    /// <inheritdoc cref="Debug(ICakeContext, string, object[])"/>
    public static void Debug(this ICakeContext context, string value) => context.Log.Debug(value);
}
