using Cake.Frosting;

namespace Pipeline.Build.Tasks;

/// <summary>Run the tests of the project.</summary>
[TaskName("Test")]
[TaskDescription("Run the tests of the project")]
public sealed class TestTask : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context) => TestRun.Execute(context.Root);
}
