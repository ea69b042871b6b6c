using Cake.Frosting;
using Pipeline.Diff;

namespace Pipeline.Build.Tasks;

/// <summary>Compare the results of two revisions or folders.</summary>
[TaskName("Diff")]
[TaskDescription(
    "Tell what differs between two results, whether it is real, and why (--from=, --to=, --fail-on=any|significant|verdict, --tolerance=)"
)]
public sealed class DiffTask : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context) =>
        new DiffCommand(context.Session).Run(BuildArguments.Diff(context.Arguments));
}
