using Cake.Core;
using Cake.Core.Diagnostics;

namespace Cake.Frosting;

/// <summary>A dry run: setup and teardown run, tasks are only listed.</summary>
internal sealed class DryExecution(ICakeLog log) : IExecution
{
    private int count;

    public void Lifecycle(string name, Action action) => action();

    public void TaskLifecycle(string name, RegisteredTask task, Action action)
    {
    }

    public Task ExecuteAsync(RegisteredTask task, ICakeContext context)
    {
        log.Information("{0}. {1}", ++count, task.Name);
        return Task.CompletedTask;
    }

    public void Skip(RegisteredTask task)
    {
    }

    public void Finally(RegisteredTask task, ICakeContext context)
    {
    }

    public void Report(IReadOnlyList<ReportEntry> entries)
    {
    }
}
