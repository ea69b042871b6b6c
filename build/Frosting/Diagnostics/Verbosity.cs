namespace Cake.Core.Diagnostics;

/// <summary>How much is printed; each level includes those before it.</summary>
public enum Verbosity
{
    /// <summary>Errors.</summary>
    Quiet,

    /// <summary>Warnings.</summary>
    Minimal,

    /// <summary>Information, and a header before each task. The default.</summary>
    Normal,

    /// <summary>Details.</summary>
    Verbose,

    /// <summary>Everything, errors with their stack.</summary>
    Diagnostic,
}
