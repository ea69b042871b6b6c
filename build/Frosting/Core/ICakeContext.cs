using Cake.Core.Diagnostics;

namespace Cake.Core;

/// <summary>What a task is given to work with.</summary>
public interface ICakeContext
{
    /// <summary>The log, which writes to the console.</summary>
    ICakeLog Log { get; }

    /// <summary>The arguments of the command line that the host doesn't take for itself, and the targets.</summary>
    ICakeArguments Arguments { get; }
}
