namespace Cake.Frosting;

/// <summary>A row of the closing table.</summary>
/// <param name="Name">The task, or <c>Setup</c> or <c>Teardown</c>.</param>
/// <param name="Duration">How long it took; zero for a skipped task.</param>
/// <param name="Outcome">How it ended.</param>
internal readonly record struct ReportEntry(string Name, TimeSpan Duration, TaskOutcome Outcome);

internal enum TaskOutcome
{
    Succeeded,

    /// <summary>A task that only gathers others.</summary>
    Delegated,
    Skipped,
    Failed,

    /// <summary>Setup and teardown.</summary>
    Lifecycle,
}
