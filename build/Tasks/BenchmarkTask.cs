using Cake.Frosting;

namespace Pipeline.Build.Tasks;

/// <summary>Time trainings beside PyTorch.</summary>
[TaskName("Benchmark")]
[TaskDescription("Time trainings beside PyTorch")]
public sealed class BenchmarkTask : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context) => BenchmarkRun.Execute(context.Root);
}
