using Pipeline.Artifacts;
using Pipeline.Flow;

namespace Pipeline.Commands;

/// <summary>
/// Prints the study that a command would run, after <c>extends:</c>, defaults and what the command line changes, as a study of its own.
/// </summary>
/// <param name="session">What the command asks for.</param>
public sealed class ResolvedCommand(Session session)
{
    /// <summary>Prints it, and nothing else.</summary>
    /// <exception cref="PipelineException">The command is about several studies.</exception>
    public void Run(TextWriter yaml) =>
        yaml.Write(
            session.Paths() is [var path]
                ? session.Resolved(path)
                : throw new PipelineException("--resolved prints one study: name it with --experiment=<name>.")
        );
}
