using Cake.Frosting;

namespace Pipeline.Build.Tasks;

/// <summary>Give the readers of studies, data, caches and results wrong inputs.</summary>
[TaskName("Fuzz")]
[TaskDescription("Give the readers of studies, data, caches and results wrong inputs (--seconds=, --seed=)")]
public sealed class FuzzTask : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context) => FuzzRun.Execute(context.Root, context.Seconds(), context.Seed());
}
