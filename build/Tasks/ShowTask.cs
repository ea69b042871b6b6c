using Cake.Frosting;
using Pipeline.Commands;

namespace Pipeline.Build.Tasks;

/// <summary>Prints a run's parameters, curve, outcome and key.</summary>
[TaskName("Show")]
[TaskDescription("Print a run's parameters, curve, outcome and key (--run=<id>)")]
public sealed class ShowTask : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context) => new ShowCommand(context.Session).Run(context.RunId("Show"));
}
