using Cake.Common;
using Cake.Common.Diagnostics;
using Cake.Core;
using Cake.Frosting;

namespace Pipeline.Frosting.Sample;

public sealed class SampleContext(ICakeContext context) : FrostingContext(context)
{
    /// <summary>Fails where <c>--fail=</c> says so.</summary>
    public void Reach(string place)
    {
        this.Information("At {0}", place);
        if (this.HasArgument("fail") && this.Arguments<string>("fail").Contains(place, StringComparer.Ordinal))
            throw new CakeException(7, $"{place} broke.");
    }
}

public sealed class SampleLifetime : FrostingLifetime<SampleContext>
{
    public override void Setup(SampleContext context, ISetupContext info)
    {
        context.Information(
            "{0}: {1}",
            info.TargetTask.Name,
            string.Join(' ', info.TasksToExecute.Select(t => t.Name))
        );
        context.Reach("setup");
    }

    public override void Teardown(SampleContext context, ITeardownContext info)
    {
        context.Information("{0} {1}", info.Successful, info.ThrownException?.Message);
        context.Reach("teardown");
    }
}

public sealed class SampleTaskLifetime : FrostingTaskLifetime<SampleContext>
{
    public override void Setup(SampleContext context, ITaskSetupContext info) =>
        context.Reach($"setup-of-{info.Task.Name}");

    public override void Teardown(SampleContext context, ITaskTeardownContext info)
    {
        context.Information(
            "{0} {1} {2} {3}",
            info.Skipped,
            info.Successful,
            info.Duration > TimeSpan.Zero,
            info.ThrownException?.Message
        );
        context.Reach($"teardown-of-{info.Task.Name}");
    }
}
