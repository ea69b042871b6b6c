namespace Cake.Core;

/// <summary>An error whose message is all that a user needs. The host prints it and ends with 255.</summary>
public sealed class CakeException : Exception
{
    /// <summary>An error without a message.</summary>
    public CakeException()
    {
    }

    /// <summary>An error with its message.</summary>
    public CakeException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its message and cause.</summary>
    public CakeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>An error with an exit code.</summary>
    public CakeException(int exitCode) => ExitCode = exitCode;

    /// <summary>An error with an exit code and its message.</summary>
    public CakeException(int exitCode, string message)
        : base(message) => ExitCode = exitCode;

    /// <summary>An error with an exit code, its message and cause.</summary>
    public CakeException(int exitCode, string message, Exception innerException)
        : base(message, innerException) => ExitCode = exitCode;

    /// <summary>The exit code of this error, 1 by default. The host doesn't use it: it ends with 255 whatever failed.</summary>
    public int ExitCode { get; } = 1;
}
