using Cake.Frosting;
using Pipeline.Commands;

namespace Pipeline.Build.Tasks;

/// <summary>Train some cached runs again, and compare the bytes.</summary>
[TaskName("Audit")]
[TaskDescription("Train some of the cached runs again without the cache, and compare the bytes (--sample=, --seed=)")]
public sealed class AuditTask : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context) =>
        new AuditCommand(context.Session).Run(context.Sample(), context.Seed());
}
