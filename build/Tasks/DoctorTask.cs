using Cake.Frosting;
using Pipeline.Commands;

namespace Pipeline.Build.Tasks;

/// <summary>Check this machine: instruction sets, cores, cache, data sets.</summary>
[TaskName("Doctor")]
[TaskDescription("Check this machine: instruction sets, cores, cache, data sets")]
public sealed class DoctorTask : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context) => new DoctorCommand(context.Session).Run();
}
