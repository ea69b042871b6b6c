using Cake.Frosting;
using Pipeline.Diff;

namespace Pipeline.Build.Tasks;

/// <summary>Follow the results of a study through the commits.</summary>
[TaskName("History")]
[TaskDescription("Tell since when a study's verdicts and cells are what they are (--experiment=, --cell=axis=value,…)")]
public sealed class HistoryTask : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context) =>
        new HistoryCommand(context.Session).Run(BuildArguments.Value(context.Arguments, "cell"));
}
