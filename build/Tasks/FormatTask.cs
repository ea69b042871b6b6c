using Cake.Frosting;

namespace Pipeline.Build.Tasks;

/// <summary>Format the C# code, or only look whether it is formatted.</summary>
[TaskName("Format")]
[TaskDescription("Format the C# code (--check: only look whether it is)")]
public sealed class FormatTask : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context) => FormatRun.Execute(context.Root, context.IsCheck());
}
