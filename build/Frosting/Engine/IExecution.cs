using Cake.Core;

namespace Cake.Frosting;

/// <summary>How a run is carried out: for real, or dry.</summary>
internal interface IExecution
{
    /// <summary>Runs setup or teardown.</summary>
    void Lifecycle(string name, Action action);

    /// <summary>Runs the setup or teardown of a task.</summary>
    void TaskLifecycle(string name, RegisteredTask task, Action action);

    Task ExecuteAsync(RegisteredTask task, ICakeContext context);

    void Skip(RegisteredTask task);

    void Finally(RegisteredTask task, ICakeContext context);

    void Report(IReadOnlyList<ReportEntry> entries);
}
