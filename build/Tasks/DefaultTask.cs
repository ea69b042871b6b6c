using Cake.Frosting;

namespace Pipeline.Build.Tasks;

/// <summary>What runs when no target is named.</summary>
[TaskName("Default")]
[TaskDescription("The same as Report")]
[IsDependentOn(typeof(ReportTask))]
public sealed class DefaultTask : FrostingTask<BuildContext>;
