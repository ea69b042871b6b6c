namespace Cake.Core.Diagnostics;

/// <summary>How grave a message is.</summary>
public enum LogLevel
{
    /// <summary>The end of everything.</summary>
    Fatal,

    /// <summary>A failure. This level and the one before it go to the error stream.</summary>
    Error,

    /// <summary>Something to look at.</summary>
    Warning,

    /// <summary>Progress and results.</summary>
    Information,

    /// <summary>Details.</summary>
    Verbose,

    /// <summary>Details for who mends the build.</summary>
    Debug,
}
