using Cake.Common;
using Cake.Common.Diagnostics;
using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Frosting;

namespace Pipeline.Frosting.Sample;

[TaskName("Default")]
[TaskDescription("Everything, one after the other, in an order which is not that of the file")]
[IsDependentOn(typeof(Compile))]
[IsDependentOn(typeof(Optional))]
[IsDependentOn(typeof(Tolerated))]
[IsDependentOn(typeof(Handled))]
public sealed class Everything : FrostingTask;

[TaskName("Wipe")]
public sealed class Clean : FrostingTask<SampleContext>
{
    public override void Run(SampleContext context) => context.Reach("clean");
}

[TaskDescription("Compiles, without waiting")]
[IsDependentOn(typeof(Clean))]
public sealed class Compile : AsyncFrostingTask<SampleContext>
{
    public override async Task RunAsync(SampleContext context)
    {
        await Task.Yield();
        context.Reach("compile");
    }

    public override void Finally(SampleContext context) => context.Reach("finally-compile");
}

[IsDependeeOf(typeof(Compile))]
[IsDependentOn(typeof(Clean))]
public sealed class Generate : FrostingTask<SampleContext>
{
    public override void Run(SampleContext context) => context.Reach("generate");
}

public sealed class Optional : FrostingTask<SampleContext>
{
    public override void Run(SampleContext context) => context.Reach("optional");

    public override bool ShouldRun(SampleContext context) => context.HasArgument("with-optional");
}

[ContinueOnError]
public sealed class Tolerated : FrostingTask<SampleContext>
{
    public override void Run(SampleContext context) => context.Reach("tolerated");
}

public sealed class Handled : FrostingTask<SampleContext>
{
    public override void Run(SampleContext context) => context.Reach("handled");

    public override void OnError(Exception exception, SampleContext context)
    {
        context.Error("Handling {0}", exception.Message);
        context.Reach("handler");
    }
}

[TaskDescription("Prints the arguments")]
public sealed class Echo(ICakeLog log, ICakeArguments arguments) : FrostingTask
{
    public override void Run(ICakeContext context)
    {
        foreach (var (name, values) in arguments.GetArguments().OrderBy(a => a.Key, StringComparer.Ordinal))
            log.Information($"{name}: {string.Join('|', values.Select(v => v ?? "null"))}");
        log.Information(context.Argument("jobs", 1));
        log.Information(context.HasArgument("Flag"));
        log.Information(context.Argument("FLAG", "no value"));
    }
}

[TaskDescription("Prints one argument")]
public sealed class Need : FrostingTask
{
    public override void Run(ICakeContext context) => context.Information(context.Argument<string>("needed"));
}

[TaskName("A-task-with-a-name-that-is-longer-than-its-column")]
[TaskDescription("Writes on every level")]
public sealed class Levels : FrostingTask
{
    public override void Run(ICakeContext context)
    {
        context.Error("error {0}", 1);
        context.Warning("warning {0:F2} {1}", 2, null);
        context.Information("information {{{0}}} {0:HH:mm}", new DateTime(2000, 1, 2, 3, 4, 5, DateTimeKind.Utc));
        context.Verbose("verbose");
        context.Debug("{0}");
        context.Debug(4);
    }
}

[TaskName("Here")]
public sealed class WorkingFolder : FrostingTask
{
    public override void Run(ICakeContext context) =>
        context.Information(Path.GetFileName(Environment.CurrentDirectory));
}

public abstract class AbstractTask : FrostingTask;
