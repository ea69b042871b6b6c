using Cake.Core;
using Cake.Core.Diagnostics;

namespace Cake.Frosting;

/// <summary>A real run: a header before each step, a table after all.</summary>
internal sealed class Execution(CakeConsole console, ICakeLog log) : IExecution
{
    public void Lifecycle(string name, Action action)
    {
        Header(name, '-', Verbosity.Normal);
        log.Verbose($"Executing custom {name.ToLowerInvariant()} action...");
        action();
    }

    public void TaskLifecycle(string name, RegisteredTask task, Action action)
    {
        log.Debug($"Executing custom task {name} action ({{0}})...", task.Name);
        action();
    }

    public async Task ExecuteAsync(RegisteredTask task, ICakeContext context)
    {
        Header(task.Name, '=', Verbosity.Normal);
        log.Verbose("Executing task: {0}", task.Name);
        await task.ExecuteAsync(context);
        log.Verbose("Finished executing task: {0}", task.Name);
    }

    public void Skip(RegisteredTask task)
    {
        Header(task.Name, '-', Verbosity.Verbose);
        log.Verbose("Skipping task: {0}", task.Name);
    }

    public void Finally(RegisteredTask task, ICakeContext context) => task.Finally(context);

    public void Report(IReadOnlyList<ReportEntry> entries)
    {
        if (entries.Count > 0)
            ReportTable.Write(console, entries, log.Verbosity);
    }

    private void Header(string name, char line, Verbosity from)
    {
        if (log.Verbosity < from)
            return;
        console.WriteLine();
        console.WriteLine(new string(line, 40));
        console.WriteLine(name);
        console.WriteLine(new string(line, 40));
    }
}
