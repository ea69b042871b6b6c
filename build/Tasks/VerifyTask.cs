using Cake.Frosting;
using Pipeline.Verify;

namespace Pipeline.Build.Tasks;

/// <summary>Judge the claims of the studies anew from the results that stand there, and compare the verdicts.</summary>
[TaskName("Verify")]
[TaskDescription("Judge the claims anew from the results in results/, and compare the verdicts with those recorded")]
public sealed class VerifyTask : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context) => new VerifyCommand(context.Session).Run();
}
