namespace Cake.Core.Diagnostics;

/// <summary>One method per level, each in three forms: a format with arguments, a value, a text that is printed as it is.</summary>
public static class LogExtensions
{
    /// <summary>Writes an error, from verbosity Quiet on.</summary>
    public static void Error(this ICakeLog log, string format, params object?[] args) =>
        log.Write(Verbosity.Quiet, LogLevel.Error, format, args);

    /// <inheritdoc cref="Error(ICakeLog, string, object[])"/>
    public static void Error(this ICakeLog log, object value) => log.Error("{0}", value);

    /// <inheritdoc cref="Error(ICakeLog, string, object[])"/>
    public static void Error(this ICakeLog log, string value) => log.Error("{0}", (object)value);

    /// <summary>Writes a warning, from verbosity Minimal on.</summary>
    public static void Warning(this ICakeLog log, string format, params object?[] args) =>
        log.Write(Verbosity.Minimal, LogLevel.Warning, format, args);

    /// <inheritdoc cref="Warning(ICakeLog, string, object[])"/>
    public static void Warning(this ICakeLog log, object value) => log.Warning("{0}", value);

    /// <inheritdoc cref="Warning(ICakeLog, string, object[])"/>
    public static void Warning(this ICakeLog log, string value) => log.Warning("{0}", (object)value);

    /// <summary>Writes information, from verbosity Normal on.</summary>
    public static void Information(this ICakeLog log, string format, params object?[] args) =>
        log.Write(Verbosity.Normal, LogLevel.Information, format, args);

    /// <inheritdoc cref="Information(ICakeLog, string, object[])"/>
    public static void Information(this ICakeLog log, object value) => log.Information("{0}", value);

    /// <inheritdoc cref="Information(ICakeLog, string, object[])"/>
    public static void Information(this ICakeLog log, string value) => log.Information("{0}", (object)value);

    /// <summary>Writes a detail, from verbosity Verbose on.</summary>
    public static void Verbose(this ICakeLog log, string format, params object?[] args) =>
        log.Write(Verbosity.Verbose, LogLevel.Verbose, format, args);

    /// <inheritdoc cref="Verbose(ICakeLog, string, object[])"/>
    public static void Verbose(this ICakeLog log, object value) => log.Verbose("{0}", value);

    /// <inheritdoc cref="Verbose(ICakeLog, string, object[])"/>
    public static void Verbose(this ICakeLog log, string value) => log.Verbose("{0}", (object)value);

    /// <summary>Writes a detail for who mends the build, from verbosity Diagnostic on.</summary>
    public static void Debug(this ICakeLog log, string format, params object?[] args) =>
        log.Write(Verbosity.Diagnostic, LogLevel.Debug, format, args);

    /// <inheritdoc cref="Debug(ICakeLog, string, object[])"/>
    public static void Debug(this ICakeLog log, object value) => log.Debug("{0}", value);

    /// <inheritdoc cref="Debug(ICakeLog, string, object[])"/>
    public static void Debug(this ICakeLog log, string value) => log.Debug("{0}", (object)value);
}
