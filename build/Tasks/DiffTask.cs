using Cake.Frosting;

namespace Pipeline.Build.Tasks;

/// <summary>Compare the results of two revisions or folders.</summary>
[TaskName("Diff")]
[TaskDescription("Tell what differs between two results, whether it is real, and why (--from=, --to=, --fail-on=any|significant|verdict)")]
public sealed class DiffTask : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context) => context.Session.Diff(BuildArguments.Diff(context.Arguments));
}
